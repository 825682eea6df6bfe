package org.conferenceworker;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/** Which methods use {@code synchronized}, as a modifier or as a block, and what they call. */
final class Monitors {

  /** Whatever is not known to return at once counts as something that waits. */
  private static final Pattern RETURNS_AT_ONCE =
      Pattern.compile(
          """
          java\\.(time|util|util\\.stream|util\\.concurrent\\.atomic)\\.\\w+[.$].*
          |java\\.util\\.concurrent\\.Concurrent\\w+\\..*
          |java\\.lang\\.(Record|String|StringBuilder|Math|Integer|Long|Double|Boolean)\\..*
          |java\\.lang\\.(Object\\.<init>|System\\.nanoTime).*""",
          Pattern.COMMENTS);

  static final DescribedPredicate<JavaCodeUnit> ARE_HELD =
      DescribedPredicate.describe("use synchronized", Monitors::usesSynchronized);

  static final ArchCondition<JavaCodeUnit> NOT_BE_HELD_DURING_A_WAIT =
      new ArchCondition<>("call nothing that may wait") {
        @Override
        public void check(JavaCodeUnit method, ConditionEvents events) {
          check(method, method, events, new HashSet<>());
        }

        private void check(
            JavaCodeUnit holder,
            JavaCodeUnit method,
            ConditionEvents events,
            Set<JavaCodeUnit> seen) {
          if (!seen.add(method)) {
            return;
          }
          for (JavaCall<?> call : method.getCallsFromSelf()) {
            if (call.getTargetOwner().getPackageName().startsWith("org.conferenceworker")) {
              call.getTarget()
                  .resolveMember()
                  .ifPresentOrElse(
                      called -> check(holder, (JavaCodeUnit) called, events, seen),
                      () -> events.add(violated(holder, call)));
            } else if (!RETURNS_AT_ONCE.matcher(call.getTarget().getFullName()).matches()) {
              events.add(violated(holder, call));
            }
          }
        }

        private ConditionEvent violated(JavaCodeUnit holder, JavaCall<?> call) {
          return SimpleConditionEvent.violated(
              call, holder.getFullName() + " holds a monitor: " + call.getDescription());
        }
      };

  private Monitors() {}

  private static boolean usesSynchronized(JavaCodeUnit method) {
    return method.getModifiers().contains(JavaModifier.SYNCHRONIZED)
        || methodsWithBlocks(method.getOwner()).contains(method.getName() + descriptorOf(method));
  }

  private static String descriptorOf(JavaCodeUnit method) {
    var descriptor = new StringBuilder("(");
    method.getRawParameterTypes().forEach(type -> descriptor.append(descriptorOf(type)));
    return descriptor.append(")").append(descriptorOf(method.getRawReturnType())).toString();
  }

  private static String descriptorOf(JavaClass type) {
    return type.reflect().descriptorString();
  }

  private static Set<String> methodsWithBlocks(JavaClass type) {
    var found = new HashSet<String>();
    try (InputStream code = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      new ClassReader(code)
          .accept(
              new ClassVisitor(SpringAsmInfo.ASM_VERSION) {
                @Override
                public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    String signature,
                    String[] exceptions) {
                  return new MethodVisitor(SpringAsmInfo.ASM_VERSION) {
                    @Override
                    public void visitInsn(int opcode) {
                      if (opcode == Opcodes.MONITORENTER) {
                        found.add(name + descriptor);
                      }
                    }
                  };
                }
              },
              ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
