-- Users are erased: what they wrote loses its content, step by step, and each conversation is told once.
set local lock_timeout = '5s';

-- Conversations in which something of a user has been erased and that have not been told so yet.
create table message.erasing (
    user_id         text not null,
    conversation_id uuid not null,
    primary key (user_id, conversation_id)
);
create index join_request_by_user on message.join_request (user_id, conversation_id);

-- Takes away what a user has beside the log of a conversation: settings and draft, invite codes, retained values (their
-- versions go on). Ends a direct conversation: nobody can write there any more. The user has left groups before.
create function message.erase_member_v1(p_id uuid, p_user text) returns void
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    xid     constant bigint := pg_current_xact_id()::text::bigint;
    c       record;
    touched boolean := false;
begin
    select x.kind, x.last_seq into c from message.conversation x where x.id = p_id for no key update;
    if not found then
        return;
    end if;
    update message.member m
    set pinned = false, muted = false, archived = false, marked_unread = false, hidden_count = -1, draft = '',
        draft_reply = null, cleared_seq = 0, hidden_entries = null
    where m.conversation_id = p_id and m.user_id = p_user;
    if c.kind = 1 then
        update message.member m set left_seq = c.last_seq, changed_xid = xid
        where m.conversation_id = p_id and m.user_id = p_user and m.left_seq is null;
        if found then
            update message.conversation x
            set post_role = 0, member_count = x.member_count - 1, members_seq = greatest(x.members_seq + 1, x.last_seq),
                changed_xid = xid
            where x.id = p_id;
            touched := c.last_seq > 0;
        end if;
    end if;
    delete from message.invite_code i where i.conversation_id = p_id and i.created_by = p_user;
    update message.retained x set removed = true, body = ''
    where x.conversation_id = p_id and x.sender = p_user and not x.removed;
    if found or touched then
        insert into message.erasing (user_id, conversation_id) values (p_user, p_id) on conflict do nothing;
    end if;
end
$$;

-- Removes whom a user has mentioned in a conversation, p_limit rows at most; returns how many there were.
create function message.erase_mentions_v1(p_id uuid, p_user text, p_limit integer) returns integer
language plpgsql
set enable_seqscan = off
as $$
declare
    removed integer;
begin
    delete from message.mention n
    where n.conversation_id = p_id and (n.user_id, n.seq) in (
        select y.user_id, y.seq from message.mention y
        where y.conversation_id = p_id and y.sender = p_user limit p_limit);
    get diagnostics removed = row_count;
    return removed;
end
$$;

-- Removes the content of these entries of a user, under the conversation's lock: with the edits that are in their state,
-- what search knows of them, and the user's reactions. What others did with them stays, but for pins. Recalls and pins are
-- no content and stay. Returns how many entries lost something.
create function message.erase_entries_v1(p_id uuid, p_user text, p_seqs integer[]) returns integer
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    head     integer;
    found_in integer[];
    messages integer[];
    targets  integer[];
    place    integer;
    s        message.entry_state;
    r        record;
begin
    select c.last_seq into head from message.conversation c where c.id = p_id for no key update;
    -- A fresh snapshot, and what changes entries holds the lock.
    select array_agg(e.seq), array_agg(e.seq) filter (where e.type between 10 and 19),
           array_agg(distinct e.target_seq) filter (where e.type = 32)
    into found_in, messages, targets
    from message.entry e
    where e.conversation_id = p_id and e.seq = any (p_seqs) and e.sender = p_user and e.client_msg_id is not null
      and not e.erased and e.type not in (31, 33);
    if found_in is null then
        return 0;
    end if;

    for r in
        delete from message.reaction x
        where x.conversation_id = p_id and x.seq = any (targets) and x.user_id = p_user
        returning x.seq, x.key
    loop
        select x.* into s from message.entry_state x where x.conversation_id = p_id and x.seq = r.seq;
        place := array_position(s.reaction_keys, r.key);
        if place is not null then
            s.reaction_counts[place] := s.reaction_counts[place] - 1;
            if s.reaction_counts[place] = 0 then
                s.reaction_keys := s.reaction_keys[:place - 1] || s.reaction_keys[place + 1:];
                s.reaction_counts := s.reaction_counts[:place - 1] || s.reaction_counts[place + 1:];
            end if;
            update message.entry_state x set reaction_keys = s.reaction_keys, reaction_counts = s.reaction_counts
            where x.conversation_id = p_id and x.seq = r.seq;
        end if;
    end loop;

    update message.entry_state x set type = null, body = null, edits = 0, edited_at = null, pinned_seq = null
    where x.conversation_id = p_id and x.seq = any (messages);
    delete from message.expiry x where x.conversation_id = p_id and x.seq = any (messages);
    update message.entry e set body = '', context = null, erased = true
    where e.conversation_id = p_id and e.seq = any (found_in);

    -- With a place in the log above all that whoever is just indexing may know: that one writes the words no more.
    insert into message.search as x (conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
    select e.conversation_id, e.seq, head + 1, e.sender, e.type, e.sent_at, ''::tsvector
    from message.entry e where e.conversation_id = p_id and e.seq = any (messages) order by e.seq
    on conflict (conversation_id, seq) do update set changed_seq = excluded.changed_seq, tokens = excluded.tokens;

    insert into message.erasing (user_id, conversation_id) values (p_user, p_id) on conflict do nothing;
    return cardinality(found_in);
end
$$;

-- Appends the entry that tells a conversation what has been erased, once; seq is null if there is nothing (more) to tell.
create function message.tell_erased_v1(
    p_batch uuid, p_boot uuid, p_id uuid, p_user text, p_body bytea,
    out seq integer, out sent_at timestamptz, out members_seq integer)
language plpgsql
as $$
declare
    c record;
begin
    select x.last_seq, x.message_count, x.members_seq, x.last_sent_at into c
    from message.conversation x where x.id = p_id for no key update;
    delete from message.erasing x where x.user_id = p_user and x.conversation_id = p_id;
    if not found then
        return;
    end if;
    seq := c.last_seq + 1;
    sent_at := greatest(c.last_sent_at, now());
    members_seq := c.members_seq;
    insert into message.entry (conversation_id, seq, ordinal, type, countable, sender, sent_at, body)
    values (p_id, seq, c.message_count, 34, false, p_user, sent_at, p_body);
    update message.conversation x
    set last_seq = tell_erased_v1.seq, last_sent_at = tell_erased_v1.sent_at,
        shown_seq = case when x.shown_seq = 0 then x.last_seq else x.shown_seq end,
        changed_xid = pg_current_xact_id()::text::bigint
    where x.id = p_id;
    insert into message.outbox (batch_id, boot_id, conversation_ids, first_seqs, last_seqs)
    values (p_batch, p_boot, array[p_id], array[seq], array[seq]);
end
$$;
