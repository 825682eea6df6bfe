package org.conferenceworker.attempt;

/**
 * The variable of a BPMN error.
 *
 * @param code the BPMN error code
 * @param message what happened, as a sentence
 * @param conferenceName the name as requested
 * @param account the account profile
 * @param httpStatus the HTTP status of the API's answer, or {@code null} if nothing was sent
 */
public record TaskError(
    String code, String message, String conferenceName, String account, Integer httpStatus) {}
