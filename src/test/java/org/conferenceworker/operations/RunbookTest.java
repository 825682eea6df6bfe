package org.conferenceworker.operations;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Contexts;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.Sentences;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.tasks.announce.AnnounceNames;
import org.conferenceworker.tasks.hangup.HangUpNames;
import org.conferenceworker.tasks.hangupall.HangUpAllNames;
import org.conferenceworker.tasks.kick.KickNames;
import org.conferenceworker.tasks.lookup.LookUpNames;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.MemberIds;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.conferenceworker.vobiz.Outcome.RateReached;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The runbook has every message of the program, word for word. */
class RunbookTest {

  private static final Path RUNBOOK = Path.of("docs", "operations", "README.md");
  private static final Path PUBLIC_NAMES = Path.of("src", "test", "resources", "public-names.txt");
  private static final Path SOURCES = Path.of("src", "main", "java");

  private static final String ACCOUNT = "<account>";
  private static final URI BASE_URL = URI.create("https://api.vobiz.ai");
  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final VobizAccount WITH_TOKEN = new VobizAccount(ACCOUNT, "MA_1", "token");
  private static final VobizAccount WITH_TOKEN_FILE =
      new VobizAccount(ACCOUNT, "MA_1", "token", "<file>");
  private static final Asked ASKED = asked(HangUpNames.TYPE, WITH_TOKEN);
  private static final Asked ABOUT_MEMBERS = asked(KickNames.TYPE, WITH_TOKEN);
  private static final Asked ABOUT_AN_ANNOUNCEMENT = asked(AnnounceNames.TYPE, WITH_TOKEN);
  private static final Asked ABOUT_ALL = asked(HangUpAllNames.TYPE, WITH_TOKEN);

  private static final List<TaskType> TYPES =
      List.of(
          HangUpNames.TYPE,
          AnnounceNames.TYPE,
          LookUpNames.TYPE,
          KickNames.TYPE,
          HangUpAllNames.TYPE);

  private static final Map<String, Object> INPUTS =
      Map.of("conferenceName", "<conference>", "account", ACCOUNT);

  private static Asked asked(TaskType type, VobizAccount account) {
    return new Asked(
        type,
        new Subject(
            Map.of(
                "conferenceName", "<conference>", "account", ACCOUNT, "members", List.of("<id>"))),
        account,
        new Asked.Timing(NOW, NOW.plusSeconds(3600), Duration.ofSeconds(10)));
  }

  private static String runbook() throws IOException {
    return Files.readString(RUNBOOK);
  }

  private static ApiAnswer answer(int status) {
    return new ApiAnswer(status, "<code>", "<message>", "<id>", null, null);
  }

