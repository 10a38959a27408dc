set local lock_timeout = '5s';

-- What a member wants of a conversation.
alter table message.member
    add column pinned        boolean not null default false,
    add column muted         boolean not null default false,  -- notified about mentions only
    add column archived      boolean not null default false,
    add column marked_unread boolean not null default false,  -- until the next read
    add column hidden_count  integer not null default -1,     -- not listed while message_count is no higher
    add column draft         text    not null default '',
    add column draft_reply   integer,
    add column cleared_seq   integer not null default 0;      -- sees entries above it

-- Changes what is not null; returns nothing if the user is no member.
create function message.configure_v1(
    p_id uuid, p_user text, p_pinned boolean, p_muted boolean, p_archived boolean, p_marked_unread boolean,
    p_hidden boolean, p_draft text, p_draft_reply integer, p_cleared_seq integer)
returns table (
    pinned boolean, muted boolean, archived boolean, marked_unread boolean, hidden boolean,
    draft text, draft_reply integer, cleared_seq integer)
language sql
as $$
    update message.member m
    set pinned = coalesce(p_pinned, m.pinned), muted = coalesce(p_muted, m.muted),
        archived = coalesce(p_archived, m.archived), marked_unread = coalesce(p_marked_unread, m.marked_unread),
        hidden_count = case when p_hidden then c.message_count when not p_hidden then -1 else m.hidden_count end,
        draft = coalesce(p_draft, m.draft),
        draft_reply = case when p_draft is null then m.draft_reply else p_draft_reply end,
        cleared_seq = greatest(m.cleared_seq, least(p_cleared_seq, c.last_seq)),
        changed_xid = pg_current_xact_id()::text::bigint
    from message.conversation c
    where m.conversation_id = p_id and m.user_id = p_user and m.left_seq is null and c.id = p_id
    returning m.pinned, m.muted, m.archived, m.marked_unread, m.hidden_count >= c.message_count,
              m.draft, m.draft_reply, m.cleared_seq
$$;

-- Moves read marks forward. At most one item per (conversation, user). No row is waited for.
-- A read of any seq ends "marked unread", which counts as moved.
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
               m.marked_unread, c.last_seq, c.message_count, c.members_seq
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
