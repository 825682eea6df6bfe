package org.conferenceworker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.time.Instant;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.camunda.JobReporter;
import org.conferenceworker.guard.GuardedCalls;
import org.conferenceworker.http.HttpConfiguration;
import org.conferenceworker.vobiz.Api;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.VobizClient;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The walls between the rooms, and what no room may do. */
@AnalyzeClasses(
    packages = "org.conferenceworker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final ArchCondition<JavaConstructor> TAKE_AT_MOST_SIX =
      new ArchCondition<>("take at most six parameters") {
        @Override
        public void check(JavaConstructor constructor, ConditionEvents events) {
          if (constructor.getRawParameterTypes().size() > 6) {
            events.add(SimpleConditionEvent.violated(constructor, constructor.getDescription()));
          }
        }
      };

  private static final String ROOT = "org.conferenceworker.";

  /** From the door to the cellar: a room may know those below it, and none above. */
  @ArchTest
  static final ArchRule importsRunOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.conferenceworker..")
          .layer("tasks")
          .definedBy(ROOT + "tasks..")
          .layer("events")
          .definedBy(ROOT + "events..")
          .layer("attempt")
          .definedBy(ROOT + "attempt..")
          .layer("guard")
          .definedBy(ROOT + "guard..")
          .layer("vobiz")
          .definedBy(ROOT + "vobiz..")
          .layer("http")
          .definedBy(ROOT + "http..")
          .layer("camunda")
          .definedBy(ROOT + "camunda..")
          .layer("settings")
          .definedBy(ROOT + "settings..")
          // The worker puts its parts together, and knows no more of them than that.
          .ignoreDependency(
              type(VobizConferenceWorker.class), simpleNameEndingWith("Configuration"))
          .whereLayer("tasks")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("events")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("attempt")
          .mayOnlyBeAccessedByLayers("tasks")
          .whereLayer("guard")
          .mayOnlyBeAccessedByLayers("attempt")
          .whereLayer("vobiz")
          .mayOnlyBeAccessedByLayers("tasks", "events", "attempt", "guard")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("vobiz")
          .whereLayer("camunda")
          .mayOnlyBeAccessedByLayers("tasks", "attempt");

  /** One that is not named would be missing in silence. */
  @ArchTest
  static final ArchRule theWorkerNamesEachConfiguration =
      classes()
          .that()
          .areAnnotatedWith(Configuration.class)
          .should(
              be(belongToAnyOf(VobizConferenceWorker.class.getAnnotation(Import.class).value())));

  @ArchTest
  static final ArchRule noCircleOfPackages =
      slices().matching(ROOT + "(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCircleOfFiles =
      slices().assignedFrom(FilesAsSlices.OF_THE_HOUSE).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noTaskKnowsAnother =
      slices().matching(ROOT + "tasks.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule theApiKnowsNothingOfCamunda =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "vobiz..", ROOT + "http..", ROOT + "guard..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.camunda..", "io.grpc..", ROOT + "camunda..");

  @ArchTest
  static final ArchRule eventsKnowTheAccountsOnly =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "events..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "vobiz", ROOT + "vobiz.check..", ROOT + "camunda..");

  @ArchTest
  static final ArchRule theEngineKnowsNothingOfVobiz =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "camunda..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "vobiz..", ROOT + "http..", ROOT + "guard..");

  @ArchTest
  static final ArchRule httpStaysInItsRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "http..")
          .and()
          // The Camunda client's own HTTP, of which it sees that a poll goes out.
          .doNotHaveSimpleName("Polls")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.hc.client5.http.impl..",
              "org.apache.hc.client5.http.classic..",
              "org.apache.hc.client5.http.io..",
              "java.net.http..");

  @ArchTest
  static final ArchRule onlyTheGuardAndTheCheckSend =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "guard..", ROOT + "vobiz.check..", ROOT + "vobiz")
          .should()
          .callMethod(Api.class, "send", ApiRequest.class, Instant.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(VobizClient.class);

  @ArchTest
  static final ArchRule onlyTheApiMakesExchanges =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "http..", ROOT + "vobiz")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + "http..").and(not(type(HttpConfiguration.class))));

  @ArchTest
  static final ArchRule policiesArePure =
      classes()
          .that()
          .haveSimpleNameEndingWith("Policy")
          .or()
          .haveSimpleName("UsualDecisions")
          .or()
          .haveSimpleName("Sentences")
          .or()
          .haveSimpleName("Decision")
          .or()
          .haveSimpleName("Backoff")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java.lang..", "java.util..", "java.time..")
                  .or(type(URI.class))
                  .or(resideInAPackage(ROOT + "tasks.."))
                  .or(resideInAnyPackage(ROOT + "attempt", ROOT + "camunda", ROOT + "log"))
                  .or(resideInAnyPackage(ROOT + "vobiz", ROOT + "vobiz.account")));

  @ArchTest
  static final ArchRule policiesAskNobody =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Policy")
          .or()
          .haveSimpleName("UsualDecisions")
          .should()
          .dependOnClassesThat(
              type(TaskRunner.class)
                  .or(assignableTo(Api.class))
                  .or(type(JobReporter.class))
                  .or(type(GuardedCalls.class)))
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule noConstructorTakesMoreThanSix =
      constructors()
          .that()
          .areDeclaredInClassesThat(
              not(resideInAPackage(ROOT + "settings.."))
                  .and(not(simpleNameEndingWith("Result")))
                  .and(not(simpleNameStartingWith("$"))))
          .should(TAKE_AT_MOST_SIX);

  @ArchTest
  static final ArchRule onlyTheReporterAndThePublisherSpeakToTheEngine =
      noClasses()
          .that()
          .doNotHaveSimpleName("JobReporter")
          .and()
          .doNotHaveSimpleName("Answer")
          .and()
          .doNotHaveSimpleName("EventPublisher")
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
