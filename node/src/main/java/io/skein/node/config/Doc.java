package io.skein.node.config;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** What a key means, for the table of keys and the commented file. Without it, there is no key. */
@Documented
@Retention(RUNTIME)
@Target(METHOD)
@interface Doc {
  String value();

  /** Never printed, whatever prints the configuration. */
  boolean secret() default false;
}
