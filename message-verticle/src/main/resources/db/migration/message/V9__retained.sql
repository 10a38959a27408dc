-- Values that are kept beside the log, one for each key.
set local lock_timeout = '5s';

alter table message.entry
    add column version integer;   -- of a retained value: 1, 2, 3 … for each key

-- The current values. A removed one keeps its row for a while, so that its versions go on.
create table message.retained (
    conversation_id uuid        not null,
    key             text        collate "C" not null,
    version         integer     not null,
    removed         boolean     not null,
    seq             integer     not null,  -- the entry of this version
    sender          text        not null,
    client_msg_id   uuid        not null,
    sent_at         timestamptz not null,
    body            bytea       not null,
    primary key (conversation_id, key)
) with (fillfactor = 80);

-- Puts a value in the place of the one before, under the conversation's lock. At most p_max keys have a value, and as
-- many removed ones are remembered.
-- Returns a status of append_v3, and the version that there is now.
create function message.retain_v1(
    p_id uuid, p_key text, p_expected integer, p_removed boolean, p_seq integer, p_sent_at timestamptz,
    p_sender text, p_client_msg_id uuid, p_body bytea, p_max integer,
    out verdict smallint, out version integer)
language plpgsql
as $$
declare
    was record;
begin
    select x.version, x.removed into was
    from message.retained x where x.conversation_id = p_id and x.key = p_key;
    version := coalesce(was.version, 0);
    if p_expected <> version and not (p_expected = 0 and was.removed) then
        verdict := 12;
        return;
    elsif p_removed and coalesce(was.removed, true) then
        verdict := 9;
        return;
    elsif coalesce(was.removed, true) and p_max <= (
            select count(*) from message.retained x where x.conversation_id = p_id and not x.removed) then
        verdict := 11;
        return;
    end if;
    verdict := 0;
    version := version + 1;
    insert into message.retained as x (
        conversation_id, key, version, removed, seq, sender, client_msg_id, sent_at, body)
    values (p_id, p_key, version, p_removed, p_seq, p_sender, p_client_msg_id, p_sent_at,
            case when p_removed then '' else p_body end)
    on conflict (conversation_id, key) do update
    set version = excluded.version, removed = excluded.removed, seq = excluded.seq, sender = excluded.sender,
        client_msg_id = excluded.client_msg_id, sent_at = excluded.sent_at, body = excluded.body;
    if p_removed then
        delete from message.retained x
        where x.conversation_id = p_id and x.removed and x.seq <= (
            select y.seq from message.retained y
            where y.conversation_id = p_id and y.removed order by y.seq desc offset p_max limit 1);
    end if;
end
$$;

-- Appends one batch: append_v2 with retained values. Of one, p_key names it, p_removed takes it away, and p_expected is
-- the version that it is to follow (null: any, 0: there is none).
-- Status: 0 to 11 as of append_v2, 12 the retained value has another version (which is answered).
create function message.append_v3(
    p_batch uuid, p_boot uuid,
    p_new uuid[], p_new_low text[], p_new_high text[],
    p_conversations uuid[],
    p_slot integer[], p_sender text[], p_client_msg_id uuid[], p_type smallint[], p_countable boolean[], p_body bytea[],
    p_context bytea[], p_reply integer[],
    p_target integer[], p_key text[], p_removed boolean[], p_new_type smallint[], p_new_body bytea[],
    p_mention_item integer[], p_mention_user text[],
    p_after uuid[], p_after_item integer[],
    p_expected integer[],
    p_edit_seconds integer, p_recall_seconds integer, p_max_pins integer, p_max_keys integer, p_max_retained integer,
    p_small integer,
    out status smallint[], out seq integer[], out sent_at timestamptz[], out members_seq integer[],
    out thread_seq integer[], out version integer[])
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
    kind    smallint[] := array_fill(null::smallint, array[slots]);
    posters smallint[] := array_fill(null::smallint, array[slots]);
    sizes   integer[] := array_fill(null::integer, array[slots]);
    old_seq integer[] := array_fill(null::integer, array[slots]);
    new_seq integer[] := array_fill(null::integer, array[slots]);
    shown   integer[] := array_fill(null::integer, array[slots]);
    counts  integer[] := array_fill(null::integer, array[slots]);
    lists   integer[] := array_fill(null::integer, array[slots]);
    times   timestamptz[] := array_fill(null::timestamptz, array[slots]);
    ordinal integer[] := array_fill(null::integer, array[items]);
    appended integer := 0;
    verdict smallint;
    current integer;
    r record;
