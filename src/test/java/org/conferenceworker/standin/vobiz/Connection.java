package org.conferenceworker.standin.vobiz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One connection of the API client. */
public final class Connection {
  private final Socket socket;
  private final Conferences conferences;
  private final InputStream in;
  private final OutputStream out;

  Connection(Socket socket, Conferences conferences) throws IOException {
    this.socket = socket;
    this.conferences = conferences;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  Request readRequest() throws IOException {
    var head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      head.write(b);
      matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    List<String> lines =
        new ArrayList<>(
            Arrays.asList(head.toString(StandardCharsets.ISO_8859_1).strip().split("\r\n")));
    var request = new Request(lines.removeFirst(), List.copyOf(lines), "");
    String length = request.header("Content-Length");
    if (length == null) {
      return request;
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    return new Request(
        request.requestLine(), request.headerLines(), new String(body, StandardCharsets.UTF_8));
  }

  /** Answers as the API does. */
  public void answer(Request request) throws IOException {
    answer(request, conferences.answer(request));
  }

  public void answer(Request request, Answer answer) throws IOException {
    if (answer.body() == null) {
      empty(request, answer.status());
    } else {
      json(request, answer.status(), answer.body());
    }
  }

  /**
   * Does to the rooms what the request asks for, without answering.
   *
   * @return what the API would say
   */
  public Answer carryOut(Request request) {
    return conferences.carryOut(request);
  }

  public void json(Request request, int status, String body, String... headerLines)
      throws IOException {
    request.answeredWith(status, body);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder("HTTP/1.1 " + status + " -\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    head.append("Content-Type: application/json\r\nContent-Length: ")
        .append(bytes.length)
        .append("\r\n\r\n");
    raw(head.toString());
    out.write(bytes);
    out.flush();
  }

  public void empty(Request request, int status, String... headerLines) throws IOException {
    request.answeredWith(status, "");
    var head = new StringBuilder("HTTP/1.1 " + status + " -\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    if (status != 204) {
      head.append("Content-Length: 0\r\n");
    }
    raw(head.append("\r\n").toString());
  }

  /** Sends these characters as they are, one byte each. */
  public void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Ends the connection properly. */
  public void close() throws IOException {
    socket.close();
  }

  /** Breaks the connection off with a TCP reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits, without an answer, until the client has gone. */
  public void hang() throws IOException {
    try {
      while (in.read() >= 0) {
        // Whatever comes, it is not answered.
      }
    } catch (SocketException gone) {
      // That is what was waited for.
    }
  }
}
