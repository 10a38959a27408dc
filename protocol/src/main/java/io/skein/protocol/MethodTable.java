package io.skein.protocol;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.MarkDeliveredRequest;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.v1.BlockRequest;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.protocol.v1.InviteRequest;
import io.skein.protocol.v1.Options;
import io.skein.protocol.v1.RegisterRequest;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.ServiceRules;
import io.skein.protocol.v1.SetScheduledRequest;
import io.skein.protocol.v1.WatchRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All methods, derived once from the descriptors of the declared services. Immutable. */
public final class MethodTable {
  /** A new proto file with services is named here by one of its messages. */
  private static final List<FileDescriptor> FILES =
      List.of(
          ConnectRequest.getDescriptor().getFile(),
          RegisterRequest.getDescriptor().getFile(),
          ExportReply.getDescriptor().getFile(),
          SendRequest.getDescriptor().getFile(),
          SetScheduledRequest.getDescriptor().getFile(),
          CreateConversationRequest.getDescriptor().getFile(),
          InviteRequest.getDescriptor().getFile(),
          WatchRequest.getDescriptor().getFile(),
          BlockRequest.getDescriptor().getFile(),
          DeliverRequest.getDescriptor().getFile(),
          PushRequest.getDescriptor().getFile(),
          MarkDeliveredRequest.getDescriptor().getFile(),
          EnqueueRequest.getDescriptor().getFile());

  private static final MethodTable TABLE = new MethodTable(FILES);

  private final Map<String, MethodInfo> byName = new TreeMap<>();

  private MethodTable(List<FileDescriptor> files) {
    files.stream().flatMap(file -> file.getServices().stream()).forEach(this::addService);
  }

  public static MethodTable get() {
    return TABLE;
  }

  /** The method of a public name; empty: unimplemented. */
  public Optional<MethodInfo> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All methods, by name. */
  public Collection<MethodInfo> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  private void addService(ServiceDescriptor service) {
    ServiceRules rules = service.getOptions().getExtension(Options.serviceRules);
    for (MethodDescriptor method : service.getMethods()) {
      MethodInfo info = toInfo(rules, method);
      if (byName.put(info.name(), info) != null) {
        throw new IllegalStateException("declared twice: " + info.name());
      }
    }
  }

  private static MethodInfo toInfo(ServiceRules service, MethodDescriptor method) {
    String verb = lowerCamel(method.getName());
    String prefix = service.getPrefix();
    return new MethodInfo(
        prefix.isEmpty() ? verb : prefix + "." + verb,
        prefix,
        service.getOwner(),
        method.getOptions().getExtension(Options.rules),
        prototype(method.getInputType()),
        prototype(method.getOutputType()));
  }

  private static String lowerCamel(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** The generated class of a message: our files set java_package and java_multiple_files. */
  private static Message prototype(Descriptor type) {
    String name = type.getFile().getOptions().getJavaPackage() + "." + type.getName();
    try {
      return Internal.getDefaultInstance(Class.forName(name).asSubclass(Message.class));
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("no generated class for " + type.getFullName(), missing);
    }
  }
}
