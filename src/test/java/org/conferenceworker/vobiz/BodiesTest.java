package org.conferenceworker.vobiz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the body of an answer adds to its status. */
class BodiesTest {

  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_X", "token");

  private final VobizStandIn vobiz = VobizStandIn.start();
  private final VobizClient client =
      ApiClients.client(vobiz.baseUrl(), SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC());

  @AfterEach
  void stop() throws IOException {
    client.close();
    vobiz.close();
  }

  private Outcome hangUp(String name, Reply reply) {
    vobiz.misbehaveNext(reply);
    return client.send(
        ApiRequest.hangUp(ACCOUNT, new ConferenceName(name)), Instant.now().plusSeconds(60));
  }

  private Outcome hangUp(int status, String body) {
    return hangUp("room", Replies.json(status, body));
  }

  /** An API that has done what was asked for says so in an object without a failure, or nothing. */
  @Nested
  class Of200 {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " \r\n",
          "{}",
          "{\"message\":\"async api spawned\",\"api_id\":\"x\"}",
          "{\"error\":null}",
          "{\"error\":false}",
          "{\"error\":\"\"}",
          "{\"error\":{}}",
          "{\"error\":[]}",
          "{\"error\":0}",
          "{\"error\":{\"code\":0,\"message\":\"\"}}",
          "{\"errors\":[],\"success\":true}",
          "{\"status\":\"ok\",\"code\":200}",
          "{\"status\":204}",
          "{\"message\":\"ended without failure\"}",
          "{\"message\":\"no error was found\"}",
          "{\"message\":\"kicked\",\"member_id\":[\"10\"],\"api_id\":\"x\"}",
        })
    void isASuccess(String body) {
      assertThat(hangUp(200, body)).isInstanceOf(Succeeded.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"error\":\"failed\"}",
          "{\"Error\":\"failed\"}",
          "{\"error\":1}",
          "{\"error\":true}",
          "{\"error\":{\"code\":\"X\"}}",
          "{\"errors\":[\"failed\"]}",
          "{\"errors\":{\"name\":[\"unknown\"]}}",
          "{\"success\":false}",
          "{\"success\":\"False\"}",
          "{\"success\":0}",
          "{\"ok\":false}",
          "{\"status\":\"failed\"}",
          "{\"status\":\"ERROR\"}",
          "{\"status\":\"Failure\",\"message\":\"x\"}",
          "{\"status\":500}",
          "{\"statusCode\":404,\"message\":\"Not Found\"}",
          "{\"message\":\"Not Found\"}",
          "{\"message\":\"conference not found\"}",
          "{\"message\":\"No such conference.\"}",
          "{\"message\":\"Too many requests\"}",
          "{\"detail\":\"error: timeout\"}",
          "{\"result\":\"not ok\"}",
          "{\"status\":\"not_found\"}",
          "{\"conferences\":[]}",
          "{\"conference_name\":\"room\",\"members\":[]}",
          "{\"code\":\"503\"}",
          "{\"result\":\"failed\"}",
          "{\"fault\":{\"faultstring\":\"no such proxy\"}}",
          "{\"response\":{\"error\":\"failed\"}}",
          "{\"error\":null,\"error\":\"failed\"}",
          "<html><body>Back soon</body></html>",
          "OK",
          "null",
          "true",
          "\"ended\"",
          "[]",
          "[1,2]",
          "{\"message\":\"fine\"",
          "{\"message\":\"fine\"} and more",
          "{\"message\":\"fine\"}{\"error\":\"failed\"}",
        })
    void isUnclear(String body) {
      assertThat(hangUp(200, body)).isInstanceOf(ServerFailed.class);
    }

    @Test
    void isLost_whenItBreaksOff() {
      assertThat(
              hangUp(
                  "room", Replies.rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}")))
          .isInstanceOf(AnswerLost.class);
    }

    @Test
    void isUnclear_whenItIsTooLongToBeRead() {
      String padding = " ".repeat(100_000);

      assertThat(hangUp(200, "{}" + padding)).isInstanceOf(ServerFailed.class);
      assertThat(hangUp(200, padding)).isInstanceOf(ServerFailed.class);
    }
  }

  @Nested
  class Of404 {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "conference not found",
          "Conference is not found",
          "{\"error\":\"conference not found\",\"api_id\":\"x\"}",
          "{\"error\":\"conference not found\",\"message\":\"Not Found\"}",
          "{\"message\":\"Conference not found\"}",
          "{\"error\":{\"code\":\"CONFERENCE_NOT_FOUND\",\"message\":\"gone\"}}",
          "{\"detail\":\"No active conference\",\"path\":\"/api/v1/Account/MA_X/Conference/room/\"}",
          "{\"path\":\"/api/v1/Account/MA_X/Conference/room/\",\"error\":\"no such conference\"}",
          "{\"error\":\"conference not fou",
        })
    void isAConferenceThatIsNotThere(String body) {
      assertThat(hangUp(404, body)).isInstanceOf(NotFound.class);
    }

    /** The default answers of frameworks and gateways among them. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Not Found",
          "404 page not found",
          "Cannot DELETE /api/v1/Account/MA_X/Conference/room/",
          "No route matches [DELETE] \"/api/v1/Account/MA_X/Conference/room\"",
          "DELETE /api/v1/account/ma_x/conference/room/ was not found",
          "No handler for api\\v1\\Account\\MA_X\\Conference\\room",
          "The current path, Conference/room/, didn't match any of these.",
          "The requested URL http:&#x2F;&#x2F;127.0.0.1&#x2F;api&#x2F;Conference&#x2F;room was not found",
          "<html>This conference system has no such page</html>",
          " \n<!DOCTYPE html><title>conference not found</title>",
          "[1,2]",
          "{}",
          "{\"error\":",
          "{\"a\":{\"error\":1}}",
          "{\"detail\":\"Not Found\"}",
          "{\"error\":\"Not Found\"}",
          "{\"message\":\"Not Found\"}",
          "{\"message\":\"no Route matched with those values\"}",
          "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"Not Found\"}",
          "{\"message\":\"Route DELETE:/api/v1/Account/MA_X/Conference/room/ not found\"}",
          "{\"message\":\"The route api/v1/Account/MA_X/Conference/room could not be found.\"}",
          "{\"message\":\"No static resource api/v1/Account/MA_X/Conference/room.\"}",
          "{\"timestamp\":\"2026-11-22T19:00:00Z\",\"status\":404,\"error\":\"Not Found\","
              + "\"path\":\"/api/v1/Account/MA_X/Conference/room/\"}",
          "{\"type\":\"https://tools.ietf.org/html/rfc9110\",\"title\":\"Not Found\",\"status\":404}",
          "{\"fault\":{\"faultstring\":\"Unable to identify proxy for host: default and url: "
              + "\\/api\\/v1\\/Account\\/MA_X\\/Conference\\/room\\/\",\"detail\":{}}}",
          "{\"_links\":{\"self\":[{\"href\":\"/api/v1/Account/MA_X/Conference/room/\"}]},"
              + "\"message\":\"Page Not Found\"}",
          "{\"code\":\"rest_no_route\",\"message\":\"No route was found matching the URL\"}",
          "{\"status\":\"error\",\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"Not found\"}}",
        })
    void isARouteThatIsNotThere(String body) {
      assertThat(hangUp(404, body)).isInstanceOf(RouteNotFound.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Cannot DELETE /api/v1/Account/MA_X/Conference/Board conference 7/",
          "Cannot DELETE /api/v1/Account/MA_X/Conference/Board%20conference%207/",
          "Cannot DELETE /api/v1/Account/MA_X/Conference/Board+conference+7/",
          "Cannot DELETE /api/v1/Account/MA_X/Conference/Board%2520conference%25207/",
          "{\"error\":\"Not Found\",\"name\":\"Board Conference 7\"}",
        })
    void isARouteThatIsNotThere_whenOnlyTheNameSpeaksOfAConference(String body) {
      assertThat(hangUp("Board conference 7", Replies.json(404, body)))
          .isInstanceOf(RouteNotFound.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conference", "e", "not found", "conf", "Board conference 7"})
    void isAConferenceThatIsNotThere_whateverItsName(String name) {
      assertThat(hangUp(name, Replies.json(404, "{\"error\":\"conference not found\"}")))
          .isInstanceOf(NotFound.class);
    }

    /** Whether there was more to come, and what, is not known. */
    @Test
    void isARouteThatIsNotThere_whenItBreaksOffBeforeItSaysAnything() {
      assertThat(
              hangUp("room", Replies.rawThenClose("HTTP/1.1 404 -\r\nContent-Length: 99\r\n\r\n")))
          .isInstanceOf(RouteNotFound.class);
    }
  }

  /** Some servers compress whether they are asked to or not. */
  @Nested
  class Compressed {

    private static byte[] gzip(byte[] body) throws IOException {
      var bytes = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(bytes)) {
        out.write(body);
      }
      return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] body) throws IOException {
      var bytes = new ByteArrayOutputStream();
      try (OutputStream out = new DeflaterOutputStream(bytes)) {
        out.write(body);
      }
      return bytes.toByteArray();
    }

    private Outcome hangUp(int status, String coding, byte[] body) {
      String head =
          "HTTP/1.1 %d -\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(status, coding, body.length);
      return BodiesTest.this.hangUp("room", Replies.raw(head + new String(body, ISO_8859_1)));
    }

    @Test
    void isReadAllTheSame() throws IOException {
      byte[] gone = "{\"error\":\"conference not found\"}".getBytes(UTF_8);
      byte[] failed = "{\"error\":\"failed\"}".getBytes(UTF_8);
      byte[] fine = "{\"message\":\"fine\"}".getBytes(UTF_8);

      assertThat(hangUp(404, "gzip", gzip(gone))).isInstanceOf(NotFound.class);
      assertThat(hangUp(404, "deflate", deflate(gone))).isInstanceOf(NotFound.class);
      assertThat(hangUp(200, "gzip", gzip(failed))).isInstanceOf(ServerFailed.class);
      assertThat(hangUp(200, "x-gzip", gzip(fine))).isInstanceOf(Succeeded.class);
      assertThat(hangUp(200, "GZIP", gzip(fine))).isInstanceOf(Succeeded.class);
      assertThat(hangUp(200, "identity", fine)).isInstanceOf(Succeeded.class);
      assertThat(hangUp(200, "deflate, gzip", gzip(deflate(fine)))).isInstanceOf(Succeeded.class);
    }

    @Test
    void isUnclear_whenItCannotBeRead() throws IOException {
      byte[] fine = "{\"message\":\"fine\"}".getBytes(UTF_8);

      assertThat(hangUp(200, "br", new byte[] {11, 2, -128, 3})).isInstanceOf(ServerFailed.class);
      assertThat(hangUp(200, "gzip", new byte[] {1, 2, 3})).isInstanceOf(ServerFailed.class);
      assertThat(hangUp(200, "gzip", Arrays.copyOf(gzip(fine), 20)))
          .isInstanceOf(ServerFailed.class);
      assertThat(hangUp(200, "gzip", gzip(new byte[10_000_000]))).isInstanceOf(ServerFailed.class);
      assertThat(hangUp(404, "gzip", new byte[] {1, 2, 3})).isInstanceOf(RouteNotFound.class);
    }
  }
}
