set local lock_timeout = '5s';

create schema if not exists presence;

-- Whom users do not want to hear from. User ids are compared byte by byte, whatever the database's locale.
create table presence.block (
    user_id    text collate "C" not null,
    blocked_id text collate "C" not null,
    blocked_at timestamptz      not null default now(),
    primary key (user_id, blocked_id)
);
create index block_by_blocked on presence.block (blocked_id);
