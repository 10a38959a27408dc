set local lock_timeout = '5s';

alter table message.conversation
    add column avatar_url   text     not null default '',
    add column announcement text     not null default '',
    add column invite_role  smallint not null default 3,      -- the lowest role that may invite
    add column approval     boolean  not null default false,  -- owners and admins decide who comes in
    add column full_history boolean  not null default false;  -- new members see what was before them

create table message.invite_code (
    code            text        primary key,
    conversation_id uuid        not null,
    created_by      text        not null,
    expires_at      timestamptz not null,
    uses_left       integer                                   -- null: as many as like
);
create index invite_code_by_conversation on message.invite_code (conversation_id);

create table message.join_request (
    conversation_id uuid        not null,
    user_id         text        not null,
    message         text        not null,
    requested_at    timestamptz not null default now(),
    primary key (conversation_id, user_id)
);

-- As create_v1, with the role that may send.
create function message.create_v2(
    p_batch uuid, p_boot uuid,
    p_id uuid, p_kind smallint, p_title text, p_post_role smallint, p_creator text, p_members text[], p_roles smallint[],
    p_type smallint, p_body bytea)
returns boolean
language plpgsql
as $$
declare
    made constant boolean := message.create_v1(
        p_batch, p_boot, p_id, p_kind, p_title, p_creator, p_members, p_roles, p_type, p_body);
begin
    if made then
        update message.conversation set post_role = p_post_role where id = p_id;
    end if;
    return made;
end
$$;

-- Changes members or details of a conversation, with the entry that says so and its row in the outbox, all in the
-- transaction of the caller, who holds the conversation's lock and has decided that it may be done.
-- Joined users are no members now, left ones are. Nulls among the details: unchanged.
-- A joiner sees its own entry and what follows (or all, if the conversation says so), with nothing unread.
-- A leaver still sees its own entry.
create function message.change_group_v1(
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
        conversation_id, user_id, role, joined_seq, delivered_seq, read_seq, read_ordinal, changed_xid)
    select p_id, u.user_id, 3, case when c.full_history then 0 else c.last_seq end,
           c.last_seq, c.last_seq, c.message_count, xid
    from unnest(p_joined) u (user_id) order by u.user_id
    on conflict (conversation_id, user_id) do update
    set role = 3, left_seq = null, joined_seq = excluded.joined_seq,
        delivered_seq = greatest(m.delivered_seq, excluded.delivered_seq),
        read_seq = excluded.read_seq, read_ordinal = excluded.read_ordinal, read_own = m.own_count,
        changed_xid = excluded.changed_xid;

    update message.member m set left_seq = change_group_v1.seq, role = 3, changed_xid = xid
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
