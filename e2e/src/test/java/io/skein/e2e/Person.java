package io.skein.e2e;

import io.skein.client.Calls;
import io.skein.client.ClientListener;
import io.skein.client.GuestCalls;
import io.skein.client.SkeinClient;
import io.skein.client.transport.Encoding;
import io.skein.client.transport.TransportOptions;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.RegisterRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A registered user of a server.
 *
 * @param home the TCP endpoint at which new devices log in
 */
record Person(String id, String home) {
  private static final String PASSWORD = "correct horse battery staple";

  /** Registers at this TCP endpoint. */
  static Person register(String endpoint, String id) {
    guest(endpoint)
        .call(
            Calls.REGISTER,
            RegisterRequest.newBuilder()
                .setUserId(id)
                .setPassword(PASSWORD)
                .setDisplayName(id)
                .build())
        .join();
    return new Person(id, endpoint);
  }

  private static GuestCalls guest(String endpoint) {
    return new GuestCalls(endpoint, TransportOptions.defaults());
  }

  /** A token belongs to the device that first connects with it, so each device logs in. */
  String login() {
    LoginRequest login = LoginRequest.newBuilder().setUserId(id).setPassword(PASSWORD).build();
    return guest(home).call(Calls.LOGIN, login).join().getToken();
  }

  /** A device that is connected there. */
  Phone connect(String endpoint, Encoding encoding, String deviceId) {
    SkeinClient client =
        SkeinClient.builder(endpoint)
            .encoding(encoding)
            .token(login())
            .device(deviceId, "linux")
            .build();
    Phone phone = new Phone(client, Collections.synchronizedList(new ArrayList<>()));
    client.listen(phone);
    client.connect().join();
    client.conversations().join();
    return phone;
  }

  /** A device and what its application has been given. */
  record Phone(SkeinClient client, List<Entry> entries) implements ClientListener, AutoCloseable {
    @Override
    public void onEntry(Entry entry) {
      entries.add(entry);
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
