-- How far each user has been notified about each conversation.
set local lock_timeout = '5s';

create schema if not exists notify;

-- The claim is a lease: whoever holds it may send, and nobody else sends the same meanwhile.
create table notify.notified (
    user_id         text        not null check (char_length(user_id) between 1 and 64),
    conversation_id uuid        not null,
    notified_seq    integer     not null default 0,
    claimed_by      text,
    claimed_seq     integer,
    claimed_until   timestamptz,
    changed_at      timestamptz not null default now(),
    primary key (user_id, conversation_id)
) with (fillfactor = 80);