  /** Each sentence by the name of the method that makes it, or what it is made for. */
  private static Map<String, List<String>> sentences() {
    String lost = Sentences.cause(ASKED, new AnswerLost("<cause>"));
    String failed = Sentences.cause(ASKED, new ServerFailed(answer(500)));
    String unclear = Sentences.cause(ASKED, new ServerFailed(answer(200)));
    String unreachable = Sentences.cause(ASKED, new NotConnected("<cause>"));
    var refused = new CredentialsRefused(answer(401), BASE_URL);
    return Map.ofEntries(
        entry("cause", List.of(lost, failed, unclear, unreachable)),
        entry("notFound", sentences(a -> Sentences.notFound(a, answer(404)), ASKED, ABOUT_MEMBERS)),
        entry(
            "shouldHaveBeenThere",
            sentences(
                a -> Sentences.shouldHaveBeenThere(a, answer(404)),
                ASKED,
                ABOUT_MEMBERS,
                ABOUT_ALL)),
        entry("noRoute", List.of(Sentences.noRoute(ASKED, answer(404), BASE_URL))),
        entry(
            "credentialsRefused",
            List.of(
                Sentences.credentialsRefused(ASKED, refused),
                Sentences.credentialsRefused(asked(HangUpNames.TYPE, WITH_TOKEN_FILE), refused))),
        entry(
            "requestRefused",
            List.of(Sentences.requestRefused(ASKED, new RequestRefused(answer(422))))),
        entry(
            "redirected",
            List.of(Sentences.redirected(ASKED, new Redirected(answer(302), "<host>")))),
        entry(
            "retriesUsedUp",
            Stream.of(lost, failed, unclear, unreachable)
                .map(cause -> Sentences.retriesUsedUp(ASKED, cause))
                .toList()),
        entry(
            "noRetryUsed",
            Stream.of(new Throttled(answer(429)), new RateReached(Duration.ZERO), new NotItsTurn())
                .map(outcome -> Sentences.noRetryUsed(Sentences.cause(ASKED, outcome)))
                .toList()),
        entry("tooLate", sentences(Sentences::tooLate, ASKED, ABOUT_MEMBERS, ABOUT_ALL)),
        entry("tooLateToRepeat", List.of(Sentences.tooLateToRepeat(ASKED))),
        entry("moreTimeNeeded", List.of(Sentences.moreTimeNeeded(ABOUT_AN_ANNOUNCEMENT))),
        entry(
            "invalidInput",
            Stream.of(HangUpNames.TYPE, KickNames.TYPE, HangUpAllNames.TYPE)
                .flatMap(
                    type ->
                        Stream.of(false, true)
                            .map(
                                inDoubt ->
                                    Sentences.invalidInput(
                                        type, INPUTS, InvalidInput.ofInput("<problem>"), inDoubt)))
                .toList()),
        entry(
            "reason",
            List.of(
                Sentences.reason(ABOUT_AN_ANNOUNCEMENT, refused),
                Sentences.reason(ABOUT_AN_ANNOUNCEMENT, new Redirected(answer(302), "<host>")))),
        entry(
            "noRouteReason",
            List.of(Sentences.noRouteReason(ABOUT_AN_ANNOUNCEMENT, answer(404), BASE_URL))),
        entry(
            "beforeResolving",
            List.of(
                Sentences.beforeResolving(ASKED, true).strip(),
                Sentences.beforeResolving(ABOUT_MEMBERS, false).strip())),
        entry(
            "unexpected",
            List.of(Sentences.unexpected(HangUpNames.TYPE, INPUTS, new IllegalStateException()))));
  }

  private static List<String> sentences(Function<Asked, String> sentence, Asked... asked) {
    return Stream.of(asked).map(sentence).toList();
  }

  /** In other tasks' sentences, these stand in place of the hang-up's words. */
  @Test
  void saysWhatOtherTasksSayInPlaceOfTheHangUpsWords() throws IOException {
    List<String> lines = runbook().lines().toList();

    assertThat(TYPES)
        .allSatisfy(
            type -> {
              var words = type.words();
              assertThat(lines)
                  .anySatisfy(
                      line ->
                          assertThat(line)
                              .startsWith("| ")
                              .contains(
                                  "`" + words.toDo() + "`",
                                  "`" + words.noun() + " " + words.of() + "`",
                                  "`" + words.doubt() + "`",
                                  "`" + words.toCheck() + "`"));
            });
  }

  @Test
  void hasEverySentence() throws IOException {
    List<String> lines = runbook().lines().toList();

    assertThat(sentences().keySet())
        .as("every sentence that there is")
        .isEqualTo(
            Arrays.stream(Sentences.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> !method.isSynthetic())
                .map(method -> method.getName())
                .collect(toSet()));
    assertThat(sentences().values())
        .allSatisfy(
            sentences ->
                assertThat(lines)
                    .containsAll(sentences.stream().map(RunbookTest::withPlaceholders).toList()));
  }

  private static String withPlaceholders(String sentence) {
    return sentence
        .replace(ASKED.timing().requestedAt().toString(), "<requested at>")
        .replace(ASKED.timing().validUntil().toString(), "<valid until>")
        .replace("(IllegalStateException)", "(<exception>)");
  }

