package io.skein.bench.people;

import java.util.List;

/** Where users come from. */
public interface Accounts {

  /**
   * So many different users, always the same ones first. Blocks.
   *
   * @throws io.skein.bench.LoadException if the server does not let them in
   */
  List<BenchUser> users(int count) throws InterruptedException;
}
