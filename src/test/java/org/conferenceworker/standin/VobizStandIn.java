package org.conferenceworker.standin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/**
 * The Vobiz conference API on loopback, as far as it is known: rooms with members, exact paths, the
 * error shapes, and the trap that {@code DELETE /Conference/} ends every conference. It can be told
 * to misbehave, request by request. Works on raw sockets, so that tests see and send every byte.
 */
public final class VobizStandIn implements AutoCloseable {

  /** A request as it came over the wire, and the status it was answered with (0 if it was not). */
  public static final class Request {
    private final String requestLine;
    private final List<String> headerLines;
    private final Instant arrived = Instant.now();
    private volatile int status;

    Request(String requestLine, List<String> headerLines) {
      this.requestLine = requestLine;
      this.headerLines = headerLines;
    }

    public String requestLine() {
      return requestLine;
    }

    public List<String> headerLines() {
      return headerLines;
    }

    public int status() {
      return status;
    }

    /** When it had been read. */
    public Instant arrived() {
      return arrived;
    }

    /** The name of the conference that it is about; {@code null} if it is about none. */
    public String conference() {
      return conferenceOf(this);
    }

    private boolean isCheck() {
      return requestLine.startsWith("GET ")
          && ALL_CONFERENCES.matcher(requestLine.split(" ")[1]).matches();
    }

    public String header(String name) {
      return headerLines.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse(null);
    }

    @Override
    public String toString() {
      return requestLine + " -> " + status;
    }
  }

  /** What the stand-in does with one request instead of answering as the API would. */
  @FunctionalInterface
  public interface Reply {
    void to(Request request, Connection connection) throws IOException;
  }

  private static final Pattern CONFERENCE =
      Pattern.compile("/api/v1/Account/([^/]+)/Conference/([^/]+)/");
  private static final Pattern ALL_CONFERENCES =
      Pattern.compile("/api/v1/Account/([^/]+)/Conference/");

  private final ServerSocket server;
  private final String scheme;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Map<String, Map<String, List<String>>> rooms = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Request> checks = new CopyOnWriteArrayList<>();
  private volatile Reply checkReply = (request, connection) -> connection.answer(request);
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final Deque<Reply> nextReplies = new ArrayDeque<>();
  private volatile Reply otherwise = (request, connection) -> connection.answer(request);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private VobizStandIn(ServerSocket server, String scheme) {
    this.server = server;
    this.scheme = scheme;
  }

  /** Starts on a free port of the loopback address. */
  public static VobizStandIn start() {
    return start(ServerSocketFactory.getDefault(), "http");
  }

  public static VobizStandIn start(ServerSocketFactory sockets, String scheme) {
    try {
      var standIn =
          new VobizStandIn(
              sockets.createServerSocket(0, 1000, InetAddress.getLoopbackAddress()), scheme);
      Thread.ofVirtual().name("vobiz-stand-in").start(standIn::accept);
      return standIn;
    } catch (IOException e) {
      throw new IllegalStateException("The stand-in could not be started.", e);
    }
  }

  public URI baseUrl() {
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
  }

  /** Makes an account known, or changes its token. */
  public void account(String authId, String authToken) {
    tokens.put(authId, authToken);
    rooms.computeIfAbsent(authId, id -> new ConcurrentHashMap<>());
  }

  /** Opens a conference. */
  public void room(String authId, String name, String... members) {
    rooms.get(authId).put(name, List.of(members));
  }

  /** Ends a conference, as its last member does by leaving. */
  public void endRoom(String authId, String name) {
    rooms.get(authId).remove(name);
  }

  /** The names of the conferences that are live now. */
  public Collection<String> rooms(String authId) {
    return new TreeMap<>(rooms.get(authId)).keySet();
  }

  /**
   * Every request since the start or the last {@link #reset()}, but for {@linkplain #checks()
   * checks}.
   */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The GETs for the list of conferences since the start; not affected by other replies. */
  public List<Request> checks() {
    return List.copyOf(checks);
  }

  /** The requests about one conference. */
  public List<Request> requests(String conference) {
    return requests.stream().filter(r -> conference.equals(conferenceOf(r))).toList();
  }

  /** Misbehave for the next requests about this conference, in this order. */
  public void misbehave(String conference, Reply... sequence) {
    replies.put(conference, new ArrayDeque<>(Arrays.asList(sequence)));
  }

  /** Misbehave for the next requests, whatever they are about. */
  public void misbehaveNext(Reply... sequence) {
    synchronized (nextReplies) {
      nextReplies.addAll(Arrays.asList(sequence));
    }
  }

  /** Do this with every check, from now on. */
  public void checksAnswered(Reply reply) {
    checkReply = reply;
  }

  /** Do this with every request that is not told otherwise, from now on. */
  public void always(Reply reply) {
    otherwise = reply;
  }

  /** How many connections were opened. */
  public int connections() {
    return connections.get();
  }

  /** Closes every connection, as servers do with idle ones. */
  public void closeConnections() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Forgets rooms, requests and misbehaviour. */
  public void reset() {
    requests.clear();
    replies.clear();
    otherwise = (request, connection) -> connection.answer(request);
    synchronized (nextReplies) {
      nextReplies.clear();
    }
    rooms.values().forEach(Map::clear);
  }

