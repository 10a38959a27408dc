SET LOCAL lock_timeout = '5s';

-- An account that a program speaks for.
ALTER TABLE session.account ADD COLUMN bot boolean NOT NULL DEFAULT false;
