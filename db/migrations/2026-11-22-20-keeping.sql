-- Keeping the field true: who may change an entry, who may know what of it, links that open one entry, and what waits for someone to look.

alter table core.initiative
  add column mail text check (mail ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and length(mail) <= 254),
  add column phone text check (phone ~ '^[+0-9][0-9 ()/.-]{4,29}$'),
  add column standing text not null default 'laid' check (standing in ('proposed','laid','merged','withdrawn')),
  add column added_by uuid,
  add column merged_into uuid references core.initiative on delete set null,
  add column checked_on date,
  add column checked_through text check (checked_through in ('call','visit','mail','meeting')),
  add column changed_at timestamptz not null default now(),
  add check ((standing = 'merged') or merged_into is null);
comment on column core.initiative.mail is '[inside] mail address of the initiative itself, never of a person; how far it may be known stands in core.entry_field';
comment on column core.initiative.phone is '[inside] telephone number of the initiative itself, never of a person; how far it may be known stands in core.entry_field';
comment on column core.initiative.standing is '[inside] proposed: waits for a verifier to look; laid: part of the field; merged: lives on in another entry; withdrawn: left the map';
comment on column core.initiative.added_by is '[person] the person or link that added it';
comment on column core.initiative.merged_into is '[open] the entry it lives on in';
comment on column core.initiative.checked_on is '[open] when a verifier last found that it is right';
comment on column core.initiative.checked_through is '[open] how the verifier found out';
comment on column core.initiative.changed_at is '[open] when anything of it last changed here';

alter table core.life_event drop constraint life_event_kind_check;
alter table core.life_event add constraint life_event_kind_check check (kind in ('noticed','founded','opened','moved','renamed','grew','formalised','split','merged','paused','revived','ended','contract','award','crisis','changed','confirmed','checked'));

create table core.entry_field (
  initiative_id uuid not null references core.initiative on delete cascade,
  field text not null check (field in ('summary','website','mail','phone','place','audiences','languages','led-by','formality','scope')),
  visibility text not null check (visibility in ('public','network','table','hidden')),
  reason text not null check (reason in ('safety','privacy','not-said','asked')),
  primary key (initiative_id, field)
);
comment on table core.entry_field is 'What of an entry not everyone may know, and why. A field that is not here is open, except mail and phone, which are for the table.';
comment on column core.entry_field.initiative_id is '[open] of whose entry';
comment on column core.entry_field.field is '[open] which part of the entry';
comment on column core.entry_field.visibility is '[inside] who may know it: everyone, the network, the table, or nobody but its keepers';
comment on column core.entry_field.reason is '[open] why it is kept back; this is shown instead';

create table vault.entry_link (
  id uuid primary key default uuidv7(),
  initiative_id uuid references core.initiative on delete cascade,
  purpose text not null check (purpose in ('keep','still-true','relation','add')),
  about uuid,
  token_hash bytea not null unique check (length(token_hash) = 32),
  sent_to text not null check (length(sent_to) <= 254),
  language text not null check (language ~ '^[a-z]{2}$'),
  made_at timestamptz not null default now(),
  until timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz,
  check (until > made_at and until <= made_at + interval '60 days')
);
comment on table vault.entry_link is 'A link that was mailed to an address of an initiative, and opens that one entry without an account.';
comment on column vault.entry_link.id is '[machine] lasting key; the viewer when someone comes by this link';
comment on column vault.entry_link.initiative_id is '[inside] which entry it opens; null until an added entry exists';
comment on column vault.entry_link.purpose is '[inside] what it is for: keeping the entry, saying whether it is still true, answering about a relation, or adding an entry';
comment on column vault.entry_link.about is '[inside] the relation, campaign or draft it is about';
comment on column vault.entry_link.token_hash is '[secret] SHA-256 of the word in the link; the word itself is nowhere';
comment on column vault.entry_link.sent_to is '[secret] the address it was mailed to';
comment on column vault.entry_link.language is '[inside] language of the mail';
comment on column vault.entry_link.made_at is '[inside] when it was made';
comment on column vault.entry_link.until is '[inside] until when it opens';
comment on column vault.entry_link.used_at is '[inside] when something was first done with it';
comment on column vault.entry_link.ended_at is '[inside] when it was ended before its time';
create index entry_link_of on vault.entry_link (initiative_id);

