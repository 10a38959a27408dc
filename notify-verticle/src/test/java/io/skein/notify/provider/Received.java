package io.skein.notify.provider;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** A request as the other side saw it. */
record Received(String uri, MultiMap headers, Buffer body) {
  String header(String name) {
    return headers.get(name);
  }
}
