package io.skein.node.config;

/** The table of all keys, in Markdown: what {@code config docs} prints. */
public final class KeyTable {
  private KeyTable() {}

  public static String markdown() {
    var text = new StringBuilder();
    String section = "";
    for (SettingKey key : SettingKeys.all()) {
      if (!key.section().equals(section)) {
        section = key.section();
        text.append(header(section));
      }
      String fallback = key.fallback().map(word -> "`" + word + "`").orElse("–");
      text.append(
          "| `%s` | %s | %s | %s | `%s` |%n"
              .formatted(
                  key.path(),
                  fallback,
                  key.type().replace("|", " \\| "),
                  key.meaning().replace("|", "\\|"),
                  key.env()));
    }
    return text.append(
            """

            Durations are a number and a unit: `500ms`, `30s`, `5m`, `1h`, `7d`. Sizes are bytes.
            The `0` in the variable of a list counts its items. What the command line says wins over the
            environment, that over the file, that over the default.
            """)
        .toString();
  }

  private static String header(String section) {
    String meaning = Section.valueOf(section.toUpperCase(java.util.Locale.ROOT)).meaning();
    return """

        ## %s

        %s

        | key | default | value | meaning | environment |
        |---|---|---|---|---|
        """
        .formatted(section, meaning);
  }
}
