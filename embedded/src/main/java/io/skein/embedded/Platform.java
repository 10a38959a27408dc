package io.skein.embedded;

/** The machine, as the makers of the two binaries name it. */
enum Platform {
  AMD64("/postgres-linux-x86_64.txz", "/redis-server-6.2.6-v5-linux-amd64"),
  AARCH64("/postgres-linux-arm_64.txz", "/redis-server-6.2.7-linux-arm64");

  private final String postgres;
  private final String redis;

  Platform(String postgres, String redis) {
    this.postgres = postgres;
    this.redis = redis;
  }

  static Platform here() {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch");
    if (system.equals("Linux") && machine.equals("amd64")) {
      return AMD64;
    }
    if (system.equals("Linux") && machine.equals("aarch64")) {
      return AARCH64;
    }
    throw new EmbeddedStoreException(
        "There is no embedded Postgres and Redis for this machine",
        "they exist for Linux on amd64 and aarch64, and this is " + system + " on " + machine,
        "run Skein in a Linux container, or with stores of your own ('node' mode)");
  }

  String postgres() {
    return postgres;
  }

  String redis() {
    return redis;
  }
}