create table core.proposal (
  id uuid primary key default uuidv7(),
  initiative_id uuid not null references core.initiative on delete cascade,
  kind text not null check (kind in ('new','change','event','split','merge','relation','stopped')),
  words jsonb not null check (jsonb_typeof(words) = 'object'),
  said_by text not null check (said_by in ('own','verifier','other')),
  brought_by uuid,
  brought_at timestamptz not null default now(),
  standing text not null default 'waiting' check (standing in ('waiting','accepted','declined','withdrawn')),
  decided_by uuid references core.person,
  decided_at timestamptz,
  decided_why text check (length(decided_why) between 3 and 1000),
  check ((standing = 'waiting') = (decided_at is null))
);
comment on table core.proposal is 'What someone said of an entry and a verifier has still to look at, or has looked at.';
comment on column core.proposal.id is '[inside] lasting key';
comment on column core.proposal.initiative_id is '[inside] about which entry';
comment on column core.proposal.kind is '[inside] what it would do';
comment on column core.proposal.words is '[inside] what was said, by field: {field: {from, to}} for a change, the deed for the rest';
comment on column core.proposal.said_by is '[inside] whether the initiative itself, a verifier or another said it';
comment on column core.proposal.brought_by is '[person] the person or link that brought it';
comment on column core.proposal.brought_at is '[inside] when';
comment on column core.proposal.standing is '[inside] whether it waits, and what became of it';
comment on column core.proposal.decided_by is '[person] the verifier who looked; null when the operator or its bringer did';
comment on column core.proposal.decided_at is '[inside] when';
comment on column core.proposal.decided_why is '[inside] why';
create index proposal_of on core.proposal (initiative_id);
create index proposal_waiting on core.proposal (brought_at) where standing = 'waiting';

create table core.place_look (
  id uuid primary key default uuidv7(),
  initiative_id uuid not null references core.initiative on delete cascade,
  person_id uuid not null references core.person,
  purpose text not null check (purpose in ('verify','duplicates','glass')),
  looked_at timestamptz not null default now()
);
comment on table core.place_look is 'Who looked at the exact place of an entry, and what for; its keepers can read this.';
comment on column core.place_look.id is '[machine] lasting key';
comment on column core.place_look.initiative_id is '[inside] whose place';
comment on column core.place_look.person_id is '[person] who looked';
comment on column core.place_look.purpose is '[inside] what for';
comment on column core.place_look.looked_at is '[inside] when';

