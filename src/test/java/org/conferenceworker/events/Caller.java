package org.conferenceworker.events;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls the endpoint as Vobiz does, or as it does not, over a socket of its own. */
final class Caller {

  /** Under which URL the endpoints of these tests are known to Vobiz. */
  static final String PUBLIC_URL = "https://hooks.example.com/vobiz";

  static final String PATH = "/vobiz/default";
  static final String FORM = "application/x-www-form-urlencoded";

  private final int port;
  private final String token;

  Caller(int port, String token) {
    this.port = port;
    this.token = token;
  }

  /** What came back; the status is 0 if the connection was closed without an answer. */
  record Answer(int status, String head, String body) {
    static Answer parse(String text) {
      int end = text.indexOf("\r\n\r\n");
      return end < 0
          ? new Answer(0, text, "")
          : new Answer(
              Integer.parseInt(text.split(" ")[1]),
              text.substring(0, end),
              text.substring(end + 4));
    }
  }

  /** An exit of the last member, as Vobiz sends it. */
  static Map<String, String> lastExit(String conference, String uuid) {
    return Map.of(
        "ConferenceAction", "exit",
        "Event", "ConferenceExit",
        "ConferenceName", conference,
        "ConferenceUUID", uuid,
        "ConferenceMemberID", "17",
        "ConferenceLastMember", "true",
        "CallUUID", "call-17",
        "auth_id", "MA_1",
        "timestamp", "2026-11-28 12:00:00");
  }

  static String form(Map<String, String> fields) {
    return form(fields, StandardCharsets.UTF_8);
  }

  static String form(Map<String, String> fields, Charset charset) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue(), charset))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text, Charset charset) {
    return URLEncoder.encode(text, charset);
  }

  /** A signature of each current version by the account's token, for the account's URL. */
  String[] signed(String nonce) {
    return signed("default", nonce);
  }

  String[] signed(String account, String nonce) {
    String url = PUBLIC_URL + "/" + account;
    return new String[] {
      "X-Vobiz-Signature-V3: " + hmac(token, url + "." + nonce),
      "X-Vobiz-Signature-V3-Nonce: " + nonce,
      "X-Vobiz-Signature-V2: " + hmac(token, url + nonce),
      "X-Vobiz-Signature-V2-Nonce: " + nonce,
    };
  }

  static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A genuine callback with a nonce of its own. */
  Answer callback(Map<String, String> fields) {
    return post(PATH, form(fields), signed(String.valueOf(System.nanoTime())));
  }

  Answer post(String path, String form, String... headerLines) {
    return request("POST " + path, form, with(headerLines, "Content-Type: " + FORM));
  }

  static String[] with(String[] lines, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(more));
    all.addAll(Arrays.asList(lines));
    return all.toArray(String[]::new);
  }

  /**
   * @param body each character is sent as one byte
   */
  Answer request(String methodAndPath, String body, String... headerLines) {
    return raw(
        methodAndPath
            + " HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + String.join("\r\n", headerLines)
            + (headerLines.length == 0 ? "\r\n" : "\r\n\r\n")
            + body);
  }

  /** Sends requests over one connection, each when the one before it is answered; the answers. */
  List<String> oneAfterTheOther(List<String> requests) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      var in = new BufferedInputStream(socket.getInputStream());
      List<String> answers = new ArrayList<>();
      for (String request : requests) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
          answer.append((char) in.read());
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(answer.toString());
        if (length.find()) {
          byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
          answer.append(new String(body, StandardCharsets.UTF_8));
        }
        answers.add(answer.toString());
      }
      return answers;
    }
  }

  /** Sends these characters, one byte each, and reads until the connection is closed. */
  Answer raw(String text) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      } catch (IOException brokenOff) {
        // The answer may have come before the end of what was sent.
      }
      return Answer.parse(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Answer(0, e.toString(), "");
    }
  }
}
