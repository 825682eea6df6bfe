package org.conferenceworker.designer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The element templates of elements that wait for a message of the worker. */
public enum ShippedEvent implements TemplateFile {
  CONFERENCE_IS_EMPTY("ConferenceIsEmpty", "", "bpmn:IntermediateCatchEvent"),
  CONFERENCE_IS_EMPTY_BOUNDARY("ConferenceIsEmptyBoundary", "-boundary", "bpmn:BoundaryEvent"),
  CONFERENCE_IS_EMPTY_RECEIVE("ConferenceIsEmptyReceive", "-receive", "bpmn:ReceiveTask");

  /** The message that they all wait for. */
  public static final String MESSAGE = "vobiz-conference-empty";

  /** Its variable. */
  public static final String VARIABLE = "conferenceEvent";

  private final String name;
  private final String ending;

  public final String element;

  ShippedEvent(String name, String ending, String element) {
    this.name = name;
    this.ending = ending;
    this.element = element;
  }

  public static Optional<ShippedEvent> ofId(String id) {
    return Arrays.stream(values()).filter(t -> t.id().equals(id)).findFirst();
  }

  @Override
  public String id() {
    return "org.conferenceworker." + name + ".v1";
  }

  @Override
  public Path file() {
    return Path.of("element-templates", this + ".json");
  }

  @Override
  public String toString() {
    return "conference-is-empty" + ending;
  }
}
