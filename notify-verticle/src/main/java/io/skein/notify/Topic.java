package io.skein.notify;

/** What is notified together: one user's unread entries of one conversation. */
record Topic(String userId, String conversationId) {}
