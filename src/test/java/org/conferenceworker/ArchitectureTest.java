package org.conferenceworker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The walls between the rooms, and what no room may do. */
@AnalyzeClasses(
    packages = "org.conferenceworker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theApiClientKnowsNothingOfCamunda =
      noClasses()
          .that()
          .resideInAPackage("..vobiz..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.camunda..", "io.grpc..", "..conferenceworker.hangup..");

  @ArchTest
  static final ArchRule theTaskKnowsNothingOfHttp =
      noClasses()
          .that()
          .resideInAPackage("..hangup..")
          .and()
          // The Camunda client's own HTTP, of which it sees that a poll goes out.
          .doNotHaveSimpleName("Polls")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hc..", "java.net.http..");

  @ArchTest
  static final ArchRule thePolicyIsPure =
      classes()
          .that()
          .haveSimpleName("HangUpPolicy")
          .or()
          .haveSimpleName("Decision")
          .or()
          .haveSimpleName("Sentences")
          .or()
          .haveSimpleName("Backoff")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.util..",
              "java.time..",
              "java.net",
              "..conferenceworker.hangup..",
              "..conferenceworker.camunda",
              "..conferenceworker.log..",
              "..conferenceworker.vobiz..");

  @ArchTest
  static final ArchRule thePolicyAsksNobody =
      noClasses()
          .that()
          .haveSimpleName("HangUpPolicy")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.conferenceworker.vobiz.VobizClient")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule oneDirectionOfFlow =
      SlicesRuleDefinition.slices()
          .matching("org.conferenceworker.(*)..")
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheReporterSpeaksToTheEngine =
      noClasses()
          .that()
          .doNotHaveSimpleName("JobReporter")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.camunda.client.api.command..");

  /**
   * Up to Java 23 a virtual thread that waits under a monitor holds up its carrier, and all jobs.
   */
  @ArchTest
  static final ArchRule nothingWaitsUnderAMonitor =
      codeUnits().that(Monitors.ARE_HELD).should(Monitors.NOT_BE_HELD_DURING_A_WAIT);
}
