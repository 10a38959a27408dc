package io.skein.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An endpoint")
class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "tcp://chat.example.org, tcp://chat.example.org:7000",
    "tls+tcp://chat.example.org, tls+tcp://chat.example.org:7443",
    "ws://localhost, ws://localhost:8080/ws",
    "wss://localhost:9443/, wss://localhost:9443/ws",
    "ws://localhost:1/im/ws, ws://localhost:1/im/ws",
    "tcp://[::1]:7, tcp://[::1]:7",
  })
  @DisplayName("needs no port and no path where they are the usual ones")
  void complete(String written, String complete) {
    assertThat(Endpoint.parse(written)).hasToString(complete);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:7000", "http://localhost", "tcp://", "tcp:7000", ""})
  @DisplayName("says what it must be like")
  void refused(String wrong) {
    assertThatThrownBy(() -> Endpoint.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("gives an IPv6 address without its brackets")
  void ipv6() {
    assertThat(Endpoint.parse("tcp://[::1]:7").host()).isEqualTo("::1");
  }
}
