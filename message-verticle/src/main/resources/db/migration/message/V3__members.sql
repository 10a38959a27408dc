set local lock_timeout = '5s';

-- Which history this is: a restored or promoted copy of the database numbers its transactions anew, so cursors
-- made from transaction ids are only good within one system and one timeline.
create function message.history_id_v1() returns text
language sql stable
as $$
    select to_hex(system_identifier) || left(pg_walfile_name(pg_current_wal_lsn()), 8) from pg_control_system()
$$;

-- A conversation with a given list of members and its first entry, which is not counted as unread.
-- The same id again changes nothing and returns false.
create function message.create_v1(
    p_batch uuid, p_boot uuid,
    p_id uuid, p_kind smallint, p_title text, p_creator text, p_members text[], p_roles smallint[],
    p_type smallint, p_body bytea)
returns boolean
language plpgsql
as $$
declare
    xid constant bigint := pg_current_xact_id()::text::bigint;
begin
    insert into message.conversation (
        id, kind, title, created_by, last_seq, members_seq, member_count, changed_xid)
    values (p_id, p_kind, p_title, p_creator, 1, 1, cardinality(p_members), xid)
    on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into message.member (conversation_id, user_id, role, changed_xid)
    select p_id, m.user_id, m.role, xid from unnest(p_members, p_roles) m (user_id, role);
    insert into message.entry (conversation_id, seq, ordinal, type, countable, sender, sent_at, body)
    values (p_id, 1, 0, p_type, false, p_creator, now(), p_body);
    insert into message.outbox (batch_id, boot_id, conversation_ids, first_seqs, last_seqs)
    values (p_batch, p_boot, array[p_id], array[1], array[1]);
    return true;
end
$$;

-- Moves read marks forward. At most one item per (conversation, user). No row is waited for.
-- Status: 0 moved, 1 not moved (the mark stands there or further), 2 busy (ask again), 3 not found.
-- Unread stays exact without counting what lies before the mark: only the member's own entries between the old and
-- the new mark, or after the new one, whichever range is shorter, are looked at, and none if there cannot be any.
-- ("Not distinct" is "equal" that no index serves: the plan must not walk through all that the member ever sent.)
create function message.read_v1(
    p_conversations uuid[], p_users text[], p_seqs integer[],
    out status smallint[], out read_seq integer[], out delivered_seq integer[], out unread integer[],
    out members_seq integer[])
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    items  constant integer := cardinality(p_users);
    xid    constant bigint := pg_current_xact_id()::text::bigint;
    target integer;
    total  integer;
    own    integer;
    r      record;
begin
    status := array_fill(3::smallint, array[items]);
    read_seq := array_fill(0, array[items]);
    delivered_seq := array_fill(0, array[items]);
    unread := array_fill(0, array[items]);
    members_seq := array_fill(0, array[items]);

    for r in
        select i.item
        from unnest(p_conversations, p_users) with ordinality i (id, user_id, item)
        join message.member m on m.conversation_id = i.id and m.user_id = i.user_id and m.left_seq is null
        order by i.id, i.user_id for no key update of m skip locked
    loop
        status[r.item] := 1;
    end loop;

    -- A fresh snapshot. Nothing a locked member has sent can become visible now, so own counts stand still.
    for r in
        select i.item, i.id, i.user_id, i.seq, m.read_seq, m.read_ordinal, m.read_own, m.own_count, m.delivered_seq,
               c.last_seq, c.message_count, c.members_seq
        from unnest(p_conversations, p_users, p_seqs) with ordinality i (id, user_id, seq, item)
        join message.member m on m.conversation_id = i.id and m.user_id = i.user_id and m.left_seq is null
        join message.conversation c on c.id = i.id
    loop
        if status[r.item] = 3 then
            status[r.item] := 2;
            continue;
        end if;
        target := least(r.seq, r.last_seq);
        total := r.read_ordinal;
        own := r.read_own;
        if target > r.read_seq then
            status[r.item] := 0;
            if target = r.last_seq then
                total := r.message_count;
                own := r.own_count;
            else
                select e.ordinal into strict total
                from message.entry e where e.conversation_id = r.id and e.seq = target;
                if r.own_count > r.read_own then
                    if target - r.read_seq < r.last_seq - target then
                        select r.read_own + count(*) into own from message.entry e
                        where e.conversation_id = r.id and e.seq > r.read_seq and e.seq <= target
                          and e.sender is not distinct from r.user_id and e.countable;
                    else
                        select r.own_count - count(*) into own from message.entry e
                        where e.conversation_id = r.id and e.seq > target
                          and e.sender is not distinct from r.user_id and e.countable;
                    end if;
                end if;
            end if;
            update message.member m
            set read_seq = target, read_ordinal = total, read_own = own, changed_xid = xid,
                delivered_seq = greatest(m.delivered_seq, target)
            where m.conversation_id = r.id and m.user_id = r.user_id;
        end if;
        read_seq[r.item] := greatest(target, r.read_seq);
        delivered_seq[r.item] := greatest(target, r.delivered_seq);
        members_seq[r.item] := r.members_seq;
        unread[r.item] := (r.message_count - total) - (r.own_count - own);
    end loop;
end
$$;

-- Moves delivered marks forward; items and status as in read_v1. A mark beyond the head is not moved.
create function message.delivered_v1(
    p_conversations uuid[], p_users text[], p_seqs integer[],
    out status smallint[], out read_seq integer[], out members_seq integer[])
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    items constant integer := cardinality(p_users);
    r     record;
begin
    status := array_fill(3::smallint, array[items]);
    read_seq := array_fill(0, array[items]);
    members_seq := array_fill(0, array[items]);

    for r in
        select i.item, m.read_seq
        from unnest(p_conversations, p_users) with ordinality i (id, user_id, item)
        join message.member m on m.conversation_id = i.id and m.user_id = i.user_id and m.left_seq is null
        order by i.id, i.user_id for no key update of m skip locked
    loop
        status[r.item] := 1;
        read_seq[r.item] := r.read_seq;
    end loop;

    for r in
        update message.member m
        set delivered_seq = i.seq, changed_xid = pg_current_xact_id()::text::bigint
        from unnest(p_conversations, p_users, p_seqs, status) with ordinality i (id, user_id, seq, status, item),
             message.conversation c
        where m.conversation_id = i.id and m.user_id = i.user_id and c.id = i.id
          and i.status = 1 and i.seq > m.delivered_seq and i.seq <= c.last_seq
        returning i.item, c.members_seq
    loop
        status[r.item] := 0;
        members_seq[r.item] := r.members_seq;
    end loop;

    for r in
        select i.item from unnest(p_conversations, p_users, status) with ordinality i (id, user_id, status, item)
        where i.status = 3 and exists (
            select from message.member m
            where m.conversation_id = i.id and m.user_id = i.user_id and m.left_seq is null)
    loop
        status[r.item] := 2;
    end loop;
end
$$;
