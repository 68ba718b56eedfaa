-- Duplicates: entries that may be one and the same, what a verifier said of them, and how two became one.

create table core.likeness (
  id uuid not null unique default uuidv7(),
  one uuid not null references core.initiative on delete cascade,
  other uuid not null references core.initiative on delete cascade,
  reasons text[] not null check (reasons <@ array['name','name-in-other-script','near','town','site','mail','mail-domain','phone']),
  score real not null check (score between 0 and 1),
  found_at timestamptz not null default now(),
  standing text not null default 'open' check (standing in ('open','same','not-the-same')),
  decided_by uuid references core.person on delete set null,
  decided_at timestamptz,
  why text check (length(why) <= 1000),
  primary key (one, other),
  check (one < other),
  check ((standing = 'open') = (decided_at is null))
);
comment on table core.likeness is 'Two entries that may be one, and what was decided. That two are not the same is remembered for good.';
comment on column core.likeness.id is '[machine] lasting key, for the address of the page that lays them side by side';
comment on column core.likeness.one is '[inside] the entry that was there first';
comment on column core.likeness.other is '[inside] the other entry';
comment on column core.likeness.reasons is '[inside] why they may be one';
comment on column core.likeness.score is '[inside] how likely, from 0 to 1';
comment on column core.likeness.found_at is '[inside] when it was found';
comment on column core.likeness.standing is '[inside] open: nobody looked yet; same: they were made one; not-the-same: they are two';
comment on column core.likeness.decided_by is '[person] who decided; null is the operator, or someone who left';
comment on column core.likeness.decided_at is '[inside] when';
comment on column core.likeness.why is '[inside] why, in the words of who decided';
create index likeness_other on core.likeness (other);

create table core.merger (
  id uuid primary key default uuidv7(),
  kept uuid not null references core.initiative on delete cascade,
  gone uuid not null references core.initiative on delete cascade,
  why text not null check (length(why) between 3 and 1000),
  merged_by uuid references core.person on delete set null,
  merged_at timestamptz not null default now(),
  undone_by uuid references core.person on delete set null,
  undone_at timestamptz,
  check (kept <> gone)
);
comment on table core.merger is 'Two entries that were made one: which one lives on, by whom and why, and whether it was undone.';
comment on column core.merger.id is '[machine] lasting key';
comment on column core.merger.kept is '[inside] the entry that lives on';
comment on column core.merger.gone is '[inside] the entry that lives on in it';
comment on column core.merger.why is '[inside] why they are one';
comment on column core.merger.merged_by is '[person] who made them one; null is the operator, or someone who left';
comment on column core.merger.merged_at is '[inside] when';
comment on column core.merger.undone_by is '[person] who undid it';
comment on column core.merger.undone_at is '[inside] when it was undone';
create unique index merger_stands on core.merger (gone) where undone_at is null;
create index merger_kept on core.merger (kept);

create table vault.merger_memory (
  merger_id uuid primary key references core.merger on delete cascade,
  before jsonb not null check (jsonb_typeof(before) = 'object'),
  mark_after text not null
);
comment on table vault.merger_memory is 'What is needed to undo a merger while nobody changed the entry since; forgotten after 30 days.';
comment on column vault.merger_memory.merger_id is '[machine] which merger';
comment on column vault.merger_memory.before is '[place] what the entry that lives on held before, and what came to it, exact place and contacts too';
comment on column vault.merger_memory.mark_after is '[machine] fingerprint of the entry right after, to know whether it changed since';

-- Numbers by which entries that may be one find each other, apart for what is open: who adds an entry is only ever told of open ones.
create table vault.likeness_mark (
  initiative_id uuid primary key references core.initiative on delete cascade,
  marks int[] not null
);
comment on table vault.likeness_mark is 'Numbers that entries share when they may be one: made of their names, places, sites and contacts, open or not.';
comment on column vault.likeness_mark.initiative_id is '[machine] which entry';
comment on column vault.likeness_mark.marks is '[machine] numbers made of its names, place, site and contacts';

