package org.conferenceworker.settings;

/** A setting that the worker cannot start with; its message never contains a secret. */
public class InvalidSettingException extends RuntimeException {

  private final String remedy;

  /**
   * @param problem what is wrong, as one sentence that names the setting
   * @param remedy what to set instead, as one sentence
   */
  public InvalidSettingException(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  /** What the operator should do, as one sentence. */
  public String remedy() {
    return remedy;
  }
}