-- The rights the walls ask about.
create function core.keeps(initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select case core.viewer_kind()
    when 'person' then core.holds_in(array['member'], 'initiative', initiative::text)
      or exists (select from core.initiative i where i.id = initiative and i.added_by = core.viewer() and i.standing = 'proposed')
    when 'link' then exists (select from vault.entry_link l where l.id = core.viewer() and l.initiative_id = initiative
      and l.purpose in ('keep','add','still-true') and l.ended_at is null and now() < l.until)
      or exists (select from core.initiative i join vault.entry_link l on l.id = i.added_by
        where i.id = initiative and l.id = core.viewer() and i.standing = 'proposed' and l.ended_at is null and now() < l.until)
    else false end
$$;
comment on function core.keeps is 'Whether who is asking keeps this entry: a member of the initiative, or the holder of a link to it.';

create function core.watches(initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select core.viewer_kind() = 'person' and not core.keeps(initiative) and (
    core.holds_in(array['verifier','editor'], 'all', '')
    or exists (select from vault.initiative_place p where p.initiative_id = initiative
      and (core.holds_in(array['verifier','editor'], 'municipality', p.municipality) or core.holds_in(array['verifier','editor'], 'province', p.province))))
$$;
comment on function core.watches is 'Whether who is asking is verifier or editor where this initiative is, and does not keep it: nobody verifies their own.';

create function core.sees_through_glass(initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.holds(array['admin','privacy-officer']) and exists (select from core.glass g
    where g.initiative_id = initiative and core.viewer_person() in (g.asked_by, g.agreed_by) and now() < g.open_until)
$$;
comment on function core.sees_through_glass is 'Whether two people broke the glass for this initiative, one of them is asking, and its time is not over.';

create function core.may_know(initiative uuid, level text) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select core.is_operator() or level = 'public' or core.keeps(initiative) or core.watches(initiative) or core.sees_through_glass(initiative)
    or (level = 'network' and core.holds(array['member','verifier','editor','facilitator','partner','pool-member','researcher']))
    or (level = 'table' and exists (select from vault.initiative_place p where p.initiative_id = initiative
      and (core.holds_in(array['facilitator','partner'], 'municipality', p.municipality) or core.holds_in(array['facilitator','partner'], 'province', p.province))))
$$;
comment on function core.may_know is 'Whether who is asking may know what an initiative shows at this level: public, network, table or hidden.';

create function core.may_see_entry(initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce((select core.may_know(i.id, case when i.standing = 'laid' then i.visibility else 'hidden' end) from core.initiative i where i.id = initiative), false)
$$;
comment on function core.may_see_entry is 'Whether who is asking may know that this entry is there at all.';

create function core.may_change(initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or core.keeps(initiative) or core.watches(initiative)
$$;
comment on function core.may_change is 'Whether who is asking may change this entry.';

create function core.may(deed text, initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select case deed
    when 'see' then core.is_operator() or core.may_see_entry(initiative)
    when 'keep' then core.is_operator() or core.keeps(initiative)
    when 'watch' then core.is_operator() or core.watches(initiative)
    when 'change' then core.may_change(initiative)
    else false end
$$;
comment on function core.may is 'The rights by name, for the one question the app asks before a deed: see, keep, watch, change.';

create function core.open_link(hash bytea) returns table (id uuid, initiative_id uuid, purpose text, about uuid, language text)
  stable security definer set search_path = pg_catalog, vault language sql as $$
  select l.id, l.initiative_id, l.purpose, l.about, l.language from vault.entry_link l
  where l.token_hash = hash and l.ended_at is null and now() < l.until
$$;
comment on function core.open_link is 'Which link this word is, while it opens; no row when it does not. Only a whole word finds one.';

revoke all on function core.keeps, core.watches, core.sees_through_glass, core.may_know, core.may_see_entry, core.may_change, core.may, core.open_link from public;
grant execute on function core.keeps, core.watches, core.sees_through_glass, core.may_know, core.may_see_entry, core.may_change, core.may, core.open_link to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['core.entry_field','core.proposal','core.place_look','vault.entry_link'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_for_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
  foreach t in array array['initiative_name','initiative_text','life_event','life_event_text','initiative_period','initiative_period_before','existence','entry_field'] loop
    execute format('create policy %I on core.%I for select to steppingstones_app using (core.may_see_entry(initiative_id))', t || '_is_seen', t);
    execute format('create policy %I on core.%I to steppingstones_app using (core.may_change(initiative_id)) with check (core.may_change(initiative_id))', t || '_is_kept', t);
  end loop;
end $$;

create policy initiative_is_seen on core.initiative for select to steppingstones_app using (core.may_see_entry(id) or (added_by = core.viewer() and standing = 'proposed'));
create policy initiative_is_kept on core.initiative for update to steppingstones_app using (core.may_change(id)) with check (core.may_change(id));
create policy initiative_is_added on core.initiative for insert to steppingstones_app
  with check (core.viewer() is not null and added_by = core.viewer() and standing = 'proposed');
-- An exact place is for who keeps the entry, for who verifies there (and that look is written down), and through broken glass.
create policy initiative_place_is_seen on vault.initiative_place for select to steppingstones_app
  using (core.keeps(initiative_id) or core.watches(initiative_id) or core.sees_through_glass(initiative_id));
create policy initiative_place_is_kept on vault.initiative_place to steppingstones_app
  using (core.may_change(initiative_id)) with check (core.may_change(initiative_id));
create policy proposal_is_seen on core.proposal for select to steppingstones_app using (core.may_change(initiative_id));
create policy proposal_is_brought on core.proposal for insert to steppingstones_app
  with check (brought_by = core.viewer() and standing = 'waiting' and core.may_see_entry(initiative_id));
create policy proposal_is_decided on core.proposal for update to steppingstones_app
  using (core.watches(initiative_id) or brought_by = core.viewer())
  with check ((core.watches(initiative_id) and standing in ('accepted','declined') and decided_by = core.viewer_person()) or (brought_by = core.viewer() and standing = 'withdrawn'));
create policy place_look_is_seen on core.place_look for select to steppingstones_app using (core.keeps(initiative_id) or person_id = core.viewer_person());
create policy place_look_is_written on core.place_look for insert to steppingstones_app with check (person_id = core.viewer_person());
create policy entry_link_is_seen on vault.entry_link for select to steppingstones_app using (id = core.viewer());
create policy entry_link_is_used on vault.entry_link for update to steppingstones_app using (id = core.viewer()) with check (id = core.viewer());

create policy relation_is_seen on core.relation for select to steppingstones_app using (core.may_see_entry(from_id) and core.may_see_entry(to_id));
-- One side's keeper learns nothing of another side that they may not know of.
create policy relation_is_kept on core.relation to steppingstones_app
  using ((core.may_change(from_id) or core.may_change(to_id)) and core.may_see_entry(from_id) and core.may_see_entry(to_id))
  with check ((core.may_change(from_id) or core.may_change(to_id)) and core.may_see_entry(from_id) and core.may_see_entry(to_id));
create function core.may_speak_of(relation uuid) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select exists (select from core.relation r where r.id = relation and (core.may_change(r.from_id) or core.may_change(r.to_id))
      and core.may_see_entry(r.from_id) and core.may_see_entry(r.to_id))
    or exists (select from vault.entry_link l where l.id = core.viewer() and l.purpose = 'relation' and l.about = relation and l.ended_at is null and now() < l.until)
$$;
comment on function core.may_speak_of is 'Whether who is asking may say what they hold of this relation: either side that may know of the other, a verifier there, or the holder of a link about it.';
create function core.may_see_relation(relation uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.relation r where r.id = relation and core.may_see_entry(r.from_id) and core.may_see_entry(r.to_id))
$$;
comment on function core.may_see_relation is 'Whether who is asking may know both sides of this relation.';
revoke all on function core.may_speak_of, core.may_see_relation from public;
grant execute on function core.may_speak_of, core.may_see_relation to steppingstones_app;
create policy relation_voice_is_heard on core.relation_voice for select to steppingstones_app using (core.may_see_relation(relation_id));
create policy relation_voice_speaks on core.relation_voice to steppingstones_app using (core.may_speak_of(relation_id)) with check (core.may_speak_of(relation_id));
create policy relation_text_is_seen on core.relation_text for select to steppingstones_app using (core.may_see_relation(relation_id));
create policy relation_text_is_kept on core.relation_text to steppingstones_app using (core.may_speak_of(relation_id)) with check (core.may_speak_of(relation_id));

-- Whoever may change an entry makes it findable in the same transaction; the count of words is the house's, later.
create function core.may_be_found(kind text, subject text) returns boolean stable language sql
  return coalesce(core.is_operator() or case when kind = 'initiative' and subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then core.may_change(subject::uuid) end, false);
comment on function core.may_be_found is 'Whether who is asking may change what this subject is found by.';
grant execute on function core.may_be_found to steppingstones_app;
create policy search_text_is_kept on pub.search_text to steppingstones_app
  using (core.may_be_found(subject_kind, subject_id)) with check (core.may_be_found(subject_kind, subject_id));
create function core.may_index(text_id bigint) returns boolean stable security definer set search_path = pg_catalog, core, pub language sql as $$
  select core.is_operator() or coalesce((select core.may_be_found(t.subject_kind, t.subject_id) from pub.search_text t where t.id = text_id), false)
$$;
comment on function core.may_index is 'Whether who is asking may change what this text is found by.';
revoke all on function core.may_index from public;
grant execute on function core.may_index to steppingstones_app;
create policy search_name_is_kept on pub.search_name to steppingstones_app using (core.may_index(text_id)) with check (core.may_index(text_id));
create policy search_stem_is_widened on pub.search_stem for insert to steppingstones_app with check (core.viewer() is not null);
create policy search_word_is_widened on pub.search_word for insert to steppingstones_app with check (core.viewer() is not null);

alter table pub.initiative
  add column mail text,
  add column phone text,
  add column checked_on date,
  add column checked_through text,
  add column changed_at timestamptz not null default now(),
  add column kept_back jsonb not null default '{}';
comment on column pub.initiative.mail is '[open] mail address of the initiative, when everyone may know it';
comment on column pub.initiative.phone is '[open] telephone number of the initiative, when everyone may know it';
comment on column pub.initiative.checked_on is '[open] when a verifier last found that it is right';
comment on column pub.initiative.checked_through is '[open] how the verifier found out';
comment on column pub.initiative.changed_at is '[open] when anything of it last changed here';
comment on column pub.initiative.kept_back is '[open] what is kept back and why: {field: reason}; never what it is';

create table pub.initiative_moved (
  slug text primary key,
  to_slug text not null
);
comment on table pub.initiative_moved is 'Where an entry lives on under another address, after two entries turned out to be one.';
comment on column pub.initiative_moved.slug is '[open] the old word in the address';
comment on column pub.initiative_moved.to_slug is '[open] the word it lives on under';
grant select on pub.initiative_moved to steppingstones_public, steppingstones_app;
create trigger initiative_moved_changed after insert or update or delete on pub.initiative_moved for each statement execute function pub.tell_change();

create or replace function core.lay_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
  if exists (select from unnest(ids) as one(id) where not core.may_change(one.id)) then
    raise exception 'Only who may change an entry lays it open.' using errcode = '42501';
  end if;
  -- The numbers of the diary are given in the order of the commits: the next writer waits here until this one is done.
  perform pg_advisory_xact_lock(20151127);
  insert into pub.change (slug, what)
    select p.slug, 'removed' from pub.initiative p left join core.initiative i on i.id = p.id
    where p.id = any(ids) and (i.id is null or i.visibility <> 'public' or i.standing <> 'laid');
  insert into pub.change (slug, what)
    select i.slug, case when p.id is null then 'added' else 'changed' end
    from core.initiative i left join pub.initiative p on p.id = i.id
    where i.id = any(ids) and i.visibility = 'public' and i.standing = 'laid'
    order by i.id;
  delete from pub.initiative where id = any(ids);
  insert into pub.initiative_moved (slug, to_slug)
    select i.slug, t.slug from core.initiative i join core.initiative t on t.id = i.merged_into
    where i.id = any(ids) and i.visibility = 'public' and t.visibility = 'public' and t.standing = 'laid'
    on conflict (slug) do update set to_slug = excluded.to_slug;
  delete from pub.initiative_moved m using core.initiative i
    where i.slug in (m.slug, m.to_slug) and i.id = any(ids) and (i.visibility <> 'public' or (i.slug = m.slug and i.merged_into is null) or (i.slug = m.to_slug and i.standing not in ('laid', 'merged')));
  insert into pub.initiative (id, slug, name, origin, website, last_sign, confirmed_on, sources, names, recorded_at, mail, phone, checked_on, checked_through, changed_at, kept_back)
    select i.id, i.slug,
      (select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1),
      i.origin, case when not k.kept ? 'website' then i.website end, i.last_sign, i.confirmed_on, i.sources,
      coalesce((select array_agg(n.name order by n.name) from core.initiative_name n where n.initiative_id = i.id), '{}'),
      i.recorded_at,
      -- Mail and phone stay inside until someone of the initiative said that everyone may know them.
      case when exists (select from core.entry_field f where f.initiative_id = i.id and f.field = 'mail' and f.visibility = 'public') then i.mail end,
      case when exists (select from core.entry_field f where f.initiative_id = i.id and f.field = 'phone' and f.visibility = 'public') then i.phone end,
      i.checked_on, i.checked_through, i.changed_at, k.kept
    from core.initiative i
    cross join lateral (select coalesce(jsonb_object_agg(f.field, f.reason), '{}') as kept from core.entry_field f where f.initiative_id = i.id and f.visibility <> 'public') k
    where i.id = any(ids) and i.visibility = 'public' and i.standing = 'laid';
  insert into pub.initiative_period (initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes,
      audiences, languages, place_precision, town, municipality, province, lat, lon, recorded_at)
    select s.initiative_id, s.valid * coalesce(v.valid, daterange(null, null)), s.state, s.start_known, s.name, s.kind,
      case when not i.kept_back ? 'formality' then s.formality end,
      case when i.kept_back ? 'led-by' then 'not-said' else s.led_by end,
      case when not i.kept_back ? 'scope' then s.scope end, s.phases, s.themes,
      case when i.kept_back ? 'audiences' then '{}' else s.audiences end,
      case when i.kept_back ? 'languages' then '{}' else s.languages end,
      coalesce(w.precision, 'not-said'),
      case when w.precision in ('exact','street','town') then t.name end,
      case when w.precision in ('exact','street','town') then v.municipality end,
      case when w.precision in ('exact','street','town','region') then v.province end,
      o.point[1], o.point[2], s.recorded_at
    from core.initiative_period s
    join pub.initiative i on i.id = s.initiative_id
    left join vault.initiative_place v on v.initiative_id = s.initiative_id and v.valid && s.valid
    left join lateral (select case when i.kept_back ? 'place' then 'hidden' else v.precision end as precision) w on v.precision is not null
    left join pub.place t on t.id = v.town
    left join pub.province r on r.code = v.province
    left join lateral (select core.open_point(w.precision, v.lat, v.lon, t.lat, t.lon, r.lat, r.lon) as point) o on w.precision is not null
    where s.initiative_id = any(ids);
  insert into pub.initiative_period_before (initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages, recorded)
    select b.initiative_id, b.valid, b.state, b.start_known, b.name, b.kind,
      case when not i.kept_back ? 'formality' then b.formality end,
      case when i.kept_back ? 'led-by' then 'not-said' else b.led_by end,
      case when not i.kept_back ? 'scope' then b.scope end, b.phases, b.themes,
      case when i.kept_back ? 'audiences' then '{}' else b.audiences end,
      case when i.kept_back ? 'languages' then '{}' else b.languages end, b.recorded
    from core.initiative_period_before b join pub.initiative i on i.id = b.initiative_id where b.initiative_id = any(ids);
  insert into pub.initiative_text select t.initiative_id, t.language, t.text, t.origin, t.checked
    from core.initiative_text t join pub.initiative i on i.id = t.initiative_id where t.initiative_id = any(ids) and not i.kept_back ? 'summary';
  insert into pub.life_event (fact, initiative_id, kind, day, precision, sources, said_by, recorded_at, corrected)
    select e.fact, e.initiative_id, e.kind, e.day, e.precision, e.sources, e.said_by, lower(e.recorded),
      exists (select from core.life_event b where b.fact = e.fact and not upper_inf(b.recorded))
    from core.life_event e join pub.initiative i on i.id = e.initiative_id
    where e.initiative_id = any(ids) and upper_inf(e.recorded);
  insert into pub.life_event_text select t.fact, t.language, t.text, t.origin
    from core.life_event_text t join pub.life_event e on e.fact = t.fact where t.initiative_id = any(ids);
end $$;

create or replace function core.lay_relations_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
  if exists (select from unnest(ids) as one(id) where not core.may_change(one.id) and not core.may_speak_of(one.id)) then
    raise exception 'Only who may change an entry or speak of a relation lays it open.' using errcode = '42501';
  end if;
  delete from pub.relation where id = any(ids) or id in (select r.id from core.relation r where r.from_id = any(ids) or r.to_id = any(ids));
  insert into pub.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, standing, asserted_by, sources, recorded_at)
    select r.id, r.key, r.from_id, r.type, r.to_id, r.since, r.since_precision, r.until, r.until_precision, r.valid,
      case when exists (select from core.relation_voice v where v.relation_id = r.id and v.stance = 'disputes') then 'disputed'
           when exists (select from core.relation_voice v where v.relation_id = r.id and v.stance = 'confirms') then 'confirmed'
           else 'asserted' end,
      coalesce((select v.who from core.relation_voice v where v.relation_id = r.id and v.stance = 'asserts' order by v.said_on limit 1), 'public-sources'),
      r.sources, lower(r.recorded)
    from core.relation r
    join pub.initiative a on a.id = r.from_id
    join pub.initiative b on b.id = r.to_id
    where upper_inf(r.recorded) and (r.id = any(ids) or r.from_id = any(ids) or r.to_id = any(ids));
  insert into pub.relation_text select t.relation_id, t.language, t.text, t.origin
    from core.relation_text t join pub.relation r on r.id = t.relation_id
    where r.id = any(ids) or r.from_id = any(ids) or r.to_id = any(ids);
end $$;
