package org.conferenceworker.standin.vobiz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** The sockets. What comes over them is handed on, request by request. */
final class Wire implements AutoCloseable {

  private final ServerSocket server;
  private final Conferences conferences;
  private final Reply receiver;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  Wire(ServerSocketFactory factory, Conferences conferences, Reply receiver) throws IOException {
    this.server = factory.createServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    this.conferences = conferences;
    this.receiver = receiver;
  }

  void open() {
    Thread.ofVirtual().name("vobiz-stand-in").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  void closeConnections() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
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
      var connection = new Connection(socket, conferences);
      while (!socket.isClosed()) {
        Request request = connection.readRequest();
        if (request == null) {
          return;
        }
        receiver.to(request, connection);
      }
    } catch (IOException peerIsGone) {
      // Nothing to answer to.
    } finally {
      sockets.remove(socket);
    }
  }
}
