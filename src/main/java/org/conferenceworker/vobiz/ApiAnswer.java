package org.conferenceworker.vobiz;

import java.time.Duration;

/**
 * What the API answered, as far as it could be read. Texts are shortened, on one line and without
 * the account's token; the body is as it came.
 *
 * @param status the HTTP status
 * @param code the API's own error code, or {@code null}
 * @param message the API's own error message, or {@code null}
 * @param requestId the API's id of the request ({@code api_id}, {@code requestId} or {@code
 *     request_id}), or {@code null}
 * @param retryAfter how long the API asks to wait before the next request, or {@code null}
 * @param body the body, which may contain personal data
 */
public record ApiAnswer(
    int status,
    String code,
    String message,
    String requestId,
    Duration retryAfter,
    ErrorBody body) {}
