package org.conferenceworker.faults;

import java.util.List;

/**
 * What a task is asked for, and the luck of each of its attempts.
 *
 * @param roomExists whether the conference is live at the beginning
 */
public record Schedule(
    boolean roomExists, String onNotFound, String validFor, List<Luck> attempts) {}
