package org.conferenceworker.attempt;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.attempt.TaskType.Target;
import org.conferenceworker.attempt.TaskType.Words;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.conferenceworker.vobiz.Outcome.RateReached;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLittleTime;
import org.conferenceworker.vobiz.Outcome.Usual;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * Describes every failure in a sentence or two: what happened to which conference, and what to do.
 * People who do not know this code read them in Operate.
 */
public final class Sentences {

  private static final int MOST_MEMBERS_SHOWN = 5;

  private Sentences() {}

  /** What happened, for the outcomes that mean the same for every task. */
  public static String cause(Asked asked, Usual outcome) {
    Words words = asked.type().words();
    return switch (outcome) {
      case CredentialsRefused(ApiAnswer answer, var baseUrl) -> refused(asked, answer);
      case RequestRefused(ApiAnswer answer) -> refused(asked, answer);
      case Redirected(ApiAnswer answer, String host) ->
          "Could not %s %s: the answer was a redirect, %s, to %s, which was not followed."
              .formatted(
                  words.toDo(), what(asked), said(answer), host == null ? "an unnamed host" : host);
      case Throttled(ApiAnswer answer) ->
          "Vobiz is too busy to %s %s: %s.".formatted(words.toDo(), what(asked), said(answer));
      case ServerFailed(ApiAnswer answer) when answer.status() < 300 ->
          "Vobiz did not clearly confirm the %s, %s: %s."
              .formatted(request(asked), words.doubt(), said(answer));
      case ServerFailed(ApiAnswer answer) ->
          "Vobiz failed to %s %s, %s: %s."
              .formatted(words.toDo(), what(asked), words.doubt(), said(answer));
      case NotConnected(String cause) ->
          "Could not reach Vobiz to %s %s, so nothing was sent: %s."
              .formatted(words.toDo(), what(asked), cause);
      case AnswerLost(String cause) ->
          "Vobiz did not answer the %s, %s: %s.".formatted(request(asked), words.doubt(), cause);
      case RateReached o ->
          "Did not %s %s yet: as many as vobiz.guard.max-per-minute allows were sent within the"
                  .formatted(words.toDo(), what(asked))
              + " last minute.";
      case NotItsTurn o ->
          "Did not %s %s yet: there were more calls to make than vobiz.limit lets through in the"
                  .formatted(words.toDo(), what(asked))
              + " time that the worker had, or it was stopping.";
      case TooLittleTime(String cause) -> cause;
    };
  }

  private static String refused(Asked asked, ApiAnswer answer) {
    return "Vobiz refused to %s %s: %s."
        .formatted(asked.type().words().toDo(), what(asked), said(answer));
  }

  /** Why it was not done, for a process that goes on: what happened, and what may be the cause. */
  public static String reason(Asked asked, Usual outcome) {
    return switch (outcome) {
      case CredentialsRefused o -> whyRefused(asked, o);
      case Redirected o -> cause(asked, outcome) + " Check VOBIZ_BASE_URL.";
      default -> cause(asked, outcome);
    };
  }

  private static String whyRefused(Asked asked, CredentialsRefused outcome) {
    VobizAccount account = asked.account();
    return cause(asked, outcome)
        + " Either the credentials are wrong (check %s and %s), or the path did not arrive exactly"
            .formatted(account.idSetting(), account.tokenSetting())
        + " as sent (check that nothing at %s rewrites it).".formatted(outcome.baseUrl());
  }

  public static String credentialsRefused(Asked asked, CredentialsRefused outcome) {
    return whyRefused(asked, outcome)
        + (asked.account().tokenFile() == null
            ? " Correct it and restart the worker, then resolve the incident."
            : " A new token in the file is used immediately; for anything else restart the worker. Then"
                + " resolve the incident.");
  }

  public static String requestRefused(Asked asked, RequestRefused outcome) {
    return cause(asked, outcome)
        + " Sending it again will not help; correct what the answer names, then resolve the"
        + " incident.";
  }