  @Override
  public void close() {
    try {
      server.close();
      closeConnections();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var connection = new Connection(socket);
      while (!socket.isClosed()) {
        Request request = connection.readRequest();
        if (request == null) {
          return;
        }
        if (request.isCheck()) {
          checks.add(request);
          checkReply.to(request, connection);
          continue;
        }
        requests.add(request);
        Reply reply = scripted(request);
        (reply == null ? otherwise : reply).to(request, connection);
      }
    } catch (IOException peerIsGone) {
      // Nothing to answer to.
    } finally {
      sockets.remove(socket);
    }
  }

  private Reply scripted(Request request) {
    synchronized (nextReplies) {
      if (!nextReplies.isEmpty()) {
        return nextReplies.poll();
      }
    }
    String conference = conferenceOf(request);
    Deque<Reply> sequence = conference == null ? null : replies.get(conference);
    if (sequence == null) {
      return null;
    }
    synchronized (sequence) {
      return sequence.poll();
    }
  }

  private static String conferenceOf(Request request) {
    Matcher path = CONFERENCE.matcher(request.requestLine().split(" ")[1]);
    return path.matches() ? decode(path.group(2)) : null;
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private void answer(Request request, Connection connection) throws IOException {
    String method = request.requestLine().split(" ")[0];
    String path = request.requestLine().split(" ")[1];
    Matcher one = CONFERENCE.matcher(path);
    Matcher all = ALL_CONFERENCES.matcher(path);
    if (path.startsWith("/api/v1/account/") || path.contains("/conference/")) {
      connection.json(request, 401, "{\"error\":\"authentication failed\"}");
    } else if (one.matches() && refused(request, one.group(1))) {
      connection.json(request, 401, "{\"error\":\"authentication failed\"}");
    } else if (one.matches() && method.equals("DELETE")) {
      boolean ended = rooms.get(one.group(1)).remove(decode(one.group(2))) != null;
      if (ended) {
        connection.empty(request, 204);
      } else {
        connection.json(
            request,
            404,
            "{\"error\":\"conference not found\",\"api_id\":\"" + UUID.randomUUID() + "\"}");
      }
    } else if (all.matches() && refused(request, all.group(1))) {
      connection.json(request, 401, "{\"error\":\"authentication failed\"}");
    } else if (all.matches() && method.equals("GET")) {
      connection.json(request, 200, "{\"conferences\":[],\"api_id\":\"1\"}");
    } else if (all.matches() && method.equals("DELETE")) {
      rooms.get(all.group(1)).clear();
      connection.empty(request, 204);
    } else {
      connection.json(request, 404, "{\"message\":\"Not Found\"}");
    }
  }

  private boolean refused(Request request, String authId) {
    return !authId.equals(request.header("X-Auth-ID"))
        || !tokens.containsKey(authId)
        || !tokens.get(authId).equals(request.header("X-Auth-Token"));
  }

  /** One connection of the API client. */
  public final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    private Request readRequest() throws IOException {
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
      return new Request(lines.removeFirst(), List.copyOf(lines));
    }

    /** Answers as the API does. */
    public void answer(Request request) throws IOException {
      VobizStandIn.this.answer(request, this);
    }

    /** Does to the rooms what the request asks for, without answering. */
    public void carryOut(Request request) {
      Matcher path = CONFERENCE.matcher(request.requestLine().split(" ")[1]);
      if (path.matches()) {
        rooms.get(path.group(1)).remove(decode(path.group(2)));
      }
    }

    public void json(Request request, int status, String body, String... headerLines)
        throws IOException {
      request.status = status;
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
      request.status = status;
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

  /** Ready-made misbehaviour. */
  public static final class Replies {

    private Replies() {}

    public static Reply json(int status, String body, String... headerLines) {
      return (request, connection) -> connection.json(request, status, body, headerLines);
    }

    public static Reply empty(int status, String... headerLines) {
      return (request, connection) -> connection.empty(request, status, headerLines);
    }

    /** Does the other, but only when it is told to go on. */
    public static Reply when(CountDownLatch goOn, Reply reply) {
      return (request, connection) -> {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        reply.to(request, connection);
      };
    }

    /** Answers as the API does, which takes a while. */
    public static Reply slowly(LongSupplier millis) {
      return (request, connection) -> {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis.getAsLong()));
        connection.answer(request);
      };
    }

    /** Breaks off as if the request had never been read. */
    public static Reply reset() {
      return (request, connection) -> connection.reset();
    }

    /** Ends the conference, then breaks off before the answer. */
    public static Reply endThenReset() {
      return (request, connection) -> {
        connection.carryOut(request);
        connection.reset();
      };
    }

    public static Reply hang() {
      return (request, connection) -> connection.hang();
    }

    /** Sends exactly these bytes and closes the connection. */
    public static Reply rawThenClose(String text) {
      return (request, connection) -> {
        connection.raw(text);
        connection.close();
      };
    }

    /** Sends exactly these bytes and leaves the connection open. */
    public static Reply raw(String text) {
      return (request, connection) -> connection.raw(text);
    }

    /** Sends a head, then the same bytes slowly, one lot every few milliseconds. */
    public static Reply drip(String head, String bytes) {
      return (request, connection) -> {
        connection.raw(head);
        while (true) {
          connection.raw(bytes);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
      };
    }

    /** Sends a head, then the same bytes again and again for as long as the client listens. */
    public static Reply endless(String head, String bytes) {
      return (request, connection) -> {
        connection.raw(head);
        while (true) {
          connection.raw(bytes);
        }
      };
    }
  }
}
