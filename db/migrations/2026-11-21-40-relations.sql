-- Relations: who is connected to whom, in which way, since when, and who says so.

create table core.relation (
  id uuid not null default uuidv7(),
  recorded tstzrange not null default tstzrange(now(), null),
  key text not null check (length(key) <= 160),
  from_id uuid not null references core.initiative on delete cascade,
  type text not null check (type in ('member-of','part-of','grew-out-of','merged-into','partners-with','funded-by','commissioned-by','refers-to','hosts','advises','founded-by')),
  to_id uuid not null references core.initiative on delete cascade,
  since date,
  since_precision text not null check (since_precision in ('day','month','year','around','at-latest','unknown')),
  until date,
  until_precision text not null check (until_precision in ('day','month','year','around','at-latest','unknown')),
  valid daterange not null check (not isempty(valid)),
  sources text[] not null default '{}',
  living_from uuid generated always as (case when upper_inf(recorded) then from_id end) stored,
  living_to uuid generated always as (case when upper_inf(recorded) and type not in ('grew-out-of','founded-by','merged-into') then to_id end) stored,
  primary key (id, recorded without overlaps),
  check (from_id <> to_id),
  foreign key (living_from, period valid) references core.existence (initiative_id, period valid) deferrable,
  foreign key (living_to, period valid) references core.existence (initiative_id, period valid) deferrable
);
comment on table core.relation is 'A typed and dated relation between two in the field, as someone tells it.';
comment on column core.relation.id is '[open] lasting key';
comment on column core.relation.recorded is '[open] when this telling of the relation was the one we held';
comment on column core.relation.key is '[open] name of the relation in the source it came from';
comment on column core.relation.from_id is '[open] the one the relation goes out from';
comment on column core.relation.type is '[open] what kind of relation';
comment on column core.relation.to_id is '[open] the one it goes to';
comment on column core.relation.since is '[open] first day told; null is not said';
comment on column core.relation.since_precision is '[open] how precise the first day is';
comment on column core.relation.until is '[open] last day told; null is not said or not over';
comment on column core.relation.until_precision is '[open] how precise the last day is';
comment on column core.relation.valid is '[open] the days it stands, within the lives of both';
comment on column core.relation.sources is '[open] where it can be read';
comment on column core.relation.living_from is '[machine] the one that has to live as long as the relation lasts';
comment on column core.relation.living_to is '[machine] the other side, when it too has to live as long as the relation lasts';
alter table core.relation enable row level security;
alter table core.relation force row level security;
create policy relation_of_the_owner on core.relation to steppingstones_owner using (true) with check (true);
create policy relation_for_the_operator on core.relation to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.relation to steppingstones_app;

create unique index relation_now on core.relation (key) where upper_inf(recorded);
create index relation_from on core.relation (from_id);
create index relation_to on core.relation (to_id);

create table core.relation_voice (
  relation_id uuid not null,
  who text not null,
  stance text not null check (stance in ('asserts','confirms','disputes')),
  said_on date not null default current_date,
  words text check (length(words) <= 2000),
  primary key (relation_id, who)
);
comment on table core.relation_voice is 'Who says, confirms or disputes a relation. Both views stay.';
comment on column core.relation_voice.relation_id is '[open] which relation';
comment on column core.relation_voice.who is '[open] public sources, one of both sides, or a verifier';
comment on column core.relation_voice.stance is '[open] what they say of it';
comment on column core.relation_voice.said_on is '[open] when they said so';
comment on column core.relation_voice.words is '[open] in their own words';
alter table core.relation_voice enable row level security;
alter table core.relation_voice force row level security;
create policy relation_voice_of_the_owner on core.relation_voice to steppingstones_owner using (true) with check (true);
create policy relation_voice_for_the_operator on core.relation_voice to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.relation_voice to steppingstones_app;

create table core.relation_text (
  relation_id uuid not null,
  language text not null check (language ~ '^[a-z]{2,3}(-[A-Za-z]{2,4})?$'),
  text text not null check (length(text) between 1 and 2000),
  origin text not null check (origin in ('public-sources','own','rendering')),
  primary key (relation_id, language)
);
comment on table core.relation_text is 'A sentence about a relation, per language.';
comment on column core.relation_text.relation_id is '[open] which relation';
comment on column core.relation_text.language is '[open] language of the sentence';
comment on column core.relation_text.text is '[open] the sentence';
comment on column core.relation_text.origin is '[open] who wrote it';
alter table core.relation_text enable row level security;
alter table core.relation_text force row level security;
create policy relation_text_of_the_owner on core.relation_text to steppingstones_owner using (true) with check (true);
create policy relation_text_for_the_operator on core.relation_text to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.relation_text to steppingstones_app;

