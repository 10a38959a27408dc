package io.skein.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.client.transport.Endpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A load")
class BenchRunTest {

  @Test
  @DisplayName("counts what is acknowledged and delivered")
  void counts() throws Exception {
    try (EchoServer server = new EchoServer()) {
      BenchResult result = run(server);

      assertThat(result.acknowledged().getTotalCount()).isPositive();
      assertThat(result.delivered().getTotalCount()).isPositive();
      assertThat(result.isFaultless()).isTrue();
      assertThat(printed(result)).contains("messages/s", "p99", "exactly what was acknowledged");
    }
  }

  @Test
  @DisplayName("tries again what is refused for the moment, and says so")
  void refusals() throws Exception {
    try (EchoServer server = new EchoServer().refusing(10)) {
      BenchResult result = run(server);

      assertThat(result.refused()).isPositive();
      assertThat(result.isFaultless()).isTrue();
      assertThat(printed(result)).contains("overloaded: not now");
    }
  }

  @Test
  @DisplayName("notices what was acknowledged and is not in the log")
  void losses() throws Exception {
    try (EchoServer server = new EchoServer().losing(10)) {
      BenchResult result = run(server);

      assertThat(result.isFaultless()).isFalse();
      assertThat(printed(result)).contains("WRONG: logs and acknowledgements differ");
    }
  }

  private static BenchResult run(EchoServer server) throws Exception {
    BenchPlan plan = new BenchPlan(3, 4, Duration.ofMillis(50), Duration.ofMillis(200), 200);
    List<BenchUser> people =
        IntStream.rangeClosed(1, 6).mapToObj(i -> new BenchUser("u" + i, "u" + i)).toList();
    return new BenchRun(Endpoint.parse("tcp://127.0.0.1:" + server.port()), plan, people).run();
  }

  private static String printed(BenchResult result) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    result.print(out);
    out.flush();
    return text.toString();
  }
}
