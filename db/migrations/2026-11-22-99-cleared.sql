-- What was cleared for a list stays cleared when it turns out to be one with another entry: the list says the entry it lives on in.
-- What its keepers cleared stays as they wrote it, so that a merger that is undone leaves the list as it was.

create index initiative_lives_on on core.initiative (merged_into) where merged_into is not null;
create index selection_entry_of on core.selection_entry (initiative_id);

create function core.lives_on_in(entry uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  with recursive way (id, steps) as (
    select entry, 0
    union all select i.merged_into, w.steps + 1 from way w join core.initiative i on i.id = w.id where i.merged_into is not null and w.steps < 20)
  select id from way order by steps desc limit 1
$$;
comment on function core.lives_on_in is 'The entry this one lives on in after it was merged, through every later merger; itself while it was not.';

create function core.cleared_for(selection uuid) returns table (entry uuid, under uuid, cleared_on date, cleared_by uuid)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select core.lives_on_in(e.initiative_id), e.initiative_id, e.cleared_on, e.cleared_by from core.selection_entry e
  where e.selection_id = selection and core.keeps_selection(selection)
$$;
comment on function core.cleared_for is 'What was cleared for a selection: the entry as it lives on, and under which it was cleared, for who keeps the selection.';
revoke all on function core.lives_on_in, core.cleared_for from public;
grant execute on function core.cleared_for to steppingstones_app;

create or replace function core.lay_selection_open() returns trigger security definer set search_path = pg_catalog, core, pub language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.key <> new.key or new.ended_on is not null) then
    delete from pub.selection where key = old.key;
  end if;
  if new.ended_on is null then
    insert into pub.selection (key, name, about, kept_by, scope_kind, scope_id, made_on)
      values (new.key, new.name, new.about, new.kept_by, new.scope_kind, new.scope_id, new.made_on)
      on conflict (key) do update set name = excluded.name, about = excluded.about, kept_by = excluded.kept_by;
    insert into pub.selection_entry (selection_key, initiative_id, cleared_on)
      select new.key, p.id, min(e.cleared_on) from core.selection_entry e join pub.initiative p on p.id = core.lives_on_in(e.initiative_id)
      where e.selection_id = new.id group by p.id on conflict do nothing;
  end if;
  return null;
end $$;

create or replace function core.lay_cleared_open() returns trigger security definer set search_path = pg_catalog, core, pub language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    -- An entry that two were cleared for stays while one of them is.
    delete from pub.selection_entry e using core.selection s
      where s.id = old.selection_id and e.selection_key = s.key
        and (e.initiative_id = core.lives_on_in(old.initiative_id) or not exists (select from core.initiative i where i.id = old.initiative_id))
        and not exists (select from core.selection_entry o where o.selection_id = s.id and core.lives_on_in(o.initiative_id) = e.initiative_id);
  else
    insert into pub.selection_entry (selection_key, initiative_id, cleared_on)
      select s.key, p.id, new.cleared_on from core.selection s join pub.initiative p on p.id = core.lives_on_in(new.initiative_id)
      where s.id = new.selection_id and s.ended_on is null
      on conflict (selection_key, initiative_id) do update set cleared_on = least(selection_entry.cleared_on, excluded.cleared_on);
  end if;
  return null;
end $$;

create or replace function core.lay_cleared_again() returns trigger security definer set search_path = pg_catalog, core, pub language plpgsql as $$
begin
  insert into pub.selection_entry (selection_key, initiative_id, cleared_on)
    with recursive leads (id, entry) as (
      select laid.id, laid.id from laid
      union select i.id, l.entry from leads l join core.initiative i on i.merged_into = l.id)
    select s.key, l.entry, min(e.cleared_on) from leads l join core.selection_entry e on e.initiative_id = l.id
      join core.selection s on s.id = e.selection_id and s.ended_on is null
    group by s.key, l.entry on conflict do nothing;
  return null;
end $$;
comment on function core.lay_cleared_again is 'Puts an entry that was laid open anew back in the selections that it, or an entry that lives on in it, was cleared for.';

-- What was merged before this was known.
insert into pub.selection_entry (selection_key, initiative_id, cleared_on)
  select s.key, p.id, min(e.cleared_on) from core.selection_entry e join core.selection s on s.id = e.selection_id and s.ended_on is null
    join pub.initiative p on p.id = core.lives_on_in(e.initiative_id)
  group by s.key, p.id on conflict do nothing;
