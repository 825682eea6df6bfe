package org.conferenceworker.standin.vobiz;

import java.util.List;

/**
 * An announcement that was queued.
 *
 * @param members the ids that were asked for; {@code all} stands for everybody
 * @param url where the audio comes from
 */
public record Played(List<String> members, String url) {}
