-- What messages carry beside their content, and what later entries make of them.
set local lock_timeout = '5s';

alter table message.conversation
    add column shown_seq integer  not null default 0,  -- the newest entry that is not a change of another; 0: last_seq
    add column post_role smallint not null default 3;  -- the lowest role that may send messages

alter table message.member
    add column muted_until timestamptz;                -- may not send until then

alter table message.entry
    add column context    bytea,                       -- skein.v1.EntryContext as it was sent; null: none
    add column thread_seq integer,                     -- the message that the thread began with
    add column target_seq integer,                     -- of a change: the entry that it changes
    add column erased     boolean not null default false;  -- body and context have been removed
create index entry_by_thread on message.entry (conversation_id, thread_seq, seq) where thread_seq is not null;
create index entry_changes on message.entry (conversation_id, target_seq, seq) where target_seq is not null;

-- The sum of the changes of an entry; entries themselves only ever lose their content. No row: unchanged.
create table message.entry_state (
    conversation_id uuid       not null,
    seq             integer    not null,
    changed_seq     integer    not null,               -- the newest change that is in here
    recalled        boolean    not null default false,
    type            smallint,                          -- of the last version; null: not edited
    body            bytea,
    edits           integer    not null default 0,
    edited_at       timestamptz,
    pinned_seq      integer,                           -- the change that pinned it; null: not pinned
    reaction_keys   text[]     not null default '{}',  -- in the order of first use
    reaction_counts integer[]  not null default '{}',
    primary key (conversation_id, seq)
) with (fillfactor = 80);
create index entry_pinned on message.entry_state (conversation_id, pinned_seq) where pinned_seq is not null;

create table message.reaction (
    conversation_id uuid    not null,
    seq             integer not null,
    key             text    not null,
    user_id         text    not null,
    primary key (conversation_id, seq, key, user_id)
);

-- Who was mentioned where; user_id '' stands for everybody.
create table message.mention (
    conversation_id uuid    not null,
    user_id         text    not null,
    seq             integer not null,
    sender          text    not null,
    primary key (conversation_id, user_id, seq)
);

-- As before, and the first entry is what lists show.
create or replace function message.create_v1(
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
        id, kind, title, created_by, last_seq, shown_seq, members_seq, member_count, changed_xid)
    values (p_id, p_kind, p_title, p_creator, 1, 1, 1, cardinality(p_members), xid)
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

-- Applies one change (entry types 30-33) to its target, under the conversation's lock.
-- Returns a status of append_v2: 0 done, 6 not allowed, 7 no such message, 8 too late, 9 it is already so,
-- 10 does not suit this message, 11 too many.
create function message.change_v1(
    p_id uuid, p_kind smallint, p_type smallint, p_seq integer, p_sent_at timestamptz,
    p_sender text, p_role smallint, p_joined integer,
    p_target integer, p_key text, p_removed boolean, p_new_type smallint, p_new_body bytea,
    p_edit_seconds integer, p_recall_seconds integer, p_max_pins integer, p_max_keys integer)
returns smallint
language plpgsql
as $$
declare
    leads constant boolean := p_kind <> 1 and p_role <= 2;
    t     record;
    s     message.entry_state;
    place integer;
