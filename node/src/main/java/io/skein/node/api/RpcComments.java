package io.skein.node.api;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.skein.protocol.MethodInfo;

/** The comment above a method's declaration, found by its request message. */
final class RpcComments {
  private RpcComments() {}

  static String of(MethodInfo method) {
    var request = method.request().getDescriptorForType();
    FileDescriptor file = request.getFile();
    for (ServiceDescriptor service : file.getServices()) {
      for (MethodDescriptor candidate : service.getMethods()) {
        if (candidate.getInputType().equals(request)) {
          return ProtoComments.of(file).above(service.getName() + "." + candidate.getName());
        }
      }
    }
    return "";
  }
}