  public static String redirected(Asked asked, Redirected outcome) {
    return cause(asked, outcome)
        + " Check VOBIZ_BASE_URL and restart the worker, then resolve the incident.";
  }

  /** What a person has to know before resolving an incident, behind its own sentences. */
  public static String beforeResolving(Asked asked, boolean inDoubt) {
    String doubt =
        inDoubt
            ? " An earlier attempt may have taken effect: check %s first."
                .formatted(asked.type().words().toCheck())
            : "";
    // A hang-up is valid for long enough, and its diagram says what happens after that.
    boolean isShort =
        asked.type().target() != Target.CONFERENCE && asked.timing().validUntil() != null;
    return isShort
        ? doubt
            + " After %s it is too late, unless the task's requestedAt is set anew."
                .formatted(asked.timing().validUntil())
        : doubt;
  }

  public static String retriesUsedUp(Asked asked, String lastCause) {
    return "%s All retries are used up; check %s, then resolve the incident to try again."
        .formatted(lastCause, asked.type().words().toCheck());
  }

  public static String noRetryUsed(String cause) {
    return cause + " It will be tried again without using up a retry.";
  }

  public static String notFound(Asked asked, ApiAnswer answer) {
    return isNotThere(asked, answer)
        + switch (asked.type().target()) {
          case CONFERENCE ->
              " It has ended already, or never existed under exactly this name (upper and lower case"
                  + " and spaces count).";
          case MEMBERS ->
              " Either a member has left, or the conference has ended, or there never was such a member"
                  + " or conference (upper and lower case and spaces count); Vobiz does not say which.";
          case ALL_CONFERENCES -> " It is not known whether any conference has ended.";
        };
  }

  public static String shouldHaveBeenThere(Asked asked, ApiAnswer answer) {
    return isNotThere(asked, answer)
        + switch (asked.type().target()) {
          case CONFERENCE ->
              " Check whether it has ended already or has another name (upper and lower case and"
                  + " spaces count), correct the name, then resolve the incident.";
          case MEMBERS ->
              " Check whether a member has left already, and whether the ids and the name are right"
                  + " (upper and lower case and spaces count), correct them, then resolve the incident.";
          case ALL_CONFERENCES ->
              " It is not known whether any conference has ended: check whether conferences are"
                  + " still running, and that VOBIZ_BASE_URL is the Vobiz API itself, then resolve"
                  + " the incident to try again.";
        };
  }

  public static String noRoute(Asked asked, ApiAnswer answer, URI baseUrl) {
    return noRouteReason(asked, answer, baseUrl)
        + " Check that VOBIZ_BASE_URL is the Vobiz API itself and restart the worker; then resolve the"
        + " incident, if there is one.";
  }

  /** The same for a process that goes on. */
  public static String noRouteReason(Asked asked, ApiAnswer answer, URI baseUrl) {
    return "Could not %s %s: the server at %s answered %s, which means that it does not know"
            .formatted(asked.type().words().toDo(), what(asked), baseUrl, said(answer))
        + " this path; it says nothing about %s."
            .formatted(
                asked.type().target() == Target.ALL_CONFERENCES
                    ? "any conference"
                    : "the conference");
  }

  public static String tooLate(Asked asked) {
    return "Did not %s %s: it was asked for at %s and was valid until %s. Nothing was sent, because by"
            .formatted(
                asked.type().words().toDo(),
                what(asked),
                asked.timing().requestedAt(),
                asked.timing().validUntil())
        + " now "
        + switch (asked.type().target()) {
          case CONFERENCE -> "another conference may have this name.";
          case MEMBERS -> "other people may be in a conference of this name.";
          case ALL_CONFERENCES -> "other conferences may be running.";
        };
  }

  public static String tooLateToRepeat(Asked asked) {
    return "Did not repeat the %s, %s because an earlier answer was lost: it was asked for at %s and"
            .formatted(request(asked), asked.type().words().doubt(), asked.timing().requestedAt())
        + " was valid until %s.".formatted(asked.timing().validUntil());
  }

