package io.skein.embedded.test;

import io.skein.embedded.PostgresAddress;
import io.skein.embedded.RedisAddress;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests their stores as parameters: {@code @Migrated("message") PostgresAddress database} (or
 * without the annotation an empty one) and {@code RedisAddress redis}. Each is new for each call.
 */
public final class StoresExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == PostgresAddress.class || type == RedisAddress.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == RedisAddress.class) {
      return TestRedis.database();
    }
    return parameter
        .findAnnotation(Migrated.class)
        .map(service -> TestPostgres.database(service.value()))
        .orElseGet(TestPostgres::emptyDatabase);
  }
}
