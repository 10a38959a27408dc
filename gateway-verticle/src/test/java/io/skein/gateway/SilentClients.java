package io.skein.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program that opens many connections, says nothing, and waits for the end of each. */
final class SilentClients {
  private static final int ANSWER_BYTES = 4_096;

  private SilentClients() {}

  /** Arguments: port, how many. Every other one says how it speaks. Prints how many were ended. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress door =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    List<SocketChannel> clients = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      SocketChannel client = SocketChannel.open(door);
      if (i % 2 == 1) {
        client.write(StandardCharsets.US_ASCII.encode("SKEIN/1 json\n"));
      }
      clients.add(client);
    }
    int ended = 0;
    for (SocketChannel client : clients) {
      if (saysWhyAndEnds(client)) {
        ended++;
      }
    }
    System.out.println("ended " + ended);
  }

  private static boolean saysWhyAndEnds(SocketChannel client) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
    while (client.read(answer) >= 0) {
      // Until the end.
    }
    client.close();
    String text = StandardCharsets.UTF_8.decode(answer.flip()).toString();
    return text.startsWith("ERROR no preamble") || text.contains("\"code\":4005");
  }
}
