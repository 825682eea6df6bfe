package org.conferenceworker.camunda;

import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import java.util.Set;

/** What the engine says to a report. */
enum Answer {
  TAKEN,
  NO_SUCH_JOB,
  /**
   * The job has been failed or has thrown an error already, by an earlier copy of this report or by
   * another worker.
   */
  OUT_OF_TURN,
  REFUSED,
  TRANSIENT;

  private static final Set<Status.Code> TRANSIENT_STATUS =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.ABORTED,
          Status.Code.CANCELLED,
          // What gRPC reports when a connection breaks in the middle of a response.
          Status.Code.UNKNOWN,
          Status.Code.INTERNAL,
          // The engine knows every command; this is an ingress that answered HTTP 404.
          Status.Code.UNIMPLEMENTED,
          // An expired token, or an identity provider that restarts.
          Status.Code.UNAUTHENTICATED,
          Status.Code.PERMISSION_DENIED);
  private static final Set<Integer> TRANSIENT_HTTP_STATUS =
      Set.of(401, 403, 408, 429, 500, 502, 503, 504);

  /** What a failure to send a report means. */
  static Answer of(RuntimeException failure) {
    return switch (failure) {
      case ClientStatusException e ->
          switch (e.getStatusCode()) {
            case NOT_FOUND -> NO_SUCH_JOB;
            case FAILED_PRECONDITION -> OUT_OF_TURN;
            default -> TRANSIENT_STATUS.contains(e.getStatusCode()) ? TRANSIENT : REFUSED;
          };
      // Only the engine sends problem details (RFC 9457); anything else comes from a server in
      // front of it.
      case ProblemException e ->
          switch (e.code()) {
            case 404 -> NO_SUCH_JOB;
            case 409 -> OUT_OF_TURN;
            default -> TRANSIENT_HTTP_STATUS.contains(e.code()) ? TRANSIENT : REFUSED;
          };
      // No response, or one that is not the engine's.
      default -> TRANSIENT;
    };
  }
}
