package io.skein.session.directory;

class MemoryDirectoryStoreTest extends DirectoryStoreContract {
  private final MemoryDirectoryStore store = new MemoryDirectoryStore();

  @Override
  DirectoryStore store() {
    return store;
  }

  @Override
  void loseMemory() {
    store.loseMemory();
  }
}
