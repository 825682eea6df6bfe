package org.conferenceworker.standin.vobiz;

import java.time.Instant;
import java.util.List;

/** A request as it came over the wire, and the status it was answered with (0 if it was not). */
public final class Request {
  private final String requestLine;
  private final List<String> headerLines;
  private final String body;
  private final Instant arrived = Instant.now();
  private volatile int status;
  private volatile String answer = "";
  private volatile List<MemberEvent> kept = List.of();

  Request(String requestLine, List<String> headerLines, String body) {
    this.requestLine = requestLine;
    this.headerLines = headerLines;
    this.body = body;
  }

  public String requestLine() {
    return requestLine;
  }

  public List<String> headerLines() {
    return headerLines;
  }

  /** Empty if there was none. */
  public String body() {
    return body;
  }

  public int status() {
    return status;
  }

  /** The body of the answer; empty if there was none. */
  public String answer() {
    return answer;
  }

  /** When it had been read. */
  public Instant arrived() {
    return arrived;
  }

  /** The name of the conference that it is about; {@code null} if it is about none. */
  public String conference() {
    return Conferences.named(this);
  }

  public String header(String name) {
    return headerLines.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }

  String method() {
    return requestLine.split(" ")[0];
  }

  String path() {
    return requestLine.split(" ")[1];
  }

  void answeredWith(int newStatus, String body) {
    answer = body;
    status = newStatus;
  }

  /** What is not to be told before the answer. */
  void keep(List<MemberEvent> news) {
    kept = news;
  }

  List<MemberEvent> kept() {
    return kept;
  }

  @Override
  public String toString() {
    return requestLine + " -> " + status;
  }
}
