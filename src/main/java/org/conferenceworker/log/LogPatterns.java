package org.conferenceworker.log;

import ch.qos.logback.classic.PatternLayout;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/** Makes {@code %pairs} known to the log's patterns, before the first of them is read. */
class LogPatterns implements ApplicationListener<ApplicationStartingEvent> {

  @Override
  public void onApplicationEvent(ApplicationStartingEvent event) {
    PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("pairs", EscapedPairs::new);
  }
}
