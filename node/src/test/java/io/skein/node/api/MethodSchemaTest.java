package io.skein.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The schema of a method, for people")
class MethodSchemaTest {
  private static final Pattern JSON = Pattern.compile("--json '(.*)'");

  @Test
  @DisplayName("shows fields with types, comments of the declaration, choices, and who may call")
  void send() {
    String text = MethodSchema.text(method("messages.send"));
    assertThat(text)
        .contains("Appends an entry. The reply means: committed.")
        .contains("Who may call: a user")
        .contains("clientMsgId        text\n      A UUID made by the client for this message")
        .contains("    userId             text   (one of target)")
        .contains("seq                number")
        .contains("sentAt             time, RFC 3339")
        .contains("./skein api messages.send to.userId=bob clientMsgId=uuid text.body=hi");
  }

  @Test
  @DisplayName("shows the words of an enumeration")
  void enumeration() {
    assertThat(MethodSchema.text(method("conversations.create"))).contains("DIRECT | GROUP");
  }

  @Test
  @DisplayName("every public method has a description, and an example that fits its own schema")
  void examplesFit() {
    for (MethodInfo method : MethodTable.get().all()) {
      if (!method.isPublic()) {
        continue;
      }
      String text = MethodSchema.text(method);
      assertThat(RpcComments.of(method)).as(method.name()).isNotBlank();
      Matcher json = JSON.matcher(text);
      assertThat(json.find()).isTrue();
      var fields = method.request().getDescriptorForType().getFields();
      assertThat(new JsonObject(json.group(1)).fieldNames())
          .as(method.name())
          .allMatch(name -> fields.stream().anyMatch(field -> field.getJsonName().equals(name)));
      new Params(method).of(ExampleParams.words(method.request().getDescriptorForType()));
    }
  }

  static MethodInfo method(String name) {
    return MethodTable.get().find(name).orElseThrow();
  }
}
