package org.conferenceworker.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes down what was measured: tables in Markdown, and a chart. */
final class Report {

  /** What was measured in one round of one worker in one scenario. */
  record Round(
      double jobsPerSecond,
      Run.Quantiles latency,
      double cpuSecondsPer1000,
      double peakMegabytes) {}

  /** The middle, and both ends, of what several rounds came to. */
  record Spread(double median, double min, double max) {
    static Spread of(double... values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
      return "%s (%s–%s)".formatted(number(median), number(min), number(max));
    }
  }

  private static final Map<String, String> COLOURS =
      Map.of(
          Workers.NO_OP_WAITING, "#c4c7cb",
          Workers.BARE, "#5f6368",
          Workers.THIS, "#1a73e8",
          Launch.NAME, "#669df6",
          Workers.OTHER, "#7baaf7",
          Workers.CONNECTOR, "#e8710a",
          Workers.CONNECTOR_GENEROUS, "#f4b183");

  private final Map<String, Map<String, List<Round>>> scenarios = new LinkedHashMap<>();
  private final Map<String, String> remarks = new LinkedHashMap<>();
  private final List<String> targets = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();

  void add(String scenario, String worker, Round round) {
    scenarios
        .computeIfAbsent(scenario, name -> new LinkedHashMap<>())
        .computeIfAbsent(worker, name -> new ArrayList<>())
        .add(round);
    System.out.printf(
        Locale.ROOT,
        "%-40s %-26s %8.0f jobs/s, p50 %.1f p99 %.1f max %.1f ms, %.3f CPU s per 1,000, %.0f MB%n",
        scenario,
        worker,
        round.jobsPerSecond(),
        round.latency().p50(),
        round.latency().p99(),
        round.latency().max(),
        round.cpuSecondsPer1000(),
        round.peakMegabytes());
  }

  /** What a scenario's figures are to be read with. */
  void remark(String scenario, String text) {
    remarks.put(scenario, text);
  }

  void atLeast(String what, double target, Spread measured) {
    target(what, "≥ " + number(target), measured, measured.median() >= target);
  }

  void atMost(String what, double target, Spread measured) {
    target(what, "≤ " + number(target), measured, measured.median() <= target);
  }

  private void target(String what, String target, Spread measured, boolean reached) {
    targets.add(
        "| %s | %s | %s | %s |"
            .formatted(what, target, measured, reached ? "reached" : "**not reached**"));
    System.out.println(targets.getLast());
  }

  /** A figure without a target. */
  void figure(String what, Spread measured) {
    figures.add("| %s | %s |".formatted(what, measured));
    System.out.println(figures.getLast());
  }

  /** Round by round, a figure of one worker divided by that of another. */
  Spread ratio(String scenario, String one, String other, ToDoubleFunction<Round> figure) {
    List<Round> a = rounds(scenario, one);
    List<Round> b = rounds(scenario, other);
    double[] ratios = new double[a.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(a.get(i)) / figure.applyAsDouble(b.get(i));
    }
    return Spread.of(ratios);
  }

  Spread spread(String scenario, String worker, ToDoubleFunction<Round> figure) {
    return Spread.of(rounds(scenario, worker).stream().mapToDouble(figure).toArray());
  }

  boolean has(String scenario) {
    return scenarios.containsKey(scenario);
  }

  private List<Round> rounds(String scenario, String worker) {
    return scenarios.get(scenario).get(worker);
  }

  String markdown(String introduction) {
    var text = new StringBuilder(introduction);
    if (!targets.isEmpty()) {
      text.append("\n## Targets\n\n| What | Target | Measured | |\n|---|---|---|---|\n");
      targets.forEach(line -> text.append(line).append('\n'));
    }
    if (!figures.isEmpty()) {
      text.append("\n## Further figures\n\n| What | Measured |\n|---|---|\n");
      figures.forEach(line -> text.append(line).append('\n'));
    }
    scenarios.forEach(
        (scenario, workers) -> {
          text.append("\n## ").append(scenario).append("\n\n");
          if (remarks.containsKey(scenario)) {
            text.append(remarks.get(scenario)).append("\n\n");
          }
          text.append(
              "| Worker | jobs/s | p50 ms | p99 ms | max ms | CPU s per 1,000 jobs | peak RSS MB |\n"
                  + "|---|---|---|---|---|---|---|\n");
          workers.keySet().forEach(worker -> text.append(line(scenario, worker)));
        });
    return text.toString();
  }

  private String line(String scenario, String worker) {
    return "| %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            worker,
            spread(scenario, worker, Round::jobsPerSecond),
            spread(scenario, worker, round -> round.latency().p50()),
            spread(scenario, worker, round -> round.latency().p99()),
            spread(scenario, worker, round -> round.latency().max()),
            spread(scenario, worker, Round::cpuSecondsPer1000),
            spread(scenario, worker, Round::peakMegabytes));
  }

  /** Jobs per second of each worker in these scenarios, with the range of the rounds. */
  String chart(String title, List<String> names) {
    var svg = new StringBuilder();
    List<String> shown = names.stream().filter(scenarios::containsKey).toList();
    double most =
        shown.stream()
            .flatMap(scenario -> scenarios.get(scenario).values().stream())
            .flatMap(List::stream)
            .mapToDouble(Round::jobsPerSecond)
            .max()
            .orElse(1);
    int y = 56;
    for (String scenario : shown) {
      svg.append("<text x='16' y='%d' font-weight='bold'>%s</text>%n".formatted(y, scenario));
      y += 12;
      for (String worker : scenarios.get(scenario).keySet()) {
        Spread jobs = spread(scenario, worker, Round::jobsPerSecond);
        double width = 440 * jobs.median() / most;
        svg.append("<text x='200' y='%d' text-anchor='end'>%s</text>%n".formatted(y + 14, worker));
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x='210' y='%d' width='%.1f' height='16' fill='%s'/>%n",
                y + 2,
                Math.max(width, 1),
                COLOURS.getOrDefault(worker, "#9aa0a6")));
        svg.append(
            String.format(
                Locale.ROOT,
                "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#202124'/>%n",
                210 + 440 * jobs.min() / most,
                210 + 440 * jobs.max() / most,
                y + 10,
                y + 10));
        svg.append(
            String.format(
                Locale.ROOT,
                "<text x='%.1f' y='%d'>%s</text>%n",
                218 + 440 * jobs.max() / most,
                y + 14,
                number(jobs.median())));
        y += 22;
      }
      y += 24;
    }
    return """
        <svg xmlns='http://www.w3.org/2000/svg' width='740' height='%d' viewBox='0 0 740 %d' font-family='sans-serif' font-size='13'>
        <rect width='100%%' height='100%%' fill='white'/>
        <text x='16' y='26' font-size='16' font-weight='bold'>%s</text>
        %s</svg>
        """
        .formatted(y, y, title, svg);
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
