package io.skein.node.chat;

/** How far the last own message got. */
enum Tick {
  NONE("", ""),
  SENDING("…", "on its way"),
  SENT("✓", "sent"),
  DELIVERED("✓✓", "delivered"),
  READ("✓✓", "read");

  private final String mark;
  private final String word;

  Tick(String mark, String word) {
    this.mark = mark;
    this.word = word;
  }

  String mark() {
    return mark;
  }

  String word() {
    return word;
  }
}
