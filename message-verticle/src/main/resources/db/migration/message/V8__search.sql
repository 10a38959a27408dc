set local lock_timeout = '5s';

-- The first seq whose entry was sent at this time or later; one above the last if there is none. sent_at never falls.
create function message.seq_at_v1(p_id uuid, p_time timestamptz) returns integer
language plpgsql stable
as $$
declare
    low    integer;
    high   integer;
    middle integer;
begin
    select c.first_seq, c.last_seq + 1 into low, high from message.conversation c where c.id = p_id;
    while low < high loop
        middle := low + (high - low) / 2;
        if (select e.sent_at < p_time from message.entry e where e.conversation_id = p_id and e.seq = middle) then
            low := middle + 1;
        else
            high := middle;
        end if;
    end loop;
    return low;
end
$$;

-- What can be searched. The words of a message as they are now, and a word for its conversation; so one index finds
-- both at once. It follows the log, some moments behind: the outbox says what is not in here yet.
create table message.search (
    conversation_id uuid        not null,
    seq             integer     not null,
    changed_seq     integer     not null,  -- the newest change that is in here; 0: none
    sender          text        not null,
    type            smallint    not null,
    sent_at         timestamptz not null,
    tokens          tsvector    not null,
    primary key (conversation_id, seq)
);
create index search_tokens on message.search using gin (tokens);

alter table message.outbox add column indexed boolean not null default false;
create index outbox_unindexed on message.outbox (created_at) where not indexed;