begin
    select e.type, e.sender, e.sent_at into t
    from message.entry e
    where e.conversation_id = p_id and e.seq = p_target and e.seq > p_joined
      and e.type between 10 and 19 and not e.erased;
    if not found then
        return 7;
    end if;
    -- Only who holds the conversation's lock comes here, so the row can be read, changed and written back.
    select x.* into s from message.entry_state x where x.conversation_id = p_id and x.seq = p_target;
    if not found then
        s.conversation_id := p_id;
        s.seq := p_target;
        s.recalled := false;
        s.edits := 0;
        s.reaction_keys := '{}';
        s.reaction_counts := '{}';
    end if;
    s.changed_seq := p_seq;

    if p_type = 30 then -- edit
        if t.sender <> p_sender then
            return 6;
        elsif not (t.type in (10, 12) and p_new_type in (10, 12) or t.type = 11 and p_new_type = 11) then
            return 10;
        elsif p_sent_at > t.sent_at + make_interval(secs => p_edit_seconds) then
            return 8;
        end if;
        s.type := p_new_type;
        s.body := p_new_body;
        s.edits := s.edits + 1;
        s.edited_at := p_sent_at;
    elsif p_type = 31 then -- recall
        if t.sender <> p_sender and not leads then
            return 6;
        elsif not leads and p_sent_at > t.sent_at + make_interval(secs => p_recall_seconds) then
            return 8;
        end if;
        s.recalled := true;
        s.type := null;
        s.body := null;
        s.edits := 0;
        s.edited_at := null;
        s.pinned_seq := null;
        s.reaction_keys := '{}';
        s.reaction_counts := '{}';
        update message.entry e set body = '', context = null, erased = true
        where e.conversation_id = p_id and e.seq = p_target;
        update message.entry e set body = '', erased = true
        where e.conversation_id = p_id and e.target_seq = p_target and e.type = 30;
        delete from message.reaction r where r.conversation_id = p_id and r.seq = p_target;
    elsif p_type = 32 then -- reaction
        place := array_position(s.reaction_keys, p_key);
        if p_removed then
            delete from message.reaction r
            where r.conversation_id = p_id and r.seq = p_target and r.key = p_key and r.user_id = p_sender;
            if not found then
                return 9;
            end if;
            s.reaction_counts[place] := s.reaction_counts[place] - 1;
            if s.reaction_counts[place] = 0 then
                s.reaction_keys := s.reaction_keys[:place - 1] || s.reaction_keys[place + 1:];
                s.reaction_counts := s.reaction_counts[:place - 1] || s.reaction_counts[place + 1:];
            end if;
        elsif place is null and cardinality(s.reaction_keys) >= p_max_keys then
            return 11;
        else
            insert into message.reaction (conversation_id, seq, key, user_id)
            values (p_id, p_target, p_key, p_sender) on conflict do nothing;
            if not found then
                return 9;
            end if;
            if place is null then
                s.reaction_keys := s.reaction_keys || p_key;
                s.reaction_counts := s.reaction_counts || 1;
            else
                s.reaction_counts[place] := s.reaction_counts[place] + 1;
            end if;
        end if;
    elsif p_type = 33 then -- pin
        if p_kind <> 1 and not leads then
            return 6;
        elsif p_removed = (s.pinned_seq is null) then
            return 9;
        elsif not p_removed and p_max_pins <= (
                select count(*) from message.entry_state x where x.conversation_id = p_id and x.pinned_seq is not null) then
            return 11;
        end if;
        s.pinned_seq := case when p_removed then null else p_seq end;
    else
        return 10; -- A kind of change that this version does not know.
    end if;

    insert into message.entry_state select s.*
    on conflict (conversation_id, seq) do update
    set changed_seq = excluded.changed_seq, recalled = excluded.recalled, type = excluded.type, body = excluded.body,
        edits = excluded.edits, edited_at = excluded.edited_at, pinned_seq = excluded.pinned_seq,
        reaction_keys = excluded.reaction_keys, reaction_counts = excluded.reaction_counts;
    return 0;
end
$$;

