-- The conversation log: every conversation is a gap-free sequence of entries.
-- Expand first, contract later: a function that changes its shape gets a new name (append_v2).
set local lock_timeout = '5s';

create schema if not exists message;

-- One row per conversation. Its row lock, held until commit, is what makes the order of seq the order of visibility.
create table message.conversation (
    id             uuid        primary key,
    kind           smallint    not null,            -- as in skein.v1.Conversation.Kind
    title          text        not null default '',
    created_by     text        not null default '',
    created_at     timestamptz not null default now(),
    first_seq      integer     not null default 1,  -- entries before it have been expired as a whole prefix
    last_seq       integer     not null default 0,
    message_count  integer     not null default 0,  -- countable entries; the ordinal of the newest of them
    members_seq    integer     not null default 0,  -- version of the member list
    member_count   integer     not null default 0,  -- of those who have not left
    last_sent_at   timestamptz not null default now(),
    changed_xid    bigint      not null             -- transaction that changed the row last; unindexed, so updates stay HOT
) with (fillfactor = 70);

create table message.member (
    conversation_id uuid     not null,
    user_id         text     not null check (char_length(user_id) between 1 and 64),
    role            smallint not null,             -- as in skein.v1.Member.Role
    joined_seq      integer  not null default 0,    -- sees entries above it
    left_seq        integer,                        -- a tombstone: sees no entry above it
    delivered_seq   integer  not null default 0,
    read_seq        integer  not null default 0,
    read_ordinal    integer  not null default 0,    -- countable entries up to read_seq
    read_own        integer  not null default 0,    -- of those, the member's own
    own_count       integer  not null default 0,    -- countable entries the member has sent
    changed_xid     bigint   not null,
    primary key (conversation_id, user_id)
) with (fillfactor = 80);
create index member_by_user on message.member (user_id, conversation_id);

create table message.entry (
    conversation_id uuid        not null,
    seq             integer     not null,
    ordinal         integer     not null,           -- countable entries up to and including this one
    type            smallint    not null,           -- number of the content field in skein.v1.Entry
    countable       boolean     not null,
    sender          text        not null,
    client_msg_id   uuid,                           -- null for entries that the server makes
    sent_at         timestamptz not null,
    body            bytea       not null,
    primary key (conversation_id, seq),
    -- Led by the sender, so that no plan ever takes it, instead of the primary key, for a range of a conversation.
    constraint entry_once unique (sender, client_msg_id, conversation_id)
);

-- One row per committed batch: what still has to be handed to the sessions of its recipients.
create table message.outbox (
    batch_id         uuid        primary key,
    boot_id          uuid        not null,          -- the process that delivers it
    conversation_ids uuid[]      not null,
    first_seqs       integer[]   not null,
    last_seqs        integer[]   not null,
    created_at       timestamptz not null default now(),
    done_at          timestamptz
) with (fillfactor = 70);
create index outbox_pending on message.outbox (created_at) where done_at is null;
create index outbox_done on message.outbox (done_at) where done_at is not null;
