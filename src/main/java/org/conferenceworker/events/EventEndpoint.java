package org.conferenceworker.events;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.conferenceworker.events.CallbackForm.UndecodableException;
import org.conferenceworker.events.CallbackGate.Entry;
import org.conferenceworker.events.ConferenceEvent.Action;
import org.conferenceworker.events.ConferenceEvent.Message;
import org.conferenceworker.events.EventPublisher.Delivery;
import org.conferenceworker.events.Receipt.Duplicate;
import org.conferenceworker.events.Receipt.Failed;
import org.conferenceworker.events.Receipt.Ignored;
import org.conferenceworker.events.Receipt.Published;
import org.conferenceworker.events.Receipt.Refused;
import org.conferenceworker.settings.EventSettings;

/** What happens to a callback, from its arrival to the answer, on a thread of its own. */
final class EventEndpoint {

  /** Vobiz waits three seconds for the answer. */
  static final Duration TIME_FOR_ENGINE = Duration.ofMillis(2500);

  /**
   * Characters, as Java counts them: the longest correlation key that Camunda 8.9 keeps in a
   * relational database. No id is as long.
   */
  private static final int LONGEST_KEY = 256;

  private final CallbackGate gate;
  private final Replays replays;
  private final EventPublisher publisher;
  private final EventJournal journal;
  private final Clock clock;
  private final Set<String> published;
  private final boolean includeNumbers;

  EventEndpoint(
      EventSettings settings,
      CallbackGate gate,
      Replays replays,
      EventPublisher publisher,
      EventJournal journal,
      Clock clock) {
    this.published = Set.copyOf(settings.publish());
    this.includeNumbers = settings.includeNumbers();
    this.gate = gate;
    this.replays = replays;
    this.publisher = publisher;
    this.journal = journal;
    this.clock = clock;
  }

  Receipt receive(Callback callback) {
    return switch (gate.enter(callback)) {
      case Entry.Closed(String account, Refused why) -> journal.write(account, why);
      case Entry.Open open -> receive(open);
    };
  }

  private Receipt receive(Entry.Open callback) {
    long deadline = System.nanoTime() + TIME_FOR_ENGINE.toNanos();
    ConferenceEvent event;
    try {
      event =
          ConferenceEvent.read(
              callback.account(),
              CallbackForm.of(callback.form(), callback.charset()),
              clock.instant());
    } catch (UndecodableException e) {
      return journal.write(callback.account(), new Refused(400, e.getMessage()));
    }
    String missing = missing(event);
    if (missing != null) {
      return journal.write(callback.account(), new Refused(400, missing));
    }
    return journal.write(event, receive(event, deadline));
  }

  /** Why nobody can tell what an event is about, as a sentence; {@code null} if one can. */
  private static String missing(ConferenceEvent event) {
    if (event.action() == Action.OTHER) {
      // Some of them are about no conference in particular.
      return null;
    }
    if (isBlank(event.conference().name())) {
      return "It has no ConferenceName.";
    }
    if (isBlank(event.conference().uuid())) {
      return "It has no ConferenceUUID.";
    }
    return Stream.of(event.conference().uuid(), event.member().id(), event.member().callUuid())
            .anyMatch(id -> id != null && id.length() > LONGEST_KEY)
        ? "One of its ids has more than %d characters.".formatted(LONGEST_KEY)
        : null;
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private Receipt receive(ConferenceEvent event, long deadline) {
    return switch (event.action()) {
      case OTHER, NONE -> new Ignored("It says neither that somebody entered nor that they left.");
      case ENTER, EXIT, END -> {
        List<Message> messages = event.messages(published).toList();
        if (messages.isEmpty()) {
          yield new Ignored("vobiz.events.publish does not list such events.");
        }
        if (event.conference().name().length() > LONGEST_KEY) {
          yield new Ignored(
              "The conference's name has more than %d characters, the most that a correlation key may have."
                  .formatted(LONGEST_KEY));
        }
        yield publish(event, messages, deadline);
      }
    };
  }

  private Receipt publish(ConferenceEvent event, List<Message> messages, long deadline) {
    boolean anyNew = false;
    for (Message message : messages) {
      Delivery delivery =
          replays.once(
              message.id(),
              () ->
                  publisher.publish(
                      message,
                      event.conference().name(),
                      event.variable(message, includeNumbers),
                      deadline));
      switch (delivery.state()) {
        case TAKEN -> anyNew = true;
        case KNOWN -> {}
        case NOT_TAKEN -> {
          return new Failed(delivery.trouble());
        }
      }
    }
    return anyNew ? new Published() : new Duplicate();
  }
}
