package org.conferenceworker.system.jar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs Java on Linux where it cannot write a file: as root, with every mount read-only and as a
 * user without rights, as in a container; otherwise with a working and a temporary directory that
 * take no files from anybody.
 */
final class ReadOnlyFileSystem {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path TAKES_NO_FILES = Path.of("/proc");
  private static final String NOBODY = "65534";

  private static final List<String> READ_ONLY =
      List.of(
          "unshare",
          "--mount",
          "--propagation=private",
          "sh",
          "-c",
          """
          awk '{print $2}' /proc/self/mounts | sort -u | while read -r mounted; do
            case $mounted in
              /proc*|/sys*) ;;
              *) mount -o remount,bind,ro "$mounted" ;;
            esac
          done
          exec setpriv --reuid=%1$s --regid=%1$s --clear-groups --no-new-privs -- "$@"
          """
              .formatted(NOBODY),
          "sh");

  /** Succeeds where the files can be read, but none can be written. */
  private static final String CHECK =
      """
      test "$(id -u)" != 0 || exit 1
      for file in "$@"; do
        test -r "$file" || exit 1
        for directory in "$PWD" /tmp /var/tmp /dev/shm "$(dirname "$file")"; do
          if touch "$directory/written" 2>/dev/null; then
            rm "$directory/written"
            exit 1
          fi
        done
      done
      """;

  private final boolean everything;

  /**
   * @param files what must be there to be read, beside Java
   */
  ReadOnlyFileSystem(Path... files) throws InterruptedException {
    List<String> check = new ArrayList<>(READ_ONLY);
    check.addAll(List.of("sh", "-c", CHECK, "sh", JAVA.toString()));
    List.of(files).forEach(file -> check.add(file.toString()));
    everything = succeeds(check);
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      var nowhere = ProcessBuilder.Redirect.DISCARD;
      return builder(command).redirectOutput(nowhere).start().waitFor() == 0;
    } catch (IOException thereIsNoSuchCommand) {
      return false;
    }
  }

  private static ProcessBuilder builder(List<String> command) {
    var builder =
        new ProcessBuilder(command).directory(TAKES_NO_FILES.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    return builder;
  }

  /**
   * Prepares to run Java with these arguments, and with no more than {@code PATH} in its
   * environment.
   */
  ProcessBuilder java(String... arguments) {
    List<String> command = new ArrayList<>(everything ? READ_ONLY : List.of());
    command.add(JAVA.toString());
    if (!everything) {
      command.add("-Djava.io.tmpdir=" + TAKES_NO_FILES);
    }
    command.addAll(List.of(arguments));
    return builder(command);
  }

  /**
   * The same for a command that runs Java with what {@code JAVA_HOME} and {@code JAVA_OPTS} say.
   */
  ProcessBuilder launcher(List<String> launcher) {
    List<String> command = new ArrayList<>(everything ? READ_ONLY : List.of());
    command.addAll(launcher);
    ProcessBuilder builder = builder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    if (!everything) {
      builder.environment().put("JAVA_OPTS", "-Djava.io.tmpdir=" + TAKES_NO_FILES);
    }
    return builder;
  }

  @Override
  public String toString() {
    return everything ? "read-only file system" : "read-only working and temporary directory";
  }
}
