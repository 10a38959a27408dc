package io.skein.session.account;

class MemoryLinesTest extends LineStoreContract {
  private final MemoryLines lines = new MemoryLines();

  @Override
  LineStore lines() {
    return lines;
  }
}
