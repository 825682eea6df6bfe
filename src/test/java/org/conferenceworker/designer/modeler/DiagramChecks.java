package org.conferenceworker.designer.modeler;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
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
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeProperties;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeProperty;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.designer.ShippedEvent;
import org.conferenceworker.designer.ShippedTemplate;
import org.conferenceworker.designer.TemplateFile;

/** What the vendor's linter of diagrams is blind to. */
final class DiagramChecks {

  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final String MODELER = "http://camunda.org/schema/modeler/1.0";

  private final BpmnModelInstance diagram;
  private final List<String> problems = new ArrayList<>();

  private DiagramChecks(BpmnModelInstance diagram) {
    this.diagram = diagram;
  }

  /**
   * @param forms the ids of the forms that are shipped
   */
  static List<String> problemsOf(BpmnModelInstance diagram, Set<String> forms) {
    var checks = new DiagramChecks(diagram);
    checks.platform();
    checks.drawn();
    checks.forms(forms);
    Map<ServiceTask, ShippedTemplate> tasks = checks.templates();
    checks.check(
        !tasks.isEmpty() || !diagram.getModelElementsByType(CallActivity.class).isEmpty(),
        "no task has a template, and no process is called");
    tasks.forEach(checks::task);
    diagram.getModelElementsByType(FlowNode.class).forEach(checks::event);
    return checks.problems;
  }

  private Map<ServiceTask, ShippedTemplate> templates() {
    Map<ServiceTask, ShippedTemplate> tasks = new LinkedHashMap<>();
    for (ServiceTask task : diagram.getModelElementsByType(ServiceTask.class)) {
      String id = task.getAttributeValueNs(ZEEBE, "modelerTemplate");
      if (id != null) {
        ShippedTemplate.ofId(id)
            .ifPresentOrElse(
                template -> tasks.put(task, template),
                () -> problems.add(task.getId() + " has a template that is not shipped: " + id));
      } else {
        String type = task.getSingleExtensionElement(ZeebeTaskDefinition.class).getType();
        check(!type.startsWith("vobiz:"), task.getId() + " has no template");
      }
    }
    return tasks;
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

  private void task(ServiceTask task, ShippedTemplate template) {
    String id = task.getId();
    var definition = task.getSingleExtensionElement(ZeebeTaskDefinition.class);
    check(
        template.task.jobType().equals(definition.getType()),
        id + " has another job type: " + definition.getType());
    inputs(task, template);
    Map<String, String> headers = headersOf(task);
    template.headers.forEach(
        (header, choices) ->
            check(
                choices.contains(headers.getOrDefault(header, "")),
                id + " has an unknown " + header + ": " + headers.getOrDefault(header, "")));
    for (String header : List.of("elementTemplateId", "elementTemplateVersion")) {
      check(
          template.header(header).get("value").asText().equals(headers.get(header)),
          id + " has the " + header + " of another template");
    }
    copied(task, template, template.task.resultVariable());
    for (BoundaryEvent event : diagram.getModelElementsByType(BoundaryEvent.class)) {
      if (event.getAttachedTo() == task) {
        boundaryEvent(event, template, template.thrownWith(headers));
      }
    }
    if (template.inputs.contains(Inputs.REQUESTED_AT)) {
      countsFromAPlan(task);
    }
  }

  /** A missing one is looked for further out, among the variables of the process. */
  private void inputs(ServiceTask task, ShippedTemplate template) {
    List<String> inputs =
        task.getSingleExtensionElement(ZeebeIoMapping.class).getInputs().stream()
            .map(ZeebeInput::getTarget)
            .toList();
    for (String input : inputs) {
      check(template.inputs.contains(input), task.getId() + " has an unknown input " + input);
    }
    for (String input : template.inputs) {
      check(inputs.contains(input), task.getId() + " has no input " + input);
    }
  }

  private static Map<String, String> headersOf(ServiceTask task) {
    return task.getSingleExtensionElement(ZeebeTaskHeaders.class).getHeaders().stream()
        .collect(Collectors.toMap(ZeebeHeader::getKey, ZeebeHeader::getValue));
  }

  /** What waits for a message of the worker: it may never come. */
  private void event(FlowNode node) {
    String id = node.getId();
    String applied = node.getAttributeValueNs(ZEEBE, "modelerTemplate");
    Optional<ShippedEvent> template = ShippedEvent.ofId(applied);
    Message message = messageOf(node);
    boolean waits = message != null && ShippedEvent.MESSAGE.equals(message.getName());
    check(waits || template.isEmpty(), id + " waits for another message than its template");
    if (!waits) {
      return;
    }
    check(
        template.isPresent()
            && template
                .get()
                .element
                .equalsIgnoreCase("bpmn:" + node.getElementType().getTypeName()),
        id + " has not the template of what it is");
    check(
        message.getSingleExtensionElement(ZeebeSubscription.class) != null,
        id + " waits for a message about no conference");
    check(
        node instanceof BoundaryEvent || besides(node).anyMatch(DiagramChecks::hasTimer),
        id + " has no timer beside it");
    template.ifPresent(shipped -> copied(node, shipped, ShippedEvent.VARIABLE));
  }

  private static Message messageOf(FlowNode node) {
    return node instanceof ReceiveTask task
        ? task.getMessage()
        : node.getChildElementsByType(MessageEventDefinition.class).stream()
            .map(MessageEventDefinition::getMessage)
            .findFirst()
            .orElse(null);
  }

  /** What may happen instead: at its own edge, or behind the same gateway. */
  private Stream<FlowNode> besides(FlowNode node) {
    return Stream.concat(
        diagram.getModelElementsByType(BoundaryEvent.class).stream()
            .filter(event -> event.getAttachedTo() == node),
        node.getIncoming().stream()
            .map(SequenceFlow::getSource)
            .filter(EventBasedGateway.class::isInstance)
            .flatMap(gateway -> gateway.getOutgoing().stream())
            .map(SequenceFlow::getTarget));
  }

  /** What the modeler copies from the template, and nobody can change in the panel. */
  private void copied(FlowNode node, TemplateFile template, String variable) {
    JsonNode shipped = template.read();
    check(
        shipped
            .get("version")
            .asText()
            .equals(node.getAttributeValueNs(ZEEBE, "modelerTemplateVersion")),
        node.getId() + " has an old version of its template");
    check(
        shipped
            .at("/icon/contents")
            .asText()
            .equals(node.getAttributeValueNs(ZEEBE, "modelerTemplateIcon")),
        node.getId() + " has not the icon of its template");
    check(
        node.getSingleExtensionElement(ZeebeIoMapping.class).getOutputs().stream()
            .anyMatch(output -> output.getSource().equals("=" + variable)),
        node.getId() + " keeps no " + variable);
    String example = "camundaModeler:exampleOutputJson";
    var properties = node.getSingleExtensionElement(ZeebeProperties.class);
    check(
        properties != null
            && properties.getProperties().stream()
                .filter(property -> property.getName().equals(example))
                .map(ZeebeProperty::getValue)
                .toList()
                .equals(List.of(template.bound("zeebe:property", example).get("value").asText())),
        node.getId() + " has another example of its result than its template");
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

  private void boundaryEvent(BoundaryEvent event, ShippedTemplate template, List<String> thrown) {
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
                  mappings(event).stream().anyMatch(s -> s.contains(template.task.errorVariable())),
                  event.getId()
                      + " does not take "
                      + template.task.errorVariable()
                      + " into the process");
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