create table pub.likeness_mark (
  initiative_id uuid primary key references core.initiative on delete cascade,
  marks int[] not null
);
comment on table pub.likeness_mark is 'Numbers that open entries share when they may be one, made only of what is open.';
comment on column pub.likeness_mark.initiative_id is '[machine] which entry';
comment on column pub.likeness_mark.marks is '[machine] numbers made of its open names, place, site and contacts';
create index open_likeness_marks on pub.likeness_mark using gin (marks) with (gin_pending_list_limit = 256);

do $$
declare t text;
begin
  foreach t in array array['core.likeness','core.merger','vault.merger_memory','vault.likeness_mark'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_for_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
end $$;

-- Whoever watches over only one of the two is not told of the other.
create policy likeness_is_seen on core.likeness for select to steppingstones_app using (core.watches(one) and core.watches(other));
create policy likeness_is_decided on core.likeness for update to steppingstones_app
  using (core.watches(one) and core.watches(other))
  with check (core.watches(one) and core.watches(other) and standing <> 'open' and decided_by = core.viewer_person());
create policy likeness_is_told on core.likeness for insert to steppingstones_app
  with check (core.watches(one) and core.watches(other) and standing = 'not-the-same' and decided_by = core.viewer_person());
create policy merger_is_seen on core.merger for select to steppingstones_app using ((core.watches(kept) and core.watches(gone)) or core.keeps(kept) or core.keeps(gone));
create policy merger_is_made on core.merger for insert to steppingstones_app
  with check (core.watches(kept) and core.watches(gone) and merged_by = core.viewer_person() and undone_at is null);
create policy merger_is_undone on core.merger for update to steppingstones_app
  using (core.watches(kept) and core.watches(gone) and undone_at is null)
  with check (undone_by = core.viewer_person() and undone_at is not null);
create policy merger_memory_is_kept on vault.merger_memory to steppingstones_app
  using (exists (select from core.merger m where m.id = merger_id and core.watches(m.kept) and core.watches(m.gone)))
  with check (exists (select from core.merger m where m.id = merger_id and core.watches(m.kept) and core.watches(m.gone)));
create policy likeness_mark_is_kept on vault.likeness_mark to steppingstones_app
  using (core.may_change(initiative_id)) with check (core.may_change(initiative_id));

alter table pub.likeness_mark enable row level security;
alter table pub.likeness_mark force row level security;
create policy likeness_mark_of_the_owner on pub.likeness_mark to steppingstones_owner using (true) with check (true);
create policy likeness_mark_for_the_operator on pub.likeness_mark to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
create policy likeness_mark_is_open on pub.likeness_mark for select to steppingstones_app, steppingstones_public using (true);
create policy likeness_mark_is_kept on pub.likeness_mark to steppingstones_app
  using (core.may_change(initiative_id)) with check (core.may_change(initiative_id));
grant select on pub.likeness_mark to steppingstones_app, steppingstones_public;
grant insert, update, delete on pub.likeness_mark to steppingstones_app;

create function core.keepers_follow(from_entry uuid, to_entry uuid, why text) returns uuid[] security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  given uuid[];
begin
  if not (core.is_operator() or (core.watches(from_entry) and core.watches(to_entry))) then
    raise exception 'Only who watches over both entries lets the keepers of one keep the other.' using errcode = '42501';
  end if;
  with made as (
    insert into core.role_grant (person_id, role, scope_kind, scope_id, until_day, granted_by, reason)
      select g.person_id, 'member', 'initiative', to_entry::text, max(g.until_day), core.viewer_person(), left(why, 500)
      from core.role_grant g
      where g.role = 'member' and g.scope_kind = 'initiative' and g.scope_id = from_entry::text and g.ended_on is null
        and core.today() >= g.from_day and core.today() < g.until_day
        and not exists (select from core.role_grant h where h.person_id = g.person_id and h.role = 'member'
          and h.scope_id = to_entry::text and h.ended_on is null and core.today() < h.until_day)
      group by g.person_id
      returning id)
  select coalesce(array_agg(made.id), '{}') into given from made;
  return given;
end $$;
comment on function core.keepers_follow is 'Lets whoever keeps one entry keep the one it lives on in, until the day their own grant ends; answers the grants that were given.';

create function core.keepers_return(grants uuid[], entry uuid, why text) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not (core.is_operator() or core.watches(entry)) then
    raise exception 'Only who watches over an entry ends what its keepers were given with it.' using errcode = '42501';
  end if;
  update core.role_grant set ended_on = core.today(), ended_by = core.viewer_person(), ended_reason = left(why, 500)
    where id = any(grants) and role = 'member' and scope_id = entry::text and ended_on is null;
end $$;
comment on function core.keepers_return is 'Takes back what keepers were given when two entries were made one, because it is undone.';
-- Relations with those whom the verifier may not know of go along too, and are not told.
create function core.repoint_relations(from_entry uuid, to_entry uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  held core.relation;
begin
  if not (core.is_operator() or (core.watches(from_entry) and core.watches(to_entry))) then
    raise exception 'Only who watches over both entries repoints relations from one to the other.' using errcode = '42501';
  end if;
  for held in select * from core.relation r where upper_inf(r.recorded) and from_entry in (r.from_id, r.to_id) order by r.id for update loop
    update core.relation r set recorded = tstzrange(lower(r.recorded), now()) where r.id = held.id and upper_inf(r.recorded);
    -- Between the two themselves nothing is left to tell; what the other already told stays told once.
    continue when to_entry in (held.from_id, held.to_id);
    continue when exists (select from core.relation r where upper_inf(r.recorded) and r.type = held.type
      and ((held.from_id = from_entry and r.from_id = to_entry and r.to_id = held.to_id) or (held.to_id = from_entry and r.to_id = to_entry and r.from_id = held.from_id)));
    -- A verifier says so now: a file that still names the other entry does not tell it over.
    insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources, told_by)
      values (held.id, held.key, case when held.from_id = from_entry then to_entry else held.from_id end, held.type,
        case when held.to_id = from_entry then to_entry else held.to_id end, held.since, held.since_precision, held.until, held.until_precision,
        held.valid, held.sources, case when held.told_by = 'public-sources' then 'verifier' else held.told_by end);
  end loop;
end $$;
comment on function core.repoint_relations is 'Tells the relations of one entry anew as those of the one it lives on in; the earlier tellings stay as what was held.';

create function core.repoint_back(gone uuid, kept uuid, moment timestamptz) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  held core.relation;
begin
  if not (core.is_operator() or (core.watches(gone) and core.watches(kept))) then
    raise exception 'Only who watches over both entries repoints relations from one to the other.' using errcode = '42501';
  end if;
  for held in select * from core.relation r where upper(r.recorded) = moment and gone in (r.from_id, r.to_id) order by r.id loop
    update core.relation r set recorded = tstzrange(lower(r.recorded), now()) where r.id = held.id and upper_inf(r.recorded);
    insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources, told_by)
      values (held.id, held.key, held.from_id, held.type, held.to_id, held.since, held.since_precision, held.until, held.until_precision, held.valid, held.sources, held.told_by);
  end loop;
end $$;
comment on function core.repoint_back is 'Tells relations anew as they were until the moment they were repointed, because the merger is undone.';

-- A source outside that knows the one entry now brings the other up to date. Which keys went along is answered as source, a line feed, key.
create function core.outside_keys_follow(from_entry uuid, to_entry uuid, which text[]) returns text[] security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  moved text[];
begin
  if not (core.is_operator() or (core.watches(from_entry) and core.watches(to_entry))) then
    raise exception 'Only who watches over both entries lets the keys of one lead to the other.' using errcode = '42501';
  end if;
  with led as (
    update core.outside_key k set initiative_id = to_entry
      where k.initiative_id = from_entry and (which is null or k.source || E'\n' || k.key = any(which))
      returning k.source || E'\n' || k.key as name)
  select coalesce(array_agg(name), '{}') into moved from led;
  return moved;
end $$;
comment on function core.outside_keys_follow is 'Lets the keys under which sources outside know one entry lead to another: all of them, or those that are named.';
revoke all on function core.keepers_follow, core.keepers_return, core.repoint_relations, core.repoint_back, core.outside_keys_follow from public;
grant execute on function core.keepers_follow, core.keepers_return, core.repoint_relations, core.repoint_back, core.outside_keys_follow to steppingstones_app;
