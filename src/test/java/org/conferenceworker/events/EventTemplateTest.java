package org.conferenceworker.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.designer.ShippedEvent.CONFERENCE_IS_EMPTY;
import static org.conferenceworker.designer.ShippedEvent.MESSAGE;
import static org.conferenceworker.designer.ShippedEvent.VARIABLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.conferenceworker.designer.ShippedEvent;
import org.conferenceworker.designer.ShippedTemplate;
import org.conferenceworker.events.ConferenceEvent.Action;
import org.conferenceworker.events.ConferenceEvent.Conference;
import org.conferenceworker.events.ConferenceEvent.Member;
import org.conferenceworker.events.ConferenceEvent.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The templates of events speak of the message that the worker publishes. */
class EventTemplateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIPTION = "bpmn:Message#zeebe:subscription#property";

  /** The event of which the example was taken. */
  private static ConferenceEvent eventOf(JsonNode example) {
    return new ConferenceEvent(
        example.get("account").asText(),
        Action.EXIT,
        new Conference(
            example.get("conferenceName").asText(), example.get("conferenceUuid").asText()),
        new Member(
            example.get("memberId").asText(), example.get("callUuid").asText(), "+49301", "+49302"),
        example.get("lastMember").asBoolean(),
        Instant.parse(example.get("receivedAt").asText()));
  }

  @ParameterizedTest
  @EnumSource
  void waitsForTheMessage_thatTheWorkerPublishes_andKnowsItsFields(ShippedEvent template)
      throws IOException {
    JsonNode example = template.exampleOutput();
    assertThat(example.fieldNames()).toIterable().containsExactly(VARIABLE);
    ConferenceEvent event = eventOf(example.get(VARIABLE));

    Message message = event.messages(Set.of("empty")).findFirst().orElseThrow();

    assertThat(message.name()).isEqualTo(MESSAGE);
    assertThat(template.bound("bpmn:Message#property", "name").get("value").asText())
        .isEqualTo(message.name());
    assertThat(JSON.writeValueAsString(event.variable(message, false)))
        .isEqualTo(JSON.writeValueAsString(example.get(VARIABLE)));
  }

  @ParameterizedTest
  @EnumSource
  void isWhatItsFileSays(ShippedEvent template) {
    JsonNode read = template.read();

    assertThat(read.get("id").asText()).isEqualTo(template.id());
    assertThat(read.at("/elementType/value").asText()).isEqualTo(template.element);
    assertThat(read.at("/engines/camunda").asText()).isEqualTo("^8.8");
    assertThat(read.get("properties").findValues("binding")).hasSize(4);
  }

  /**
   * An expression always: written as a text, the name of a variable would be one of a conference.
   */
  @ParameterizedTest
  @EnumSource
  void correlatesByTheNameOfTheConference(ShippedEvent template) {
    JsonNode key = template.bound(SUBSCRIPTION, "correlationKey");

    assertThat(key.get("feel").asText()).isEqualTo("required");
    assertThat(key.get("value").asText()).isEqualTo("=conferenceName");
    assertThat(key.at("/constraints/notEmpty").asBoolean()).isTrue();
    assertThat(key.get("label"))
        .isEqualTo(ShippedTemplate.HANG_UP.input("conferenceName").get("label"));
  }

  /** Without an output, all that the message has would be spread over the process. */
  @ParameterizedTest
  @EnumSource
  void keepsTheEventInOneVariable_namedLikeThoseOfTasks(ShippedEvent template) {
    JsonNode result = template.bound("zeebe:output", "=" + VARIABLE);

    assertThat(template.bound("zeebe:output")).hasSize(1);
    assertThat(result.get("value").asText()).isEqualTo(VARIABLE);
    assertThat(result.get("constraints"))
        .isEqualTo(
            ShippedTemplate.HANG_UP.bound("zeebe:output", "=hangUpResult").get("constraints"));
    template
        .exampleOutput()
        .get(VARIABLE)
        .fieldNames()
        .forEachRemaining(
            field -> assertThat(result.get("tooltip").asText()).containsPattern("\\b" + field));
  }

  /** A designer who has filled in one of them knows the others. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFERENCE_IS_EMPTY")
  void asksForTheSame_inTheSameWords(ShippedEvent template) {
    for (String key : List.of("name", "icon", "documentationRef", "category", "version")) {
      assertThat(template.read().get(key)).isEqualTo(CONFERENCE_IS_EMPTY.read().get(key));
    }
    for (String key : List.of("label", "description", "placeholder")) {
      assertThat(template.bound(SUBSCRIPTION, "correlationKey").get(key))
          .isEqualTo(CONFERENCE_IS_EMPTY.bound(SUBSCRIPTION, "correlationKey").get(key));
    }
    assertThat(template.bound("zeebe:output").toList())
        .isEqualTo(CONFERENCE_IS_EMPTY.bound("zeebe:output").toList());
  }

  /** The message may never come, and does not come twice. */
  @ParameterizedTest
  @EnumSource
  void saysThatAWaitNeedsATimer_andWhatHasToBeSetUp(ShippedEvent template) {
    String told = template.read().at("/groups/0/tooltip").asText();

    assertThat(told).contains("may never come", "timer", "callbackUrl", "CONFERENCE_NOT_FOUND");
    assertThat(template.bound(SUBSCRIPTION, "correlationKey").get("description").asText())
        .contains("two minutes", "earlier meeting");
  }
}
