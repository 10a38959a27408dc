package io.skein.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.skein.node.config.LogSettings;
import java.util.List;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;

/** Sets up logging for the life of a process. Lines go to standard output. */
public final class Logs {
  private static final String PRETTY = "%d{HH:mm:ss.SSS} %-5level %-20.20logger{0} %msg%n%ex{6}";

  /** Libraries that tell at INFO what only their authors want to know. */
  private static final List<String> CHATTY =
      List.of("com.hazelcast", "io.vertx", "io.netty", "io.smallrye");

  private Logs() {}

  public static void configure(LogSettings settings) {
    configure(isPretty(settings.format()), Level.toLevel(settings.level().name()));
  }

  /** For a person who looks at dev mode: warnings and errors only. */
  public static void quiet() {
    configure(true, Level.WARN);
  }

  /** For a person who wants to see what the services do. */
  public static void pretty() {
    configure(true, Level.INFO);
  }

  private static void configure(boolean pretty, Level level) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(encoder(context, pretty));
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(level);
    for (String name : CHATTY) {
      context.getLogger(name).setLevel(Level.DEBUG.equals(level) ? Level.INFO : Level.WARN);
    }
    // It warns that pools share a gauge, which is what they are to do.
    context.getLogger("io.micrometer").setLevel(Level.ERROR);
    // It warns about every schema that "create schema if not exists" finds.
    context.getLogger("org.flywaydb").setLevel(Level.ERROR);
  }

  private static boolean isPretty(LogSettings.Format format) {
    return switch (format) {
      case PRETTY -> true;
      case JSON -> false;
      case AUTO -> Terminal.isOut();
    };
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean pretty) {
    if (pretty) {
      var encoder = new PatternLayoutEncoder();
      encoder.setContext(context);
      encoder.setPattern(PRETTY);
      encoder.start();
      return encoder;
    }
    var encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