  /** For a request that is too late when only a person can say how to go on. */
  public static String moreTimeNeeded(Asked asked) {
    return tooLate(asked)
        + " If it is still wanted, correct the task's validFor or requestedAt, then resolve the"
        + " incident; else let the process go on without it.";
  }

  /**
   * @param inDoubt whether an earlier attempt may have taken effect
   */
  public static String invalidInput(
      TaskType type, Map<String, Object> variables, InvalidInput problem, boolean inDoubt) {
    String begin =
        "Cannot %s %s: %s."
            .formatted(type.words().toDo(), whatIn(type, variables), problem.getMessage());
    return inDoubt
        ? begin
            + " Nothing was sent this time, but an earlier attempt may have taken effect: check %s;"
                .formatted(type.words().toCheck())
            + " %s.".formatted(problem.remedy())
        : begin + " Nothing was sent; %s.".formatted(problem.remedy());
  }

  public static String unexpected(TaskType type, Map<String, Object> variables, Throwable failure) {
    return "The worker itself failed (%s) when it was about to %s %s."
            .formatted(
                failure.getClass().getSimpleName(), type.words().toDo(), whatIn(type, variables))
        + " Check %s, report the error in the worker's log, then resolve the incident to try again."
            .formatted(type.words().toCheck());
  }

  private static String isNotThere(Asked asked, ApiAnswer answer) {
    return switch (asked.type().target()) {
      case CONFERENCE ->
          "There is no %s now: Vobiz answered %s.".formatted(what(asked), said(answer));
      case MEMBERS, ALL_CONFERENCES ->
          "Vobiz did not find what the %s is about: it answered %s."
              .formatted(request(asked), said(answer));
    };
  }

  /** What a job is about, according to its inputs. */
  private static String whatIn(TaskType type, Map<String, Object> variables) {
    Object conference = variables.get(Inputs.CONFERENCE_NAME);
    String account = Quoted.of(Inputs.accountName(variables));
    String named =
        "the conference %s with account %s"
            .formatted(conference == null ? "(no name)" : Quoted.of(conference), account);
    return switch (type.target()) {
      case CONFERENCE -> named;
      case MEMBERS -> "members of " + named;
      case ALL_CONFERENCES -> "all conferences of account " + account;
    };
  }

  /** The request as a noun, with what it is about. */
  private static String request(Asked asked) {
    Words words = asked.type().words();
    return words.noun() + " " + words.of() + " " + what(asked);
  }

  /** Its parts are inputs, in which there may be a token. */
  private static String what(Asked asked) {
    return asked.account().mask(unmasked(asked));
  }

  private static String unmasked(Asked asked) {
    return switch (asked.type().target()) {
      case CONFERENCE -> conference(asked);
      case MEMBERS ->
          members(asked.subject().parts().get(Inputs.MEMBERS)) + " of " + conference(asked);
      case ALL_CONFERENCES -> "all conferences of account " + Quoted.of(asked.account().name());
    };
  }

  private static String conference(Asked asked) {
    return "conference %s with account %s"
        .formatted(Quoted.of(asked.conferenceName()), Quoted.of(asked.account().name()));
  }

  private static String members(Object part) {
    if (!(part instanceof List<?> ids)) {
      return "all members";
    }
    String shown =
        ids.stream().limit(MOST_MEMBERS_SHOWN).map(Quoted::of).collect(Collectors.joining(", "));
    int more = ids.size() - MOST_MEMBERS_SHOWN;
    return (ids.size() == 1 ? "member " : "members ")
        + shown
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** The status of the response and the API's own words. */
  private static String said(ApiAnswer answer) {
    String details =
        Stream.of(
                answer.code(),
                answer.message() == null ? null : "\"" + answer.message() + "\"",
                answer.requestId() == null ? null : "request id " + answer.requestId())
            .filter(detail -> detail != null)
            .collect(Collectors.joining(", "));
    return "HTTP " + answer.status() + (details.isEmpty() ? "" : " (" + details + ")");
  }
}
