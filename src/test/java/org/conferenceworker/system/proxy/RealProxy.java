package org.conferenceworker.system.proxy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A proxy as Debian ships it, as a process with all its files in one directory. */
final class RealProxy implements AutoCloseable {

  private static final Path SCRIPT = Path.of("src", "test", "proxies", "debian.sh");
  private static final Path UNPACKED = Path.of("target", "proxies");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private final Process process;

  private RealProxy(Process process) {
    this.process = process;
  }

  /**
   * Where the packages were unpacked to.
   *
   * @throws TestAbortedException if they cannot be had here; its message says what is missing
   */
  static Path unpacked() {
    try {
      Path output = Files.createTempFile("debian", ".log");
      Process script =
          new ProcessBuilder(SCRIPT.toString(), UNPACKED.toAbsolutePath().toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!script.waitFor(5, TimeUnit.MINUTES) || script.exitValue() != 0) {
        script.destroy();
        throw new TestAbortedException(Files.readString(output));
      }
      return UNPACKED.toAbsolutePath();
    } catch (IOException | InterruptedException e) {
      throw new TestAbortedException("The proxies could not be unpacked: " + e.getMessage());
    }
  }

  /**
   * A port of the loopback address that nobody uses now, and that neither a connection nor another
   * test is given by the system before the proxy listens.
   */
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (GIVEN.add(port)) {
          return socket.getLocalPort();
        }
      } catch (IOException inUse) {
        // The next one, then.
      }
    }
  }

  /**
   * @param http the inside of the {@code http} block
   * @param port one on which it listens
   */
  static RealProxy nginx(Path directory, String http, int port) throws IOException {
    Path config =
        write(
            directory,
            "nginx.conf",
            """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr warn;
            events { }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
            %s
            }
            """
                .formatted(http));
    return start(
        directory, port, "usr/sbin/nginx", "-p", directory + "/", "-e", "stderr", "-c", config);
  }

  /**
   * @param hosts what listens, with its {@code Listen} lines
   */
  static RealProxy apache(Path directory, String hosts, int port) throws IOException {
    var modules = new StringBuilder();
    for (String module : List.of("mpm_event", "authz_core", "proxy", "proxy_http", "rewrite")) {
      modules.append(
          "LoadModule %s_module %s/usr/lib/apache2/modules/mod_%s.so\n"
              .formatted(module, UNPACKED.toAbsolutePath(), module));
    }
    Path config =
        write(
            directory,
            "apache.conf",
            """
            %s
            ServerRoot "%s"
            ServerName localhost
            PidFile apache.pid
            DefaultRuntimeDir "%s"
            Mutex pthread
            ErrorLog /dev/stderr
            User #65534
            Group #65534
            StartServers 1
            ThreadsPerChild 10
            MaxRequestWorkers 10
            ServerLimit 1
            %s
            """
                .formatted(modules, directory, directory, hosts));
    return start(directory, port, "usr/sbin/apache2", "-D", "FOREGROUND", "-f", config);
  }

  /**
   * @param sections what follows {@code defaults}
   */
  static RealProxy haproxy(Path directory, String sections, int port) throws IOException {
    Path config =
        write(
            directory,
            "haproxy.cfg",
            """
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
              timeout queue 60s
            %s
            """
                .formatted(sections));
    return start(directory, port, "usr/sbin/haproxy", "-db", "-f", config);
  }

  /**
   * @param sites what it serves
   */
  static RealProxy caddy(Path directory, String sites, int port) throws IOException {
    Path config =
        write(
            directory,
            "Caddyfile",
            """
            {
              admin off
              auto_https off
            }
            %s
            """
                .formatted(sites));
    return start(
        directory, port, "usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", config);
  }

  private static Path write(Path directory, String name, String text) throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static RealProxy start(Path directory, int port, String program, Object... arguments)
      throws IOException {
    Path root = UNPACKED.toAbsolutePath();
    var command = new ArrayList<String>();
    command.add(root.resolve(program).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path log = directory.resolve("output.log");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    try (var libraries = Files.newDirectoryStream(root.resolve("usr/lib"), "*-linux-gnu*")) {
      for (Path library : libraries) {
        builder.environment().put("LD_LIBRARY_PATH", library.toString());
      }
    }
    builder.environment().put("HOME", directory.toString());
    var proxy = new RealProxy(builder.start());
    try {
      await().atMost(PATIENCE).until(() -> listens(port) || !proxy.process.isAlive());
      if (!proxy.process.isAlive()) {
        throw new AssertionError(program + " ended: " + Files.readString(log));
      }
      return proxy;
    } catch (Throwable e) {
      proxy.close();
      throw e;
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    // Apache has children.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
