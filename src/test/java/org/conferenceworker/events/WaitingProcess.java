package org.conferenceworker.events;

import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;

/**
 * A process with the id {@code wait}, which waits until a conference is empty, and nothing else.
 */
public final class WaitingProcess {

  private WaitingProcess() {}

  public static void deploy(CamundaClient client) {
    client
        .newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess("wait")
                .startEvent()
                .intermediateCatchEvent("Wait")
                .message(
                    m ->
                        m.name("vobiz-conference-empty")
                            .zeebeCorrelationKeyExpression("conferenceName"))
                .endEvent("Empty")
                .done(),
            "wait.bpmn")
        .send()
        .join();
  }
}
