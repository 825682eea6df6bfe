package org.conferenceworker.attempt;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.attempt.TaskType.Words;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * Describes every failure in a sentence or two: what happened to which conference, and what to do.
 * People who do not know this code read them in Operate.
 */
public final class Sentences {

  private Sentences() {}

  public static String notFound(Asked asked, ApiAnswer answer) {
    return isNotThere(asked, answer)
        + " It has ended already, or never existed under exactly this name (upper and lower case"
        + " and spaces count).";
  }

  public static String shouldHaveBeenThere(Asked asked, ApiAnswer answer) {
    return isNotThere(asked, answer)
        + " Check whether it has ended already or has another name (upper and lower case and spaces"
        + " count), correct the name, then resolve the incident.";
  }

  public static String noRoute(Asked asked, ApiAnswer answer, URI baseUrl) {
    return "Could not %s %s: the server at %s answered %s, which means that it does not know"
            .formatted(asked.words().toDo(), what(asked), baseUrl, said(answer))
        + " this path; it says nothing about the conference. Check that VOBIZ_BASE_URL is the Vobiz API"
        + " itself and restart the worker; then resolve the incident, if there is one.";
  }

  public static String credentialsRefused(Asked asked, ApiAnswer answer, URI baseUrl) {
    VobizAccount account = asked.account();
    return "Vobiz refused to %s %s: %s.".formatted(asked.words().toDo(), what(asked), said(answer))
        + " Either the credentials are wrong (check %s and %s), or the path did not arrive exactly"
            .formatted(account.idSetting(), account.tokenSetting())
        + " as sent (check that nothing at %s rewrites it). ".formatted(baseUrl)
        + (account.tokenFile() == null
            ? "Correct it and restart the worker, then resolve the incident."
            : "A new token in the file is used immediately; for anything else restart the worker. Then"
                + " resolve the incident.");
  }

  public static String requestRefused(Asked asked, ApiAnswer answer) {
    return "Vobiz refused to %s %s: %s.".formatted(asked.words().toDo(), what(asked), said(answer))
        + " Sending it again will not help; correct what the answer names, then resolve the"
        + " incident.";
  }

  public static String redirected(Asked asked, ApiAnswer answer, String host) {
    return "Could not %s %s: the answer was a redirect, %s, to %s, which was not followed."
            .formatted(
                asked.words().toDo(),
                what(asked),
                said(answer),
                host == null ? "an unnamed host" : host)
        + " Check VOBIZ_BASE_URL and restart the worker, then resolve the incident.";
  }

  public static String throttled(Asked asked, ApiAnswer answer) {
    return "Vobiz is too busy to %s %s: %s. It will be tried again without using up a retry."
        .formatted(asked.words().toDo(), what(asked), said(answer));
  }

  public static String serverFailed(Asked asked, ApiAnswer answer) {
    return answer.status() < 300
        ? "Vobiz did not clearly confirm the %s of %s, %s: %s."
            .formatted(asked.words().noun(), what(asked), asked.words().doubt(), said(answer))
        : "Vobiz failed to %s %s, %s: %s."
            .formatted(asked.words().toDo(), what(asked), asked.words().doubt(), said(answer));
  }

  public static String notConnected(Asked asked, String cause) {
    return "Could not reach Vobiz to %s %s, so nothing was sent: %s."
        .formatted(asked.words().toDo(), what(asked), cause);
  }

  public static String answerLost(Asked asked, String cause) {
    return "Vobiz did not answer the %s of %s, %s: %s."
        .formatted(asked.words().noun(), what(asked), asked.words().doubt(), cause);
  }

  public static String retriesUsedUp(Asked asked, String lastCause) {
    return "%s All retries are used up; check %s, then resolve the incident to try again."
        .formatted(lastCause, asked.words().toCheck());
  }

  public static String rateReached(Asked asked) {
    return "Did not %s %s yet: as many as vobiz.guard.max-per-minute allows were sent within the"
            .formatted(asked.words().toDo(), what(asked))
        + " last minute. It will be tried again without using up a retry.";
  }

  public static String notItsTurn(Asked asked) {
    return "Did not %s %s yet: there were more calls to make than vobiz.limit lets through in the"
            .formatted(asked.words().toDo(), what(asked))
        + " time that the worker had, or it was stopping. It will be tried again without using up a"
        + " retry.";
  }

  public static String tooLate(Asked asked) {
    return "Did not %s %s: it was asked for at %s and was valid until %s. Nothing was sent, because by"
            .formatted(
                asked.words().toDo(),
                what(asked),
                asked.timing().requestedAt(),
                asked.timing().validUntil())
        + " now another conference may have this name.";
  }

  public static String tooLateToRepeat(Asked asked) {
    return "Did not repeat the %s of %s, %s because an earlier answer was lost: it was asked for at %s and"
            .formatted(
                asked.words().noun(),
                what(asked),
                asked.words().doubt(),
                asked.timing().requestedAt())
        + " was valid until %s.".formatted(asked.timing().validUntil());
  }

  public static String invalidInput(Words words, Map<String, Object> variables, String problem) {
    return "Cannot %s %s: %s. Nothing was sent; correct the input, then resolve the incident."
        .formatted(words.toDo(), whatIn(variables), problem);
  }

  public static String unexpected(Words words, Map<String, Object> variables, Throwable failure) {
    return "The worker itself failed (%s) when it was about to %s %s."
            .formatted(failure.getClass().getSimpleName(), words.toDo(), whatIn(variables))
        + " Check %s, report the error in the worker's log, then resolve the incident to try again."
            .formatted(words.toCheck());
  }

  private static String isNotThere(Asked asked, ApiAnswer answer) {
    return "There is no %s now: Vobiz answered %s.".formatted(what(asked), said(answer));
  }

  /** What a job is about, according to its inputs. */
  private static String whatIn(Map<String, Object> variables) {
    Object conference = variables.get(Inputs.CONFERENCE_NAME);
    return "the conference %s with account %s"
        .formatted(
            conference == null ? "(no name)" : Quoted.of(conference),
            Quoted.of(Inputs.accountName(variables)));
  }

  private static String what(Asked asked) {
    return "conference "
        + Quoted.of(asked.subject().parts().get(Inputs.CONFERENCE_NAME))
        + " with account "
        + Quoted.of(asked.account().name());
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
