SET LOCAL lock_timeout = '5s';

-- An erased account keeps its row, so that nobody gets its id again.
ALTER TABLE session.account DROP CONSTRAINT account_state_check;
ALTER TABLE session.account
  ADD CONSTRAINT account_state_check CHECK (state IN ('active', 'banned', 'erased')) NOT VALID;

-- Users of whom the other services still have to erase something.
CREATE TABLE session.erasure (
  user_id  text COLLATE "C" PRIMARY KEY REFERENCES session.account,
  asked_at timestamptz NOT NULL DEFAULT now(),
  -- What is done next, and where that goes on.
  step     text NOT NULL,
  cursor   text NOT NULL DEFAULT '',
  -- Whoever works on it keeps it from others until then.
  look_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX erasure_by_time ON session.erasure (look_at);
