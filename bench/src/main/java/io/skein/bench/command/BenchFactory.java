package io.skein.bench.command;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands for picocli: those of ours know their surroundings. */
public final class BenchFactory implements IFactory {
  private final Surroundings surroundings;

  public BenchFactory(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return type == ServerOptions.class
        ? type.cast(new ServerOptions(surroundings))
        : CommandLine.defaultFactory().create(type);
  }
}
