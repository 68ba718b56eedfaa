-- Keeping an entry: answers that are not laid yet, what was said before it was said anew, and how far a keeper's hand reaches.

create table vault.draft (
  id uuid primary key,
  word_hash bytea not null unique check (length(word_hash) = 32),
  typed jsonb not null check (jsonb_typeof(typed) = 'object' and length(typed::text) <= 100000),
  language text not null check (language ~ '^[a-z]{2}$'),
  person_id uuid references core.person on delete cascade,
  saved_at timestamptz not null default now(),
  until timestamptz not null default now() + interval '12 months',
  check (until > saved_at and until <= saved_at + interval '366 days')
);
comment on table vault.draft is 'What someone typed about an initiative that is not on the map yet. Gone when it is laid, and after a year in which nobody came back to it.';
comment on column vault.draft.id is '[machine] lasting key; the viewer when someone comes by its word';
comment on column vault.draft.word_hash is '[secret] SHA-256 of the word that opens it; the word itself is nowhere';
comment on column vault.draft.typed is '[place] the answers as they were typed, by question';
comment on column vault.draft.language is '[inside] language it was typed in';
comment on column vault.draft.person_id is '[person] who typed it, when they were signed in';
comment on column vault.draft.saved_at is '[inside] when it was last kept';
comment on column vault.draft.until is '[inside] when it is thrown away';
create index draft_until on vault.draft (until);

create table core.entry_change (
  id uuid primary key default uuidv7(),
  initiative_id uuid not null references core.initiative on delete cascade,
  field text not null check (field in ('name','place','text','kind','scope','phases','themes','audiences','languages','led-by','formality','since','website','mail','phone','kept-back','standing')),
  was jsonb,
  became jsonb,
  said_by text not null check (said_by in ('own','verifier')),
  told_by uuid,
  told_at timestamptz not null default now(),
  check (field <> 'place' or (was is null and became is null))
);
comment on table core.entry_change is 'What a keeper or verifier told anew of an entry, with what stood there before, so that nothing that was said is lost.';
comment on column core.entry_change.id is '[machine] lasting key';
comment on column core.entry_change.initiative_id is '[inside] of whose entry';
comment on column core.entry_change.field is '[inside] which part of it';
comment on column core.entry_change.was is '[inside] what stood there before; of a place nothing is kept here';
comment on column core.entry_change.became is '[inside] what it became; of a place nothing is kept here';
comment on column core.entry_change.said_by is '[inside] whether the initiative itself or a verifier said it';
comment on column core.entry_change.told_by is '[person] the person or link that told it';
comment on column core.entry_change.told_at is '[inside] when';
create index entry_change_of on core.entry_change (initiative_id, told_at);

create table vault.proposed_place (
  proposal_id uuid primary key references core.proposal on delete cascade,
  initiative_id uuid not null references core.initiative on delete cascade,
  lat double precision not null check (lat between 50.5 and 53.8),
  lon double precision not null check (lon between 3.2 and 7.4),
  precision text not null check (precision in ('exact','street','town','region','hidden')),
  town text,
  municipality text,
  province text
);
comment on table vault.proposed_place is 'Where a keeper says that a checked initiative is, until a verifier has looked.';
comment on column vault.proposed_place.proposal_id is '[inside] the proposal it belongs to';
comment on column vault.proposed_place.initiative_id is '[inside] whose place';
comment on column vault.proposed_place.lat is '[place] exact latitude';
comment on column vault.proposed_place.lon is '[place] exact longitude';
comment on column vault.proposed_place.precision is '[inside] how precisely the street may know it';
comment on column vault.proposed_place.town is '[place] the town or village, a key of pub.place';
comment on column vault.proposed_place.municipality is '[place] code of the municipality';
comment on column vault.proposed_place.province is '[place] code of the province';
create index proposed_place_of on vault.proposed_place (initiative_id);

