package io.skein.bench.command;

/** The doors that connections come through. */
enum DoorKind {
  TCP,
  WS
}
