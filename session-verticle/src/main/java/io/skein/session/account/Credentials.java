package io.skein.session.account;

import java.util.Optional;

/** What an account is entered by. */
public record Credentials(Optional<String> passwordHash, boolean banned) {}
