package io.skein.node.cluster;

import com.hazelcast.config.Config;
import io.skein.node.config.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the cluster from outside, without joining. */
public final class ClusterDoor {
  private static final int TIME_OUT_MILLIS = 500;

  private ClusterDoor() {}

  /**
   * Tries the addresses at which members are to be found.
   *
   * @return a sentence about who answers
   * @throws io.skein.node.problem.Problem if the settings would not let a node join
   */
  public static String look(Settings settings, Optional<Path> configuration) {
    Config config = ClusterFile.read(settings.cluster().file(), configuration);
    BusOptions.of(settings.cluster());
    int first = config.getNetworkConfig().getPort();
    List<String> answering = new ArrayList<>();
    for (String member : config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers()) {
      String host = member.replaceFirst(":\\d+$", "");
      int port =
          host.equals(member) ? first : Integer.parseInt(member.substring(host.length() + 1));
      if (answers(host, port)) {
        answering.add(host + ":" + port);
      }
    }
    return answering.isEmpty()
        ? "'%s': no member answers yet, this node would be the first"
            .formatted(config.getClusterName())
        : "'%s': members answer at %s".formatted(config.getClusterName(), answering);
  }

  private static boolean answers(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIME_OUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
