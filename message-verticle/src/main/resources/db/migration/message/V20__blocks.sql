set local lock_timeout = '5s';

-- Keeps p_blocked from speaking in a direct conversation, which is as if the other one had muted them there, or lets
-- them again. The conversation's lock orders this with all that is sent. If it does not exist yet it is made, without an
-- entry, so that nobody sees it: a first message that comes at the same moment must not slip through.
create function message.block_v1(p_id uuid, p_low text, p_high text, p_blocked text, p_block boolean)
returns void
language plpgsql
as $$
declare
    xid constant bigint := pg_current_xact_id()::text::bigint;
begin
    if p_block then
        insert into message.conversation (id, kind, member_count, changed_xid) values (p_id, 1, 2, xid)
        on conflict do nothing;
        insert into message.member (conversation_id, user_id, role, changed_xid)
        values (p_id, p_low, 3, xid), (p_id, p_high, 3, xid)
        on conflict do nothing;
    end if;
    perform from message.conversation c where c.id = p_id for no key update;
    update message.member m set muted_until = case when p_block then timestamptz '9999-12-31' end
    where m.conversation_id = p_id and m.user_id = p_blocked;
end
$$;
