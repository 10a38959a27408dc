-- Searching takes time by what is found, not by what is stored: rare words are looked up in the index, frequent ones in
-- the newest messages of the user's own conversations, where they are soon met. Rows need no word for their
-- conversation any more.
set local lock_timeout = '5s';

-- How many messages hold all these words, by what the planner knows of them.
create function message.search_estimate_v1(p_words tsquery) returns bigint
language plpgsql volatile -- else it must not explain
as $$
declare
    plan json;
begin
    execute format('explain (format json) select from message.search x where x.tokens @@ %L::tsquery', p_words)
    into plan;
    return plan -> 0 -> 'Plan' ->> 'Plan Rows';
end
$$;

-- The parts of logs that a user may see, of one conversation or (null) of all, that which was written to last first.
create function message.searchable_v1(p_user text, p_conversation uuid)
returns table (id uuid, lowest integer, head integer, last_sent_at timestamptz)
language sql stable
as $$
    select c.id, greatest(m.joined_seq + 1, c.first_seq, m.cleared_seq + 1),
           least(c.last_seq, coalesce(m.left_seq, c.last_seq)), c.last_sent_at
    from message.member m
    -- Offset 0 keeps the planner from reading all conversations to join them with a few.
    cross join lateral (select c.id, c.first_seq, c.last_seq, c.last_sent_at from message.conversation c
                        where c.id = m.conversation_id offset 0) c
    where m.user_id = p_user and (p_conversation is null or m.conversation_id = p_conversation)
    order by c.last_sent_at desc, c.id desc
$$;

-- The newest p_limit messages below a position (its time, conversation and seq), newest first: all that hold the words
-- are fetched from the index.
create function message.search_index_v1(
    p_user text, p_conversation uuid, p_words tsquery, p_sender text, p_types smallint[],
    p_since timestamptz, p_until timestamptz, p_below_time timestamptz, p_below_id uuid, p_below_seq integer,
    p_limit integer)
returns table (conversation_id uuid, seq integer, sent_at timestamptz, head integer)
language plpgsql stable
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    return query
    with mine as materialized (select s.* from message.searchable_v1(p_user, p_conversation) s)
    select s.conversation_id, s.seq, s.sent_at, m.head
    from (select x.conversation_id, x.seq, x.sent_at, x.changed_seq
          from message.search x
          where x.tokens @@ p_words
            and (p_sender is null or x.sender = p_sender)
            and (cardinality(p_types) = 0 or x.type = any (p_types))
            and x.sent_at >= p_since and x.sent_at < p_until
            and (x.sent_at, x.conversation_id, x.seq) < (p_below_time, p_below_id, p_below_seq)
          offset 0) s
    join mine m on m.id = s.conversation_id and s.seq between m.lowest and m.head and s.changed_seq <= m.head
    order by s.sent_at desc, s.conversation_id desc, s.seq desc limit p_limit;
end
$$;

-- The same, found by walking through the conversations from their ends, as long as something newer can come.
create function message.search_walk_v1(
    p_user text, p_conversation uuid, p_words tsquery, p_sender text, p_types smallint[],
    p_since timestamptz, p_until timestamptz, p_below_time timestamptz, p_below_id uuid, p_below_seq integer,
    p_limit integer)
returns table (conversation_id uuid, seq integer, sent_at timestamptz, head integer)
language plpgsql stable
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    chunk constant integer := 1000;   -- messages that are looked at together
    most  constant integer := 300;    -- chunks until we give up: the words are frequent, but not here
    top   constant timestamptz := least(p_until, p_below_time + interval '1 microsecond');
    looks integer := 0;
    ids   uuid[] := '{}';
    seqs  integer[] := '{}';
    times timestamptz[] := '{}';
    heads integer[] := '{}';
    worst timestamptz;                -- when p_limit were found: the time of the last of them
    found integer;
    high  integer;
    c     record;
    e     record;
begin
    for c in select s.id, s.lowest, s.head, s.last_sent_at from message.searchable_v1(p_user, p_conversation) s loop
        -- Nothing in here, nor in what follows, can be newer than what was found.
        exit when c.last_sent_at < p_since or c.last_sent_at < worst;
        high := case when c.last_sent_at < top then c.head else least(c.head, message.seq_at_v1(c.id, top) - 1) end;
        found := 0;
        while high >= c.lowest and found < p_limit and looks < most loop
            looks := looks + 1;
            for e in
                select x.seq, x.sent_at from message.search x
                where x.conversation_id = c.id and x.seq between greatest(high - chunk + 1, c.lowest) and high
                  and x.tokens @@ p_words and x.changed_seq <= c.head
                  and (p_sender is null or x.sender = p_sender)
                  and (cardinality(p_types) = 0 or x.type = any (p_types))
                  and x.sent_at >= p_since and x.sent_at < p_until
                  and (x.sent_at, x.conversation_id, x.seq) < (p_below_time, p_below_id, p_below_seq)
                order by x.seq desc limit p_limit - found
            loop
                found := found + 1;
                ids := ids || c.id;
                seqs := seqs || e.seq;
                times := times || e.sent_at;
                heads := heads || c.head;
            end loop;
            high := high - chunk;
            select n.sent_at into e from message.entry n where n.conversation_id = c.id and n.seq = high;
            exit when e.sent_at < p_since or e.sent_at < worst;
        end loop;
        exit when looks = most;
        if found > 0 then
            select array_agg(f.id order by f.n), array_agg(f.seq order by f.n), array_agg(f.at order by f.n),
                   array_agg(f.head order by f.n)
            into ids, seqs, times, heads
            from (select g.*, row_number() over (order by g.at desc, g.id desc, g.seq desc) as n
                  from unnest(ids, seqs, times, heads) g (id, seq, at, head)) f
            where f.n <= p_limit;
            worst := times[p_limit];
        end if;
    end loop;
    if looks < most then
        return query select g.* from unnest(ids, seqs, times, heads) g;
    else
        return query select f.* from message.search_index_v1(
            p_user, p_conversation, p_words, p_sender, p_types, p_since, p_until, p_below_time, p_below_id, p_below_seq,
            p_limit) f;
    end if;
end
$$;

-- The one that is faster.
create function message.search_v1(
    p_user text, p_conversation uuid, p_words tsquery, p_sender text, p_types smallint[],
    p_since timestamptz, p_until timestamptz, p_below_time timestamptz, p_below_id uuid, p_below_seq integer,
    p_limit integer)
returns table (conversation_id uuid, seq integer, sent_at timestamptz, head integer)
language plpgsql stable
as $$
#variable_conflict use_column
begin
    if message.search_estimate_v1(p_words) <= 10000 then -- As many are soon fetched and sorted.
        return query select f.* from message.search_index_v1(
            p_user, p_conversation, p_words, p_sender, p_types, p_since, p_until, p_below_time, p_below_id, p_below_seq,
            p_limit) f;
    else
        return query select f.* from message.search_walk_v1(
            p_user, p_conversation, p_words, p_sender, p_types, p_since, p_until, p_below_time, p_below_id, p_below_seq,
            p_limit) f;
    end if;
end
$$;
