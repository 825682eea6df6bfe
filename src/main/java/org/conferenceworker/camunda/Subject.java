package org.conferenceworker.camunda;

import java.util.Map;

/**
 * What an attempt is about, exactly as it was asked for. A doubt about one subject says nothing
 * about another.
 *
 * @param parts such as the conference's name and the account, by the names of the inputs
 */
public record Subject(Map<String, Object> parts) {

  public Subject {
    parts = Map.copyOf(parts);
  }
}
