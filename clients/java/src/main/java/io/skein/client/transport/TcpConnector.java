package io.skein.client.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens TCP connections, over TLS where the endpoint says so. */
final class TcpConnector implements Connector {
  private final Endpoint endpoint;
  private final TransportOptions options;

  TcpConnector(Endpoint endpoint, TransportOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  @Override
  public CompletableFuture<Transport> open() {
    CompletableFuture<Transport> opened = new CompletableFuture<>();
    Threads.start("skein-open", () -> open(opened));
    return opened;
  }

  private void open(CompletableFuture<Transport> opened) {
    try {
      Socket socket = connect();
      try {
        socket.setTcpNoDelay(true);
        String preamble = "SKEIN/1 " + options.encoding().word() + "\n";
        socket.getOutputStream().write(preamble.getBytes(StandardCharsets.US_ASCII));
        TcpTransport transport =
            new TcpTransport(socket, options.encoding().newCodec(options.maxFrameBytes()));
        if (!opened.complete(transport)) {
          transport.close();
        }
      } catch (IOException | RuntimeException failed) {
        socket.close();
        throw failed;
      }
    } catch (IOException | RuntimeException failed) {
      opened.completeExceptionally(failed);
    }
  }

  private Socket connect() throws IOException {
    int timeout = Math.toIntExact(options.openTimeout().toMillis());
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    Socket socket = new Socket();
    try {
      socket.connect(address, timeout);
      if (!endpoint.isTls()) {
        return socket;
      }
      socket.setSoTimeout(timeout);
      Socket secured = handshake(socket);
      socket.setSoTimeout(0);
      return secured;
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  private Socket handshake(Socket plain) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls().getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    // Without it any valid certificate of anybody would do.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private SSLContext tls() throws IOException {
    try {
      return options.tls() == null ? SSLContext.getDefault() : options.tls();
    } catch (java.security.NoSuchAlgorithmException missing) {
      throw new IOException("this platform has no default TLS", missing);
    }
  }
}
