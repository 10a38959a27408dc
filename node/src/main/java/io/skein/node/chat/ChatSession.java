package io.skein.node.chat;

import io.skein.client.ConnectionState;
import io.skein.client.SkeinClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One run of the chat: connects it, feeds it with what is typed, and ends it. */
public final class ChatSession {
  private static final Duration FIRST_CONNECT = Duration.ofSeconds(15);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

  private final ChatSettings settings;
  private final Supplier<CompletableFuture<String>> tokens;
  private final Screen screen;
  private final CountDownLatch left = new CountDownLatch(1);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread chat = new Thread(task, "chat");
            chat.setDaemon(true);
            return chat;
          });

  /** On the terminal of this process, or on plain lines if there is none. */
  public ChatSession(ChatSettings settings, Supplier<CompletableFuture<String>> tokens) {
    this(settings, tokens, Screens.open());
  }

  ChatSession(ChatSettings settings, Supplier<CompletableFuture<String>> tokens, Screen screen) {
    this.settings = settings;
    this.tokens = tokens;
    this.screen = screen;
  }

  /** Runs until the input ends or somebody leaves; answers the exit code. */
  public int run() throws InterruptedException {
    try (SkeinClient client = newClient();
        Screen shown = screen) {
      Lines lines = new Lines(settings.self(), Clock.systemDefaultZone());
      Chat chat = new Chat(settings.self(), client, shown, lines, left::countDown);
      client.listen(chat);
      if (!connect(client)) {
        return 1;
      }
      shown.print(Lines.note("You are " + settings.self() + ". /help shows what you can do."));
      if (!settings.partner().isEmpty()) {
        thread.execute(() -> chat.with(settings.partner()));
      }
      Thread typing = new Thread(() -> type(chat), "chat-input");
      typing.setDaemon(true);
      typing.start();
      left.await();
      return client.state() instanceof ConnectionState.Stopped ? 1 : 0;
    } finally {
      thread.shutdown();
    }
  }

  private SkeinClient newClient() {
    return SkeinClient.builder(settings.server())
        .tokens(tokens)
        .device(settings.deviceId(), "linux")
        .callbackExecutor(thread)
        .build();
  }

  private boolean connect(SkeinClient client) throws InterruptedException {
    try {
      client.connect().get(FIRST_CONNECT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException refused) {
      screen.print(Lines.bad("Not connected: " + Explanations.of(refused.getCause())));
    } catch (TimeoutException nobodyThere) {
      screen.print(
          Lines.bad(
              "Nobody answers at " + settings.server() + ". Is a server running (./skein dev)?"));
    }
    return false;
  }

  /** At the end of a pipe, what was piped in is still answered. */
  private void type(Chat chat) {
    for (String line = screen.readLine(); line != null; line = screen.readLine()) {
      String typed = line;
      thread.execute(() -> chat.typed(typed));
    }
    thread.execute(chat::leaveWhenDone);
    try {
      if (!left.await(LAST_ANSWERS.toSeconds(), TimeUnit.SECONDS)) {
        left.countDown();
      }
    } catch (InterruptedException ended) {
      left.countDown();
    }
  }
}
