package io.skein.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is searched for")
class TokensTest {
  @Test
  @DisplayName("Words are cut at all that is no letter or digit; upper case and width do not count")
  void words() {
    assertThat(Tokens.of("Hello, ＷＯＲＬＤ! It's 42 naïve words_here"))
        .containsExactly("hello", "world", "it", "s", "42", "naïve", "words", "here");
  }

  @Test
  @DisplayName("Scripts without spaces are cut into characters and pairs")
  void runs() {
    assertThat(Tokens.of("我爱北京 ok")).containsExactly("我", "爱", "北", "京", "我爱", "爱北", "北京", "ok");
    assertThat(Tokens.of("hi你好")).containsExactly("hi", "你", "好", "你好");
    assertThat(Tokens.of("👋🏽 …")).isEmpty();
  }

  @Test
  @DisplayName("A long word is cut, and a long text has a bounded number of tokens")
  void bounds() {
    assertThat(Tokens.of("x".repeat(1000))).containsExactly("x".repeat(40));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append(i).append(' ');
    }
    assertThat(Tokens.of(text.toString())).hasSize(2000);
  }

  @ParameterizedTest
  @CsvSource({
    "hello wor, 'hello' & 'wor':*",
    "北京, '北京'",
    "北京人, '北京' & '京人'",
    "京, '京'",
    "o'neil, 'o' & 'neil':*"
  })
  @DisplayName("A query wants all words, the last one from its beginning")
  void queries(String text, String tsquery) {
    assertThat(SearchQuery.of(text).orElseThrow().tsquery().replace("'", ""))
        .isEqualTo(tsquery.replace("'", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "*", "%%", "…!?", "👋"})
  @DisplayName("A query without any word is none")
  void noQuery(String text) {
    assertThat(SearchQuery.of(text)).isEmpty();
  }

  @Test
  @DisplayName("Pairs that stand apart are no hit")
  void exact() {
    SearchQuery query = SearchQuery.of("北京人").orElseThrow();
    assertThat(query.isIn("我是北京人")).isTrue();
    assertThat(query.isIn("北京的京人")).isFalse();
  }
}
