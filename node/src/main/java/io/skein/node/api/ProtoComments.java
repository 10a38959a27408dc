package io.skein.node.api;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments above declarations in a schema file. Generated descriptors leave them out, so they
 * are read from the file itself, which travels in the jar. Knows as much of the language as our
 * schemas use: one declaration a line, comments on lines of their own.
 */
final class ProtoComments {
  private static final Pattern BLOCK =
      Pattern.compile("(message|enum|service|oneof) (\\w+) \\{(})?|rpc (\\w+)\\(.*");

  private static final Pattern FIELD =
      Pattern.compile("(?:(?:optional|repeated) )?(?:[\\w.]+ )?(\\w+) = \\d+.*;");

  private static final Map<String, ProtoComments> FILES = new ConcurrentHashMap<>();

  private final Map<String, String> comments = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  private ProtoComments(List<String> lines) {
    var comment = new StringBuilder();
    for (String raw : lines) {
      String line = raw.strip();
      if (line.startsWith("//")) {
        comment.append(comment.isEmpty() ? "" : " ").append(line.substring(2).strip());
      } else {
        declare(line, comment.toString());
        comment.setLength(0);
      }
    }
  }

  static ProtoComments of(FileDescriptor file) {
    return FILES.computeIfAbsent(file.getName(), name -> new ProtoComments(lines(name)));
  }

  /** By full name without the package: {@code "Messages.Send"}, {@code "SendRequest.text"}. */
  String above(String name) {
    return comments.getOrDefault(name, "");
  }

  private void declare(String line, String comment) {
    Matcher block = BLOCK.matcher(line);
    if (block.matches()) {
      boolean rpc = block.group(4) != null;
      String name = rpc ? block.group(4) : block.group(2);
      comments.put(path(name), comment);
      // A oneof is no level in the names of its fields.
      if (block.group(3) == null && (!rpc || line.endsWith("{"))) {
        open.addLast("oneof".equals(block.group(1)) ? "" : name);
      }
      return;
    }
    Matcher field = FIELD.matcher(line);
    if (field.matches()) {
      comments.put(path(field.group(1)), comment);
    } else if (line.endsWith("{")) {
      open.addLast("");
    } else if (line.startsWith("}") && !open.isEmpty()) {
      open.removeLast();
    }
  }

  private String path(String name) {
    var path = new StringBuilder();
    open.stream()
        .filter(level -> !level.isEmpty())
        .forEach(level -> path.append(level).append('.'));
    return path + name;
  }

  private static List<String> lines(String name) {
    try (InputStream in = ProtoComments.class.getClassLoader().getResourceAsStream(name)) {
      return in == null
          ? Collections.emptyList()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
