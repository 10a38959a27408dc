package io.skein.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skein.embedded.DataFolder;
import io.skein.node.dev.DevAddresses;
import io.skein.protocol.ConversationIds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("./skein dev")
class DevIT {
  private static final String READY = "Ctrl-C ends it";

  @TempDir(cleanup = CleanupMode.NEVER)
  private Path folder;

  private Path data;

  @AfterEach
  void cleanUp() {
    // Also ends servers that a failed test left behind.
    DataFolder.open(data).destroy();
  }

  @Test
  @DisplayName(
      "is ready, its curl and nc lines work when pasted, a second one is refused, Ctrl-C ends all")
  void firstFiveMinutes() throws Exception {
    try (SkeinProcess dev = start().await(READY)) {
      DevAddresses addresses = DevAddresses.find(data).orElseThrow();
      assertThat(status(addresses.httpUrl() + "/health/ready")).isEqualTo(200);
      assertThat(status("http://127.0.0.1:" + addresses.management() + "/metrics")).isEqualTo(200);
      assertThat(dev.output()).contains("DEV MODE IS INSECURE");
      paste(dev);
      assertThat(api("--as", "alice", "conversations.sync")).contains("\"userId\" : \"echo\"");
      try (SkeinProcess second = start()) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("is in use", "process " + dev.pid(), "--data DIR");
      }
      assertThat(SkeinProcess.running(data)).hasSizeGreaterThan(2);
      dev.signal("INT");
      assertThat(dev.exitCode()).isZero();
      assertThat(SkeinProcess.running(data)).isEmpty();
    }
  }

  private static void paste(SkeinProcess dev) throws Exception {
    assumeTrue(SkeinProcess.hasProgram("curl"), "curl is not installed: its line is not tried");
    assertThat(SkeinProcess.shell(dev.line("curl -s"))).contains("\"seq\":", "\"sentAt\":");
    assumeTrue(SkeinProcess.hasProgram("nc"), "nc is not installed: its line is not tried");
    assertThat(SkeinProcess.shell(dev.line("| timeout 4 nc")))
        .contains("\"id\":1,\"result\":{\"userId\":\"alice\"")
        .contains("\"id\":2,\"result\":{\"conversationId\"")
        .contains("\"sender\":\"echo\"", "hi 你好 👋");
  }

  @Test
  @DisplayName("after kill -9 the next start recovers by itself, with data and tokens")
  void killed() throws Exception {
    String token;
    try (SkeinProcess dev = start().await(READY)) {
      token =
          run("token", "bob", "--ttl", "1h", "--data", data.toString())
              .lines()
              .findFirst()
              .orElseThrow();
      assertThat(
              api(
                  "--as",
                  "alice",
                  "messages.send",
                  "to.userId=bob",
                  "clientMsgId=uuid",
                  "text.body=before the crash"))
          .contains("\"seq\" : 1");
      dev.signal("KILL");
      assertThat(dev.exitCode()).isNotZero();
      assertThat(SkeinProcess.running(data)).as("orphans").isNotEmpty();
    }
    try (SkeinProcess dev = start().await(READY)) {
      assertThat(api("--token", token, "conversations.sync")).contains("before the crash");
      dev.signal("TERM");
      assertThat(dev.exitCode()).isZero();
      Awaitility.await().until(() -> SkeinProcess.running(data).isEmpty());
    }
  }

  @Test
  @DisplayName("a user takes all along and is erased, and those who talked to them keep their part")
  void takenAlongAndErased() throws Exception {
    try (SkeinProcess dev = start().await(READY)) {
      api(
          "--as",
          "alice",
          "messages.send",
          "to.userId=bob",
          "clientMsgId=uuid",
          "text.body=sesame");
      api("--as", "bob", "messages.send", "to.userId=alice", "clientMsgId=uuid", "text.body=thyme");
      assertThat(run("export", "alice", "--data", data.toString()))
          .contains("{\"kind\":\"account\",\"account\":{\"userId\":\"alice\"")
          .contains("{\"kind\":\"entry\",\"entry\":", "sesame")
          .doesNotContain("thyme");
      assertThat(api("--as", "alice", "accounts.erase", "password=wrong horse"))
          .contains("the password is wrong");
      assertThat(api("--as", "alice", "accounts.erase", "password=password-alice")).contains("{ }");
      assertThat(api("--as", "alice", "conversations.sync")).contains("has no account");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(history("bob"))
                      .contains("thyme", "\"erased\" : {")
                      .doesNotContain("sesame"));
      assertThat(
              api(
                  "--as",
                  "bob",
                  "messages.send",
                  "to.userId=alice",
                  "clientMsgId=uuid",
                  "text.body=hello"))
          .contains("there is no such user");
      dev.signal("TERM");
      assertThat(dev.exitCode()).isZero();
    }
  }

  private String history(String user) throws Exception {
    String id = ConversationIds.direct("alice", "bob").toString();
    return api("--as", user, "messages.history", "conversationId=" + id);
  }

  private SkeinProcess start() {
    data = folder.resolve("data");
    return SkeinProcess.start(
        folder,
        Map.of(),
        "dev",
        "--data",
        data.toString(),
        "--http-port",
        "0",
        "--tcp-port",
        "0",
        "--management-port",
        "0");
  }

  private String api(String... args) throws Exception {
    String[] all = new String[args.length + 3];
    all[0] = "api";
    all[1] = "--data";
    all[2] = data.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return run(all);
  }

  private String run(String... args) throws Exception {
    try (SkeinProcess process = SkeinProcess.start(folder, Map.of(), args)) {
      process.exitCode();
      return process.output();
    }
  }

  private static int status(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
