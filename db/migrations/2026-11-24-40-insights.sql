-- What is alive in a region. Sessions and agendas are open rows already; of stories only numbers of people leave the house, and only with leave
-- to be counted and to tell of which theme.

create table core.told_count (
  province text not null references pub.province,
  theme text not null,
  year smallint not null check (year between 2000 and 2999),
  people integer not null check (people > 0),
  primary key (province, theme, year)
);
comment on table core.told_count is 'How many people told of a theme, as held when the difference last was big enough to be told.';
comment on column core.told_count.province is '[secret] in which province it took place';
comment on column core.told_count.theme is '[secret] theme';
comment on column core.told_count.year is '[secret] year it was told in';
comment on column core.told_count.people is '[secret] how many different people; the real number may be a few more or fewer';

create table pub.told (
  province text not null references pub.province,
  theme text not null,
  year smallint not null,
  at_least smallint not null check (at_least >= 5 and at_least % 5 = 0),
  primary key (province, theme, year)
);
comment on table pub.told is 'Of how many people at least we hold a story about a theme, where they gave leave to count it and to tell its theme. Never about fewer than five.';
comment on column pub.told.province is '[open] in which province it took place';
comment on column pub.told.theme is '[open] theme';
comment on column pub.told.year is '[open] year it was told in';
comment on column pub.told.at_least is '[open] at least so many different people, in steps of five';

create table pub.told_counting (day date primary key);
comment on table pub.told_counting is 'On which days stories were counted: once a quarter, so that nobody sees by whom a number turns.';
comment on column pub.told_counting.day is '[open] the day';

create function core.count_tellers() returns table (province text, theme text, year integer, people integer) stable security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() then
    raise exception 'Only the house counts.' using errcode = '42501';
  end if;
  return query select t.province, x.theme, extract(year from t.open_from at time zone 'Europe/Amsterdam')::integer, count(distinct i.teller)::integer
    from core.telling t join core.consent_item i on i.id = t.id join core.telling_version v on v.telling = t.id and v.number = t.version
    cross join lateral unnest(t.themes) x(theme)
    cross join lateral core.consent_now(t.id, 'open-count') counted cross join lateral core.consent_now(t.id, 'open-theme') themed
    where t.standing = 'released' and t.open_from <= now() and not t.invented and t.province is not null
      and counted.number is not null and core.reach(counted.audience) >= core.reach('public') and counted.seen_hash = v.hash
      and themed.number is not null and core.reach(themed.audience) >= core.reach('public') and themed.seen_hash = v.hash
    group by 1, 2, 3;
end $$;
comment on function core.count_tellers is 'How many different people told of each theme, per province and year, on consents that hold today. For the house only; what is told of it goes through lay_told.';

create function core.lay_told(held jsonb, told jsonb, on_day date) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() then
    raise exception 'Only the house counts.' using errcode = '42501';
  end if;
  delete from core.told_count;
  insert into core.told_count select h.province, h.theme, h.year, h.people from jsonb_to_recordset(held) as h(province text, theme text, year smallint, people integer);
  delete from pub.told;
  insert into pub.told select t.province, t.theme, t.year, t.at_least from jsonb_to_recordset(told) as t(province text, theme text, year smallint, at_least smallint);
  insert into pub.told_counting values (on_day) on conflict do nothing;
end $$;
comment on function core.lay_told is 'Lays down what is held and what is told of the numbers of tellers, in one go.';
revoke all on function core.count_tellers, core.lay_told from public;
grant execute on function core.count_tellers, core.lay_told to steppingstones_app;

alter table core.told_count enable row level security;
alter table core.told_count force row level security;
create policy told_count_of_the_owner on core.told_count to steppingstones_owner using (true) with check (true);
create policy told_count_with_the_operator on core.told_count to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select on core.told_count to steppingstones_app;
do $$
declare t text;
begin
  foreach t in array array['told','told_counting'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
end $$;
