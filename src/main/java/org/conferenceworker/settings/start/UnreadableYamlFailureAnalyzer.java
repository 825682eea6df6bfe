package org.conferenceworker.settings.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Tells where a YAML file cannot be parsed, but does not quote it: the text there may be a secret.
 */
class UnreadableYamlFailureAnalyzer extends AbstractFailureAnalyzer<YAMLException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, YAMLException cause) {
    Mark mark = cause instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
    return new FailureAnalysis(
        "A YAML file with settings cannot be read"
            + (mark == null
                ? "."
                : ": look at line %d, column %d."
                    .formatted(mark.getLine() + 1, mark.getColumn() + 1)),
        "Put values that begin with * or another special character in quotes, use each name once,"
            + " and save the file as UTF-8.",
        cause);
  }
}
