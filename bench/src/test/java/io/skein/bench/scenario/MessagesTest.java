package io.skein.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.bench.load.Stage;
import io.skein.bench.measure.Parties;
import io.skein.bench.measure.ProcFiles;
import io.skein.bench.people.BenchUser;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Report;
import io.skein.bench.report.Run;
import io.skein.bench.report.Setting;
import io.skein.bench.report.TextReport;
import io.skein.bench.wire.Door;
import io.skein.bench.wire.LoadLoop;
import io.skein.bench.wire.Sources;
import io.skein.client.transport.Encoding;
import io.skein.client.transport.Endpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A load of messages")
class MessagesTest {
  private static final Figure FOUND = Figure.check("acknowledged messages, found in the log");
  private static final Figure REFUSED = Figure.check("refused for the moment, then sent again");

  @Test
  @DisplayName("counts what is acknowledged and delivered, and finds it in the log")
  void counts() throws Exception {
    try (EchoServer server = new EchoServer()) {
      Run run = play(server, MessagesTest::chat);

      assertThat(run.get(Figure.rate("acknowledged")).getAsDouble()).isPositive();
      assertThat(run.get(Figure.rate("delivered")).getAsDouble()).isPositive();
      assertThat(run.get(FOUND).getAsDouble()).isPositive();
      assertThat(run.faults()).isEmpty();
    }
  }

  @Test
  @DisplayName("tries again what is refused for the moment, and says so")
  void refusals() throws Exception {
    try (EchoServer server = new EchoServer().refusing(10)) {
      Run run = play(server, MessagesTest::chat);

      assertThat(run.get(REFUSED).getAsDouble()).isPositive();
      assertThat(run.get(FOUND).getAsDouble() + run.get(REFUSED).getAsDouble())
          .isEqualTo(server.sends());
      // Of all that was sent a tenth was refused; each of them came again, with the same id.
      assertThat(server.ids()).isEqualTo((int) run.get(FOUND).getAsDouble());
      assertThat(run.faults()).isEmpty();
      assertThat(printed(run)).contains("overloaded: not now");
    }
  }

  @Test
  @DisplayName("notices what was acknowledged and is not in the log")
  void losses() throws Exception {
    try (EchoServer server = new EchoServer().losing(10)) {
      Run run = play(server, MessagesTest::chat);

      assertThat(run.faults()).anyMatch(fault -> fault.contains("acknowledgements differ by"));
      assertThat(printed(run)).contains("WRONG");
    }
  }

  @Test
  @DisplayName("at a steady rate charges a server that stands still for all that was due meanwhile")
  void noCoordinatedOmission() throws Exception {
    Duration still = Duration.ofMillis(200);
    try (EchoServer server = new EchoServer().stalling(40, still)) {
      Run run = play(server, stage -> new Rate(stage, new Rate.Plan(3, 200, 100)));

      assertThat(run.get(Figure.latency("acknowledged, longest")).getAsDouble()).isGreaterThan(180);
      // 40 of the 80 messages were due while it stood still, and waited 100 ms on average: a load
      // that waits for answers would have counted three.
      assertThat(run.get(Figure.latency("acknowledged, p90")).getAsDouble()).isGreaterThan(100);
      assertThat(run.faults()).isEmpty();
    }
  }

  private static Scenario chat(Stage stage) {
    return new Chat(stage, new Chat.Plan(3, 4, 100));
  }

  private static Run play(EchoServer server, Function<Stage, Scenario> make) throws Exception {
    Door door = new Door(Endpoint.parse("tcp://127.0.0.1:" + server.port()), Encoding.PROTOBUF);
    ProcFiles proc = new ProcFiles();
    try (LoadLoop loop = new LoadLoop()) {
      Stage stage =
          new Stage(
              loop,
              door,
              Sources.of(door),
              MessagesTest::people,
              proc,
              Parties.find(proc, List.of(), server.port()),
              Duration.ofMillis(100),
              Duration.ofMillis(400),
              line -> {});
      Run run = new Run();
      try (Scenario scenario = make.apply(stage)) {
        scenario.prepare();
        scenario.play(run);
      }
      return run;
    }
  }

  private static List<BenchUser> people(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> new BenchUser("u" + i, "u" + i)).toList();
  }

  private static String printed(Run run) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new TextReport(
            new Report(new Setting("chat", Map.of(), Map.of(), Map.of(), "now"), List.of(run)))
        .print(out);
    out.flush();
    return text.toString();
  }
}
