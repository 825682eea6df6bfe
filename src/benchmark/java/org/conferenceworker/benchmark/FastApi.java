package org.conferenceworker.benchmark;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * An API that costs next to nothing: one thread, answers every DELETE with 204 after a delay, and
 * with 429 what exceeds its limit, if it has one.
 */
final class FastApi implements AutoCloseable {

  private static final long WINDOW = Duration.ofSeconds(5).toNanos();

  private final EventLoopGroup thread = new NioEventLoopGroup(1);
  private final Channel server;
  private final Deque<Long> accepted = new ArrayDeque<>();
  private volatile Run run;
  private volatile long delayNanos;
  private volatile int mostInWindow = Integer.MAX_VALUE;

  FastApi() {
    server =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new HttpServerCodec(), new Handler());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  String address() {
    return "http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
  }

  void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** Answers 429 to what is more than this in any five seconds. */
  void limit(int callsInFiveSeconds) {
    mostInWindow = callsInFiveSeconds;
  }

  /** How many of the last five seconds' calls were not refused. */
  int inWindow() {
    return thread.submit(this::countWindow).syncUninterruptibly().getNow();
  }

  /** On the one thread there is. */
  private int countWindow() {
    while (!accepted.isEmpty() && System.nanoTime() - accepted.peekFirst() >= WINDOW) {
      accepted.removeFirst();
    }
    return accepted.size();
  }

  /** From now on the requests are about the jobs of this run. */
  void belongsTo(Run run) {
    this.run = run;
  }

  @Override
  public void close() {
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Handler extends SimpleChannelInboundHandler<Object> {

    private static final long NO_JOB = -1;

    private long key;

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        key = keyIn(request.uri());
      }
      if (message instanceof LastHttpContent) {
        answer(context, key);
      }
    }

    /** A worker that is over breaks its connections off. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    private void answer(ChannelHandlerContext context, long key) {
      Run current = run;
      boolean known = current != null && current.has(key);
      if (!mayPass()) {
        current.refusedByTheApi.incrementAndGet();
        context.writeAndFlush(tooMany());
        return;
      }
      if (known) {
        current.requested(key);
      }
      Runnable answer =
          () -> {
            if (known) {
              current.answered(key);
            }
            context.writeAndFlush(
                new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER));
          };
      if (delayNanos == 0) {
        answer.run();
      } else {
        context.executor().schedule(answer, delayNanos, TimeUnit.NANOSECONDS);
      }
    }

    private boolean mayPass() {
      if (mostInWindow == Integer.MAX_VALUE) {
        return true;
      }
      return countWindow() < mostInWindow && accepted.add(System.nanoTime());
    }

    private static FullHttpResponse tooMany() {
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.TOO_MANY_REQUESTS, Unpooled.EMPTY_BUFFER);
      response.headers().set("Retry-After", "1").set("Content-Length", "0");
      return response;
    }

    /** The number at the end of {@code …/Conference/room-123/}; none for a check of credentials. */
    private static long keyIn(String uri) {
      int end = uri.length() - 1;
      int before = uri.lastIndexOf('-', end);
      return before < 0 ? NO_JOB : Long.parseLong(uri.substring(before + 1, end));
    }
  }
}
