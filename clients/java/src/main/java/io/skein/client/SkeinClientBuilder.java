package io.skein.client;

import io.skein.client.transport.Connector;
import io.skein.client.transport.Encoding;
import io.skein.client.transport.Endpoint;
import io.skein.client.transport.TransportOptions;
import io.skein.protocol.v1.Device;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** Describes a client; a token and a device are needed. */
public final class SkeinClientBuilder {
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

  private final Endpoint endpoint;
  private TransportOptions transport = TransportOptions.defaults();
  private Connector connector;
  private Supplier<CompletableFuture<String>> tokens;
  private Device device = Device.getDefaultInstance();
  private UnaryOperator<ClientConfig> settings = UnaryOperator.identity();
  private StateStore store = new MemoryStateStore();
  private Executor callbackExecutor;
  private Loop loop;

  SkeinClientBuilder(String endpoint) {
    this.endpoint = Endpoint.parse(endpoint);
  }

  /** A token that outlives the client. */
  public SkeinClientBuilder token(String token) {
    return tokens(() -> CompletableFuture.completedFuture(token));
  }

  /** Asked before every connection and before a token expires; must not block. */
  public SkeinClientBuilder tokens(Supplier<CompletableFuture<String>> provider) {
    tokens = provider;
    return this;
  }

  /**
   * This installation of the app.
   *
   * @param id kept between runs, 1-64 characters
   * @param platform "android", "linux" …
   */
  public SkeinClientBuilder device(String id, String platform) {
    return device(Device.newBuilder().setId(id).setPlatform(platform).build());
  }

  public SkeinClientBuilder device(Device thisDevice) {
    device = thisDevice;
    return this;
  }

  /** How frames are written; protobuf unless told otherwise. */
  public SkeinClientBuilder encoding(Encoding encoding) {
    transport = transport.withEncoding(encoding);
    return this;
  }

  /** Whom to trust, for TLS; the platform's trust store unless told otherwise. */
  public SkeinClientBuilder tls(SSLContext context) {
    transport = transport.withTls(context);
    return this;
  }

  /** How to connect, instead of the ways that come with this library. */
  public SkeinClientBuilder connector(Connector own) {
    connector = own;
    return this;
  }

  /** Changes the defaults. */
  public SkeinClientBuilder configure(UnaryOperator<ClientConfig> change) {
    settings = change;
    return this;
  }

  /** Where to keep what must survive; memory unless told otherwise. */
  public SkeinClientBuilder store(StateStore own) {
    store = own;
    return this;
  }

  /** Where futures complete and listeners are called; a thread of the client's unless told. */
  public SkeinClientBuilder callbackExecutor(Executor executor) {
    callbackExecutor = executor;
    return this;
  }

  /** For tests: the thread and the clock. */
  SkeinClientBuilder loop(Loop own) {
    loop = own;
    return this;
  }

  /** Makes the client; it does nothing before {@link SkeinClient#connect()}. */
  public SkeinClient build() {
    Objects.requireNonNull(tokens, "a client needs a token, or a provider of tokens");
    ClientConfig config = settings.apply(ClientConfig.defaults(device));
    Loop ownLoop = loop == null ? new ThreadLoop() : loop;
    ExecutorService ownExecutor = callbackExecutor == null ? newCallbackExecutor() : null;
    Callbacks callbacks =
        new Callbacks(ownExecutor == null ? callbackExecutor : ownExecutor, config.callbackLimit());
    Core core =
        new Core(
            ownLoop,
            callbacks,
            config,
            connector == null ? transport.connectorTo(endpoint) : connector,
            tokens,
            store,
            backoffs(config));
    Runnable afterwards = ownExecutor == null ? () -> {} : ownExecutor::shutdown;
    return new SkeinClient(ownLoop, callbacks, core, afterwards);
  }

  /** Seeded well: clients that were cut off together must not wait alike. */
  private static Core.Backoffs backoffs(ClientConfig config) {
    SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    return new Core.Backoffs(
        new Backoff(config.reconnectFirst(), config.reconnectLongest(), random),
        new Backoff(FIRST_RETRY, LONGEST_RETRY, random));
  }

  private static ExecutorService newCallbackExecutor() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "skein-callbacks");
          thread.setDaemon(true);
          return thread;
        });
  }
}
