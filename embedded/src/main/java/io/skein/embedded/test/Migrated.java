package io.skein.embedded.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a {@code PostgresAddress} parameter: a new database with the tables of this service. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Migrated {
  /** The service, as in {@code db/migration/<service>}. */
  String value();
}
