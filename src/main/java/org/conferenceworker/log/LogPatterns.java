package org.conferenceworker.log;

import ch.qos.logback.classic.PatternLayout;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/** Registers {@code %pairs} for log patterns, before the first pattern is read. */
class LogPatterns implements ApplicationListener<ApplicationStartingEvent> {

  @Override
  public void onApplicationEvent(ApplicationStartingEvent event) {
    PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("pairs", EscapedPairs::new);
  }
}
