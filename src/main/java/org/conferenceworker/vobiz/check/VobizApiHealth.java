package org.conferenceworker.vobiz.check;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.conferenceworker.vobiz.check.AccountCheck.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Checks every account at start-up, repeatedly from then on, and when somebody asks for health;
 * reports the findings in health, in a gauge and, when they change, in the log.
 *
 * <p>Neither the start nor a task waits for it.
 */
public final class VobizApiHealth implements HealthIndicator, SmartLifecycle, DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(VobizApiHealth.class);

  private final AccountCheck check;
  private final VobizAccounts accounts;
  private final VobizProperties properties;
  private final Duration atMostEvery;
  private final Duration every;
  private final Map<String, Finding> findings = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private long checkedAt;
  private volatile Thread repetition;

  /**
   * @param atMostEvery shortest time between two checks, however often somebody asks; also the time
   *     between two checks while an account is not good
   * @param every time between two checks while all accounts are good
   */
  VobizApiHealth(
      AccountCheck check,
      VobizAccounts accounts,
      VobizProperties properties,
      Duration atMostEvery,
      Duration every,
      MeterRegistry metrics) {
    this.check = check;
    this.accounts = accounts;
    this.properties = properties;
    this.atMostEvery = atMostEvery;
    this.every = every;
    for (String account : accounts.names()) {
      Gauge.builder("vobiz.api.check.up", () -> value(findings.get(account)))
          .description("Whether the last check of the account was good; NaN before the first")
          .tag("account", account)
          .register(metrics);
    }
  }

  private static double value(Finding finding) {
    return finding == null ? Double.NaN : finding.good() ? 1 : 0;
  }

  @Override
  public Health health() {
    if (properties.dryRun()) {
      return Health.unknown().withDetail("check", "not done in a dry run").build();
    }
    try {
      checkUnlessFresh();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var sentences = new TreeMap<String, Object>();
    findings.forEach((account, finding) -> sentences.put(account, finding.sentence()));
    return (allGood() ? Health.up() : Health.down()).withDetails(sentences).build();
  }

  private boolean allGood() {
    return findings.size() == accounts.names().size()
        && findings.values().stream().allMatch(Finding::good);
  }

  private void checkUnlessFresh() throws InterruptedException {
    oneAtATime.lockInterruptibly();
    try {
      if (findings.isEmpty() || System.nanoTime() - checkedAt > atMostEvery.toNanos()) {
        checkAll();
        checkedAt = System.nanoTime();
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  private void checkAll() throws InterruptedException {
    var names = new ArrayList<>(accounts.names());
    Duration limit = properties.http().totalTimeout();
    var checks =
        threads.invokeAll(
            names.stream()
                .map(accounts::find)
                .map(account -> (Callable<Finding>) () -> check.check(account.orElseThrow()))
                .toList(),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    for (int i = 0; i < names.size(); i++) {
      note(names.get(i), result(names.get(i), checks.get(i), limit));
    }
  }

  private Finding result(String name, Future<Finding> check, Duration limit)
      throws InterruptedException {
    try {
      return check.get();
    } catch (CancellationException e) {
      return this.check.unreachable(
          accounts.find(name).orElseThrow(),
          "no whole answer within " + limit.toMillis() / 1000.0 + " s");
    } catch (ExecutionException e) {
      // An exception may quote the response; an Error is the worker's own.
      if (e.getCause() instanceof Error) {
        LOG.error("The check of account \"{}\" failed unexpectedly.", name, e.getCause());
      }
      return this.check.unreachable(
          accounts.find(name).orElseThrow(),
          "unexpected " + e.getCause().getClass().getSimpleName());
    }
  }

  private void note(String account, Finding finding) {
    Finding before = findings.put(account, finding);
    if (!finding.isLike(before)) {
      if (finding.good()) {
        LOG.info("{}", finding.sentence());
      } else {
        LOG.warn("{}", finding.sentence());
      }
    }
  }

  @Override
  public boolean isAutoStartup() {
    return properties.check().onStart() && !properties.dryRun();
  }

  @Override
  public void start() {
    repetition = Thread.ofVirtual().name("vobiz-check").start(this::againAndAgain);
  }

  private void againAndAgain() {
    try {
      while (true) {
        checkUnlessFresh();
        Thread.sleep((allGood() ? every : atMostEvery).plusMillis(1));
      }
    } catch (InterruptedException stopped) {
      // The check has been stopped.
    }
  }

  @Override
  public void stop() {
    repetition.interrupt();
    repetition = null;
  }

  @Override
  public boolean isRunning() {
    return repetition != null;
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }
}
