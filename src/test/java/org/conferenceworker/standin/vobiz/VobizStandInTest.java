package org.conferenceworker.standin.vobiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in answers as the API is known to answer. */
class VobizStandInTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String URL = "{\"url\":\"https://example.com/a.mp3\"}";
  private static VobizStandIn vobiz;

  @BeforeAll
  static void start() {
    vobiz = VobizStandIn.start();
    vobiz.account("MA_1", "token");
    vobiz.account("MA_2", "token2");
  }

  @AfterAll
  static void stop() {
    vobiz.close();
  }

  @BeforeEach
  void openConferences() {
    vobiz.reset();
    vobiz.room("MA_1", "a b", "Ada", "Grace", "Alan");
    vobiz.room("MA_1", "other", "Edsger");
    vobiz.room("MA_2", "a b", "Barbara");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DELETE | a%20b/                   |      | 204 |
          DELETE | a%20B/                   |      | 404 | conference not found
          DELETE | ``                       |      | 204 |
          DELETE | a%20b/Member/1/          |      | 204 |
          DELETE | a%20b/Member/4/          |      | 404 | member not found
          DELETE | gone/Member/1/           |      | 404 | conference not found
          POST   | a%20b/Member/1,3/Kick/   | {}   | 202 | "message":"kicked","member_id":["1","3"]
          POST   | a%20b/Member/1,4/Kick/   | {}   | 404 | member not found
          POST   | a%20b/Member/1%2C3/Kick/ | {}   | 404 | member not found
          POST   | a%20b/Member/1,all/Kick/ | {}   | 404 | member not found
          POST   | gone/Member/1/Kick/      | {}   | 404 | conference not found
          POST   | a%20b/Member/1/Kick/     |      | 400 | invalid request body
          POST   | a%20b/Member/1/Kick/     | []   | 400 | invalid request body
          POST   | a%20b/Member/1/Kick/     | {}{} | 400 | invalid request body
          POST   | a%20b/Member/1/Kick      | {}   | 404 | {"message":"Not Found"}
          POST   | a%20b/Member/1/kick/     | {}   | 404 | {"message":"Not Found"}
          POST   | a%20b/Member/1/Play/     | {}   | 400 | invalid request body
          POST   | a%20b/Play/              | {}   | 404 | {"message":"Not Found"}
          POST   | a%20b/                   | {}   | 404 | {"message":"Not Found"}
          """)
  void answersAsTheApiDoes(String method, String path, String body, int status, String answer)
      throws Exception {
    HttpResponse<String> response = send(method, path, body == null ? "" : body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(answer == null ? "" : answer);
    assertThat(vobiz.rooms("MA_2")).containsExactly("a b");
  }

  @Test
  void playsToWhomItIsAsked_andKeepsWhatWasPlayed() throws Exception {
    assertThat(send("POST", "a%20b/Member/all/Play/", URL).body())
        .contains("\"message\":\"play queued into conference\",\"member_id\":[\"all\"]");
    assertThat(send("POST", "a%20b/Member/2,1/Play/", URL).statusCode()).isEqualTo(202);
    assertThat(send("POST", "a%20b/Member/7/Play/", URL).statusCode()).isEqualTo(404);
    send("DELETE", "a%20b/", "");

    assertThat(vobiz.played("MA_1", "a b"))
        .containsExactly(
            new Played(List.of("all"), "https://example.com/a.mp3"),
            new Played(List.of("2", "1"), "https://example.com/a.mp3"));
    assertThat(vobiz.played("MA_2", "a b")).isEmpty();
  }

  @Test
  void removesMembers_andTheConferenceWithTheLast() throws Exception {
    vobiz.member("MA_1", "a b", "member-17", "Edsger");

    send("POST", "a%20b/Member/1,3/Kick/", "{}");
    assertThat(vobiz.members("MA_1", "a b")).containsExactly("2", "member-17");
    send("DELETE", "a%20b/Member/member-17/", "");
    assertThat(vobiz.members("MA_1", "a b")).containsExactly("2");
    send("POST", "a%20b/Member/all/Kick/", "{}");

    assertThat(vobiz.rooms("MA_1")).containsExactly("other");
  }

  @Test
  void endsEveryConferenceOfTheAccount() throws Exception {
    assertThat(send("DELETE", "", "").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "", "").statusCode()).isEqualTo(204);

    assertThat(vobiz.rooms("MA_1")).isEmpty();
    assertThat(vobiz.rooms("MA_2")).containsExactly("a b");
  }

  @ParameterizedTest
  @CsvSource({"DELETE,''", "POST,a%20b/Member/all/Kick/", "DELETE,a%20b/Member/all/"})
  void changesNothing_withoutTheRightCredentials(String method, String path) throws Exception {
    HttpRequest.Builder request = request(method, path, "{}").setHeader("X-Auth-Token", "token2");

    assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(vobiz.members("MA_1", "a b")).hasSize(3);
  }

  @Test
  void refusesABodyThatIsNotSaidToBeJson() throws Exception {
    HttpRequest.Builder request =
        request("POST", "a%20b/Member/all/Kick/", "{}").setHeader("Content-Type", "text/plain");

    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"status\":\"error\"", "INVALID_CONTENT_TYPE");
    assertThat(vobiz.members("MA_1", "a b")).hasSize(3);
  }

  @Test
  void misbehavesAboutMembersToo() throws Exception {
    vobiz.misbehave("a b", Replies.json(503, "{\"error\":\"busy\"}"));

    assertThat(send("POST", "a%20b/Member/1/Kick/", "{}").statusCode()).isEqualTo(503);
    assertThat(send("POST", "a%20b/Member/1/Kick/", "{}").statusCode()).isEqualTo(202);
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(request(method, path, body).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(
            URI.create(vobiz.baseUrl() + "/api/v1/Account/MA_1/Conference/" + path))
        .header("X-Auth-ID", "MA_1")
        .header("X-Auth-Token", "token")
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }
}