  static Stream<Arguments> unusableInputs() {
    return Stream.of(
        unusable("conferenceName", null),
        unusable("conferenceName", 5),
        unusable("conferenceName", " "),
        unusable("conferenceName", "x".repeat(10_001)),
        unusable("conferenceName", "a\u0007"),
        unusable("conferenceName", "\uD800"),
        unusable("conferenceName", "a//b"),
        unusable("conferenceName", "a/.."),
        unusable("conferenceName", "a/Member/17"),
        unusable("conferenceName", "%c0%ae"),
        unusable("conferenceName", "%" + "25".repeat(12)),
        unusable("conferenceName", "Board call"),
        unusable("conferenceName", "Sales;EMEA"),
        unusable("conferenceName", "anything else"),
        unusable("account", 5),
        unusable("account", "nobody's"),
        unusable("requestedAt", 5),
        unusable("requestedAt", "today"),
        unusable("requestedAt", "2040-01-01T00:00:00Z"),
        unusable("validFor", 5),
        unusable("validFor", "an hour"),
        unusable("validFor", "PT0S"),
        unusable("validFor", "P366D"),
        unusable("validFor", null),
        unusable("retryBackoff", 5),
        unusable("retryBackoff", "soon"),
        unusable("retryBackoff", "PT0S"),
        unusable("retryBackoff", "P366D"),
        unusable("onNotFound", "maybe"),
        unusable("memberIds", null),
        unusable("memberIds", true),
        unusable("memberIds", List.of()),
        unusable("memberIds", Collections.nCopies(101, "1")),
        unusable("memberIds", " "),
        unusable("memberIds", "x".repeat(1_001)),
        unusable("memberIds", "17,18"),
        unusable("memberIds", List.of("17", "ALL")),
        unusable("memberIds", "all"),
        unusable("announcementUrl", null),
        unusable("announcementUrl", 5),
        unusable("announcementUrl", " "),
        unusable("announcementUrl", "https://example.com/" + "x".repeat(2_000)),
        unusable("announcementUrl", "https://example.com/good bye.mp3"),
        unusable("announcementUrl", "https://[example"),
        unusable("announcementUrl", "http://example.com/a.mp3"),
        unusable("announcementUrl", "https://me:secret@example.com/a.mp3"),
        unusable("announcementUrl", "https:/a.mp3"),
        unusable("duration", 5),
        unusable("duration", "PT2H"),
        unusable("reason", null),
        unusable("reason", 5),
        unusable("reason", " "),
        unusable("reason", "x".repeat(501)),
        unusable("reason", "a\nb"));
  }

  private static Arguments unusable(String input, Object value) {
    String shown = String.valueOf(value);
    return argumentSet(
        input + " " + shown.substring(0, Math.min(12, shown.length())), input, value);
  }

  @ParameterizedTest
  @MethodSource("unusableInputs")
  void hasEveryProblemOfAnInput(String input, Object value) throws IOException {
    var inputs = new HashMap<String, Object>(Map.of("conferenceName", "test"));
    inputs.put(input, value);
    String rails =
        switch (String.valueOf(value)) {
          case "Board call" -> "vobiz.guard.protected-names=Board*";
          case "Sales;EMEA" -> "vobiz.guard.plain-names-only=true";
          default -> "vobiz.guard.allowed-names=test";
        };
    var settings = Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token=t", rails);
    String message =
        refusal(
            input,
            Contexts.of(settings)
                .of(
                    inputs,
                    input.equals("onNotFound") ? Map.of("onNotFound", "maybe") : Map.of(),
                    NOW,
                    NOW));
    String problem =
        message
            .replaceFirst("\\(\".*?\"\\) ", "(\"<value>\") ")
            .replaceFirst("\"(test|Board\\*)\"", "\"<pattern>\"")
            .replace("started with: default", "started with: <account>");
    String[] parts = problem.split("; allowed", 2);
    assertThat(runbook()).contains("`" + parts[0] + "`", "`allowed" + parts[1] + "`");
  }