create table core.looking (
  municipality text not null,
  theme text not null,
  phase text not null check (phase in ('arrival','landing','rooting')),
  looked_on date not null,
  found integer not null check (found >= 0),
  looked_by text not null,
  primary key (municipality, theme, phase, looked_on)
);
comment on table core.looking is 'Where somebody looked for initiatives, so that nobody looked differs from looked and found none.';
comment on column core.looking.municipality is '[open] code of the municipality';
comment on column core.looking.theme is '[open] theme looked for';
comment on column core.looking.phase is '[open] phase looked for';
comment on column core.looking.looked_on is '[open] when';
comment on column core.looking.found is '[open] how many were found';
comment on column core.looking.looked_by is '[inside] who looked';
alter table core.looking enable row level security;
alter table core.looking force row level security;
create policy looking_of_the_owner on core.looking to steppingstones_owner using (true) with check (true);
create policy looking_for_the_operator on core.looking to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.looking to steppingstones_app;

create table pub.relation (
  id uuid primary key,
  key text not null,
  from_id uuid not null references pub.initiative on delete cascade,
  type text not null,
  to_id uuid not null references pub.initiative on delete cascade,
  since date,
  since_precision text not null,
  until date,
  until_precision text not null,
  valid daterange not null,
  standing text not null check (standing in ('asserted','confirmed','disputed')),
  asserted_by text not null,
  sources text[] not null,
  recorded_at timestamptz not null
);
comment on table pub.relation is 'A relation between two open entries, as told now.';
comment on column pub.relation.id is '[open] lasting key';
comment on column pub.relation.key is '[open] name of the relation in its source';
comment on column pub.relation.from_id is '[open] the one it goes out from';
comment on column pub.relation.type is '[open] what kind of relation';
comment on column pub.relation.to_id is '[open] the one it goes to';
comment on column pub.relation.since is '[open] first day told';
comment on column pub.relation.since_precision is '[open] how precise the first day is';
comment on column pub.relation.until is '[open] last day told';
comment on column pub.relation.until_precision is '[open] how precise the last day is';
comment on column pub.relation.valid is '[open] the days it stands';
comment on column pub.relation.standing is '[open] whether both sides say so';
comment on column pub.relation.asserted_by is '[open] who says so';
comment on column pub.relation.sources is '[open] where it can be read';
comment on column pub.relation.recorded_at is '[open] since when this telling stands';
grant select on pub.relation to steppingstones_public, steppingstones_app;
create trigger relation_changed after insert or update or delete on pub.relation for each statement execute function pub.tell_change();

create index open_relation_from on pub.relation (from_id);
create index open_relation_to on pub.relation (to_id);

create table pub.relation_text (
  relation_id uuid not null references pub.relation on delete cascade,
  language text not null,
  text text not null,
  origin text not null,
  primary key (relation_id, language)
);
comment on table pub.relation_text is 'A sentence about a relation, per language.';
comment on column pub.relation_text.relation_id is '[open] which relation';
comment on column pub.relation_text.language is '[open] language of the sentence';
comment on column pub.relation_text.text is '[open] the sentence';
comment on column pub.relation_text.origin is '[open] who wrote it';
grant select on pub.relation_text to steppingstones_public, steppingstones_app;
create trigger relation_text_changed after insert or update or delete on pub.relation_text for each statement execute function pub.tell_change();

create table pub.looking (
  municipality text not null,
  theme text not null,
  phase text not null,
  looked_on date not null,
  found integer not null,
  primary key (municipality, theme, phase, looked_on)
);
comment on table pub.looking is 'Where somebody looked for initiatives and how many they found.';
comment on column pub.looking.municipality is '[open] code of the municipality';
comment on column pub.looking.theme is '[open] theme looked for';
comment on column pub.looking.phase is '[open] phase looked for';
comment on column pub.looking.looked_on is '[open] when';
comment on column pub.looking.found is '[open] how many were found';
grant select on pub.looking to steppingstones_public, steppingstones_app;
create trigger looking_changed after insert or update or delete on pub.looking for each statement execute function pub.tell_change();


create function core.lay_relations_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
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
comment on function core.lay_relations_open is 'Copies relations to pub where both sides are open; takes relation keys and initiative keys alike.';
revoke all on function core.lay_relations_open from public;
grant execute on function core.lay_relations_open to steppingstones_app;
