package io.skein.client;

import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Mark;
import io.skein.protocol.v1.Presence;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an application hears. */
final class Recorder implements ClientListener {
  final List<Entry> entries = new CopyOnWriteArrayList<>();
  final List<ConnectionState> states = new CopyOnWriteArrayList<>();
  final List<Mark> marks = new CopyOnWriteArrayList<>();
  final List<Presence> presences = new CopyOnWriteArrayList<>();
  final List<Conversation> conversations = new CopyOnWriteArrayList<>();
  final List<String> skipped = new CopyOnWriteArrayList<>();

  List<Integer> seqs() {
    return entries.stream().map(Entry::getSeq).toList();
  }

  List<Integer> seqs(String conversationId) {
    return entries.stream()
        .filter(entry -> entry.getConversationId().equals(conversationId))
        .map(Entry::getSeq)
        .toList();
  }

  <T extends ConnectionState> List<T> states(Class<T> kind) {
    return states.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void onState(ConnectionState state) {
    states.add(state);
  }

  @Override
  public void onEntry(Entry entry) {
    entries.add(entry);
  }

  @Override
  public void onSkipped(String conversationId, int afterSeq, int beforeSeq) {
    skipped.add(conversationId + " " + afterSeq + ".." + beforeSeq);
  }

  @Override
  public void onMark(Mark mark) {
    marks.add(mark);
  }

  @Override
  public void onPresence(Presence presence) {
    presences.add(presence);
  }

  @Override
  public void onConversation(Conversation conversation) {
    conversations.add(conversation);
  }
}
