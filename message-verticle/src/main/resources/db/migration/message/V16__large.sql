-- Conversations with many members: their entries go to all gateways, which ask for the members among their users.
set local lock_timeout = '5s';

-- The version of the member list that came with the last joining or leaving; 0: a member from the beginning on.
alter table message.member add column list_seq integer not null default 0;
create index member_by_list_seq on message.member (conversation_id, list_seq) where list_seq > 0;

-- Members who are nowhere are still to be found, since they may have to be notified of this entry.
create table message.wakeup (
    conversation_id uuid        primary key,
    seq             integer     not null,
    sender          text        not null,              -- need not be told
    look_at         timestamptz not null default now() -- later than now: somebody is at it
);
create index wakeup_by_time on message.wakeup (look_at);

-- As before, and notes when somebody joined or left.
create or replace function message.change_group_v1(
    p_batch uuid, p_boot uuid, p_id uuid, p_actor text,
    p_joined text[], p_left text[],
    p_role_users text[], p_roles smallint[],
    p_mute_users text[], p_muted_until timestamptz,
    p_title text, p_avatar_url text, p_announcement text,
    p_post_role smallint, p_invite_role smallint, p_approval boolean, p_full_history boolean,
    p_type smallint, p_body bytea,
    out seq integer, out sent_at timestamptz, out members_seq integer)
language plpgsql
as $$
declare
    xid constant bigint := pg_current_xact_id()::text::bigint;
    c   record;
begin
    select x.last_seq, x.message_count, x.members_seq, x.last_sent_at, x.full_history into strict c
    from message.conversation x where x.id = p_id for no key update;
    seq := c.last_seq + 1;
    sent_at := greatest(c.last_sent_at, now());
    members_seq := c.members_seq;
    if cardinality(p_joined) + cardinality(p_left) + cardinality(p_role_users) > 0 then
        members_seq := greatest(c.members_seq + 1, seq);
    end if;

    insert into message.member as m (
        conversation_id, user_id, role, joined_seq, delivered_seq, read_seq, read_ordinal, list_seq, changed_xid)
    select p_id, u.user_id, 3, case when c.full_history then 0 else c.last_seq end,
           c.last_seq, c.last_seq, c.message_count, change_group_v1.members_seq, xid
    from unnest(p_joined) u (user_id) order by u.user_id
    on conflict (conversation_id, user_id) do update
    set role = 3, left_seq = null, joined_seq = excluded.joined_seq,
        delivered_seq = greatest(m.delivered_seq, excluded.delivered_seq),
        read_seq = excluded.read_seq, read_ordinal = excluded.read_ordinal, read_own = m.own_count,
        list_seq = excluded.list_seq,
        changed_xid = excluded.changed_xid;

    update message.member m set left_seq = change_group_v1.seq, role = 3, list_seq = change_group_v1.members_seq, changed_xid = xid
    where m.conversation_id = p_id and m.user_id = any (p_left);
    update message.member m set role = r.role, changed_xid = xid
    from unnest(p_role_users, p_roles) r (user_id, role)
    where m.conversation_id = p_id and m.user_id = r.user_id;
    update message.member m set muted_until = p_muted_until, changed_xid = xid
    where m.conversation_id = p_id and m.user_id = any (p_mute_users);

    update message.conversation x
    set last_seq = change_group_v1.seq, shown_seq = change_group_v1.seq, last_sent_at = change_group_v1.sent_at,
        members_seq = change_group_v1.members_seq,
        member_count = x.member_count + cardinality(p_joined) - cardinality(p_left),
        title = coalesce(p_title, x.title), avatar_url = coalesce(p_avatar_url, x.avatar_url),
        announcement = coalesce(p_announcement, x.announcement), post_role = coalesce(p_post_role, x.post_role),
        invite_role = coalesce(p_invite_role, x.invite_role), approval = coalesce(p_approval, x.approval),
        full_history = coalesce(p_full_history, x.full_history), changed_xid = xid
    where x.id = p_id;

    insert into message.entry (conversation_id, seq, ordinal, type, countable, sender, sent_at, body)
    values (p_id, seq, c.message_count, p_type, false, p_actor, sent_at, p_body);
    insert into message.outbox (batch_id, boot_id, conversation_ids, first_seqs, last_seqs)
    values (p_batch, p_boot, array[p_id], array[seq], array[seq]);
    delete from message.join_request j where j.conversation_id = p_id and j.user_id = any (p_joined);
end
$$;
