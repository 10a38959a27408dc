set local lock_timeout = '5s';

-- First, as all do who write in both tables, so that none of them waits for us while we wait for it.
lock table message.conversation in exclusive mode;

-- A list of conversations looks each of them up by its id: two pages instead of four. Ids do not change, so updates stay HOT.
create index conversation_lookup on message.conversation using hash (id);

-- When the other side of a direct conversation has last moved a mark, kept for the one who is shown it: a sync finds all
-- of a user's in one range, instead of looking up the other member of each conversation. A row is written by the marks of
-- one member only, who holds its own row locked meanwhile: nobody waits for it. Larger conversations have no rows here.
create table message.peer_mark (
    user_id         text   not null,
    conversation_id uuid   not null,
    changed_xid     bigint not null,                -- unindexed, so updates stay HOT
    primary key (user_id, conversation_id)
) with (fillfactor = 80);

-- Notes the marks of a batch that have been moved, those with status 0.
create function message.note_peer_marks_v1(p_conversations uuid[], p_users text[], p_status smallint[]) returns void
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
begin
    insert into message.peer_mark (user_id, conversation_id, changed_xid)
    select o.user_id, i.id, pg_current_xact_id()::text::bigint
    from unnest(p_conversations, p_users, p_status) i (id, user_id, status)
    join message.conversation c on c.id = i.id and c.kind = 1
    join message.member o on o.conversation_id = i.id and o.user_id <> i.user_id
    where i.status = 0
    on conflict (user_id, conversation_id) do update set changed_xid = excluded.changed_xid;
end
$$;

-- read_v2 and delivered_v1, whose moved marks are noted together.
create function message.read_v3(
    p_conversations uuid[], p_users text[], p_seqs integer[],
    out status smallint[], out read_seq integer[], out delivered_seq integer[], out unread integer[],
    out members_seq integer[])
language plpgsql
set skein.peer_marks = 'noted'
as $$
begin
    select r.status, r.read_seq, r.delivered_seq, r.unread, r.members_seq
    into status, read_seq, delivered_seq, unread, members_seq
    from message.read_v2(p_conversations, p_users, p_seqs) r;
    perform message.note_peer_marks_v1(p_conversations, p_users, status);
end
$$;

create function message.delivered_v2(
    p_conversations uuid[], p_users text[], p_seqs integer[],
    out status smallint[], out read_seq integer[], out members_seq integer[])
language plpgsql
set skein.peer_marks = 'noted'
as $$
begin
    select d.status, d.read_seq, d.members_seq into status, read_seq, members_seq
    from message.delivered_v1(p_conversations, p_users, p_seqs) d;
    perform message.note_peer_marks_v1(p_conversations, p_users, status);
end
$$;

-- Whatever else moves a mark, as the last version does, has it noted by itself, one by one. Making the trigger waits for
-- all who have written in the table, and who writes later finds it: no mark is missed.
create function message.note_peer_mark_v1() returns trigger
language plpgsql
as $$
begin
    perform message.note_peer_marks_v1(array[new.conversation_id], array[new.user_id], array[0::smallint]);
    return null;
end
$$;
create trigger note_peer_mark after update of delivered_seq, read_seq on message.member
for each row when ((new.delivered_seq <> old.delivered_seq or new.read_seq <> old.read_seq)
                   and current_setting('skein.peer_marks', true) is distinct from 'noted')
execute function message.note_peer_mark_v1();

-- All marks that transactions from this one on have moved are noted; of older ones only the members' own rows tell.
do $$
begin
    execute format(
        'create function message.peer_marks_from_v1() returns bigint language sql immutable as ''select %s::bigint''',
        pg_snapshot_xmax(pg_current_snapshot()));
end
$$;

-- The conversations of a user that have changed since a transaction, a page of them, the newest first, and what is unread in
-- all conversations: both from one walk over them, and from the snapshot of the caller.
-- Each is looked up once, so nothing is gained by a join that keeps what it has looked up.
create function message.sync_v1(
    p_user text, p_since bigint, p_before_time timestamptz, p_before_id uuid, p_limit integer, p_small integer,
    out ids uuid[], out total_unread integer)
language plpgsql stable
set enable_memoize = off
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
set jit = off
as $$
begin
    select array(select k.id from unnest(a.ids, a.times) k (id, sent_at)
                 order by k.sent_at desc, k.id desc limit p_limit),
           coalesce(a.unread, 0)
    into ids, total_unread
    from (
        select sum(x.unread) as unread,
               array_agg(x.id) filter (where x.shown) as ids,
               array_agg(x.last_sent_at) filter (where x.shown) as times
        from (
            select m.conversation_id as id, c.last_sent_at,
                   case when m.left_seq is null
                        then c.message_count - m.read_ordinal - (m.own_count - m.read_own) end as unread,
                   (m.changed_xid >= p_since
                    or m.left_seq is null and (
                        c.changed_xid >= p_since
                        -- In small conversations the marks of the others are part of what one sees.
                        or c.kind = 1 and p_since >= message.peer_marks_from_v1()
                           and m.conversation_id in (
                               select p.conversation_id from message.peer_mark p
                               where p.user_id = p_user and p.changed_xid >= p_since)
                        or (c.kind <> 1 or p_since < message.peer_marks_from_v1()) and c.member_count <= p_small
                           and (select true from message.member o
                                where o.conversation_id = m.conversation_id and o.changed_xid >= p_since limit 1)))
                   and (m.left_seq is null or p_since > 0)
                   and (m.hidden_count < c.message_count or p_since > 0)
                   -- One without any entry is what a refused first message leaves.
                   and (c.kind <> 1 or c.last_seq > 0)
                   and (c.last_sent_at, m.conversation_id) < (p_before_time, p_before_id) as shown
            from message.member m
            cross join lateral (
                select c.kind, c.last_seq, c.message_count, c.member_count, c.last_sent_at, c.changed_xid
                from message.conversation c where c.id = m.conversation_id offset 0) c
            where m.user_id = p_user offset 0) x) a;
end
$$;
