package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** All keys, read from the mapping interfaces: the one list that everything else is made from. */
final class SettingKeys {
  /** By name, since Java keeps no order; groups after keys; what names a list's item first. */
  private static final Comparator<Method> ORDER =
      Comparator.comparing((Method method) -> !method.getName().equals("kid"))
          .thenComparing(method -> !method.isAnnotationPresent(Doc.class))
          .thenComparing(Method::getName);

  private static final List<SettingKey> ALL = read();

  private SettingKeys() {}

  /** By section in the order of {@link Section}, then by name. */
  static List<SettingKey> all() {
    return ALL;
  }

  /** Those of one section: first its own, then those of its groups. */
  static List<SettingKey> of(Section section) {
    return ALL.stream().filter(key -> key.section().equals(section.key())).toList();
  }

  private static List<SettingKey> read() {
    List<SettingKey> keys = new ArrayList<>();
    for (Section section : Section.values()) {
      read(section.key() + ".", section.group(), keys);
    }
    return List.copyOf(keys);
  }

  private static void read(String prefix, Class<?> group, List<SettingKey> keys) {
    Method[] methods = group.getMethods();
    Arrays.sort(methods, ORDER);
    for (Method method : methods) {
      String path = prefix + kebab(method.getName());
      Type type = method.getGenericReturnType();
      Class<?> raw = method.getReturnType();
      boolean list = raw == List.class || raw == Set.class;
      boolean optional = raw == Optional.class;
      Class<?> inner = list || optional ? (Class<?>) argument(type) : raw;
      if (isGroup(inner)) {
        read(path + (list ? "[]." : "."), inner, keys);
      } else {
        Doc doc = method.getAnnotation(Doc.class);
        WithDefault fallback = method.getAnnotation(WithDefault.class);
        if (doc == null) {
          throw new IllegalStateException("no @Doc on " + method);
        }
        keys.add(
            new SettingKey(
                path,
                (list ? "list of " : "") + word(inner),
                Optional.ofNullable(fallback).map(WithDefault::value),
                optional || list,
                doc.value(),
                doc.secret()));
      }
    }
  }

  private static boolean isGroup(Class<?> type) {
    return type.isInterface() && type.getPackage() == Settings.class.getPackage();
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static String word(Class<?> type) {
    if (type.isEnum()) {
      return String.join(
          "|",
          Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .map(name -> name.replace('_', '-'))
              .toList());
    }
    if (type == int.class || type == long.class || type == Integer.class) {
      return "number";
    }
    if (type == boolean.class) {
      return "true|false";
    }
    if (type == Duration.class) {
      return "duration";
    }
    return "text";
  }

  private static String kebab(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
