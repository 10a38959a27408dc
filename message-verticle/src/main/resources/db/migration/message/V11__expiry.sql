-- Messages that do not stay: when their time is over they are recalled by the server.
set local lock_timeout = '5s';

alter table message.entry_state
    add column expired boolean;          -- recalled because its time was over; null: no

-- The queue of messages that will be recalled.
create table message.expiry (
    conversation_id uuid        not null,
    seq             integer     not null,
    look_at         timestamptz not null,  -- when it is due, or when to see who has read it
    due_at          timestamptz,           -- null: not known yet
    after_read      integer,               -- seconds from when all others have read it; null: they do not matter (any more)
    primary key (conversation_id, seq)
) with (fillfactor = 80);
create index expiry_by_time on message.expiry (look_at);
create index expiry_waiting on message.expiry (conversation_id, seq) where after_read is not null;

-- append_v3, for a batch with messages that do not stay: those named by p_expire_item go p_expire_after seconds after they
-- were sent, or p_expire_after_read seconds after all others have read them (null: that does not matter).
create function message.append_expiring_v1(
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
    p_expire_item integer[], p_expire_after integer[], p_expire_after_read integer[],
    out status smallint[], out seq integer[], out sent_at timestamptz[], out members_seq integer[],
    out thread_seq integer[], out version integer[])
language plpgsql
as $$
begin
    select a.* into status, seq, sent_at, members_seq, thread_seq, version
    from message.append_v3(
        p_batch, p_boot, p_new, p_new_low, p_new_high, p_conversations, p_slot, p_sender, p_client_msg_id, p_type,
        p_countable, p_body, p_context, p_reply, p_target, p_key, p_removed, p_new_type, p_new_body, p_mention_item,
        p_mention_user, p_after, p_after_item, p_expected, p_edit_seconds, p_recall_seconds, p_max_pins, p_max_keys,
        p_max_retained, p_small) a;
    insert into message.expiry (conversation_id, seq, look_at, due_at, after_read)
    select p_conversations[p_slot[x.item]], seq[x.item],
           least(sent_at[x.item] + make_interval(secs => x.after),
                 case when x.after_read is not null then sent_at[x.item] + interval '10 seconds' end),
           sent_at[x.item] + make_interval(secs => x.after), x.after_read
    from unnest(p_expire_item, p_expire_after, p_expire_after_read) x (item, after, after_read)
    where status[x.item] = 0;
end
$$;

-- read_v1, and whether all have read a message that waits for this is to be seen soon, when this transaction can be seen.
-- (Here and now, two who read at the same moment would each miss the other.)
create function message.read_v2(
    p_conversations uuid[], p_users text[], p_seqs integer[],
    out status smallint[], out read_seq integer[], out delivered_seq integer[], out unread integer[],
    out members_seq integer[])
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
begin
    select r.status, r.read_seq, r.delivered_seq, r.unread, r.members_seq
    into status, read_seq, delivered_seq, unread, members_seq
    from message.read_v1(p_conversations, p_users, p_seqs) r;
    update message.expiry x set look_at = now()
    from (select y.conversation_id, y.seq
          from unnest(p_conversations, read_seq, status) i (id, seq, status)
          join message.expiry y on y.conversation_id = i.id and y.seq <= i.seq and y.after_read is not null
          where i.status = 0
          order by y.conversation_id, y.seq for update of y) due
    where x.conversation_id = due.conversation_id and x.seq = due.seq;
end
$$;

-- Finds one message whose time is over, and locks it and its conversation: its seq is null if there is none. Looks at
-- p_limit messages at most. One whose conversation is locked is left for a second, so that it is not in the way of others;
-- one that not all have read is looked at again after a tenth of its age, between 10 seconds and an hour: if a process
-- dies, nobody may tell of a mark.
create function message.due_v1(p_limit integer, out conversation_id uuid, out seq integer, out sender text)
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
    x message.expiry;
    e record;
begin
    for i in 1 .. p_limit loop
        select y.* into x from message.expiry y
        where y.look_at <= now() order by y.look_at limit 1 for update skip locked;
        if not found then
            return;
        end if;
        select n.sender, n.sent_at, n.erased into e from message.entry n
        where n.conversation_id = x.conversation_id and n.seq = x.seq;
        if not found or e.erased then -- Recalled before its time, or removed with what is older.
            delete from message.expiry y where y.conversation_id = x.conversation_id and y.seq = x.seq;
            continue;
        end if;
        if x.due_at <= now() then
            perform from message.conversation c where c.id = x.conversation_id for no key update skip locked;
            if found then
                conversation_id := x.conversation_id;
                seq := x.seq;
                sender := e.sender;
                return;
            end if;
            x.look_at := now() + interval '1 second';
        elsif not exists (
                select from message.member m
                where m.conversation_id = x.conversation_id and m.user_id <> e.sender and m.left_seq is null
                  and m.joined_seq < x.seq and m.read_seq < x.seq) then
            x.due_at := least(x.due_at, now() + make_interval(secs => x.after_read));
            x.after_read := null;
            x.look_at := x.due_at;
        else
            x.look_at := least(x.due_at,
                now() + greatest(least((now() - e.sent_at) / 10, interval '1 hour'), interval '10 seconds'));
        end if;
        update message.expiry y set look_at = x.look_at, due_at = x.due_at, after_read = x.after_read
        where y.conversation_id = x.conversation_id and y.seq = x.seq;
    end loop;
end
$$;

-- Recalls what due_v1 found, in the name of its sender; p_body is the content of the entry that says so.
create function message.expire_v1(
    p_batch uuid, p_boot uuid, p_id uuid, p_seq integer, p_sender text, p_body bytea,
    out seq integer, out sent_at timestamptz, out members_seq integer)
language plpgsql
as $$
declare
    xid  constant bigint := pg_current_xact_id()::text::bigint;
    ever constant integer := 2147483647;
    c    record;
begin
    select x.last_seq + 1 as seq, greatest(x.last_sent_at, now()) as sent_at, x.members_seq, x.kind, x.message_count into strict c
    from message.conversation x where x.id = p_id;
    if message.change_v1(p_id, c.kind, 31::smallint, c.seq, c.sent_at, p_sender, 3::smallint, 0, p_seq, null, false,
                         null, null, 0, ever, 0, 0) <> 0 then
        raise exception 'message % of % cannot be recalled', p_seq, p_id;
    end if;
    update message.entry_state s set expired = true where s.conversation_id = p_id and s.seq = p_seq;
    insert into message.entry (conversation_id, seq, ordinal, type, countable, sender, sent_at, body, target_seq)
    values (p_id, c.seq, c.message_count, 31, false, p_sender, c.sent_at, p_body, p_seq);
    update message.conversation x set last_seq = c.seq, last_sent_at = c.sent_at, changed_xid = xid where x.id = p_id;
    insert into message.outbox (batch_id, boot_id, conversation_ids, first_seqs, last_seqs)
    values (p_batch, p_boot, array[p_id], array[c.seq], array[c.seq]);
    delete from message.expiry x where x.conversation_id = p_id and x.seq = p_seq;
    seq := c.seq;
    sent_at := c.sent_at;
    members_seq := c.members_seq;
end
$$;
