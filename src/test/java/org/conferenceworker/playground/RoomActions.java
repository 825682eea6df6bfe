package org.conferenceworker.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.conferenceworker.playground.Rooms.Account;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.VobizStandIn;

/** What a person at the page can do at the simulated Vobiz. */
final class RoomActions {

  private final TestBench bench;
  private final VobizStandIn vobiz;
  private final List<Account> accounts;
  private final Mood.Towards moods;
  private final Rooms rooms;
  private final Board board;
  private volatile boolean callsBack;

  RoomActions(TestBench bench, List<Account> accounts, Board board) {
    this.bench = bench;
    this.vobiz = bench.vobiz;
    this.accounts = accounts;
    this.board = board;
    this.moods = new Mood.Towards();
    this.rooms = new Rooms(bench, accounts, moods);
    vobiz.always(moods);
    openRooms();
    vobiz.onChange(this::show);
    show();
  }

  /** Those that are there from the start; that they were opened is no news. */
  private void openRooms() {
    callBack(false);
    vobiz.room(TestBench.DEFAULT, "Team meeting", "Ada", "Grace", "Alan");
    vobiz.room(TestBench.DEFAULT, "Book club", "Barbara", "Donald");
    callBack(true);
  }

  Map<String, Consumer<JsonNode>> all() {
    return Map.of(
        "openRoom", this::open,
        "join", this::join,
        "leave", this::leave,
        "mood", this::mood,
        "callBack", this::callBack);
  }

  private void open(JsonNode asked) {
    String name = asked.get("conference").asText();
    if (name.isBlank()) {
      throw new IllegalArgumentException("A conference needs a name.");
    }
    vobiz.room(
        authId(asked),
        name,
        StreamSupport.stream(asked.get("members").spliterator(), false)
            .map(JsonNode::asText)
            .toArray(String[]::new));
  }

  private void join(JsonNode asked) {
    String name = asked.get("conference").asText();
    long free =
        vobiz.members(authId(asked), name).stream().mapToLong(Long::parseLong).max().orElse(0) + 1;
    vobiz.member(authId(asked), name, String.valueOf(free), asked.get("member").asText());
  }

  private void leave(JsonNode asked) {
    vobiz.leave(authId(asked), asked.get("conference").asText(), asked.get("id").asText());
  }

  private void mood(JsonNode asked) {
    Mood mood = asked.get("mood").isNull() ? null : Mood.valueOf(asked.get("mood").asText());
    if (asked.hasNonNull("conference")) {
      moods.one(asked.get("conference").asText(), mood);
    } else {
      moods.all(mood);
    }
    show();
  }

  private void callBack(JsonNode asked) {
    callBack(asked.get("on").asBoolean());
    show();
  }

  private void callBack(boolean on) {
    callsBack = on;
    if (callsBack) {
      bench.callBack();
    } else {
      accounts.forEach(account -> vobiz.noCallbacks(account.authId()));
    }
  }

  private String authId(JsonNode asked) {
    return accounts.stream()
        .filter(account -> account.name().equals(asked.get("account").asText()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no such account."))
        .authId();
  }

  /** One at a time: what is seen later must not be replaced by what was seen before. */
  private synchronized void show() {
    board.put("vobiz", rooms.view(callsBack));
  }
}
