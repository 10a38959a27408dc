package io.skein.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.client.transport.TransportOptions;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call without a token")
class GuestCallsTest {

  private final LoginRequest login =
      LoginRequest.newBuilder().setUserId("alice").setPassword("secret").build();

  @Test
  @DisplayName("is answered, or refused, without a connect before it")
  void answered() throws Exception {
    try (FakeServer server = new FakeServer()) {
      GuestCalls calls = new GuestCalls(server.endpoint(), TransportOptions.defaults());
      server.answer("accounts.login", call -> LoginReply.newBuilder().setToken("t").build());
      assertThat(calls.call(Calls.LOGIN, login).join().getToken()).isEqualTo("t");
      assertThat(server.connections.getFirst().calls("connect")).isEmpty();

      server.on(
          "accounts.login",
          (connection, call) -> connection.refuse(call, ErrorCode.UNAUTHENTICATED));
      assertThatThrownBy(calls.call(Calls.LOGIN, login)::join)
          .hasCauseInstanceOf(SkeinException.class);
    }
  }

  @Test
  @DisplayName("fails when the connection breaks, and when nobody is there")
  void fails() throws Exception {
    try (FakeServer server = new FakeServer()) {
      GuestCalls calls = new GuestCalls(server.endpoint(), TransportOptions.defaults());
      server.on("accounts.login", (connection, call) -> connection.close());
      assertThatThrownBy(calls.call(Calls.LOGIN, login)::join)
          .cause()
          .isInstanceOfSatisfying(
              SkeinException.class,
              lost -> assertThat(lost.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
    GuestCalls alone =
        new GuestCalls(() -> CompletableFuture.failedFuture(new IOException("nobody is there")));
    assertThatThrownBy(alone.call(Calls.LOGIN, login)::join).hasCauseInstanceOf(IOException.class);
  }
}
