package org.conferenceworker.settings;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operator's key for the task that ends every conference of an account.
 *
 * @param accounts the account profiles of which all conferences may be ended at once; none by
 *     default, so that the task raises an incident
 */
public record HangUpAllSettings(@DefaultValue List<String> accounts) {}
