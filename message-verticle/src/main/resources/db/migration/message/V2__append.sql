set local lock_timeout = '5s';

-- Appends one batch. Items are numbered from 1; conversations are named by their place in p_conversations.
-- The caller has taken out repeated (conversation, sender, client_msg_id) and found predecessors inside the batch.
-- Status: 0 appended, 1 duplicate (seq and sent_at of the first), 2 busy (locked elsewhere, ask again),
-- 3 not found (no such conversation, or not a member: the same on purpose), 4 conflict (the client_msg_id stands
-- for other content), 5 out of order (the predecessor is not in the log).
create function message.append_v1(
    p_batch uuid, p_boot uuid,
    p_new uuid[], p_new_low text[], p_new_high text[],
    p_conversations uuid[],
    p_slot integer[], p_sender text[], p_client_msg_id uuid[], p_type smallint[], p_countable boolean[], p_body bytea[],
    p_after uuid[], p_after_item integer[],
    out status smallint[], out seq integer[], out sent_at timestamptz[], out members_seq integer[])
language plpgsql
-- These keep generic plans on index lookups per item, whatever the statistics say.
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    items   constant integer := cardinality(p_slot);
    slots   constant integer := cardinality(p_conversations);
    xid     constant bigint := pg_current_xact_id()::text::bigint;
    old_seq integer[] := array_fill(null::integer, array[slots]);
    new_seq integer[] := array_fill(null::integer, array[slots]);
    counts  integer[] := array_fill(null::integer, array[slots]);
    version integer[] := array_fill(null::integer, array[slots]);
    times   timestamptz[] := array_fill(null::timestamptz, array[slots]);
    ordinal integer[] := array_fill(null::integer, array[items]);
    appended integer := 0;
    r record;
begin
    status := array_fill(3::smallint, array[items]);
    seq := array_fill(0, array[items]);
    sent_at := array_fill(null::timestamptz, array[items]);
    members_seq := array_fill(0, array[items]);

    -- 1. Missing direct conversations, in the order of their ids, so that two batches cannot wait for each other.
    if cardinality(p_new) > 0 then
        insert into message.conversation (id, kind, member_count, changed_xid)
        select n.id, 1, case when n.low = n.high then 1 else 2 end, xid
        from unnest(p_new, p_new_low, p_new_high) n (id, low, high) order by n.id
        on conflict do nothing;
        insert into message.member (conversation_id, user_id, role, changed_xid)
        select n.id, u.user_id, 3, xid
        from unnest(p_new, p_new_low, p_new_high) n (id, low, high)
        cross join lateral (select n.low union select n.high) u (user_id)
        order by n.id, u.user_id
        on conflict do nothing;
    end if;

    -- 2. Lock. Whoever holds a lock keeps it to the commit; we wait for nobody.
    for r in
        select s.slot, c.last_seq, c.message_count, c.members_seq, c.last_sent_at
        from unnest(p_conversations) with ordinality s (id, slot)
        join message.conversation c on c.id = s.id
        order by c.id for no key update of c skip locked
    loop
        old_seq[r.slot] := r.last_seq;
        new_seq[r.slot] := r.last_seq;
        counts[r.slot] := r.message_count;
        version[r.slot] := r.members_seq;
        times[r.slot] := greatest(r.last_sent_at, now());
    end loop;

    -- 3. to 5. A new statement has a fresh snapshot: it sees all that was committed before the locks were ours.
    for r in
        select i.item, i.slot, i.after, m.user_id is not null as member,
               d.seq as first_seq, d.sent_at as first_sent_at, d.type = i.type and d.body = i.body as same,
               p.seq is not null as follows
        from unnest(p_slot, p_sender, p_client_msg_id, p_type, p_body, p_after)
             with ordinality i (slot, sender, client_msg_id, type, body, after, item)
        left join message.member m
            on m.conversation_id = p_conversations[i.slot] and m.user_id = i.sender and m.left_seq is null
        -- "Not distinct" is "equal" that no index serves: the plan must not walk through a whole conversation.
        left join message.entry d
            on d.sender = i.sender and d.client_msg_id = i.client_msg_id
            and d.conversation_id is not distinct from p_conversations[i.slot]
        left join message.entry p
            on p.sender = i.sender and p.client_msg_id = i.after
            and p.conversation_id is not distinct from p_conversations[i.slot]
        order by i.item
    loop
        if old_seq[r.slot] is null then
            status[r.item] := 2;
            continue;
        end if;
        members_seq[r.item] := version[r.slot];
        if r.first_seq is not null then
            status[r.item] := case when r.same then 1 else 4 end;
            seq[r.item] := r.first_seq;
            sent_at[r.item] := r.first_sent_at;
        elsif not r.member then
            status[r.item] := 3;
        elsif r.after is not null and not r.follows
                and not (p_after_item[r.item] > 0 and status[p_after_item[r.item]] <= 1) then
            status[r.item] := 5;
        else
            -- 6. The next seq.
            new_seq[r.slot] := new_seq[r.slot] + 1;
            if p_countable[r.item] then
                counts[r.slot] := counts[r.slot] + 1;
            end if;
            status[r.item] := 0;
            seq[r.item] := new_seq[r.slot];
            ordinal[r.item] := counts[r.slot];
            sent_at[r.item] := times[r.slot];
            appended := appended + 1;
        end if;
    end loop;

    -- What could not be locked is busy if it exists, else not found.
    if array_position(status, 2::smallint) is not null then
        for r in
            select i.item from unnest(p_slot, status) with ordinality i (slot, status, item)
            where i.status = 2
              and not exists (select from message.conversation c where c.id = p_conversations[i.slot])
        loop
            status[r.item] := 3;
        end loop;
    end if;
    if appended = 0 then
        return;
    end if;

    insert into message.entry (conversation_id, seq, ordinal, type, countable, sender, client_msg_id, sent_at, body)
    select p_conversations[i.slot], i.seq, i.ordinal, i.type, i.countable, i.sender, i.client_msg_id, i.sent_at, i.body
    from unnest(p_slot, seq, ordinal, p_type, p_countable, p_sender, p_client_msg_id, sent_at, p_body, status)
         i (slot, seq, ordinal, type, countable, sender, client_msg_id, sent_at, body, status)
    where i.status = 0;

    update message.conversation c
    set last_seq = s.last_seq, message_count = s.message_count, last_sent_at = s.sent_at, changed_xid = xid
    from unnest(p_conversations, old_seq, new_seq, counts, times) s (id, old_seq, last_seq, message_count, sent_at)
    where c.id = s.id and s.last_seq > s.old_seq;

    update message.member m set own_count = m.own_count + s.sent
    from (select p_conversations[i.slot] as id, i.sender, count(*)::integer as sent
          from unnest(p_slot, p_sender, p_countable, status) i (slot, sender, countable, status)
          where i.status = 0 and i.countable group by 1, 2) s
    where m.conversation_id = s.id and m.user_id = s.sender;

    insert into message.outbox (batch_id, boot_id, conversation_ids, first_seqs, last_seqs)
    select p_batch, p_boot, array_agg(s.id), array_agg(s.old_seq + 1), array_agg(s.last_seq)
    from unnest(p_conversations, old_seq, new_seq) s (id, old_seq, last_seq)
    where s.last_seq > s.old_seq;
end
$$;
