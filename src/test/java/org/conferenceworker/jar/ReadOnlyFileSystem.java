package org.conferenceworker.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command as a user without rights where it cannot write a file: as root on Linux, with
 * every mount read-only, as in a container; otherwise with a working and a temporary directory that
 * take no files.
 */
final class ReadOnlyFileSystem {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
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

  /** Succeeds where the worker and the JVM can be read, but no file can be written. */
  private static final String CHECK =
      """
      test "$(id -u)" != 0 && test -r "$1" && test -x "$2" || exit 1
      for directory in "$PWD" /tmp /var/tmp /dev/shm "$(dirname "$1")"; do
        if touch "$directory/written" 2>/dev/null; then
          rm "$directory/written"
          exit 1
        fi
      done
      """;

  private final Path directory;
  private final boolean everything;

  /**
   * @param directory an empty directory of the test's
   */
  ReadOnlyFileSystem(Path directory, Path jar) throws Exception {
    this.directory = directory;
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    List<String> check = new ArrayList<>(READ_ONLY);
    check.addAll(List.of("sh", "-c", CHECK, "sh", jar.toString(), JAVA.toString()));
    everything = succeeds(check);
  }

  private boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return builder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor()
          == 0;
    } catch (IOException thereIsNoSuchCommand) {
      return false;
    }
  }

  private ProcessBuilder builder(List<String> command) {
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    return builder;
  }

  /** Prepares to run Java with these arguments. */
  ProcessBuilder java(String... arguments) {
    List<String> command = new ArrayList<>(everything ? READ_ONLY : List.of());
    command.add(JAVA.toString());
    if (!everything) {
      // Below a file, there is nothing that even root could write.
      command.add("-Djava.io.tmpdir=" + JAVA.resolve("tmp"));
    }
    command.addAll(List.of(arguments));
    return builder(command);
  }

  @Override
  public String toString() {
    return everything ? "read-only file system" : "read-only working and temporary directory";
  }
}
