package io.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.MethodRules;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The method table")
class MethodTableTest {
  private final MethodTable table = MethodTable.get();

  @Test
  @DisplayName("has the fixed names of the contract")
  void fixedNames() {
    assertThat(table.all())
        .extracting(MethodInfo::name)
        .contains(
            "connect",
            "ping",
            "delivered",
            "renew",
            "accounts.register",
            "accounts.login",
            "messages.send",
            "messages.history",
            "conversations.create",
            "conversations.sync",
            "conversations.read");
  }

  @Test
  @DisplayName("names an owner for each method and lets only four before connect")
  void owners() {
    assertThat(table.all())
        .allSatisfy(
            method ->
                assertThat(method.owner())
                    .isIn("gateway", "session", "message", "presence", "notify"));
    assertThat(table.all())
        .filteredOn(method -> method.rules().getCaller() == MethodRules.Caller.ANYONE)
        .extracting(MethodInfo::name)
        .containsExactlyInAnyOrder(
            "connect", "ping", "accounts.register", "accounts.login", "accounts.refresh");
  }

  @Test
  @DisplayName("shows clients no 64-bit integer, which JSON would turn into a string")
  void noLongs() {
    Stream<Message> roots =
        table.all().stream()
            .filter(MethodInfo::isPublic)
            .flatMap(method -> Stream.of(method.request(), method.reply()));
    Set<Descriptor> seen = new HashSet<>();
    Stream.concat(roots, Stream.of(Event.getDefaultInstance()))
        .forEach(message -> assertNoLongs(message.getDescriptorForType(), seen));
    assertThat(seen).contains(Event.getDescriptor(), SendRequest.getDescriptor());
  }

  private static void assertNoLongs(Descriptor type, Set<Descriptor> seen) {
    if (type.getFullName().startsWith("google.protobuf.") || !seen.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      assertThat(field.getJavaType())
          .as(field.getFullName())
          .isNotEqualTo(FieldDescriptor.JavaType.LONG);
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        assertNoLongs(field.getMessageType(), seen);
      }
    }
  }

  @Test
  @DisplayName("refuses a handle with other messages than declared")
  void typedHandles() {
    assertThat(Rpc.of("messages.send", SendRequest.class, SendReply.class).info().idempotent())
        .isTrue();
    assertThatThrownBy(() -> Rpc.of("messages.send", SendReply.class, SendRequest.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SendRequest is declared");
    assertThatThrownBy(() -> Rpc.of("messages.sing", SendRequest.class, SendReply.class))
        .hasMessageContaining("messages.sing");
  }
}
