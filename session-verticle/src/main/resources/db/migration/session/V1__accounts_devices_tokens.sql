SET LOCAL lock_timeout = '5s';

CREATE SCHEMA IF NOT EXISTS session;

-- User ids are the integrator's own strings: compared byte by byte, whatever the database's locale.
CREATE TABLE session.account (
  user_id           text COLLATE "C" PRIMARY KEY CHECK (char_length(user_id) BETWEEN 1 AND 64),
  display_name      text NOT NULL,
  -- In the encoded form of Argon2, with its parameters; NULL: cannot log in by password.
  password_hash     text,
  state             text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'banned')),
  -- Tokens that were issued before do not count. Revocation needs no list of tokens.
  tokens_valid_from timestamptz NOT NULL DEFAULT 'epoch',
  created_at        timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE session.device (
  user_id           text COLLATE "C" NOT NULL REFERENCES session.account,
  device_id         text COLLATE "C" NOT NULL,
  platform          text NOT NULL,
  name              text NOT NULL,
  -- The fence: grows with every connect and every revocation, and never shrinks.
  epoch             bigint NOT NULL,
  -- When the login began, or the token was issued, that the device connected with last.
  token_issued_at   timestamptz NOT NULL,
  tokens_valid_from timestamptz NOT NULL DEFAULT 'epoch',
  -- Hidden from the list until it connects again.
  revoked           boolean NOT NULL DEFAULT false,
  first_seen_at     timestamptz NOT NULL DEFAULT now(),
  last_seen_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, device_id)
);

-- A login and all tokens that descend from it. Only the newest refresh token is good, and only its
-- hash is known here. A line that was revoked is gone.
CREATE TABLE session.token_line (
  line_id     uuid PRIMARY KEY,
  user_id     text COLLATE "C" NOT NULL REFERENCES session.account,
  -- NULL: bound by the first device that connects.
  device_id   text COLLATE "C",
  secret_hash bytea NOT NULL,
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  rotated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at  timestamptz NOT NULL
);
CREATE INDEX token_line_user ON session.token_line (user_id, rotated_at);
