package io.skein.node.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the program that runs, from the manifest of its jar. */
public final class Version implements IVersionProvider {
  /** "development" when it runs from class folders. */
  public static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Skein " + number(), "Java " + Runtime.version()};
  }
}