-- Appends one batch: append_v1 with context, replies, mentions and changes.
-- Items are numbered from 1; conversations are named by their place in p_conversations; mentions name their item.
-- p_reply is the message that an item answers, p_target the one it changes.
-- Status: 0 appended, 1 duplicate (seq, sent_at and thread_seq of the first), 2 busy (locked elsewhere, ask again),
-- 3 not found (no such conversation, or not a member: the same on purpose), 4 conflict (the client_msg_id stands
-- for other content), 5 out of order (the predecessor is not in the log), 6 not allowed (the role is too low, the
-- sender is muted, or the message is another's), 7 no such message to answer or change, 8 too late for a change,
-- 9 the change is already made, 10 the change does not suit this message, 11 too many (pins, kinds of reactions).
create function message.append_v2(
    p_batch uuid, p_boot uuid,
    p_new uuid[], p_new_low text[], p_new_high text[],
    p_conversations uuid[],
    p_slot integer[], p_sender text[], p_client_msg_id uuid[], p_type smallint[], p_countable boolean[], p_body bytea[],
    p_context bytea[], p_reply integer[],
    p_target integer[], p_key text[], p_removed boolean[], p_new_type smallint[], p_new_body bytea[],
    p_mention_item integer[], p_mention_user text[],
    p_after uuid[], p_after_item integer[],
    p_edit_seconds integer, p_recall_seconds integer, p_max_pins integer, p_max_keys integer, p_small integer,
    out status smallint[], out seq integer[], out sent_at timestamptz[], out members_seq integer[],
    out thread_seq integer[])
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
    version integer[] := array_fill(null::integer, array[slots]);
    times   timestamptz[] := array_fill(null::timestamptz, array[slots]);
    ordinal integer[] := array_fill(null::integer, array[items]);
    appended integer := 0;
    verdict smallint;
    r record;
begin
    status := array_fill(3::smallint, array[items]);
    seq := array_fill(0, array[items]);
    sent_at := array_fill(null::timestamptz, array[items]);
    members_seq := array_fill(0, array[items]);
    thread_seq := array_fill(null::integer, array[items]);

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
        version[r.slot] := r.members_seq;
        times[r.slot] := greatest(r.last_sent_at, now());
    end loop;

    -- 3. to 5. A new statement has a fresh snapshot: it sees all that was committed before the locks were ours.
    for r in
        select i.item, i.slot, i.type, i.after, i.reply, m.user_id is not null as member, m.role, m.joined_seq,
               m.muted_until > now() as muted,
               d.seq as first_seq, d.sent_at as first_sent_at, d.thread_seq as first_thread_seq,
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
        members_seq[r.item] := version[r.slot];
        if r.first_seq is not null then
            status[r.item] := case when r.same then 1 else 4 end;
            seq[r.item] := r.first_seq;
            sent_at[r.item] := r.first_sent_at;
            thread_seq[r.item] := r.first_thread_seq;
            continue;
        end if;
        verdict := 0;
        if not r.member then
            verdict := 3;
        elsif r.after is not null and not r.follows
                and not (p_after_item[r.item] > 0 and status[p_after_item[r.item]] <= 1) then
            verdict := 5;
        elsif r.type <= 30 and r.role > posters[r.slot] or r.type <> 31 and r.muted then
            verdict := 6;
        elsif r.reply is not null and r.thread is null then
            verdict := 7;
        elsif p_target[r.item] is not null then
            verdict := message.change_v1(
                p_conversations[r.slot], kind[r.slot], r.type, new_seq[r.slot] + 1, times[r.slot],
                p_sender[r.item], r.role, r.joined_seq,
                p_target[r.item], p_key[r.item], p_removed[r.item], p_new_type[r.item], p_new_body[r.item],
                p_edit_seconds, p_recall_seconds, p_max_pins, p_max_keys);
        elsif r.role > 2 and (sizes[r.slot] > p_small or kind[r.slot] = 3) and exists (
                select from unnest(p_mention_item, p_mention_user) n (item, user_id)
                where n.item = r.item and n.user_id = '') then
            verdict := 6;
        end if;
        status[r.item] := verdict;
        if verdict = 0 then
            -- 6. The next seq.
            new_seq[r.slot] := new_seq[r.slot] + 1;
            if p_target[r.item] is null then
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
        target_seq)
    select p_conversations[i.slot], i.seq, i.ordinal, i.type, i.countable, i.sender, i.client_msg_id, i.sent_at, i.body,
           i.context, i.thread_seq, i.target_seq
    from unnest(p_slot, seq, ordinal, p_type, p_countable, p_sender, p_client_msg_id, sent_at, p_body, p_context,
                thread_seq, p_target, status)
         i (slot, seq, ordinal, type, countable, sender, client_msg_id, sent_at, body, context, thread_seq, target_seq,
            status)
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
