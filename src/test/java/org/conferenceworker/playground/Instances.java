package org.conferenceworker.playground;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRelated;
import io.camunda.zeebe.protocol.record.value.SignalSubscriptionRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Every process instance that there was. */
final class Instances {

  private final Board board;
  private final Set<String> servedTypes;
  private final Map<Long, Instance> byKey = new HashMap<>();

  /** What was written about an instance before that it has begun. */
  private final Map<Long, List<Record<?>>> early = new HashMap<>();

  /** The worker may be quicker than whoever follows the engine's log. */
  private final Map<Long, List<Attempt>> earlyAttempts = new HashMap<>();

  /** By the elements that wait for a signal: such a subscription does not say whose it is. */
  private final Map<Long, Long> instanceOfElement = new HashMap<>();

  /**
   * @param servedTypes of jobs that the worker takes
   */
  Instances(Board board, Set<String> servedTypes) {
    this.board = board;
    this.servedTypes = servedTypes;
  }

  synchronized void apply(List<Record<?>> events) {
    var changed = new LinkedHashSet<Long>();
    for (Record<?> event : events) {
      if (event.getRecordType() == RecordType.EVENT) {
        long instance = apply(event);
        if (byKey.containsKey(instance)) {
          changed.add(instance);
        }
      }
    }
    changed.forEach(this::show);
  }

  /** Whether something of this key waits in any instance. */
  synchronized boolean isWaiting(long key) {
    return byKey.values().stream().anyMatch(instance -> instance.waits().has(key));
  }

  synchronized void attempted(long instance, Attempt attempt) {
    Instance attempted = byKey.get(instance);
    if (attempted == null) {
      earlyAttempts.computeIfAbsent(instance, key -> new ArrayList<>()).add(attempt);
    } else {
      attempted.attempted(attempt);
      show(instance);
    }
  }

  private void show(long instance) {
    board.put("instance:" + instance, byKey.get(instance).view());
  }

  /**
   * @return the instance that it is about, or -1
   */
  private long apply(Record<?> event) {
    if (event.getValue() instanceof SignalSubscriptionRecordValue signal) {
      long key = instanceOfElement.getOrDefault(signal.getCatchEventInstanceKey(), -1L);
      if (key > 0) {
        byKey.get(key).waits().apply(event);
      }
      return key;
    }
    if (!(event.getValue() instanceof ProcessInstanceRelated about)
        || about.getProcessInstanceKey() <= 0
        || (event.getValue() instanceof TimerRecordValue timer && isOfStart(timer))) {
      return -1;
    }
    long key = about.getProcessInstanceKey();
    if (event.getValue() instanceof ProcessInstanceRecordValue element) {
      instanceOfElement.put(event.getKey(), key);
      if (begins(event, element)) {
        begin(key, new Instance(event, element, caller(element), servedTypes));
      }
    }
    if (byKey.containsKey(key)) {
      byKey.get(key).apply(event);
    } else {
      early.computeIfAbsent(key, k -> new ArrayList<>()).add(event);
    }
    return key;
  }

  private void begin(long key, Instance instance) {
    byKey.put(key, instance);
    Objects.requireNonNullElse(early.remove(key), List.<Record<?>>of()).forEach(instance::apply);
    Objects.requireNonNullElse(earlyAttempts.remove(key), List.<Attempt>of())
        .forEach(instance::attempted);
  }

  /** Once it has fired, it names the instance that it has started, and so does its successor. */
  static boolean isOfStart(TimerRecordValue timer) {
    return timer.getElementInstanceKey() < 0;
  }

  private static boolean begins(Record<?> event, ProcessInstanceRecordValue element) {
    return element.getBpmnElementType() == BpmnElementType.PROCESS
        && event.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATING;
  }

  /** The call activity that has started an instance; {@code null} if none has. */
  private String caller(ProcessInstanceRecordValue called) {
    Instance parent = byKey.get(called.getParentProcessInstanceKey());
    return parent == null ? null : parent.elementOf(called.getParentElementInstanceKey());
  }
}
