package org.conferenceworker.settings.start;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.conferenceworker.settings.TaskSettings;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Leaves the beans of a task out if {@code vobiz.tasks.<name>.enabled} is false. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnTask.IsEnabled.class)
public @interface ConditionalOnTask {

  /** The task's name in the settings. */
  String value();

  /**
   * Reads the setting like all others, so that every spelling of it and of "false" is understood.
   */
  final class IsEnabled implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      String task = metadata.getAnnotations().get(ConditionalOnTask.class).getString("value");
      try {
        return Binder.get(context.getEnvironment())
            .bind(TaskSettings.PREFIX + "." + task + ".enabled", Boolean.class)
            .orElse(true);
      } catch (BindException e) {
        // The start is refused later, with a better sentence.
        return true;
      }
    }
  }
}