begin
    status := array_fill(3::smallint, array[items]);
    seq := array_fill(0, array[items]);
    sent_at := array_fill(null::timestamptz, array[items]);
    members_seq := array_fill(0, array[items]);
    thread_seq := array_fill(null::integer, array[items]);
    version := array_fill(null::integer, array[items]);

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
        select s.slot, c.kind, c.post_role, c.member_count, c.last_seq, c.shown_seq, c.message_count, c.members_seq,
               c.last_sent_at
        from unnest(p_conversations) with ordinality s (id, slot)
        join message.conversation c on c.id = s.id
        order by c.id for no key update of c skip locked
    loop
        kind[r.slot] := r.kind;
        posters[r.slot] := r.post_role;
        sizes[r.slot] := r.member_count;
        old_seq[r.slot] := r.last_seq;
        new_seq[r.slot] := r.last_seq;
        shown[r.slot] := r.shown_seq;
        counts[r.slot] := r.message_count;
        lists[r.slot] := r.members_seq;
        times[r.slot] := greatest(r.last_sent_at, now());
    end loop;

    -- 3. to 5. A new statement has a fresh snapshot: it sees all that was committed before the locks were ours.
    for r in
        select i.item, i.slot, i.type, i.after, i.reply, m.user_id is not null as member, m.role, m.joined_seq,
               m.muted_until > now() as muted,
               d.seq as first_seq, d.sent_at as first_sent_at, d.thread_seq as first_thread_seq,
               d.version as first_version,
               d.erased or d.type = i.type and d.body = i.body and d.context is not distinct from i.context as same,
               p.seq is not null as follows,
               coalesce(t.thread_seq, t.seq) as thread
        from unnest(p_slot, p_sender, p_client_msg_id, p_type, p_body, p_context, p_reply, p_after)
             with ordinality i (slot, sender, client_msg_id, type, body, context, reply, after, item)
        left join message.member m
            on m.conversation_id = p_conversations[i.slot] and m.user_id = i.sender and m.left_seq is null
        -- "Not distinct" is "equal" that no index serves: the plan must not walk through a whole conversation.
        left join message.entry d
            on d.sender = i.sender and d.client_msg_id = i.client_msg_id
            and d.conversation_id is not distinct from p_conversations[i.slot]
        left join message.entry p
            on p.sender = i.sender and p.client_msg_id = i.after
            and p.conversation_id is not distinct from p_conversations[i.slot]
        left join message.entry t
            on t.conversation_id = p_conversations[i.slot] and t.seq = i.reply and t.seq > m.joined_seq
            and t.type between 10 and 19 and not t.erased
        order by i.item
    loop
        if old_seq[r.slot] is null then
            status[r.item] := 2;
            continue;
        end if;
        members_seq[r.item] := lists[r.slot];
        if r.first_seq is not null then
            status[r.item] := case when r.same then 1 else 4 end;
            seq[r.item] := r.first_seq;
            sent_at[r.item] := r.first_sent_at;
            thread_seq[r.item] := r.first_thread_seq;
            version[r.item] := r.first_version;
            continue;
        end if;
        verdict := 0;
        if not r.member then
            verdict := 3;
        elsif r.after is not null and not r.follows
                and not (p_after_item[r.item] > 0 and status[p_after_item[r.item]] <= 1) then
            verdict := 5;
        elsif (r.type <= 30 or r.type = 40) and r.role > posters[r.slot] or r.type <> 31 and r.muted then
            verdict := 6;
        elsif r.reply is not null and r.thread is null then
            verdict := 7;
        elsif p_target[r.item] is not null then
            verdict := message.change_v1(
                p_conversations[r.slot], kind[r.slot], r.type, new_seq[r.slot] + 1, times[r.slot],
                p_sender[r.item], r.role, r.joined_seq,
                p_target[r.item], p_key[r.item], p_removed[r.item], p_new_type[r.item], p_new_body[r.item],
                p_edit_seconds, p_recall_seconds, p_max_pins, p_max_keys);
        elsif r.type = 40 then
            select v.verdict, v.version into verdict, current
            from message.retain_v1(
                p_conversations[r.slot], p_key[r.item], p_expected[r.item], p_removed[r.item], new_seq[r.slot] + 1,
                times[r.slot], p_sender[r.item], p_client_msg_id[r.item], p_body[r.item], p_max_retained) v;
            version[r.item] := current;
        elsif r.role > 2 and (sizes[r.slot] > p_small or kind[r.slot] = 3) and exists (
                select from unnest(p_mention_item, p_mention_user) n (item, user_id)
                where n.item = r.item and n.user_id = '') then
            verdict := 6;
        end if;
        status[r.item] := verdict;
        if verdict = 0 then
            -- 6. The next seq.
            new_seq[r.slot] := new_seq[r.slot] + 1;
            if p_target[r.item] is null and r.type <> 40 then
                shown[r.slot] := new_seq[r.slot];
            end if;
            if p_countable[r.item] then
                counts[r.slot] := counts[r.slot] + 1;
            end if;
            seq[r.item] := new_seq[r.slot];
            ordinal[r.item] := counts[r.slot];
            sent_at[r.item] := times[r.slot];
            thread_seq[r.item] := r.thread;
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

    insert into message.entry (
        conversation_id, seq, ordinal, type, countable, sender, client_msg_id, sent_at, body, context, thread_seq,
        target_seq, version)
    select p_conversations[i.slot], i.seq, i.ordinal, i.type, i.countable, i.sender, i.client_msg_id, i.sent_at, i.body,
           i.context, i.thread_seq, i.target_seq, i.version
    from unnest(p_slot, seq, ordinal, p_type, p_countable, p_sender, p_client_msg_id, sent_at, p_body, p_context,
                thread_seq, p_target, version, status)
         i (slot, seq, ordinal, type, countable, sender, client_msg_id, sent_at, body, context, thread_seq, target_seq,
            version, status)
    where i.status = 0;

    if cardinality(p_mention_item) > 0 then
        insert into message.mention (conversation_id, user_id, seq, sender)
        select p_conversations[p_slot[n.item]], n.user_id, seq[n.item], p_sender[n.item]
        from unnest(p_mention_item, p_mention_user) n (item, user_id)
        where status[n.item] = 0 and (n.user_id = '' or exists (
            select from message.member m
            where m.conversation_id = p_conversations[p_slot[n.item]] and m.user_id = n.user_id and m.left_seq is null));
    end if;

    update message.conversation c
    set last_seq = s.last_seq, shown_seq = s.shown_seq, message_count = s.message_count, last_sent_at = s.sent_at,
        changed_xid = xid
    from unnest(p_conversations, old_seq, new_seq, shown, counts, times)
         s (id, old_seq, last_seq, shown_seq, message_count, sent_at)
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
