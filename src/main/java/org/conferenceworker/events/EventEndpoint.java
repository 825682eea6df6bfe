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
              new CallbackForm(callback.form(), callback.charset(), ConferenceEvent.FIELDS),
              clock.instant());
    } catch (UndecodableException e) {
      return journal.write(callback.account(), new Refused(400, e.getMessage()));
    }
    String missing = missing(event);
    if (missing != null) {
      return journal.write(callback.account(), new Refused(400, missing));
    }
    return receive(event, deadline);
  }

  /** A request that was refused before anybody knew for whom it is. */
  void refuse(Refused why) {
    journal.write(null, why);
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
    List<Message> messages = event.messages(published).toList();
    if (event.action() == Action.OTHER || event.action() == Action.NONE) {
      return ignored(event, "It tells of something else than a member who enters or leaves.");
    }
    if (messages.isEmpty()) {
      return ignored(event, "vobiz.events.publish does not list such events.");
    }
    if (event.conference().name().length() > LONGEST_KEY) {
      return ignored(
          event,
          "The conference's name has more than %d characters, the most that a correlation key may have."
              .formatted(LONGEST_KEY));
    }
    return publish(event, messages, deadline);
  }

  private Receipt ignored(ConferenceEvent event, String why) {
    var receipt = new Ignored(why);
    journal.count(event.account(), event.label(), receipt);
    return journal.write(event, event.label(), receipt);
  }

  /** Publishes each of them, whatever becomes of the others. */
  private Receipt publish(ConferenceEvent event, List<Message> messages, long deadline) {
    List<Receipt> receipts =
        messages.stream()
            .map(
                message -> {
                  Receipt receipt = publish(event, message, deadline);
                  journal.count(event.account(), message.event(), receipt);
                  return receipt;
                })
            .toList();
    return journal.write(event, messages.getFirst().event(), together(receipts));
  }

  /** Vobiz has to try again if one of them failed. */
  private static Receipt together(List<Receipt> receipts) {
    return Stream.of(Failed.class, Published.class, Duplicate.class)
        .flatMap(kind -> receipts.stream().filter(kind::isInstance))
        .findFirst()
        .orElseThrow();
  }

  private Receipt publish(ConferenceEvent event, Message message, long deadline) {
    Delivery delivery =
        replays.once(
            message.id(),
            () ->
                publisher.publish(
                    message,
                    event.conference().name(),
                    event.variable(message, includeNumbers),
                    deadline));
    return switch (delivery.state()) {
      case TAKEN -> new Published();
      case KNOWN -> new Duplicate();
      case NOT_TAKEN -> new Failed(delivery.trouble());
    };
  }
}
