package org.conferenceworker.playground;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.conferenceworker.standin.vobiz.Connection;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.Request;

/** How the API is disposed. */
enum Mood {
  USUAL(Replies.asTheApiDoes()),
  BUSY(
      Replies.json(
          429,
          "{\"status\":\"error\",\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Too many"
              + " requests\"},\"requestId\":\"req_1\"}",
          "Retry-After: 5")),
  FAILS(Replies.json(503, "{\"error\":\"service unavailable\"}")),
  SLOW(Replies.slowly(() -> 4000)),
  /** Once: with each answer lost, nobody would see what the next attempt makes of it. */
  LOSES_ANSWER(Replies.endThenReset()),
  REFUSES(Replies.json(401, "{\"error\":\"authentication failed\"}")),
  GONE(Replies.json(404, "{\"error\":\"conference not found\"}"));

  private final Reply reply;

  Mood(Reply reply) {
    this.reply = reply;
  }

  /** The moods towards each conference. */
  static final class Towards implements Reply {

    private static final String ALL = "";

    /** By the name of the conference; those that are not here are treated like all. */
    private final Map<String, Mood> moods = new ConcurrentHashMap<>(Map.of(ALL, USUAL));

    /**
     * @param mood {@code null} to treat it like all
     */
    void one(String conference, Mood mood) {
      if (mood == null) {
        moods.remove(conference);
      } else {
        moods.put(conference, mood);
      }
    }

    /** Forgets those towards conferences that are over: the next of that name is another. */
    void keepOnly(Collection<String> conferences) {
      moods.keySet().removeIf(name -> !name.equals(ALL) && !conferences.contains(name));
    }

    void all(Mood mood) {
      moods.put(ALL, mood);
    }

    Mood all() {
      return moods.get(ALL);
    }

    /** {@code null} if it is treated like all. */
    Mood one(String conference) {
      return moods.get(conference);
    }

    @Override
    public void to(Request request, Connection connection) throws IOException {
      String name = request.conference();
      String towards = name != null && moods.containsKey(name) ? name : ALL;
      Mood mood = moods.get(towards);
      if (mood == LOSES_ANSWER) {
        if (towards.equals(ALL)) {
          all(USUAL);
        } else {
          one(name, null);
        }
      }
      mood.reply.to(request, connection);
    }
  }
}
