-- Ten million messages in 105,002 conversations of 100,000 users, for a database that has our tables and nothing else.
-- Alice is in 1,002 of them: 800 direct ones, 200 groups of 20, one of 1,000 and a channel of 100,000.
set synchronous_commit = off;
set maintenance_work_mem = '1GB';
select setseed(0.5);

create function message.c(i integer) returns uuid language sql immutable
    as $$ select lpad(i::text, 32, '0')::uuid $$;

create unlogged table message.made as
select i, message.c(i) as id, k.kind, k.members, k.entries, least(k.members, 100) as senders
from generate_series(1, 105002) i
cross join lateral (
    select case when i <= 100000 then 1 when i <= 105001 then 2 else 3 end::smallint as kind,
           case when i <= 100000 then 2 when i <= 105000 then 20 when i = 105001 then 1000 else 100000 end as members,
           case when i <= 100000 then 40 when i <= 105000 then 1000 else 500000 end as entries) k;
create index on message.made (i);
analyze message.made;

insert into message.conversation (id, kind, title, last_seq, shown_seq, message_count, members_seq, member_count,
                                  last_sent_at, changed_xid)
select c.id, c.kind, case c.kind when 1 then '' else 'c' || c.i end, c.entries, c.entries, c.entries, 1, c.members,
       now() - c.i % 10000 * interval '1 minute', 1
from message.made c;

-- Every tenth conversation of a user has three messages that they have not read.
insert into message.member (conversation_id, user_id, role, own_count, read_seq, delivered_seq, read_ordinal, read_own,
                            changed_xid)
select c.id, m.user_id, case m.k when 0 then 1 else 3 end, m.own, m.mark, m.mark, m.mark,
       case when m.k < c.senders then (m.mark + (c.senders - m.k) % c.senders) / c.senders else 0 end, 1
from message.made c
cross join lateral (
    select k, case when k < c.senders then c.entries / c.senders else 0 end as own,
           c.entries - case (c.i + k) % 10 when 0 then 3 else 0 end as mark,
           case when k = 0 and (c.i % 125 = 0 and c.kind = 1 or c.i % 25 = 0 and c.kind = 2 or c.i > 105000)
                then 'alice' else 'u' || (c.i::bigint * 7919 + k * 104729::bigint) % 100000 end as user_id
    from generate_series(0, c.members - 1) k) m;

-- In each direct conversation both have been shown that the other has read.
insert into message.peer_mark (user_id, conversation_id, changed_xid)
select m.user_id, m.conversation_id, 1
from message.member m join message.conversation c on c.id = m.conversation_id and c.kind = 1;

alter table message.entry drop constraint entry_pkey, drop constraint entry_once;
insert into message.entry (conversation_id, seq, ordinal, type, countable, sender, client_msg_id, sent_at, body)
select c.id, s.seq, s.seq, 10, true, s.sender, gen_random_uuid(), s.sent_at,
       '\x0a'::bytea || set_byte('\x00'::bytea, 0, length(s.words)) || convert_to(s.words, 'UTF8')
from message.made c
cross join lateral (
    select n.seq, n.k,
           case when n.k = 0 and (c.i % 125 = 0 and c.kind = 1 or c.i % 25 = 0 and c.kind = 2 or c.i > 105000)
                then 'alice' else 'u' || (c.i::bigint * 7919 + n.k * 104729::bigint) % 100000 end as sender,
           now() - (c.i % 10000 + c.entries - n.seq) * interval '1 minute' as sent_at,
           -- A few words are in many messages, many are in a few.
           (select string_agg('word' || floor(power(random(), 4) * 50000), ' ')
            from generate_series(1, 8) w where n.seq + w > 0) as words
    from (select seq, seq % c.senders as k from generate_series(1, c.entries) seq) n) s;
alter table message.entry add primary key (conversation_id, seq),
    add constraint entry_once unique (sender, client_msg_id, conversation_id);

-- Of twenty messages one has been answered to with a reaction, of a thousand one has been edited and one pinned.
insert into message.entry_state (conversation_id, seq, changed_seq, edits, edited_at, type, body, pinned_seq,
                                 reaction_keys, reaction_counts)
select e.conversation_id, e.seq, e.seq, case e.seq % 1000 when 0 then 1 else 0 end,
       case e.seq % 1000 when 0 then now() end, case e.seq % 1000 when 0 then 10 end,
       case e.seq % 1000 when 0 then e.body end, case e.seq % 10000 when 500 then e.seq end, '{+1}', '{1}'
from message.entry e where e.seq % 20 = 0;
insert into message.reaction (conversation_id, seq, key, user_id)
select e.conversation_id, e.seq, '+1', 'u1' from message.entry e where e.seq % 20 = 0;
insert into message.mention (conversation_id, user_id, seq, sender)
select e.conversation_id, 'alice', e.seq, e.sender from message.entry e where e.seq % 50 = 0;

drop index message.search_tokens;
alter table message.search drop constraint search_pkey;
insert into message.search (conversation_id, seq, changed_seq, sender, type, sent_at, tokens)
select e.conversation_id, e.seq, 0, e.sender, 10, e.sent_at,
       array_to_tsvector(string_to_array(convert_from(substr(e.body, 3), 'UTF8'), ' '))
from message.entry e;
alter table message.search add primary key (conversation_id, seq);
create index search_tokens on message.search using gin (tokens);

-- What was sent in the last minutes, and has been delivered.
insert into message.outbox (batch_id, boot_id, conversation_ids, first_seqs, last_seqs, done_at, indexed)
select gen_random_uuid(), gen_random_uuid(), array[c.id], array[c.entries], array[c.entries], now(), true
from message.made c;

drop table message.made;