  private static String refusal(String input, Inputs inputs) {
    try {
      switch (input) {
        case "memberIds" ->
            inputs
                .members(input, false)
                .orElseThrow(() -> InvalidInput.missing(input, MemberIds.ALLOWED));
        case "announcementUrl" -> inputs.announcementUrl(input);
        case "duration" -> inputs.length(input);
        case "reason" -> inputs.line(input);
        default -> {
          inputs.conferenceToRemoveFrom();
          inputs.timing(Duration.ofHours(1));
          inputs.onNotFound(OnNotFound.ERROR);
        }
      }
      throw new AssertionError("nothing was refused");
    } catch (InvalidInput e) {
      return e.getMessage();
    }
  }

  @Test
  void hasEveryWarningAndErrorOfTheLog() throws IOException {
    List<String> lines = logged();

    assertThat(lines).hasSizeGreaterThan(8);
    String runbook = runbook().replaceAll("<[^>]+>", "{}");
    assertThat(lines).allSatisfy(line -> assertThat(runbook).contains("`" + line + "`"));
  }

  @Test
  void hasEveryCauseThatTheClientNames() throws IOException {
    String runbook = runbook().replaceAll("<[^>]+>", "{}");

    assertThat(causes())
        .hasSizeGreaterThan(10)
        .allSatisfy(cause -> assertThat(runbook).contains("`" + cause));
  }

  @Test
  void hasEveryOutcome() throws IOException {
    Set<String> outcomes =
        Pattern.compile("vobiz_conference_\\w+\\{.*outcome=\"(\\w+)\"")
            .matcher(Files.readString(PUBLIC_NAMES))
            .results()
            .map(result -> result.group(1))
            .collect(toSet());

    assertThat(runbook().lines().filter(line -> line.startsWith("| `")).toList())
        .satisfies(
            rows ->
                assertThat(outcomes)
                    .allSatisfy(
                        outcome ->
                            assertThat(rows).anyMatch(row -> row.contains("`" + outcome + "`"))));
  }

