set local lock_timeout = '5s';

-- Messages that wait for their time. While one is being sent look_at is later than send_at: whoever dies meanwhile is
-- followed by another from then on, and the log knows the message by its client_msg_id.
create table message.scheduled (
    user_id       text        not null,
    client_msg_id uuid        not null,
    request       bytea       not null,             -- skein.v1.SendRequest
    send_at       timestamptz not null,
    look_at       timestamptz not null,
    error         text        not null default '',  -- why it could not be sent; it is not tried again
    primary key (user_id, client_msg_id)
);
create index scheduled_by_time on message.scheduled (look_at) where error = '';

-- Status: 0 done, 8 it is just being sent, 11 as many as p_most wait, 13 not a time between now and p_longest seconds.
create function message.schedule_v1(
    p_user text, p_client_msg_id uuid, p_request bytea, p_send_at timestamptz, p_most integer, p_longest bigint)
returns smallint
language plpgsql
as $$
begin
    if p_send_at not between now() and now() + p_longest * interval '1 second' then
        return 13;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('scheduled by ' || p_user, 0));
    update message.scheduled s
    set request = p_request, send_at = p_send_at, look_at = p_send_at, error = ''
    where s.user_id = p_user and s.client_msg_id = p_client_msg_id
      and (s.error <> '' or s.look_at = s.send_at or s.look_at <= now());
    if found then
        return 0;
    end if;
    if exists (select from message.scheduled s where s.user_id = p_user and s.client_msg_id = p_client_msg_id) then
        return 8;
    end if;
    if (select count(*) from message.scheduled s where s.user_id = p_user) >= p_most then
        return 11;
    end if;
    insert into message.scheduled (user_id, client_msg_id, request, send_at, look_at)
    values (p_user, p_client_msg_id, p_request, p_send_at, p_send_at);
    return 0;
end
$$;
