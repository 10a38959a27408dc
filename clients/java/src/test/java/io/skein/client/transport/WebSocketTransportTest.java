package io.skein.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A WebSocket")
class WebSocketTransportTest {
  private final Received received = new Received();
  private WebSocketPeer peer;

  @BeforeEach
  void listen() throws IOException {
    peer = new WebSocketPeer();
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  private Transport open() throws Exception {
    Endpoint endpoint = Endpoint.parse("ws://127.0.0.1:" + peer.port());
    CompletableFuture<Transport> opening = TransportOptions.defaults().connectorTo(endpoint).open();
    peer.accept();
    Transport transport = opening.join();
    transport.start(received);
    return transport;
  }

  @Test
  @DisplayName("is asked for with the subprotocol of the encoding, and without compression")
  void handshake() throws Exception {
    open();

    assertThat(peer.requestLine).isEqualTo("GET /ws HTTP/1.1");
    assertThat(peer.headers)
        .containsEntry("sec-websocket-protocol", "skein.v1.proto")
        .doesNotContainKey("sec-websocket-extensions");
  }

  @Test
  @DisplayName("carries frames out, in order, in binary messages")
  void sends() throws Exception {
    Transport transport = open();
    transport.send(ClientFrame.newBuilder().setId(1).setMethod("ping").build());
    transport.send(ClientFrame.newBuilder().setId(2).setMethod("ping").build());

    for (int id = 1; id <= 2; id++) {
      WebSocketPeer.Message message = peer.read();
      assertThat(message.kind()).isEqualTo(WebSocketPeer.BINARY);
      ClientFrame frame = ClientFrame.parseDelimitedFrom(message.payload().newInput());
      assertThat(frame.getId()).isEqualTo(id);
    }
  }

  @Test
  @DisplayName("brings frames in, many in one message or one in many parts")
  void receives() throws Exception {
    open();
    byte[] three = frames(1, 2, 3);
    peer.send(WebSocketPeer.BINARY, three);
    byte[] one = frames(4);
    peer.send(WebSocketPeer.BINARY, Arrays.copyOf(one, 1), Arrays.copyOfRange(one, 1, one.length));

    assertThat(received.frames(4)).extracting(ServerFrame::getId).containsExactly(1, 2, 3, 4);
  }

  @Test
  @DisplayName("says with which code the server closed it, once")
  void serverCloses() throws Exception {
    open();
    peer.close(4504, "replaced");

    assertThat(received.end()).isEqualTo("4504 replaced");
    peer.close();
    assertThat(received.ends).hasSize(1);
  }

  @Test
  @DisplayName("ends when what comes is no frame")
  void garbage() throws Exception {
    open();
    peer.send(WebSocketPeer.BINARY, new byte[] {-1, -1, -1, -1, -1, -1, -1});

    assertThat(received.end()).contains("without a readable length");
  }

  @Test
  @DisplayName("is closed properly by the client, after what it has sent")
  void clientCloses() throws Exception {
    Transport transport = open();
    transport.send(ClientFrame.newBuilder().setId(1).setMethod("ping").build());
    transport.close();

    assertThat(peer.read().kind()).isEqualTo(WebSocketPeer.BINARY);
    assertThat(peer.read().kind()).isEqualTo(WebSocketPeer.CLOSE);
    assertThat(received.end()).contains("closed here");
  }

  private static byte[] frames(int... ids) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int id : ids) {
      ServerFrame.newBuilder().setId(id).build().writeDelimitedTo(out);
    }
    return out.toByteArray();
  }
}
