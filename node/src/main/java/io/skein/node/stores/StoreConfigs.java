package io.skein.node.stores;

import io.skein.mesh.store.PostgresConfig;
import io.skein.mesh.store.RedisConfig;
import io.skein.node.config.PostgresSettings;
import io.skein.node.config.RedisSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The settings of the stores as the pools of this process take them. */
public final class StoreConfigs {
  private StoreConfigs() {}

  public static PostgresConfig postgres(PostgresSettings settings) {
    PostgresUri uri = PostgresUri.of(settings);
    return new PostgresConfig(
        uri.host(),
        uri.port(),
        uri.database(),
        uri.user(),
        uri.password(),
        settings.poolSize(),
        settings.maxWaiting(),
        settings.connectTimeout());
  }

  /** A password of its own setting takes the place of one in the uri. */
  public static RedisConfig redis(RedisSettings settings) {
    String uri =
        settings
            .password()
            .map(password -> URLEncoder.encode(password, StandardCharsets.UTF_8))
            .map(password -> settings.uri().replaceFirst("//([^@/]*@)?", "//:" + password + "@"))
            .orElse(settings.uri());
    return new RedisConfig(
        uri, settings.poolSize(), settings.maxWaiting(), settings.commandTimeout());
  }
}
