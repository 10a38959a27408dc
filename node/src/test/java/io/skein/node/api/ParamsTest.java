package io.skein.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.skein.node.problem.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A request from words")
class ParamsTest {

  @Test
  @DisplayName("paths make objects, numbers stay numbers, an equals sign may be in the value")
  void nested() {
    assertThat(of("messages.send", "to.userId=bob", "text.body=a=b 你好", "clientMsgId=x"))
        .isEqualTo(
            new JsonObject(
                """
                {"to":{"userId":"bob"},"text":{"body":"a=b 你好"},"clientMsgId":"x"}
                """));
    assertThat(of("messages.history", "limit=5", "afterSeq=0"))
        .isEqualTo(new JsonObject().put("limit", 5L).put("afterSeq", 0L));
  }

  @Test
  @DisplayName("lists are separated by commas; the word uuid makes an id where clients make one")
  void listsAndIds() {
    JsonObject params = of("conversations.create", "kind=GROUP", "members=bob,carol", "title=uuid");
    assertThat(params.getJsonArray("members")).isEqualTo(new JsonArray().add("bob").add("carol"));
    assertThat(params.getString("title")).isEqualTo("uuid");
    String id = of("messages.send", "clientMsgId=uuid").getString("clientMsgId");
    assertThat(UUID.fromString(id)).hasToString(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to.usrId=bob    | did you mean userId?",
        "txt.body=hi     | did you mean text?",
        "to=bob          | name one of [userId, conversationId]",
        "clientMsgId.x=1 | leave the rest away",
        "hello           | write for example text.body=hi",
      })
  @DisplayName("what does not fit is refused, with what was meant")
  void refused(String word, String remedy) {
    assertThatThrownBy(() -> of("messages.send", word))
        .asInstanceOf(type(Problem.class))
        .satisfies(problem -> assertThat(problem.remedy()).contains(remedy, "--help"));
  }

  @Test
  @DisplayName("a number that is none is refused")
  void number() {
    assertThatThrownBy(() -> of("messages.history", "limit=many"))
        .hasMessageContaining("limit is a number, not 'many'");
  }

  private static JsonObject of(String method, String... words) {
    return new Params(MethodSchemaTest.method(method)).of(List.of(words));
  }
}
