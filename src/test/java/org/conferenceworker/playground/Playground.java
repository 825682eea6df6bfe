package org.conferenceworker.playground;

import io.camunda.zeebe.protocol.record.Record;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.designer.ShippedTemplate;
import org.conferenceworker.playground.Rooms.Account;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.TestBench;

/**
 * The playground: a page on which a designer tries diagrams, shipped or own, on an embedded engine,
 * with the real worker and a simulated Vobiz.
 */
public final class Playground implements AutoCloseable {

  /** The same each time, if it is free, so that a window that is still open finds it again. */
  private static final int PORT = 7700;

  private static final Path DIAGRAMS = Path.of("bpmn");
  private static final List<Account> ACCOUNTS =
      List.of(new Account("default", TestBench.DEFAULT), new Account("sales", TestBench.SALES));

  private final TestBench bench;
  private final PageServer server;
  private final Definitions definitions;
  private final Instances instances;
  private final Thread follower = Thread.ofVirtual().unstarted(this::follow);
  private final Semaphore news = new Semaphore(1);

  private Playground(Path page, int port) throws IOException {
    bench =
        TestBench.startWithEvents(
            "--camunda.client.auth.method=none",
            "--vobiz.hang-up-all.accounts=default",
            "--logging.level.root=warn",
            "--logging.level.org.conferenceworker=warn",
            "--logging.level.org.conferenceworker.audit=info",
            "--logging.level.io.camunda.client=error");
    var board = new Board();
    definitions = new Definitions(board);
    instances =
        new Instances(
            board,
            Arrays.stream(ShippedTemplate.values())
                .map(template -> template.task.jobType())
                .collect(Collectors.toSet()));
    AuditLines.follow(instances, bench.engine);
    bench.engine.onRecords(news::release);
    follower.start();

    var actions = new Actions(bench, definitions, instances, board);
    var rooms = new RoomActions(bench, ACCOUNTS, board);
    server = new PageServer(page, board, port);
    server.offer(actions.all());
    server.offer(rooms.all());
    server.offer("/file/", definitions::file);
    server.offer("/process/", definitions::process);
    server.offer("/form-id/", definitions::formOfId);
    server.offer("/form/", definitions::form);
    deployExamples(actions);
    server.start();
  }

  /**
   * With the page as it is built now.
   *
   * @param port 0 for any that is free
   */
  public static Playground start(int port) throws IOException, InterruptedException {
    return new Playground(Page.build(), port);
  }

  public static void main(String[] args) {
    try {
      Playground playground = start(FreePort.isFree(PORT) ? PORT : 0);
      System.out.println("\nThe playground is at " + playground.address() + " - Ctrl-C ends it.\n");
      new CountDownLatch(1).await();
    } catch (Page.Missing missing) {
      System.err.println(missing.getMessage());
    } catch (IOException | InterruptedException | RuntimeException e) {
      e.printStackTrace();
    }
    // The embedded engine leaves threads behind that would keep the process alive.
    System.exit(1);
  }

  public URI address() {
    return server.address();
  }

  private static void deployExamples(Actions actions) throws IOException {
    try (Stream<Path> files = Files.list(DIAGRAMS)) {
      for (Path file : files.sorted().toList()) {
        actions.deploy(file.getFileName().toString(), Files.readString(file), false);
      }
    }
  }

  /** Takes over what the engine writes, whenever it has written. */
  private void follow() {
    int seen = 0;
    try {
      while (true) {
        news.acquire();
        news.drainPermits();
        List<Record<?>> written = bench.engine.recordsFrom(seen);
        seen += written.size();
        definitions.apply(written);
        instances.apply(written);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.close();
    follower.interrupt();
    bench.close();
  }
}
