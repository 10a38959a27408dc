set local lock_timeout = '5s';

-- Removes the oldest entries of conversations, with all that belongs to them, but no retained value: those of kinds[i]
-- that are older than ages[i] seconds. Looks at p_conversations conversations from p_after on and removes p_entries
-- entries at most. One that is locked is left for the next round. "next" is where to go on; null: from the beginning.
-- first_seq moves in the same transaction, so that whoever sees it sees no entry before it and all from it on.
create function message.retain_v1(
    p_after uuid, p_conversations integer, p_kinds smallint[], p_ages bigint[], p_entries integer,
    out removed integer, out next uuid)
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    r      record;
    looked integer := 0;
    bottom integer;
    top    integer;
begin
    removed := 0;
    next := p_after;
    for r in
        select c.id, now() - k.age * interval '1 second' as before
        from (select x.id, x.kind from message.conversation x
              where p_after is null or x.id > p_after order by x.id limit p_conversations) c
        left join unnest(p_kinds, p_ages) k (kind, age) on k.kind = c.kind
        order by c.id
    loop
        if removed = p_entries then
            return; -- The last one may have more.
        end if;
        looked := looked + 1;
        if exists (select from message.conversation c
                   join message.entry e on e.conversation_id = c.id and e.seq = c.first_seq
                   where c.id = r.id and e.sent_at < r.before) then
            select c.first_seq into bottom from message.conversation c
            where c.id = r.id for no key update skip locked;
            if found then
                top := least(message.seq_at_v1(r.id, r.before) - 1, bottom + p_entries - removed - 1);
                delete from message.mention x
                where x.conversation_id = r.id and x.seq between bottom and top;
                delete from message.reaction x
                where x.conversation_id = r.id and x.seq between bottom and top;
                delete from message.search x
                where x.conversation_id = r.id and x.seq between bottom and top;
                delete from message.expiry x
                where x.conversation_id = r.id and x.seq between bottom and top;
                delete from message.entry_state x
                where x.conversation_id = r.id and x.seq between bottom and top;
                delete from message.entry x
                where x.conversation_id = r.id and x.seq between bottom and top;
                update message.conversation c set first_seq = greatest(top + 1, bottom) where c.id = r.id;
                removed := removed + greatest(top + 1 - bottom, 0);
                if removed = p_entries then
                    continue;
                end if;
            end if;
        end if;
        next := r.id;
    end loop;
    if looked < p_conversations and removed < p_entries then
        next := null;
    end if;
end
$$;

-- Moves read marks forward. At most one item per (conversation, user). No row is waited for.
-- A seq whose entry has been removed with its time moves nothing. A read of any seq ends "marked unread", which counts as moved.
-- Status: 0 moved, 1 not moved (the mark stands there or further), 2 busy (ask again), 3 not found.
-- Unread stays exact without counting what lies before the mark: only the member's own entries between the old and
-- the new mark, or after the new one, whichever range is shorter, are looked at, and none if there cannot be any.
-- ("Not distinct" is "equal" that no index serves: the plan must not walk through all that the member ever sent.)
create or replace function message.read_v1(
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
               m.marked_unread, c.first_seq, c.last_seq, c.message_count, c.members_seq
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
                select e.ordinal into total
                from message.entry e where e.conversation_id = r.id and e.seq = target;
                if not found then -- Removed: nothing is left there to be read.
                    status[r.item] := 1;
                    target := r.read_seq;
                    total := r.read_ordinal;
                elsif r.own_count > r.read_own then
                    if target - r.read_seq < r.last_seq - target and r.read_seq >= r.first_seq - 1 then
                        select r.read_own + count(*) into own from message.entry e
                        where e.conversation_id = r.id and e.seq > r.read_seq and e.seq <= target
                          and e.sender is not distinct from r.user_id and e.countable;
                    else
                        select r.own_count - count(*) into own from message.entry e
                        where e.conversation_id = r.id and e.seq > target
                          and e.sender is not distinct from r.user_id and e.countable;
                    end if;
                    -- What has been removed meanwhile may not have been counted.
                    perform from message.conversation c where c.id = r.id and c.first_seq = r.first_seq;
                    if not found then
                        status[r.item] := 2;
                        continue;
                    end if;
                end if;
            end if;
        end if;
        if status[r.item] = 0 then
            update message.member m
            set read_seq = target, read_ordinal = total, read_own = own, changed_xid = xid, marked_unread = false,
                delivered_seq = greatest(m.delivered_seq, target)
            where m.conversation_id = r.id and m.user_id = r.user_id;
        elsif r.marked_unread then
            status[r.item] := 0;
            update message.member m set marked_unread = false, changed_xid = xid
            where m.conversation_id = r.id and m.user_id = r.user_id;
        end if;
        read_seq[r.item] := greatest(target, r.read_seq);
        delivered_seq[r.item] := greatest(target, r.delivered_seq);
        members_seq[r.item] := r.members_seq;
        unread[r.item] := (r.message_count - total) - (r.own_count - own);
    end loop;
end
$$;
