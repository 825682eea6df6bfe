package org.conferenceworker.events;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.events.ConferenceEvent.Message;
import org.conferenceworker.log.Causes;

/** Hands messages to the engine. */
final class EventPublisher {

  static final String VARIABLE = "conferenceEvent";

  /**
   * What became of one message.
   *
   * @param trouble why the engine has not taken it; {@code null} if it has
   */
  record Delivery(State state, String trouble) {

    /** Whether the engine has the message. */
    enum State {
      TAKEN,
      /** It had it before, from an earlier copy of the callback. */
      KNOWN,
      NOT_TAKEN
    }

    static final Delivery TAKEN = new Delivery(State.TAKEN, null);
    static final Delivery KNOWN = new Delivery(State.KNOWN, null);

    static Delivery notTaken(String trouble) {
      return new Delivery(State.NOT_TAKEN, trouble);
    }

    boolean isTaken() {
      return state != State.NOT_TAKEN;
    }
  }

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final CamundaClient engine;
  private final Duration timeToLive;

  EventPublisher(CamundaClient engine, Duration timeToLive) {
    this.engine = engine;
    this.timeToLive = timeToLive;
  }

  /**
   * Publishes a message, again and again while the engine does not answer: it knows a copy by the
   * message's id.
   *
   * @param correlationKey which process instances it is for
   * @param deadline of {@link System#nanoTime()}
   */
  Delivery publish(
      Message message, String correlationKey, Map<String, Object> variable, long deadline) {
    for (int copy = 1; ; copy++) {
      Duration left = left(deadline);
      try {
        engine
            .newPublishMessageCommand()
            .messageName(message.name())
            .correlationKey(correlationKey)
            .messageId(message.id())
            .timeToLive(timeToLive)
            .variables(Map.of(VARIABLE, variable))
            .requestTimeout(left)
            .send()
            .join(left.toMillis(), TimeUnit.MILLISECONDS);
        return Delivery.TAKEN;
      } catch (RuntimeException e) {
        if (isKnown(e)) {
          // An earlier copy of this callback may have been taken without an answer.
          return copy == 1 ? Delivery.KNOWN : Delivery.TAKEN;
        }
        if (left(deadline).compareTo(PAUSE) <= 0 || !waited()) {
          return Delivery.notTaken("The engine has not taken the message: " + Causes.of(e) + ".");
        }
      }
    }
  }

  /** At least a moment, because a command without time is refused. */
  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
  }

  private static boolean isKnown(RuntimeException failure) {
    return switch (failure) {
      case ClientStatusException e -> e.getStatusCode() == Status.Code.ALREADY_EXISTS;
      case ProblemException e -> e.code() == 409;
      default -> false;
    };
  }

  private static boolean waited() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
