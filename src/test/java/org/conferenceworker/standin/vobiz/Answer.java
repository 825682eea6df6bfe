package org.conferenceworker.standin.vobiz;

import java.util.UUID;

/**
 * What the API says.
 *
 * @param body {@code null} if there is none
 */
public record Answer(int status, String body) {

  static Answer done() {
    return new Answer(204, null);
  }

  static Answer found(String fields) {
    return new Answer(200, "{" + fields + ",\"api_id\":\"1\"}");
  }

  /**
   * @param members their ids as a list in JSON
   */
  static Answer accepted(String message, String members) {
    return new Answer(
        202,
        "{\"message\":\"%s\",\"member_id\":%s,\"api_id\":\"%s\"}"
            .formatted(message, members, UUID.randomUUID()));
  }

  static Answer notAuthenticated() {
    return new Answer(401, "{\"error\":\"authentication failed\"}");
  }

  static Answer conferenceNotFound() {
    return failed(404, "conference not found");
  }

  static Answer memberNotFound() {
    return failed(404, "member not found");
  }

  /** The gateway's word: it has nothing to do with conferences. */
  static Answer noSuchRoute() {
    return new Answer(404, "{\"message\":\"Not Found\"}");
  }

  static Answer wrongBody() {
    return failed(400, "invalid request body");
  }

  static Answer wrongContentType() {
    return new Answer(
        400,
        "{\"status\":\"error\",\"error\":{\"code\":\"INVALID_CONTENT_TYPE\",\"message\":\"Send application/json\"},\"requestId\":\"req_1\"}");
  }

  private static Answer failed(int status, String error) {
    return new Answer(
        status, "{\"error\":\"%s\",\"api_id\":\"%s\"}".formatted(error, UUID.randomUUID()));
  }
}
