package org.conferenceworker.standin.vobiz;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import javax.net.ServerSocketFactory;

/**
 * The Vobiz conference API on loopback, as far as it is known: rooms with members, announcements,
 * exact paths, the error shapes, and the trap that {@code DELETE /Conference/} ends every
 * conference. It can be told to misbehave, request by request. Works on raw sockets, so that tests
 * see and send every byte. It calls back when members enter and leave, for accounts for which that
 * was {@linkplain #callbacks(String, URI) switched on}.
 */
public final class VobizStandIn implements AutoCloseable {

  private static final Reply AS_THE_API_DOES = Replies.asTheApiDoes();

  private final String scheme;
  private final Wire wire;
  private final Conferences conferences = new Conferences(this::carriedOut);
  private final Callbacks callbacks = new Callbacks(conferences::token, this::changed);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Request> checks = new CopyOnWriteArrayList<>();
  private volatile Reply checkReply = AS_THE_API_DOES;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final Deque<Reply> nextReplies = new ArrayDeque<>();
  private volatile Reply otherwise = AS_THE_API_DOES;
  private volatile Runnable onChange = () -> {};

  private VobizStandIn(ServerSocketFactory sockets, String scheme) throws IOException {
    this.scheme = scheme;
    this.wire = new Wire(sockets, conferences, this::receive);
  }

  /** Starts on a free port of the loopback address. */
  public static VobizStandIn start() {
    return start(ServerSocketFactory.getDefault(), "http");
  }

  public static VobizStandIn start(ServerSocketFactory sockets, String scheme) {
    try {
      var standIn = new VobizStandIn(sockets, scheme);
      standIn.wire.open();
      return standIn;
    } catch (IOException e) {
      throw new IllegalStateException("The stand-in could not be started.", e);
    }
  }

  public URI baseUrl() {
    return URI.create(scheme + "://127.0.0.1:" + wire.port());
  }

  /** Makes an account known, or changes its token. */
  public void account(String authId, String authToken) {
    conferences.account(authId, authToken);
  }

  /**
   * Calls this URL when members enter or leave a conference of the account, from now on. In
   * reality, the call flow says which URL that is, for each conference.
   */
  public void callbacks(String authId, URI callbackUrl) {
    callbacks(authId, callbackUrl, callbackUrl);
  }

  /**
   * Does the same, but sends what it signs for one URL to another one, as if a reverse proxy stood
   * between them.
   *
   * @param callbackUrl the public URL
   */
  public void callbacks(String authId, URI callbackUrl, URI sentTo) {
    callbacks.address(authId, callbackUrl, sentTo);
  }

  /** Calls nobody back for the account any more. */
  public void noCallbacks(String authId) {
    callbacks.silence(authId);
  }

  /** Callbacks of this sub-account are signed with its main account's token, too. */
  public void mainAccount(String subAuthId, String mainToken) {
    callbacks.mainAccount(subAuthId, mainToken);
  }

  /** How callbacks are sent, from now until the next {@link #reset()}. */
  public void callbackOptions(CallbackOptions options) {
    callbacks.options(options);
  }

  /** Callbacks in the order in which they were first sent, even if still unanswered. */
  public List<SentCallback> callbacksSent() {
    return callbacks.sent();
  }

  /**
   * Opens a conference; the ids of its members are 1, 2, 3 and so on. One of this name ends before.
   */
  public void room(String authId, String name, String... members) {
    change(authId, (account, news) -> account.open(name, List.of(members), news));
  }

  /** Lets a member join a conference, which opens it. */
  public void member(String authId, String conference, String id, String name) {
    change(authId, (account, news) -> account.join(conference, id, name, news));
  }

  /** Lets a member leave a conference; the last one ends it. */
  public void leave(String authId, String conference, String id) {
    change(authId, (account, news) -> account.hangUp(conference, List.of(id), news));
  }

  /** Ends a conference, as its last member does by leaving. */
  public void endRoom(String authId, String name) {
    change(authId, (account, news) -> account.end(name, news));
  }

  /** The names of the conferences that are live now. */
  public Collection<String> rooms(String authId) {
    return conferences.account(authId).names();
  }

  /** The names of the members of a conference by their ids, in the order in which they joined. */
  public Map<String, String> people(String authId, String conference) {
    return conferences.account(authId).people(conference);
  }

  /** The ids of the members of a conference, in the order in which they joined. */
  public List<String> members(String authId, String conference) {
    return conferences.account(authId).members(conference);
  }

  /** What was played in conferences of this name, in this order. */
  public List<Played> played(String authId, String conference) {
    return conferences.account(authId).played(conference);
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
    return requests.stream().filter(r -> conference.equals(r.conference())).toList();
  }

  /** Misbehave for the next requests about this conference or its members, in this order. */
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

  /** Tells this of every change: who is where, requests and callbacks, and their answers. */
  public void onChange(Runnable listener) {
    onChange = listener;
  }

  /** How many connections were opened. */
  public int connections() {
    return wire.connections();
  }

  /** Closes every connection, as servers do with idle ones. */
  public void closeConnections() {
    wire.closeConnections();
  }

  /**
   * Forgets rooms, what was played, requests, misbehaviour, callbacks and how they are sent; not
   * for which accounts they are switched on.
   */
  public void reset() {
    requests.clear();
    replies.clear();
    otherwise = AS_THE_API_DOES;
    synchronized (nextReplies) {
      nextReplies.clear();
    }
    conferences.clear();
    callbacks.reset();
  }

  @Override
  public void close() {
    callbacks.close();
    wire.close();
  }

  private void change(String authId, BiConsumer<Account, List<MemberEvent>> change) {
    var news = new ArrayList<MemberEvent>();
    change.accept(conferences.account(authId), news);
    callbacks.send(news);
    changed();
  }

  private void carriedOut(Request request, List<MemberEvent> news) {
    callbacks.carriedOut(request, news);
  }

  private void receive(Request request, Connection connection) throws IOException {
    if (Conferences.isForTheList(request)) {
      checks.add(request);
      checkReply.to(request, connection);
      return;
    }
    requests.add(request);
    changed();
    Reply reply = scripted(request);
    try {
      (reply == null ? otherwise : reply).to(request, connection);
    } finally {
      callbacks.answered(request);
      changed();
    }
  }

  private void changed() {
    onChange.run();
  }

  private Reply scripted(Request request) {
    synchronized (nextReplies) {
      if (!nextReplies.isEmpty()) {
        return nextReplies.poll();
      }
    }
    String conference = request.conference();
    Deque<Reply> sequence = conference == null ? null : replies.get(conference);
    if (sequence == null) {
      return null;
    }
    synchronized (sequence) {
      return sequence.poll();
    }
  }
}
