-- Turns: what happened in the life of an initiative, told by those who lived it, and relations of which both sides speak.

alter table core.initiative add column start_shape jsonb check (jsonb_typeof(start_shape) = 'object');
comment on column core.initiative.start_shape is '[open] what it was like at first, before anything that is told changed it';

alter table core.life_event
  add column instead_of uuid,
  add column words text check (length(words) between 1 and 2000),
  add column words_language text check (words_language ~ '^[a-z]{2,3}(-[A-Za-z]{2,4})?$'),
  add check ((words is null) = (words_language is null));
comment on column core.life_event.instead_of is '[open] the fact of another voice that this one tells differently; both are shown, and this one counts';
comment on column core.life_event.words is '[open] the sentence of who told it, as it was in this telling; the present one stands in core.life_event_text too';
comment on column core.life_event.words_language is '[open] language of that sentence';

alter table pub.life_event add column instead_of uuid;
comment on column pub.life_event.instead_of is '[open] the fact of another voice that this one tells differently';

alter table core.relation add column told_by text not null default 'public-sources' check (told_by in ('public-sources','from','to','verifier'));
comment on column core.relation.told_by is '[open] who told it as it is held now: public sources, one of both sides, or a verifier';

alter table core.relation_voice
  add column language text check (language ~ '^[a-z]{2,3}(-[A-Za-z]{2,4})?$'),
  add check (who in ('public-sources','from','to','verifier')),
  add check (words is null or language is not null);
comment on column core.relation_voice.language is '[open] language of the words';

create table core.relation_voice_before (
  id uuid primary key default uuidv7(),
  relation_id uuid not null,
  who text not null,
  stance text not null,
  said_on date not null,
  until_at timestamptz not null default now()
);
comment on table core.relation_voice_before is 'What someone said of a relation before they said something else or took it back; their words are let go.';
comment on column core.relation_voice_before.id is '[machine] lasting key';
comment on column core.relation_voice_before.relation_id is '[inside] of which relation';
comment on column core.relation_voice_before.who is '[inside] who said it';
comment on column core.relation_voice_before.stance is '[inside] what they said';
comment on column core.relation_voice_before.said_on is '[inside] when they said so';
comment on column core.relation_voice_before.until_at is '[inside] until when they held it';
create index relation_voice_before_of on core.relation_voice_before (relation_id);
alter table core.relation_voice_before enable row level security;
alter table core.relation_voice_before force row level security;
create policy relation_voice_before_of_the_owner on core.relation_voice_before to steppingstones_owner using (true) with check (true);
create policy relation_voice_before_for_the_operator on core.relation_voice_before to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
create policy relation_voice_before_is_read on core.relation_voice_before for select to steppingstones_app using (core.may_speak_of(relation_id));
grant select on core.relation_voice_before to steppingstones_app;

create function core.keep_voice() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.stance <> new.stance then
    insert into core.relation_voice_before (relation_id, who, stance, said_on) values (old.relation_id, old.who, old.stance, old.said_on);
  end if;
  return null;
end $$;
comment on function core.keep_voice is 'Remembers what someone said of a relation when they say something else or take it back.';
create trigger relation_voice_is_kept after update or delete on core.relation_voice for each row execute function core.keep_voice();

-- Each side speaks for itself alone; who watches over one of them may write down what was told.
create function core.may_say(relation uuid, who text) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select core.is_operator()
    or exists (select from core.relation r where r.id = relation and core.may_see_entry(r.from_id) and core.may_see_entry(r.to_id)
      and (core.watches(r.from_id) or core.watches(r.to_id) or (who = 'from' and core.keeps(r.from_id)) or (who = 'to' and core.keeps(r.to_id))))
    or exists (select from vault.entry_link l join core.relation r on r.id = l.about
      where l.id = core.viewer() and l.purpose = 'relation' and l.about = relation and l.ended_at is null and now() < l.until
        and ((who = 'from' and r.from_id = l.initiative_id) or (who = 'to' and r.to_id = l.initiative_id)))
$$;
comment on function core.may_say is 'Whether who is asking may speak of this relation as this voice: a side for itself, the holder of a link for the side it was mailed to, a verifier for what was told.';

