package org.conferenceworker.events;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.conferenceworker.events.Receipt.Refused;
import reactor.netty.NettyPipeline;

/**
 * Takes one request at a time from a connection, and nothing that is not HTTP.
 *
 * <p>reactor-netty 1.2.18 keeps whatever arrives behind an unanswered request, without a limit; it
 * takes a chunked body as complete that turns out to be malformed; and it quotes in the log what it
 * cannot parse, without a limit either.
 */
final class ConnectionGuard extends ChannelDuplexHandler {

  /** For the next request to arrive, up to the end of its headers, and for an answer to leave. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final AttributeKey<Boolean> WHOLE = AttributeKey.valueOf("wholeRequest");

  private final Consumer<Refused> journal;
  private ScheduledFuture<?> patience;
  private boolean underWay;
  private boolean closing;

  private ConnectionGuard(Consumer<Refused> journal) {
    this.journal = journal;
  }

  /**
   * @param journal is told of requests that are refused here
   */
  static void of(Channel channel, Consumer<Refused> journal) {
    channel
        .pipeline()
        .addAfter(NettyPipeline.HttpCodec, "connectionGuard", new ConnectionGuard(journal));
  }

  /**
   * Whether the request under way has arrived to its end. reactor-netty says so, too, of one whose
   * connection was closed before anybody read it.
   */
  static boolean hasWholeRequest(Channel channel) {
    return Boolean.TRUE.equals(channel.attr(WHOLE).get());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    closeUnlessItGoesOn(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    patience.cancel(false);
  }

  private void closeUnlessItGoesOn(ChannelHandlerContext context) {
    patience =
        context
            .executor()
            .schedule(() -> context.close(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    boolean malformed = message instanceof HttpObject http && http.decoderResult().isFailure();
    boolean another = message instanceof HttpRequest && underWay;
    if (closing || malformed || another) {
      ReferenceCountUtil.release(message);
      if (!closing) {
        closing = true;
        context.channel().config().setAutoRead(false);
        if (malformed) {
          refuse(context, (HttpObject) message);
        }
      }
      return;
    }
    if (message instanceof HttpRequest) {
      underWay = true;
      patience.cancel(false);
      context.channel().attr(WHOLE).set(false);
    }
    if (message instanceof LastHttpContent) {
      context.channel().attr(WHOLE).set(true);
    }
    context.fireChannelRead(message);
  }

  private void refuse(ChannelHandlerContext context, HttpObject malformed) {
    boolean isHead = malformed instanceof HttpRequest;
    if (isHead) {
      journal.accept(
          new Refused(
              status(malformed).code(), "It is not an HTTP request, or its head is too long."));
    }
    if (underWay && hasWholeRequest(context.channel())) {
      // The request before it still gets its answer.
      return;
    }
    if (underWay || !isHead) {
      // A body breaks off.
      context.close();
      return;
    }
    var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(malformed));
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, 0)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  private static HttpResponseStatus status(HttpObject malformed) {
    return switch (malformed.decoderResult().cause()) {
      case TooLongHttpLineException e -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
      case TooLongHttpHeaderException e -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
      default -> HttpResponseStatus.BAD_REQUEST;
    };
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (!(message instanceof LastHttpContent) || interim) {
      context.write(message, promise);
      return;
    }
    closeUnlessItGoesOn(context);
    // Not before the answer has left: unread answers would take memory like unanswered requests.
    context.write(message, promise.unvoid().addListener(sent -> answered(context)));
  }

  private void answered(ChannelHandlerContext context) {
    patience.cancel(false);
    underWay = false;
    if (closing) {
      context.close();
    } else {
      closeUnlessItGoesOn(context);
    }
  }
}
