set local lock_timeout = '5s';

-- Single entries that a member does not want to see any more. Null: none.
alter table message.member add column hidden_entries int4multirange;

-- Takes entries out of a member's sight. What is out of sight by the clear mark need not be remembered.
-- Status: 0 done, 3 not a member, 7 one of them is not there for this member, 11 more than p_most ranges.
create function message.hide_v1(p_id uuid, p_user text, p_seqs integer[], p_most integer)
returns smallint
language plpgsql
as $$
declare
    r      record;
    wanted int4multirange;
begin
    select m.hidden_entries, c.last_seq, greatest(m.joined_seq + 1, c.first_seq, m.cleared_seq + 1) as lowest
    into r
    from message.member m join message.conversation c on c.id = m.conversation_id
    where m.conversation_id = p_id and m.user_id = p_user and m.left_seq is null
    for no key update of m;
    if not found then
        return 3;
    end if;
    if exists (select from unnest(p_seqs) seq where seq not between r.lowest and r.last_seq) then
        return 7;
    end if;
    select (coalesce(r.hidden_entries, '{}') + range_agg(int4range(seq, seq, '[]')))
           * int4multirange(int4range(r.lowest, null))
    into wanted
    from unnest(p_seqs) seq;
    if (select count(*) from unnest(wanted)) > p_most then
        return 11;
    end if;
    update message.member m
    set hidden_entries = wanted, changed_xid = pg_current_xact_id()::text::bigint
    where m.conversation_id = p_id and m.user_id = p_user;
    return 0;
end
$$;
