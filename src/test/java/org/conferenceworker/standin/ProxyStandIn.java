package org.conferenceworker.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback that opens tunnels (CONNECT) for those who know the password. */
public final class ProxyStandIn implements AutoCloseable {

  private final ServerSocket server;
  private final String credentials;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile String refusal;

  private ProxyStandIn(String username, String password) {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    credentials =
        "proxy-authorization: basic "
            + Base64.getEncoder().encodeToString((username + ":" + password).getBytes());
    Thread.ofVirtual().name("proxy-stand-in").start(this::accept);
  }

  public static ProxyStandIn start(String username, String password) {
    return new ProxyStandIn(username, password);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Answers every request with this from now on. */
  public void answerWith(String refusal) {
    this.refusal = refusal;
  }

  /** The head of each request to the proxy. */
  public List<String> heads() {
    return heads;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void serve(Socket client) {
    try (client) {
      while (true) {
        String head = readHead(client.getInputStream());
        if (head.isEmpty()) {
          return;
        }
        heads.add(head);
        if (refusal != null) {
          write(client, refusal);
        } else if (head.toLowerCase(Locale.ROOT).contains(credentials.toLowerCase(Locale.ROOT))) {
          tunnel(client, head.split(" ")[1]);
          return;
        } else {
          write(
              client,
              "HTTP/1.1 407 -\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        }
      }
    } catch (IOException | InterruptedException gone) {
      // One of the two ends has hung up.
    }
  }

  private static void tunnel(Socket client, String authority)
      throws IOException, InterruptedException {
    int colon = authority.lastIndexOf(':');
    try (var target =
        new Socket(
            authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)))) {
      write(client, "HTTP/1.1 200 OK\r\n\r\n");
      Thread back = Thread.ofVirtual().start(() -> copy(target, client));
      copy(client, target);
      back.join();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
    } catch (IOException gone) {
      // One of the two ends has hung up.
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String readHead(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
