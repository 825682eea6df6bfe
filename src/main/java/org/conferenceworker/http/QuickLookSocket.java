package org.conferenceworker.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A socket that returns immediately from a read with the shortest timeout.
 *
 * <p>Before a connection is reused, it is checked twice: has the server closed it or sent
 * unasked-for data? The HTTP client checks with a read that times out after a millisecond. In the
 * usual case, with no data, that costs a millisecond, a timer and two thread switches each time.
 * Data that has arrived can be read without waiting. As this is the socket below TLS, it works for
 * https, too.
 */
final class QuickLookSocket extends Socket {

  QuickLookSocket() throws SocketException {
    super(new Impl());
  }

  /** The client expects this exception; a stack trace would be useless and expensive. */
  private static final class NothingThere extends SocketTimeoutException {
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  private static final class Impl extends SocketImpl {

    private static final int LOOK_MILLIS = 1;

    private SocketChannel channel;
    private Socket socket;

    @Override
    protected void create(boolean stream) throws IOException {
      channel = SocketChannel.open();
      socket = channel.socket();
    }

    @Override
    protected void connect(SocketAddress target, int timeout) throws IOException {
      socket.connect(target, timeout);
      address = socket.getInetAddress();
      port = socket.getPort();
      localport = socket.getLocalPort();
    }

    @Override
    protected void connect(String host, int port) throws IOException {
      connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(InetAddress host, int port) throws IOException {
      connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
      socket.bind(new InetSocketAddress(host, port));
      localport = socket.getLocalPort();
    }

    @Override
    protected InputStream getInputStream() throws IOException {
      InputStream patient = socket.getInputStream();
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return socket.getSoTimeout() == LOOK_MILLIS
              ? look(ByteBuffer.wrap(bytes, offset, length))
              : patient.read(bytes, offset, length);
        }

        @Override
        public int available() throws IOException {
          return patient.available();
        }
      };
    }

    private int look(ByteBuffer buffer) throws IOException {
      channel.configureBlocking(false);
      try {
        int read = channel.read(buffer);
        if (read == 0 && buffer.hasRemaining()) {
          throw new NothingThere();
        }
        return read;
      } finally {
        channel.configureBlocking(true);
      }
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    protected int available() throws IOException {
      return socket.getInputStream().available();
    }

    @Override
    protected void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }

    @Override
    protected void shutdownInput() throws IOException {
      socket.shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    public void setOption(int option, Object value) throws SocketException {
      switch (option) {
        case SO_TIMEOUT -> socket.setSoTimeout((Integer) value);
        case TCP_NODELAY -> socket.setTcpNoDelay((Boolean) value);
        case SO_KEEPALIVE -> socket.setKeepAlive((Boolean) value);
        case SO_REUSEADDR -> socket.setReuseAddress((Boolean) value);
        case SO_LINGER ->
            socket.setSoLinger(value instanceof Integer, value instanceof Integer s ? s : 0);
        default -> throw new SocketException("unsupported socket option " + option);
      }
    }

    @Override
    public Object getOption(int option) throws SocketException {
      return switch (option) {
        case SO_TIMEOUT -> socket.getSoTimeout();
        case TCP_NODELAY -> socket.getTcpNoDelay();
        case SO_KEEPALIVE -> socket.getKeepAlive();
        case SO_REUSEADDR -> socket.getReuseAddress();
        case SO_LINGER -> socket.getSoLinger();
        case SO_BINDADDR -> socket.getLocalAddress();
        default -> throw new SocketException("unsupported socket option " + option);
      };
    }

    @Override
    protected <T> void setOption(SocketOption<T> option, T value) throws IOException {
      socket.setOption(option, value);
    }

    @Override
    protected <T> T getOption(SocketOption<T> option) throws IOException {
      return socket.getOption(option);
    }

    @Override
    protected Set<SocketOption<?>> supportedOptions() {
      return socket.supportedOptions();
    }

    @Override
    protected void listen(int backlog) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void accept(SocketImpl other) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void sendUrgentData(int data) {
      throw new UnsupportedOperationException();
    }
  }
}
