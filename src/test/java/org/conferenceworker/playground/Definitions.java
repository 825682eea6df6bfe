package org.conferenceworker.playground;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.FormIntent;
import io.camunda.zeebe.protocol.record.intent.MessageStartEventSubscriptionIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessIntent;
import io.camunda.zeebe.protocol.record.intent.SignalSubscriptionIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.value.MessageStartEventSubscriptionRecordValue;
import io.camunda.zeebe.protocol.record.value.SignalSubscriptionRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.Form;
import io.camunda.zeebe.protocol.record.value.deployment.Process;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** The diagrams and forms that there are: those that the engine has, and those that it refused. */
final class Definitions {

  /**
   * A process as the engine knows it.
   *
   * @param name its id if it has none
   * @param startable whether it has a start event that waits for nothing
   * @param waits what its other start events wait for
   */
  record Deployed(
      long key,
      String processId,
      String name,
      int version,
      boolean startable,
      List<Waits.Shown> waits) {}

  /**
   * A file with a diagram.
   *
   * @param own whether somebody has brought it
   * @param problems why the engine does not take it as it is now; empty if it does
   * @param processes those of its last deployment
   * @param definitions the keys of all processes that ever were in it
   * @param revision grows whenever the file comes again
   */
  record Diagram(
      String file,
      boolean own,
      List<Problem> problems,
      List<Deployed> processes,
      List<Long> definitions,
      int revision) {}

  /**
   * @param elementId {@code null} if it is about the whole diagram
   */
  record Problem(String elementId, String message) {}

  private record Known(
      Process process, String name, boolean startable, Map<Object, Waiting> waits) {

    static Known of(Process process) {
      ModelElementInstance element =
          Bpmn.readModelFromStream(new ByteArrayInputStream(process.getResource()))
              .getModelElementById(process.getBpmnProcessId());
      String name = element.getAttributeValue("name");
      return new Known(
          process,
          name == null ? process.getBpmnProcessId() : name,
          element.getChildElementsByType(StartEvent.class).stream()
              .anyMatch(start -> start.getEventDefinitions().isEmpty()),
          new LinkedHashMap<>());
    }

    Deployed shown() {
      return new Deployed(
          process.getProcessDefinitionKey(),
          process.getBpmnProcessId(),
          name,
          process.getVersion(),
          startable,
          waits.values().stream().map(Waits.Shown::of).toList());
    }
  }

  /** A form or a decision that somebody has brought. */
  record Other(String file, List<Problem> problems) {}

  /** A file as it was brought last. */
  private record Source(String text, boolean own, List<Problem> problems, int revision) {}

  private final Board board;
  private final Map<String, Source> files = new LinkedHashMap<>();
  private final Map<String, Known> processes = new LinkedHashMap<>();
  private final Map<String, String> forms = new LinkedHashMap<>();
  private final Map<String, String> formsById = new LinkedHashMap<>();

  Definitions(Board board) {
    this.board = board;
  }

  /** A file has been brought, and the engine said this of it. */
  synchronized void brought(String file, String text, boolean own, List<Problem> problems) {
    int revision = files.containsKey(file) ? files.get(file).revision() + 1 : 1;
    files.put(file, new Source(text, own, problems, revision));
    show();
  }

  /** The text of a file as it was brought last; {@code null} if it never was. */
  synchronized String file(String name) {
    Source source = files.get(name);
    return source == null ? null : source.text();
  }

  /** The diagram of a deployed process; {@code null} if there is no such process. */
  synchronized String process(String key) {
    Known known = processes.get(key);
    return known == null ? null : text(known.process().getResource());
  }

  /** The schema of a form; {@code null} if there is no such form. */
  synchronized String form(String key) {
    return forms.get(key);
  }

  /** The schema of the latest form of this id; {@code null} if there is no such form. */
  synchronized String formOfId(String id) {
    return formsById.get(id);
  }

  synchronized void apply(List<Record<?>> records) {
    records.stream().filter(r -> r.getRecordType() == RecordType.EVENT).forEach(this::apply);
    show();
  }

  private void apply(Record<?> event) {
    switch (event.getValue()) {
      case Process process
          when event.getValueType() == ValueType.PROCESS
              && event.getIntent() == ProcessIntent.CREATED ->
          processes.put(String.valueOf(process.getProcessDefinitionKey()), Known.of(process));
      case Form form when event.getIntent() == FormIntent.CREATED -> {
        forms.put(String.valueOf(form.getFormKey()), text(form.getResource()));
        formsById.put(form.getFormId(), text(form.getResource()));
      }
      case TimerRecordValue timer when Instances.isOfStart(timer) ->
          keep(
              event.getIntent() == TimerIntent.CREATED,
              timer.getProcessDefinitionKey(),
              event.getKey(),
              new Waiting.Timer(
                  event.getKey(),
                  timer.getTargetElementId(),
                  Instant.ofEpochMilli(timer.getDueDate())));
      case MessageStartEventSubscriptionRecordValue message
          when event.getIntent() != MessageStartEventSubscriptionIntent.CORRELATED ->
          keep(
              event.getIntent() == MessageStartEventSubscriptionIntent.CREATED,
              message.getProcessDefinitionKey(),
              message.getStartEventId(),
              new Waiting.Message(message.getStartEventId(), message.getMessageName(), ""));
      case SignalSubscriptionRecordValue signal when signal.getCatchEventInstanceKey() < 0 ->
          keep(
              event.getIntent() == SignalSubscriptionIntent.CREATED,
              signal.getProcessDefinitionKey(),
              signal.getCatchEventId(),
              new Waiting.Signal(signal.getCatchEventId(), signal.getSignalName()));
      default -> {
        // Nothing about a definition.
      }
    }
  }

  private void keep(boolean waits, long process, Object by, Waiting what) {
    Known known = processes.get(String.valueOf(process));
    if (known == null) {
      return;
    }
    if (waits) {
      known.waits().put(by, what);
    } else {
      known.waits().remove(by);
    }
  }

  private void show() {
    var diagrams = new ArrayList<Diagram>();
    var others = new ArrayList<Other>();
    files.forEach(
        (name, source) -> {
          if (name.endsWith(".bpmn")) {
            diagrams.add(
                new Diagram(
                    name,
                    source.own(),
                    source.problems(),
                    latest(name),
                    from(name).map(known -> known.process().getProcessDefinitionKey()).toList(),
                    source.revision()));
          } else if (source.own()) {
            others.add(new Other(name, source.problems()));
          }
        });
    board.put("others", others);
    board.put("diagrams", diagrams);
  }

  /** Those of the last deployment of the file. */
  private List<Deployed> latest(String file) {
    long last = from(file).mapToLong(known -> known.process().getDeploymentKey()).max().orElse(0);
    return from(file)
        .filter(known -> known.process().getDeploymentKey() == last)
        .map(Known::shown)
        .toList();
  }

  private Stream<Known> from(String file) {
    return processes.values().stream()
        .filter(known -> known.process().getResourceName().equals(file));
  }

  private static String text(byte[] resource) {
    return new String(resource, StandardCharsets.UTF_8);
  }
}
