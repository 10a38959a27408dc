package io.skein.node.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.node.config.ConnectionLimitSettings;
import io.skein.node.config.Settings;
import io.skein.node.config.SettingsLoader;
import io.skein.node.config.TimingSettings;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client that trusts these numbers should not be refused, nor be stricter than the server. */
@DisplayName("The limits in docs/PROTOCOL.md")
class LimitsDocumentTest {
  private static final String ACCOUNTS = "io.skein.session.account.AccountService";

  private final Settings settings = new SettingsLoader(Map.of()).load(Optional.empty(), Map.of());
  private final List<String> lines = SourceTree.lines(SourceTree.find().protocolDocument());

  @Test
  @DisplayName("that hold for a connection are the defaults of the configuration")
  void ofConnection() {
    ConnectionLimitSettings limits = settings.gateway().limits();
    assertThat(number("maxFrameBytes")).isEqualTo(shown(limits.maxFrameBytes()));
    assertThat(number("maxBodyBytes"))
        .isEqualTo(shown(limits.maxBodyBytes()))
        .isEqualTo(shown(settings.message().maxBodyBytes()));
    assertThat(number("maxInFlight")).isEqualTo(shown(limits.maxInFlight()));
    assertThat(number("callsPerSecond"))
        .isEqualTo(shown(limits.callsPerSecond()) + ", " + shown(limits.callBurst()));
    assertThat(number("maxPage"))
        .isEqualTo(shown(limits.maxPage()))
        .isEqualTo(shown(settings.message().pages().max()));
    assertThat(row("| `maxPage`"))
        .contains("; " + settings.message().pages().usual() + " if `limit` is 0");
  }

  @Test
  @DisplayName("that are fixed or configured are those of the services")
  void others() throws Exception {
    int longestId = constant("io.skein.protocol.UserIds", "MAX_LENGTH");
    assertThat(row("| user id, device id, custom type |")).contains(" 1–" + longestId + " ch");
    assertThat(longestId)
        .isEqualTo(constant("io.skein.session.device.DeviceIds", "MAX_LENGTH"))
        .isEqualTo(constant("io.skein.gateway.call.DeviceRules", "MAX_ID"))
        .isEqualTo(constant("io.skein.message.content.MessageChecks", "MAX_TYPE"));
    assertThat(row("| password |"))
        .contains(
            " %d–%d ch"
                .formatted(constant(ACCOUNTS, "MIN_PASSWORD"), constant(ACCOUNTS, "MAX_PASSWORD")));
    assertThat(row("| display name; title of a group |"))
        .contains(
            " %d; %d ch".formatted(constant(ACCOUNTS, "MAX_NAME"), settings.message().maxTitle()));
    assertThat(row("| members of a new group |"))
        .contains("| " + settings.message().maxMembers() + " |");
    assertThat(row("| users of one `accounts.profiles`; watched users of a session |"))
        .contains(
            "| %d; %d |"
                .formatted(constant(ACCOUNTS, "MAX_PROFILES"), settings.presence().maxWatched()));
  }

  @Test
  @DisplayName("that are times are the defaults of the configuration")
  void times() {
    TimingSettings timing = settings.gateway().timing();
    assertThat(row("| time until `connect`, default |"))
        .contains("| " + timing.connectDeadline().toSeconds() + " s |");
    assertThat(row("| `heartbeatSeconds` granted, default |"))
        .contains(
            "| %d–%d, %d if 0 |"
                .formatted(
                    timing.minHeartbeat().toSeconds(),
                    timing.maxHeartbeat().toSeconds(),
                    timing.heartbeat().toSeconds()));
    assertThat(row("| time to confirm an entry"))
        .contains("| " + timing.ackTimeout().toSeconds() + " s |");
  }

  /** The second column of a limit's row. */
  private String number(String limit) {
    return row("| `" + limit + "` ").split("\\|", -1)[2].strip();
  }

  private static String shown(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** What a module keeps to itself: its own tests show that it refuses what is beyond. */
  private static int constant(String type, String name) throws ReflectiveOperationException {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return field.getInt(null);
  }

  private String row(String start) {
    int limits = lines.indexOf("## Limits");
    List<String> rows = lines.stream().skip(limits).filter(line -> line.startsWith(start)).toList();
    assertThat(rows).as("rows that begin with %s", start).hasSize(1);
    return rows.getFirst();
  }
}
