package io.skein.node.run;

import io.skein.node.config.Service;
import io.skein.node.config.Settings;
import io.skein.session.token.TokenConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a process is to become.
 *
 * @param settings all checked
 * @param configuration the file that they came from
 * @param services to run here
 * @param tokens the keys
 * @param version of the program, told to the other nodes
 * @param dev alone, without a cluster, and open to whoever registers
 */
public record NodePlan(
    Settings settings,
    Optional<Path> configuration,
    Set<Service> services,
    TokenConfig tokens,
    String version,
    boolean dev) {}
