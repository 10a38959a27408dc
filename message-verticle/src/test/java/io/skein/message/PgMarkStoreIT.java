package io.skein.message;

import static io.skein.message.Given.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.message.MarkStore.NewMark;
import io.skein.message.MarkStore.Place;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Marks in Postgres")
class PgMarkStoreIT extends MarkStoreContract {
  @RegisterExtension static final PgStoresExtension DATABASE = new PgStoresExtension();

  @Override
  Stores open() {
    return DATABASE.stores();
  }

  @Test
  @DisplayName("Whoever leaves takes the marks of the devices along, and those of nobody else")
  void leavesNoDevicesBehind() {
    UUID trip = given.group(alice, bob);
    for (String user : List.of(alice, bob)) {
      get(
          stores
              .marks()
              .delivered(List.of(new NewMark(new Place(trip, user), 1, Map.of("phone", 1)))));
    }
    stores.remove(trip, bob);
    assertThat(rows(trip, bob)).isZero();
    assertThat(rows(trip, alice)).isEqualTo(1);
  }

  private static long rows(UUID conversation, String user) {
    return DATABASE
        .stores()
        .number(
            "SELECT count(*) FROM message.device_mark WHERE conversation_id = '%s' AND user_id = '%s'"
                .formatted(conversation, user));
  }
}
