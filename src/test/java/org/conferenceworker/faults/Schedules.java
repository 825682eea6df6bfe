package org.conferenceworker.faults;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.conferenceworker.faults.Luck.Api;
import org.conferenceworker.faults.Luck.Crash;
import org.conferenceworker.faults.Luck.SecondCopy;
import org.conferenceworker.standin.OneJobEngine.Delivery;

/** Makes schedules of faults. */
public final class Schedules {

  private Schedules() {}

  /** Schedules for a task. */
  static Arbitrary<Schedule> of(TaskPromises task) {
    return Combinators.combine(
            Arbitraries.of(true, false),
            task.headers(),
            task.validities(),
            luck().list().ofMaxSize(5))
        .as(Schedule::new);
  }

  private static Arbitrary<Luck> luck() {
    var api =
        Arbitraries.frequency(
            Tuple.of(6, Api.HONEST),
            Tuple.of(6, Api.STATUS),
            Tuple.of(4, Api.RESET),
            Tuple.of(1, Api.HANG),
            Tuple.of(1, Api.DRIP),
            Tuple.of(2, Api.CUT_OFF_BODY),
            Tuple.of(1, Api.GARBAGE),
            Tuple.of(1, Api.REFUSED),
            Tuple.of(1, Api.NO_SUCH_HOST),
            Tuple.of(1, Api.UNKNOWN_AUTHORITY),
            Tuple.of(1, Api.OTHER_HOST));
    var answer = Combinators.combine(api, statuses(), bodies(), retryAfter()).as(Tuple::of);
    var fate =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(Delivery.class).list().ofMaxSize(4),
                Arbitraries.integers().between(0, 9),
                jumps(),
                Arbitraries.frequency(
                    Tuple.of(8, Crash.NONE),
                    Tuple.of(1, Crash.KILLED_DURING_CALL),
                    Tuple.of(1, Crash.KILLED_BEFORE_REPORT),
                    Tuple.of(1, Crash.STOPPED_DURING_CALL)),
                Arbitraries.frequency(
                    Tuple.of(6, SecondCopy.NONE),
                    Tuple.of(1, SecondCopy.MEANWHILE),
                    Tuple.of(1, SecondCopy.AFTERWARDS)),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false))
            .as(Tuple::of);
    return Combinators.combine(answer, fate)
        .as(
            (a, f) ->
                new Luck(
                    a.get1(), a.get2(), a.get3(), a.get4(), f.get1(), f.get2(), f.get3(), f.get4(),
                    f.get5(), f.get6(), f.get7(), f.get8()));
  }

  private static Arbitrary<Integer> statuses() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            Arbitraries.of(
                200, 202, 204, 301, 302, 307, 400, 401, 402, 403, 404, 408, 409, 422, 425, 429, 500,
                502, 503, 504)),
        Tuple.of(1, Arbitraries.just(404)),
        Tuple.of(1, Arbitraries.integers().between(200, 599)));
  }

  private static Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "",
            "{}",
            "{\"error\":\"failed\",\"api_id\":\"1\"}",
            Luck.NO_SUCH_ROUTE,
            Luck.CONFERENCE,
            Luck.ANOTHER_CONFERENCE,
            "{\"status\":\"error\",\"error\":{\"code\":\"X\",\"message\":\"it broke\","
                + "\"details\":{\"retryAfter\":1}},\"requestId\":\"req_1\"}",
            "<html><body>error</body></html>",
            "{\"error\":",
            "[1"),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(50));
  }

  private static Arbitrary<String> retryAfter() {
    return Arbitraries.of(
            "0",
            "1",
            "30",
            "7200",
            "99999999999999999999",
            "-1",
            "soon",
            "Sun, 22 Nov 2026 19:01:00 GMT",
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT")
        .injectNull(0.5);
  }

  private static Arbitrary<Duration> jumps() {
    return Arbitraries.frequency(
            Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 40), Tuple.of(1, 61), Tuple.of(1, 4000))
        .map(Duration::ofSeconds);
  }
}
