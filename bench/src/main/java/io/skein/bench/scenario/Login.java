package io.skein.bench.scenario;

import io.skein.bench.load.Costs;
import io.skein.bench.load.Load;
import io.skein.bench.load.Phases;
import io.skein.bench.load.Stage;
import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Series;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Run;
import io.skein.bench.wire.Session;
import java.util.List;

/** Users with tokens open a connection, connect, and leave at once; the next one follows. */
public final class Login implements Scenario {
  private final Stage stage;
  private final Plan plan;
  private List<BenchUser> people;

  /**
   * What to do.
   *
   * @param users who take turns
   * @param atOnce who connect at the same time
   */
  public record Plan(int users, int atOnce) {
    public Plan {
      Checks.within("users", users, 1, 1_000_000);
      Checks.within("at-once", atOnce, 1, users);
    }
  }

  public Login(Stage stage, Plan plan) {
    this.stage = stage;
    this.plan = plan;
  }

  @Override
  public void prepare() throws InterruptedException {
    people = stage.accounts().users(plan.users);
  }

  @Override
  public void play(Run run) {
    Meter meter = new Meter();
    Turns turns = new Turns(meter.closed("connected"));
    new Phases(stage).play(turns, meter, run, new Costs.Per("login", turns.connected::done));
  }

  private final class Turns implements Load {
    private final Series connected;
    private final Session.Pushes nobody = new Session.Pushes() {};
    private boolean running;
    private int next;
    private int open;

    Turns(Series connected) {
      this.connected = connected;
    }

    @Override
    public void start() {
      running = true;
      for (int i = 0; i < plan.atOnce; i++) {
        open();
      }
    }

    private void open() {
      open++;
      long since = System.nanoTime();
      BenchUser user = people.get(next++ % people.size());
      Session[] session = new Session[1];
      session[0] =
          new Session(
              stage.loop(),
              stage.door(),
              stage.sources(),
              user,
              nobody,
              () -> connected(session[0], since));
    }

    private void connected(Session session, long since) {
      connected.record(since);
      session.close();
      open--;
      if (running) {
        open();
      }
    }

    @Override
    public void stop() {
      running = false;
    }

    @Override
    public boolean isQuiet() {
      return open == 0;
    }
  }
}
