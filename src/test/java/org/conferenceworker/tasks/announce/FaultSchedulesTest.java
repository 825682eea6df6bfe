package org.conferenceworker.tasks.announce;

import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.conferenceworker.faults.Faults;
import org.conferenceworker.faults.Schedule;

/**
 * Whatever happens in whatever order, the promises of docs/reliability.md hold.
 *
 * <p>jqwik prints the seed and a shrunken sample of a failure; {@code seed = "…"} in
 * {@code @Property} replays it.
 */
class FaultSchedulesTest {

  private static Faults faults;

  @BeforeContainer
  static void start() throws IOException {
    faults = Faults.of(new AnnouncePromises());
  }

  @AfterContainer
  static void stop() throws IOException {
    faults.close();
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return faults.schedules();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void keepsItsPromises(@ForAll("schedules") Schedule schedule) throws Exception {
    faults.run(schedule);
  }
}
