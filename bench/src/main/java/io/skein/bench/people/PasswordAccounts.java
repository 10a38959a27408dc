package io.skein.bench.people;

import io.skein.bench.LoadException;
import io.skein.client.Calls;
import io.skein.client.GuestCalls;
import io.skein.client.transport.TransportOptions;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.LoginReply;
import io.skein.protocol.v1.LoginRequest;
import io.skein.protocol.v1.RegisterRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Logs in by password; registers first, where registration is open. */
public final class PasswordAccounts implements Accounts {
  /** Hashing a password is dear for the server on purpose: more at once do not make it faster. */
  private static final int AT_ONCE = 4;

  private static final String PASSWORD = "correct horse battery staple";

  private final GuestCalls calls;
  private final String prefix;

  public PasswordAccounts(String server, String prefix) {
    this.calls = new GuestCalls(server, TransportOptions.defaults());
    this.prefix = prefix;
  }

  @Override
  public List<BenchUser> users(int count) throws InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<CompletableFuture<BenchUser>> logins =
          IntStream.rangeClosed(1, count)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> loginOrRegister(prefix + "-" + i), workers))
              .toList();
      List<BenchUser> users = new ArrayList<>();
      for (CompletableFuture<BenchUser> login : logins) {
        users.add(login.get());
      }
      return users;
    } catch (ExecutionException failed) {
      throw new LoadException(
          "users cannot log in: " + failed.getCause().getMessage(), failed.getCause());
    }
  }

  private BenchUser loginOrRegister(String id) {
    try {
      return login(id);
    } catch (SkeinException unknown) {
      if (unknown.code() != ErrorCode.UNAUTHENTICATED) {
        throw unknown;
      }
      await(
          calls.call(
              Calls.REGISTER,
              RegisterRequest.newBuilder()
                  .setUserId(id)
                  .setPassword(PASSWORD)
                  .setDisplayName(id)
                  .build()));
      return login(id);
    }
  }

  private BenchUser login(String id) {
    LoginReply reply =
        await(
            calls.call(
                Calls.LOGIN,
                LoginRequest.newBuilder().setUserId(id).setPassword(PASSWORD).build()));
    return new BenchUser(id, reply.getToken());
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof SkeinException refused) {
        throw refused;
      }
      throw failed;
    }
  }
}