  /** The texts of {@code LOG.warn} and {@code LOG.error} in the sources. */
  private static List<String> logged() throws IOException {
    var texts = new ArrayList<String>();
    for (CompilationUnitTree source : parse()) {
      source.accept(
          new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
              if (call.getMethodSelect().toString().matches("LOG\\.(warn|error)")) {
                texts.add(text(call.getArguments().getFirst()));
              }
              return super.visitMethodInvocation(call, nothing);
            }
          },
          null);
    }
    // A sentence that was made elsewhere is looked for there.
    return texts.stream().distinct().filter(text -> !text.equals("{}")).toList();
  }

  @Test
  void hasEveryFindingOfTheCheck() throws IOException {
    String runbook = runbook().replaceAll("<[^>]+>", "{}");

    assertThat(findings())
        .hasSizeGreaterThan(5)
        .allSatisfy(finding -> assertThat(runbook).contains("`" + finding + "`"));
  }

  @Test
  void hasEveryReasonWhyACallbackBecomesNoMessage() throws IOException {
    String runbook = runbook().replaceAll("<[^>]+>", "{}");

    assertThat(reasons())
        .hasSizeGreaterThan(15)
        .allSatisfy(reason -> assertThat(runbook).contains("`" + reason + "`"));
  }

  /** What the endpoint says: the sentences that it makes receipts and exceptions of. */
  private static Set<String> reasons() throws IOException {
    var texts = new TreeSet<String>();
    for (CompilationUnitTree source : parse()) {
      if (!source.getPackageName().toString().equals("org.conferenceworker.events")) {
        continue;
      }
      source.accept(
          new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
              if (Set.of("missing", "wrong", "unsigned").contains(method.getName().toString())) {
                new TreeScanner<Void, Void>() {
                  @Override
                  public Void visitReturn(ReturnTree end, Void nothing) {
                    texts.addAll(texts(end.getExpression()));
                    return null;
                  }
                }.scan(method, null);
              }
              return super.visitMethod(method, nothing);
            }

            @Override
            public Void visitNewClass(NewClassTree created, Void nothing) {
              if (Set.of("Refused", "Ignored", "Failed", "Unreadable", "UndecodableException")
                  .contains(created.getIdentifier().toString().replaceFirst(".*\\.", ""))) {
                texts.addAll(texts(created.getArguments().getLast()));
              }
              return super.visitNewClass(created, nothing);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
              if (call.getMethodSelect().toString().matches("closed|(Delivery\\.)?notTaken")) {
                texts.addAll(texts(call.getArguments().getLast()));
              }
              return super.visitMethodInvocation(call, nothing);
            }
          },
          null);
    }
    // Where a sentence was made elsewhere, it is looked for there.
    texts.remove("{}");
    return texts;
  }

  /** Every text that an expression can have, with "{}" for what is known at run time only. */
  private static Set<String> texts(ExpressionTree expression) {
    return switch (expression) {
      case LiteralTree literal when literal.getValue() instanceof String text -> Set.of(text);
      case LiteralTree literal -> Set.of();
      case ParenthesizedTree inner -> texts(inner.getExpression());
      case ConditionalExpressionTree choice ->
          Stream.of(choice.getTrueExpression(), choice.getFalseExpression())
              .flatMap(text -> texts(text).stream())
              .collect(toSet());
      case BinaryTree sum ->
          texts(sum.getLeftOperand()).stream()
              .flatMap(left -> texts(sum.getRightOperand()).stream().map(right -> left + right))
              .collect(toSet());
      case MethodInvocationTree call
          when call.getMethodSelect() instanceof MemberSelectTree method
              && method.getIdentifier().contentEquals("formatted") ->
          texts(method.getExpression()).stream()
              .map(text -> text.replaceAll("%[sd]", "{}"))
              .collect(toSet());
      default -> Set.of("{}");
    };
  }

  /** What {@code AccountCheck} says: the texts that it puts values into. */
  private static List<String> findings() throws IOException {
    var texts = new ArrayList<String>();
    for (CompilationUnitTree source : parse()) {
      if (source.getSourceFile().getName().endsWith("AccountCheck.java")) {
        source.accept(
            new TreeScanner<Void, Void>() {
              @Override
              public Void visitLiteral(LiteralTree literal, Void nothing) {
                if (literal.getValue() instanceof String text && text.contains("%s")) {
                  texts.add(text.replace("%s", "{}"));
                }
                return null;
              }
            },
            null);
      }
    }
    return texts;
  }

  /** What the API client says about why a call came to nothing: the texts of its outcomes. */
  private static List<String> causes() throws IOException {
    var texts = new ArrayList<String>();
    for (CompilationUnitTree source : parse()) {
      source.accept(
          new TreeScanner<Void, Boolean>() {
            @Override
            public Void visitMethod(MethodTree method, Boolean inside) {
              return super.visitMethod(method, method.getName().contentEquals("causeOf"));
            }

            @Override
            public Void visitNewClass(NewClassTree created, Boolean inside) {
              boolean names =
                  Set.of("NotSent", "AnswerLost", "NotSentException")
                      .contains(created.getIdentifier().toString());
              return super.visitNewClass(created, inside || names);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Boolean inside) {
              boolean names = call.getMethodSelect().toString().equals("giveUp");
              return super.visitMethodInvocation(call, inside || names);
            }

            @Override
            public Void visitLiteral(LiteralTree literal, Boolean inside) {
              if (inside && literal.getValue() instanceof String text && text.length() > 1) {
                texts.add(text);
              }
              return null;
            }
          },
          false);
    }
    return texts;
  }

  private static Iterable<? extends CompilationUnitTree> parse() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> paths = Files.walk(SOURCES)) {
      var sources =
          files.getJavaFileObjectsFromPaths(
              paths.filter(path -> path.toString().endsWith(".java")).toList());
      return ((JavacTask) compiler.getTask(null, files, null, null, null, sources)).parse();
    }
  }

  /** A text that the source puts together from pieces. */
  private static String text(ExpressionTree expression) {
    return switch (expression) {
      case LiteralTree literal -> (String) literal.getValue();
      case BinaryTree sum -> text(sum.getLeftOperand()) + text(sum.getRightOperand());
      default -> throw new AssertionError("no text: " + expression);
    };
  }
}