-- Also what one side may not know of has to fit its life; only the keys of what both may see are ever told.
create function core.relations_beside(ids uuid[])
  returns table (id uuid, key text, type text, from_id uuid, to_id uuid, since date, since_precision text, until date, until_precision text,
    lives_from jsonb, lives_to jsonb, is_seen boolean, is_told boolean)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select r.id, r.key, r.type, r.from_id, r.to_id, r.since, r.since_precision, r.until, r.until_precision,
    (select coalesce(jsonb_agg(jsonb_build_object('from', lower(e.valid), 'until', upper(e.valid)) order by e.valid), '[]') from core.existence e where e.initiative_id = r.from_id),
    (select coalesce(jsonb_agg(jsonb_build_object('from', lower(e.valid), 'until', upper(e.valid)) order by e.valid), '[]') from core.existence e where e.initiative_id = r.to_id),
    core.may_see_entry(r.from_id) and core.may_see_entry(r.to_id),
    exists (select from core.life_event e where e.initiative_id in (r.from_id, r.to_id) and upper_inf(e.recorded) and e.said_by <> 'public-sources')
  from core.relation r
  where upper_inf(r.recorded) and ((r.from_id = any(ids) and core.may_change(r.from_id)) or (r.to_id = any(ids) and core.may_change(r.to_id)))
$$;
comment on function core.relations_beside is 'The relations of these entries, as far as who is asking may change the entries, with the days both sides live, and whether anyone but public sources tells of these lives.';

create function core.fit_relations(fit jsonb) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  update core.relation r set valid = daterange(f."from", f.until)
    from jsonb_to_recordset(fit) as f(id uuid, "from" date, until date)
    where r.id = f.id and upper_inf(r.recorded) and r.valid <> daterange(f."from", f.until) and (core.may_change(r.from_id) or core.may_change(r.to_id));
end $$;
comment on function core.fit_relations is 'Sets the days on which relations stand: [{id, from, until}], for who may change one of both sides.';

create function core.let_go_relations(ids uuid[]) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from core.relation r where r.id = any(ids) and lower(r.recorded) = now() and (core.may_change(r.from_id) or core.may_change(r.to_id));
  update core.relation r set recorded = tstzrange(lower(r.recorded), now())
    where r.id = any(ids) and upper_inf(r.recorded) and lower(r.recorded) < now() and (core.may_change(r.from_id) or core.may_change(r.to_id));
end $$;
comment on function core.let_go_relations is 'Ends holding these relations, for who may change one of both sides; what was held stays known as such.';

create function core.ties_of(turn text) returns table (from_id uuid, to_id uuid) stable security definer set search_path = pg_catalog, core language sql as $$
  select r.from_id, r.to_id from core.relation r
  where upper_inf(r.recorded) and starts_with(r.key, turn || '/') and (core.may_change(r.from_id) or core.may_change(r.to_id)) order by r.key
$$;
comment on function core.ties_of is 'Both ends of the relations that a turn brought, in the order in which it named them, for who may change one of both.';

create function core.retie(turn text, new_day date, how_precise text) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  with before as (
    update core.relation r set recorded = tstzrange(lower(r.recorded), now())
      where upper_inf(r.recorded) and starts_with(r.key, turn || '/') and (r.since is distinct from new_day or r.since_precision <> how_precise)
        and (core.may_change(r.from_id) or core.may_change(r.to_id))
      returning r.*)
  insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources, told_by)
    select b.id, b.key, b.from_id, b.type, b.to_id, new_day, how_precise, b.until, b.until_precision, b.valid, b.sources, b.told_by from before b;
end $$;
comment on function core.retie is 'Tells the relations that a turn brought from another day on, for who may change one of both; how they were told before stays known.';

create function core.untie(turn text) returns void security definer set search_path = pg_catalog, core language sql as $$
  select core.let_go_relations(array(select r.id from core.relation r where upper_inf(r.recorded) and starts_with(r.key, turn || '/')))
$$;
comment on function core.untie is 'Ends holding the relations that a turn brought, for who may change one of both.';

