-- What who leads a session may know and do besides: with whom, and for those without a phone.

create function core.fellow_facilitators() returns table (id uuid, called text) stable security definer set search_path = pg_catalog, core language sql as $$
  select distinct p.id, p.called from core.person p join core.role_grant g on g.person_id = p.id and g.role = 'facilitator'
  where p.left_on is null and g.ended_on is null and core.today() >= g.from_day and core.today() < g.until_day and core.holds(array['facilitator'])
$$;
comment on function core.fellow_facilitators is 'Who may be asked to lead a session, and how they are called; told to facilitators only.';

create function core.lay_card_stones(of_session uuid, of_card smallint, of_issues uuid[], of_stones smallint[]) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  ballot uuid;
begin
  if not core.helps_in(of_session) then
    raise exception 'Only who helps types in paper cards.' using errcode = '42501';
  end if;
  perform from core.session s where s.id = of_session and s.state in ('live','paused') for key share;
  if not found or cardinality(of_issues) <> cardinality(of_stones) or coalesce((select sum(n) from unnest(of_stones) n), 0) > 3
    or exists (select from unnest(of_stones) n where n not between 0 and 3)
    or exists (select from unnest(of_issues) i where not exists (select from core.issue x where x.id = i and x.session = of_session and not x.ended)) then
    return false;
  end if;
  insert into core.voter (session, card) values (of_session, of_card) on conflict (session, card) do nothing;
  select b.id into strict ballot from core.voter b where b.session = of_session and b.card = of_card for update;
  delete from core.stone s where s.voter = ballot;
  insert into core.stone (voter, issue, stones) select ballot, i, sum(n) from unnest(of_issues, of_stones) as x(i, n) where n > 0 group by i;
  return true;
end $$;
comment on function core.lay_card_stones is 'Lays the stones of a paper card, all anew: the same number typed in again corrects that card and is never a second one. False when they are more than three or the room does not take them now.';

revoke all on function core.fellow_facilitators, core.lay_card_stones from public;
grant execute on function core.fellow_facilitators, core.lay_card_stones to steppingstones_app;