do $$
declare t text;
begin
  foreach t in array array['vault.draft','core.entry_change','vault.proposed_place'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_for_the_operator', t);
  end loop;
end $$;
grant select, insert, update, delete on vault.draft, vault.proposed_place to steppingstones_app;
-- What was said stays said.
grant select, insert on core.entry_change to steppingstones_app;

create function core.open_draft(hash bytea) returns uuid
  stable security definer set search_path = pg_catalog, vault language sql as $$
  select d.id from vault.draft d where d.word_hash = hash and now() < d.until
$$;
comment on function core.open_draft is 'Which draft this word opens, while it is kept; null when it opens none. Only a whole word finds one.';
create function core.may_open_draft(draft uuid) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select draft = core.viewer() or exists (select from vault.entry_link l where l.id = core.viewer()
    and l.purpose = 'add' and l.about = draft and l.ended_at is null and now() < l.until)
$$;
comment on function core.may_open_draft is 'Whether who is asking came by the word of this draft, or by a link about it.';
create function core.known_place(initiative uuid) returns table (valid daterange, shown text, town text, municipality text, province text)
  stable security definer set search_path = pg_catalog, core, vault, pub language sql as $$
  select v.valid, w.precision,
    case when w.precision in ('exact','street','town') then t.name end,
    case when w.precision in ('exact','street','town') then v.municipality end,
    case when w.precision in ('exact','street','town','region') then v.province end
  from vault.initiative_place v
  cross join lateral (select case when core.may_know(initiative, coalesce(
    (select f.visibility from core.entry_field f where f.initiative_id = initiative and f.field = 'place'), 'public')) then v.precision else 'hidden' end as precision) w
  left join pub.place t on t.id = v.town
  where v.initiative_id = initiative and core.may_see_entry(initiative)
$$;
comment on function core.known_place is 'Where an initiative is, as coarsely as who is asking may know: never a point, and the town only where it may be named.';
revoke all on function core.open_draft, core.may_open_draft, core.known_place from public;
grant execute on function core.open_draft, core.may_open_draft, core.known_place to steppingstones_app;

create policy draft_is_held on vault.draft to steppingstones_app
  using (core.may_open_draft(id)) with check (id = core.viewer() or core.may_open_draft(id));
create policy entry_change_is_seen on core.entry_change for select to steppingstones_app using (core.may_change(initiative_id));
create policy entry_change_is_told on core.entry_change for insert to steppingstones_app
  with check (core.may_change(initiative_id) and told_by = core.viewer());
create policy proposed_place_is_kept on vault.proposed_place to steppingstones_app
  using (core.may_change(initiative_id)) with check (core.may_change(initiative_id));
-- Whoever keeps an entry may take back what another of its keepers proposed: a link that was used up cannot.
create policy proposal_is_taken_back on core.proposal for update to steppingstones_app
  using (core.keeps(initiative_id) and standing = 'waiting') with check (core.keeps(initiative_id) and standing = 'withdrawn');

-- A link opens the entry it was made for, and an added one the entry that was added with it; its holder only uses it or ends it.
create function vault.link_stays() returns trigger language plpgsql as $$
begin
  if current_user <> 'steppingstones_app' or core.is_operator() then
    return new;
  end if;
  if (to_jsonb(new) - array['used_at','ended_at','initiative_id']) <> (to_jsonb(old) - array['used_at','ended_at','initiative_id'])
    or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
    or (new.initiative_id is distinct from old.initiative_id and not (old.initiative_id is null and old.purpose = 'add'
      and exists (select from core.initiative i where i.id = new.initiative_id and i.added_by = old.id and i.standing = 'proposed'))) then
    raise exception 'A link opens only its own entry.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger entry_link_stays before update on vault.entry_link for each row execute function vault.link_stays();

-- Nobody lays or checks their own: a keeper may withdraw an entry or bring it back to wait, and no more than that.
create function core.keepers_reach() returns trigger language plpgsql as $$
begin
  if current_user <> 'steppingstones_app' or core.is_operator() or core.watches(old.id) then
    return new;
  end if;
  if (new.slug, new.origin, new.added_by, new.merged_into, new.checked_on, new.checked_through, new.source_mark, new.recorded_at)
    is distinct from (old.slug, old.origin, old.added_by, old.merged_into, old.checked_on, old.checked_through, old.source_mark, old.recorded_at)
    or (new.standing <> old.standing and (old.standing, new.standing) not in (('proposed','withdrawn'), ('laid','withdrawn'), ('withdrawn','proposed'))) then
    raise exception 'A keeper does not lay or check their own entry.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger initiative_within_reach before update on core.initiative for each row execute function core.keepers_reach();