create function core.lay_turns_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
  if exists (select from unnest(ids) as one(id) where not core.may_change(one.id)) then
    raise exception 'Only who may change an entry lays it open.' using errcode = '42501';
  end if;
  update pub.life_event p set instead_of = e.instead_of from core.life_event e
    where e.initiative_id = any(ids) and p.fact = e.fact and upper_inf(e.recorded) and e.instead_of is not null;
end $$;
comment on function core.lay_turns_open is 'Says in pub which life events tell differently what another voice told; comes after core.lay_open.';

revoke all on function core.keep_voice, core.may_say, core.relations_beside, core.fit_relations, core.let_go_relations, core.ties_of, core.retie, core.untie, core.lay_turns_open from public;
grant execute on function core.may_say, core.relations_beside, core.fit_relations, core.let_go_relations, core.ties_of, core.retie, core.untie, core.lay_turns_open to steppingstones_app;

drop policy relation_voice_speaks on core.relation_voice;
create policy relation_voice_speaks on core.relation_voice to steppingstones_app using (core.may_say(relation_id, who)) with check (core.may_say(relation_id, who));

create table pub.relation_voice (
  relation_id uuid not null references pub.relation on delete cascade,
  who text not null,
  stance text not null,
  said_on date not null,
  words text,
  language text,
  primary key (relation_id, who)
);
comment on table pub.relation_voice is 'Who says, confirms or disputes an open relation, in their own words. Both views stay.';
comment on column pub.relation_voice.relation_id is '[open] which relation';
comment on column pub.relation_voice.who is '[open] public sources, one of both sides, or a verifier';
comment on column pub.relation_voice.stance is '[open] what they say of it';
comment on column pub.relation_voice.said_on is '[open] when they said so';
comment on column pub.relation_voice.words is '[open] in their own words';
comment on column pub.relation_voice.language is '[open] language of the words';
grant select on pub.relation_voice to steppingstones_public, steppingstones_app;
create trigger relation_voice_changed after insert or update or delete on pub.relation_voice for each statement execute function pub.tell_change();

create or replace function core.lay_relations_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
  if exists (select from unnest(ids) as one(id) where not core.may_change(one.id) and not core.may_speak_of(one.id)) then
    raise exception 'Only who may change an entry or speak of a relation lays it open.' using errcode = '42501';
  end if;
  delete from pub.relation where id = any(ids) or id in (select r.id from core.relation r where r.from_id = any(ids) or r.to_id = any(ids));
  -- The same rule as standingOf and assertedBy in relations/model.ts.
  insert into pub.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, standing, asserted_by, sources, recorded_at)
    select r.id, r.key, r.from_id, r.type, r.to_id, r.since, r.since_precision, r.until, r.until_precision, r.valid,
      case when exists (select from core.relation_voice v where v.relation_id = r.id and v.stance = 'disputes') then 'disputed'
           when (select count(*) from core.relation_voice v where v.relation_id = r.id and v.who in ('from','to') and v.stance <> 'disputes') = 2 then 'confirmed'
           else 'asserted' end,
      coalesce((select v.who from core.relation_voice v where v.relation_id = r.id and v.stance <> 'disputes'
        order by v.who in ('from','to') desc, v.stance = 'asserts' desc, array_position(array['from','to','verifier','public-sources'], v.who) limit 1), 'public-sources'),
      r.sources, lower(r.recorded)
    from core.relation r
    join pub.initiative a on a.id = r.from_id
    join pub.initiative b on b.id = r.to_id
    where upper_inf(r.recorded) and (r.id = any(ids) or r.from_id = any(ids) or r.to_id = any(ids));
  insert into pub.relation_text select t.relation_id, t.language, t.text, t.origin
    from core.relation_text t join pub.relation r on r.id = t.relation_id
    where r.id = any(ids) or r.from_id = any(ids) or r.to_id = any(ids);
  insert into pub.relation_voice select v.relation_id, v.who, v.stance, v.said_on, v.words, v.language
    from core.relation_voice v join pub.relation r on r.id = v.relation_id
    where r.id = any(ids) or r.from_id = any(ids) or r.to_id = any(ids);
end $$;
