package org.conferenceworker.playground;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conferenceworker.playground.Definitions.Problem;

/** Reads why the engine refuses a diagram, element by element. */
final class Refusal {

  private static final Pattern AROUND =
      Pattern.compile(
          "^Command '\\w+' rejected with code '\\w+': "
              + "|Expected to deploy new resources, but encountered the following errors:\\s+"
              + "|\\s+at \\[Source: .*$",
          Pattern.DOTALL);

  /** The name of a file is known where the sentence is shown. */
  private static final Pattern FILE = Pattern.compile("^['`][^'`\n]*['`]: ", Pattern.MULTILINE);

  /** The place is an element's id, or the path to one of its parts. */
  private static final Pattern ELEMENT =
      Pattern.compile("^\\s*- (?:Element|Process): ([^\\s>]+)(?: > .*?)?(\\w+)?$");

  private static final Pattern ERROR = Pattern.compile("^\\s*- ERROR: (.*)$");

  /** What the parser expected is for those who know its grammar. */
  private static final Pattern UNREADABLE =
      Pattern.compile(
          "failed to parse expression '(?<expression>.*)': Expected .*:\\d+:(?<at>\\d+), found"
              + " \"(?<found>.*)\"",
          Pattern.DOTALL);

  private static final Pattern NO_XML = Pattern.compile("Fatal Error: URI=null Line=(\\d+): ");

  private static final Pattern NO_BPMN = Pattern.compile("Error: URI=null Line=(\\d+): ");

  private static final Map<String, String> PARTS =
      Map.of(
          "input", "In an input: ",
          "output", "In an output: ",
          "conditionExpression", "In its condition: ",
          "taskDefinition", "In its task definition: ");

  private Refusal() {}

  /** The engine's words, without the name of the command, of the code and of the file. */
  static String sentence(String message) {
    String bare = FILE.matcher(AROUND.matcher(message).replaceAll("")).replaceAll("");
    String xml = NO_XML.matcher(bare).replaceAll("The file is not XML: line $1: ");
    return NO_BPMN.matcher(xml).replaceAll("The file is not valid BPMN: line $1: ").strip();
  }

  static List<Problem> problems(String message) {
    var problems = new ArrayList<Problem>();
    Matcher place = null;
    for (String line : sentence(message).split("\n")) {
      Matcher element = ELEMENT.matcher(line);
      Matcher error = ERROR.matcher(line);
      if (element.matches()) {
        place = element;
      } else if (error.matches() && place != null) {
        problems.add(new Problem(place.group(1), asSentence(place.group(2), error.group(1))));
      }
    }
    return problems.isEmpty()
        ? List.of(new Problem(null, asSentence(null, sentence(message))))
        : problems;
  }

  /**
   * @param part of the element, as the file calls it; {@code null} if it is about all of it
   */
  private static String asSentence(String part, String error) {
    Matcher unreadable = UNREADABLE.matcher(error);
    String what =
        unreadable.matches()
            ? unreadable.replaceFirst(
                "the expression ${expression} cannot be read from character ${at} on: ${found}")
            : error;
    String text = part == null ? what : PARTS.getOrDefault(part, "In its " + part + ": ") + what;
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (text.matches("(?s).*[.!?]$") ? "" : ".");
  }
}
