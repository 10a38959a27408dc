package io.skein.node.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which transport runs: Vert.x falls back to the slower one without a word. */
final class Transport {
  private static final Logger log = LoggerFactory.getLogger(Transport.class);

  private Transport() {}

  static void report(Vertx vertx, MeterRegistry meters) {
    boolean isNative = vertx.isNativeTransportEnabled();
    Gauge.builder("skein_native_transport", () -> isNative ? 1 : 0)
        .description("1: epoll, 0: the slower NIO of the JDK")
        .register(meters);
    if (isNative) {
      log.info("Transport: epoll");
    } else {
      log.warn("Transport: NIO, slower than epoll: {}", reason(vertx));
    }
  }

  private static String reason(Vertx vertx) {
    Throwable cause = vertx.unavailableNativeTransportCause();
    return cause == null ? "not asked for" : cause.getMessage();
  }
}
