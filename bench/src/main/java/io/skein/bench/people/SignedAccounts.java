package io.skein.bench.people;

import com.google.protobuf.Message;
import io.skein.bench.LoadException;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Profile;
import io.skein.protocol.v1.ProfilesReply;
import io.skein.protocol.v1.ProfilesRequest;
import io.skein.protocol.v1.RegisterRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Registers those who are missing, and makes tokens for all: no login costs a password's hash. */
public final class SignedAccounts implements Accounts {
  /** Fewer than the server lets wait for a hash. */
  private static final int AT_ONCE = 16;

  private static final int PROFILES = 100;
  private static final int OK = 200;
  private static final int ALREADY_THERE = 409;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PASSWORD = "correct horse battery staple";

  private final String http;
  private final Signer signer;
  private final String prefix;

  /** At the HTTP door {@code http}: {@code http://127.0.0.1:8080}. */
  public SignedAccounts(String http, Signer signer, String prefix) {
    this.http = http;
    this.signer = signer;
    this.prefix = prefix;
  }

  @Override
  public List<BenchUser> users(int count) throws InterruptedException {
    List<String> ids = IntStream.rangeClosed(1, count).mapToObj(i -> prefix + "-" + i).toList();
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      register(client, ids.getFirst());
      List<Callable<Void>> missing = new ArrayList<>();
      for (int from = 0; from < count; from += PROFILES) {
        for (String id : missing(client, ids.subList(from, Math.min(from + PROFILES, count)))) {
          missing.add(() -> register(client, id));
        }
      }
      for (Future<Void> registered : workers.invokeAll(missing)) {
        registered.get();
      }
    } catch (ExecutionException failed) {
      throw refused(failed.getCause());
    } catch (IOException failed) {
      throw refused(failed);
    }
    return ids.stream().map(id -> new BenchUser(id, signer.user(id))).toList();
  }

  private LoadException refused(Throwable cause) {
    return new LoadException("no users can be made at " + http + ": " + cause.getMessage(), cause);
  }

  private List<String> missing(HttpClient client, List<String> ids)
      throws IOException, InterruptedException {
    HttpResponse<String> reply =
        post(client, "profiles", ProfilesRequest.newBuilder().addAllUserIds(ids).build());
    if (reply.statusCode() != OK) {
      throw unexpected(reply);
    }
    ProfilesReply found =
        (ProfilesReply) JsonCodec.decode(reply.body(), ProfilesReply.getDefaultInstance());
    List<String> missing = new ArrayList<>(ids);
    missing.removeAll(found.getProfilesList().stream().map(Profile::getUserId).toList());
    return missing;
  }

  private Void register(HttpClient client, String id) throws IOException, InterruptedException {
    HttpResponse<String> reply =
        post(
            client,
            "register",
            RegisterRequest.newBuilder()
                .setUserId(id)
                .setDisplayName(id)
                .setPassword(PASSWORD)
                .build());
    if (reply.statusCode() != OK && reply.statusCode() != ALREADY_THERE) {
      throw unexpected(reply);
    }
    return null;
  }

  private static IOException unexpected(HttpResponse<String> reply) {
    return new IOException("HTTP " + reply.statusCode() + " " + reply.body());
  }

  private HttpResponse<String> post(HttpClient client, String method, Message request)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(http + "/v1/accounts/" + method))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + signer.user(prefix + "-1"))
            .POST(BodyPublishers.ofByteArray(JsonCodec.encode(request)))
            .build(),
        BodyHandlers.ofString());
  }
}
