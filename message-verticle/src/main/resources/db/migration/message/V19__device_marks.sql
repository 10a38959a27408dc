set local lock_timeout = '5s';

-- How far each device of a member has received and read. Written only by who holds the lock of the member's row, so
-- that no two writers ever wait for each other here. No index but the key: updates stay on their page (HOT).
create table message.device_mark (
    conversation_id uuid        not null,
    user_id         text        not null,
    device_id       text        not null,
    delivered_seq   integer     not null,
    read_seq        integer     not null,
    moved_at        timestamptz not null,
    primary key (conversation_id, user_id, device_id)
) with (fillfactor = 70);

-- Moves marks of devices forward, of items whose member is locked (status 0 or 1). p_items says which item a device
-- belongs to; each device at most once. Of each member the p_max devices are kept that moved last.
create function message.move_devices_v1(
    p_conversations uuid[], p_users text[], p_status smallint[],
    p_items integer[], p_devices text[], p_seqs integer[], p_read boolean, p_max integer)
returns void
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    r record;
begin
    for r in
        insert into message.device_mark as d (
            conversation_id, user_id, device_id, delivered_seq, read_seq, moved_at)
        select c.id, p_users[w.item], w.device, least(w.seq, c.last_seq),
               case when p_read then least(w.seq, c.last_seq) else 0 end, clock_timestamp()
        from unnest(p_items, p_devices, p_seqs) w (item, device, seq)
        join message.conversation c on c.id = p_conversations[w.item]
        where p_status[w.item] in (0, 1) and (p_read or w.seq <= c.last_seq)
        on conflict (conversation_id, user_id, device_id) do update
        set delivered_seq = greatest(d.delivered_seq, excluded.delivered_seq),
            read_seq = greatest(d.read_seq, excluded.read_seq), moved_at = excluded.moved_at
        where d.delivered_seq < excluded.delivered_seq or d.read_seq < excluded.read_seq
        returning d.conversation_id, d.user_id, d.xmax = 0 as is_new
    loop
        if r.is_new then
            delete from message.device_mark d
            where d.conversation_id = r.conversation_id and d.user_id = r.user_id and d.device_id in (
                select x.device_id from message.device_mark x
                where x.conversation_id = r.conversation_id and x.user_id = r.user_id
                order by x.moved_at desc, x.device_id offset p_max);
        end if;
    end loop;
end
$$;

-- delivered_v2, and the marks of devices in the same transaction.
create function message.delivered_v3(
    p_conversations uuid[], p_users text[], p_seqs integer[],
    p_items integer[], p_devices text[], p_device_seqs integer[], p_max integer,
    out status smallint[], out read_seq integer[], out members_seq integer[])
language plpgsql
as $$
begin
    select r.status, r.read_seq, r.members_seq into status, read_seq, members_seq
    from message.delivered_v2(p_conversations, p_users, p_seqs) r;
    if cardinality(p_items) > 0 then
        perform message.move_devices_v1(
            p_conversations, p_users, status, p_items, p_devices, p_device_seqs, false, p_max);
    end if;
end
$$;

-- read_v3, and the marks of devices in the same transaction.
create function message.read_v4(
    p_conversations uuid[], p_users text[], p_seqs integer[],
    p_items integer[], p_devices text[], p_device_seqs integer[], p_max integer,
    out status smallint[], out read_seq integer[], out delivered_seq integer[], out unread integer[],
    out members_seq integer[])
language plpgsql
as $$
begin
    select r.status, r.read_seq, r.delivered_seq, r.unread, r.members_seq
    into status, read_seq, delivered_seq, unread, members_seq
    from message.read_v3(p_conversations, p_users, p_seqs) r;
    if cardinality(p_items) > 0 then
        perform message.move_devices_v1(
            p_conversations, p_users, status, p_items, p_devices, p_device_seqs, true, p_max);
    end if;
end
$$;

-- Whoever leaves takes them along, also where the last version runs beside this one.
create function message.forget_devices() returns trigger
language plpgsql
as $$
begin
    delete from message.device_mark d
    where d.conversation_id = new.conversation_id and d.user_id = new.user_id;
    return null;
end
$$;

create trigger forget_devices after update of left_seq on message.member
    for each row when (old.left_seq is null and new.left_seq is not null)
    execute function message.forget_devices();
