package org.conferenceworker.designer.modeler;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnEdge;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeFormDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeHeader;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.OnNotFound;

/** What the vendor's linter of diagrams is blind to. */
final class DiagramChecks {

  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final String MODELER = "http://camunda.org/schema/modeler/1.0";

  private static final Set<String> INPUTS =
      Set.of(
          Inputs.CONFERENCE_NAME,
          Inputs.ACCOUNT,
          Inputs.REQUESTED_AT,
          Inputs.VALID_FOR,
          Inputs.RETRY_BACKOFF);

  private final BpmnModelInstance diagram;
  private final List<String> problems = new ArrayList<>();

  private DiagramChecks(BpmnModelInstance diagram) {
    this.diagram = diagram;
  }

  /**
   * @param forms the ids of the forms that are shipped
   */
  static List<String> problemsOf(BpmnModelInstance diagram, String templateId, Set<String> forms) {
    var checks = new DiagramChecks(diagram);
    checks.platform();
    checks.drawn();
    checks.forms(forms);
    List<ServiceTask> tasks =
        diagram.getModelElementsByType(ServiceTask.class).stream()
            .filter(t -> templateId.equals(t.getAttributeValueNs(ZEEBE, "modelerTemplate")))
            .toList();
    checks.check(
        !tasks.isEmpty() || !diagram.getModelElementsByType(CallActivity.class).isEmpty(),
        "no task has the template " + templateId + ", and no process is called");
    tasks.forEach(checks::task);
    return checks.problems;
  }

  /** Without it, the linter checks nothing at all. */
  private void platform() {
    var definitions = diagram.getDefinitions();
    check(
        "Camunda Cloud".equals(definitions.getAttributeValueNs(MODELER, "executionPlatform")),
        "modeler:executionPlatform is not Camunda Cloud");
    String version = definitions.getAttributeValueNs(MODELER, "executionPlatformVersion");
    check(
        version != null && version.matches("8\\.(8|9|10)\\.\\d+"),
        "modeler:executionPlatformVersion is " + version);
  }

  private void drawn() {
    Set<String> drawn =
        diagram.getModelElementsByType(BpmnShape.class).stream()
            .map(s -> s.getBpmnElement() == null ? "" : s.getBpmnElement().getId())
            .collect(Collectors.toSet());
    diagram.getModelElementsByType(BpmnEdge.class).stream()
        .map(e -> e.getBpmnElement() == null ? "" : e.getBpmnElement().getId())
        .forEach(drawn::add);
    for (FlowNode node : diagram.getModelElementsByType(FlowNode.class)) {
      check(drawn.contains(node.getId()), node.getId() + " is not drawn");
    }
    for (SequenceFlow flow : diagram.getModelElementsByType(SequenceFlow.class)) {
      check(drawn.contains(flow.getId()), flow.getId() + " is not drawn");
    }
    check(!drawn.contains(""), "something is drawn that is not there");
  }

  private void forms(Set<String> forms) {
    for (var form : diagram.getModelElementsByType(ZeebeFormDefinition.class)) {
      check(forms.contains(form.getFormId()), "the form " + form.getFormId() + " is not shipped");
    }
  }

  private void task(ServiceTask task) {
    String id = task.getId();
    var definition = task.getSingleExtensionElement(ZeebeTaskDefinition.class);
    check(
        "vobiz:hang-up-conference:1".equals(definition.getType()),
        id + " has another job type: " + definition.getType());
    for (ZeebeInput input : task.getSingleExtensionElement(ZeebeIoMapping.class).getInputs()) {
      check(INPUTS.contains(input.getTarget()), id + " has an unknown input " + input.getTarget());
    }
    check(
        task.getSingleExtensionElement(ZeebeIoMapping.class).getInputs().stream()
            .anyMatch(input -> input.getTarget().equals(Inputs.CONFERENCE_NAME)),
        id + " names no conference");
    String onNotFound =
        task.getSingleExtensionElement(ZeebeTaskHeaders.class).getHeaders().stream()
            .filter(header -> header.getKey().equals(Inputs.ON_NOT_FOUND))
            .map(ZeebeHeader::getValue)
            .findFirst()
            .orElse(OnNotFound.ERROR.headerValue());
    check(
        Arrays.stream(OnNotFound.values()).anyMatch(c -> c.headerValue().equals(onNotFound)),
        id + " has an unknown " + Inputs.ON_NOT_FOUND + ": " + onNotFound);
    boolean throwsNotFound = onNotFound.equals(OnNotFound.ERROR.headerValue());
    Set<String> thrown =
        throwsNotFound
            ? Set.of("CONFERENCE_NOT_FOUND", "HANG_UP_TOO_LATE")
            : Set.of("HANG_UP_TOO_LATE");
    for (BoundaryEvent event : diagram.getModelElementsByType(BoundaryEvent.class)) {
      if (event.getAttachedTo() == task) {
        boundaryEvent(event, thrown);
      }
    }
    countsFromAPlan(task);
  }

  /** A timer may fire, and a form be answered, long after what they are about. */
  private void countsFromAPlan(ServiceTask task) {
    boolean fromNow =
        task.getSingleExtensionElement(ZeebeIoMapping.class).getInputs().stream()
            .filter(input -> input.getTarget().equals(Inputs.REQUESTED_AT))
            .allMatch(input -> input.getSource().equals("=now()"));
    if (!fromNow) {
      return;
    }
    Set<FlowNode> before = new LinkedHashSet<>();
    collectBefore(task, before);
    before.stream()
        .filter(node -> node instanceof UserTask || hasTimer(node))
        .forEach(
            node ->
                problems.add(
                    task.getId() + " counts its validity from now, behind " + node.getId()));
  }

  private static void collectBefore(FlowNode node, Set<FlowNode> before) {
    Stream<FlowNode> sources = node.getIncoming().stream().map(SequenceFlow::getSource);
    if (node instanceof BoundaryEvent event) {
      sources = Stream.of((FlowNode) event.getAttachedTo());
    } else if (node instanceof StartEvent && node.getParentElement() instanceof SubProcess outer) {
      sources = Stream.of(outer);
    }
    sources.filter(before::add).forEach(source -> collectBefore(source, before));
  }

  private static boolean hasTimer(FlowNode node) {
    return !node.getChildElementsByType(TimerEventDefinition.class).isEmpty();
  }

  private void boundaryEvent(BoundaryEvent event, Set<String> thrown) {
    event.getEventDefinitions().stream()
        .filter(ErrorEventDefinition.class::isInstance)
        .map(definition -> ((ErrorEventDefinition) definition).getError())
        .forEach(
            error -> {
              String code = error == null ? null : error.getErrorCode();
              check(
                  thrown.contains(Objects.toString(code)),
                  event.getId() + " waits for " + code + ", which its task does not throw");
              check(
                  mappings(event).stream().anyMatch(s -> s.contains("hangUpError")),
                  event.getId() + " does not take " + "hangUpError" + " into the process");
            });
  }

  private static Collection<String> mappings(BoundaryEvent event) {
    var mapping = event.getSingleExtensionElement(ZeebeIoMapping.class);
    return mapping == null
        ? List.of()
        : mapping.getOutputs().stream().map(output -> output.getSource()).toList();
  }

  private void check(boolean right, String problem) {
    if (!right) {
      problems.add(problem);
    }
  }
}
