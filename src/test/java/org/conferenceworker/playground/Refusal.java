package org.conferenceworker.playground;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conferenceworker.playground.Definitions.Problem;

/** Reads why the engine refuses a diagram, element by element. */
final class Refusal {

  private static final Pattern REJECTED =
      Pattern.compile("^Command '\\w+' rejected with code '\\w+': ", Pattern.DOTALL);

  /** The place is an element's id, or the path to one of its parts. */
  private static final Pattern ELEMENT = Pattern.compile("^\\s*- Element: ([^\\s>]+).*$");

  private static final Pattern ERROR = Pattern.compile("^\\s*- ERROR: (.*)$");

  private Refusal() {}

  /** The engine's words, without the name of the command and of the code. */
  static String sentence(String message) {
    return REJECTED.matcher(message).replaceFirst("").strip();
  }

  static List<Problem> problems(String message) {
    var problems = new ArrayList<Problem>();
    String element = null;
    for (String line : message.split("\n")) {
      Matcher place = ELEMENT.matcher(line);
      Matcher error = ERROR.matcher(line);
      if (place.matches()) {
        element = place.group(1);
      } else if (error.matches()) {
        problems.add(new Problem(element, asSentence(error.group(1))));
      }
    }
    return problems.isEmpty() ? List.of(new Problem(null, sentence(message))) : problems;
  }

  private static String asSentence(String error) {
    String text = error.strip();
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (text.matches(".*[.!?]$") ? "" : ".");
  }
}
