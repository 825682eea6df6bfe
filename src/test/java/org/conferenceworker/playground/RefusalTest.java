package org.conferenceworker.playground;

import static org.assertj.core.api.Assertions.assertThat;

import org.conferenceworker.playground.Definitions.Problem;
import org.junit.jupiter.api.Test;

class RefusalTest {

  private static final String REJECTED =
      "Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to deploy new resources,"
          + " but encountered the following errors:\n";

  @Test
  void saysAtEachElementWhatIsWrongWithIt() {
    assertThat(
            Refusal.problems(
                REJECTED
                    + """
                    'my own.bpmn': - Element: Task > extensionElements > taskDefinition
                        - ERROR: Expected expression but not found.
                        - ERROR: must be short
                    - Element: Flow_1
                        - ERROR: Must have a condition

                    """))
        .containsExactly(
            new Problem("Task", "In its task definition: Expected expression but not found."),
            new Problem("Task", "In its task definition: must be short."),
            new Problem("Flow_1", "Must have a condition."));
  }

  @Test
  void quotesAnExpressionThatCannotBeRead_butNotTheGrammar() {
    assertThat(
            Refusal.problems(
                REJECTED
                    + """
                    'a.bpmn': - Element: ToEnd > conditionExpression
                        - ERROR: failed to parse expression 'more = = $1': Expected (binaryComparison | "and" | end-of-input):1:8, found "= = $1"
                    """))
        .containsExactly(
            new Problem(
                "ToEnd",
                "In its condition: the expression more = = $1 cannot be read from character 8 on:"
                    + " = = $1."));
  }

  @Test
  void saysWhatIsWrongWithAProcess() {
    assertThat(
            Refusal.problems(
                REJECTED
                    + """
                    `a.bpmn`: - Process: calls-itself
                        - ERROR: Processes are not allowed to loop: A > B > A
                    """))
        .containsExactly(
            new Problem("calls-itself", "Processes are not allowed to loop: A > B > A."));
  }

  @Test
  void saysWhatIsWrongWithTheFile_whenThatIsAboutNoElement() {
    assertThat(Refusal.problems(REJECTED + "'a.bpmn': Fatal Error: URI=null Line=1: no content."))
        .containsExactly(new Problem(null, "The file is not XML: line 1: no content."));
  }

  @Test
  void saysWhichReferenceLeadsNowhere() {
    assertThat(Refusal.sentence(REJECTED + "'a.bpmn': Error: URI=null Line=13: no 'Nowhere'."))
        .isEqualTo("The file is not valid BPMN: line 13: no 'Nowhere'.");
  }

  @Test
  void leavesOutWhatIsNotForPeople() {
    assertThat(
            Refusal.sentence(
                REJECTED
                    + "Failed to parse form JSON. 'x.form': Unexpected end\n"
                    + " at [Source: REDACTED (`A` disabled); line: 2, column: 1]"))
        .isEqualTo("Failed to parse form JSON. 'x.form': Unexpected end");
    assertThat(
            Refusal.sentence(
                "Command 'RESOLVE' rejected with code 'NOT_FOUND': There is no such incident"))
        .isEqualTo("There is no such incident");
  }
}
