set local lock_timeout = '5s';

-- Which memory the sessions' store had when it was looked at last. One row.
create table message.session_memory (
    one    boolean primary key default true check (one),
    memory text    not null
);

-- Notes the present memory of the sessions' store. If it is another than before, what has been delivered of late may
-- be lost with the old one: at most p_limit done rows of the outbox, the newest, are opened again.
-- Returns how many; 0 for whoever notes the same memory second.
create function message.replay_v1(p_memory text, p_limit integer) returns integer
language plpgsql
as $$
declare
    opened integer;
begin
    insert into message.session_memory (memory) values (p_memory) on conflict do nothing;
    if found then
        return 0;
    end if;
    update message.session_memory set memory = p_memory where memory <> p_memory;
    if not found then
        return 0;
    end if;
    update message.outbox set done_at = null
    where batch_id in (
        select batch_id from message.outbox where done_at is not null order by done_at desc limit p_limit);
    get diagnostics opened = row_count;
    return opened;
end
$$;
