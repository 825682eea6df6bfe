package org.conferenceworker.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The variable of a BPMN error.
 *
 * @param code the BPMN error code
 * @param message what happened, as a sentence
 * @param conferenceName the name as requested; left out by a task without a conference
 * @param account the account profile
 * @param httpStatus the HTTP status of the API's answer, or {@code null} if nothing was sent
 */
public record TaskError(
    String code,
    String message,
    @JsonInclude(JsonInclude.Include.NON_NULL) String conferenceName,
    String account,
    Integer httpStatus) {}
