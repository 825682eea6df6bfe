package org.conferenceworker.playground;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.standin.EmbeddedEngine;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.SentCallback;
import org.conferenceworker.standin.vobiz.VobizStandIn;

/** What there is to see at the simulated Vobiz. */
final class Rooms {

  /** As many as anybody scrolls through. */
  private static final int CALLS = 200;

  /**
   * @param name of the account profile
   */
  record Account(String name, String authId) {}

  record Member(String id, String name) {}

  /**
   * @param mood {@code null} if it is treated like all
   */
  record Room(String account, String name, List<Member> members, Mood mood) {}

  /**
   * A request to the API, or a callback from it.
   *
   * @param at in the engine's time
   * @param line of the request; of a callback, what it says
   * @param status 0 if there is no answer
   * @param callback whether it is a callback
   */
  record Call(Instant at, String line, String body, int status, String answer, boolean callback) {}

  /**
   * @param callsBack whether Vobiz reports who joins and leaves
   */
  record View(
      List<Account> accounts, List<Room> rooms, Mood mood, boolean callsBack, List<Call> calls) {}

  private final VobizStandIn vobiz;
  private final EmbeddedEngine engine;
  private final List<Account> accounts;
  private final Mood.Towards moods;

  Rooms(TestBench bench, List<Account> accounts, Mood.Towards moods) {
    this.vobiz = bench.vobiz;
    this.engine = bench.engine;
    this.accounts = accounts;
    this.moods = moods;
  }

  View view(boolean callsBack) {
    List<Room> rooms = rooms();
    moods.keepOnly(rooms.stream().map(Room::name).toList());
    return new View(accounts, rooms, moods.all(), callsBack, calls());
  }

  private List<Room> rooms() {
    var rooms = new ArrayList<Room>();
    for (Account account : accounts) {
      for (String name : vobiz.rooms(account.authId())) {
        List<Member> members =
            vobiz.people(account.authId(), name).entrySet().stream()
                .map(member -> new Member(member.getKey(), member.getValue()))
                .toList();
        rooms.add(new Room(account.name(), name, members, moods.one(name)));
      }
    }
    return rooms;
  }

  private List<Call> calls() {
    List<Call> calls =
        Stream.concat(
                vobiz.requests().stream().map(this::call),
                vobiz.callbacksSent().stream().map(this::call))
            .sorted(Comparator.comparing(Call::at))
            .toList();
    return calls.subList(Math.max(0, calls.size() - CALLS), calls.size());
  }

  private Call call(Request request) {
    return new Call(
        engine.inEngineTime(request.arrived()),
        request.requestLine().replaceFirst(" HTTP/1.1$", ""),
        request.body(),
        request.status(),
        request.answer(),
        false);
  }

  private Call call(SentCallback sent) {
    Map<String, String> fields = sent.fields();
    String last = "true".equals(fields.get("ConferenceLastMember")) ? ", the last one" : "";
    String line =
        "%s: member %s %s%s"
            .formatted(
                fields.get("ConferenceName"),
                fields.get("ConferenceMemberID"),
                fields.get("ConferenceAction").equals("enter") ? "has joined" : "has left",
                last);
    int status = sent.statuses().isEmpty() ? 0 : sent.statuses().getLast();
    return new Call(engine.inEngineTime(sent.sentAt()), line, "", status, "", true);
  }
}
