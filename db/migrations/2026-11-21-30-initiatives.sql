-- The field: initiatives and institutions, what happened to them, and how the street sees them.
-- Life events are what is told; the shape on a day is derived from them by initiatives/model.ts.

create table core.initiative (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
  visibility text not null default 'public' check (visibility in ('public','network','table','hidden')),
  origin text not null check (origin in ('public-sources','own','verifier')),
  website text check (website ~ '^https?://' and length(website) <= 500),
  last_sign text not null default 'seen' check (last_sign in ('seen','none-recent')),
  confirmed_on date,
  sources text[] not null default '{}',
  recorded_at timestamptz not null default now(),
  source_mark text
);
comment on table core.initiative is 'An initiative or institution in the field, from an informal group to a ministry.';
comment on column core.initiative.id is '[open] lasting key';
comment on column core.initiative.slug is '[open] the word in its address';
comment on column core.initiative.visibility is '[inside] who may know of it at all';
comment on column core.initiative.origin is '[open] where the entry came from';
comment on column core.initiative.website is '[open] its own page';
comment on column core.initiative.last_sign is '[open] whether a recent sign of life was found; none-recent never means ended';
comment on column core.initiative.confirmed_on is '[open] when someone of the initiative last said that this is right';
comment on column core.initiative.sources is '[open] where the facts can be read';
comment on column core.initiative.recorded_at is '[open] when it entered the map';
comment on column core.initiative.source_mark is '[machine] fingerprint of what public sources told at the last import, so that the same telling is not a change';
alter table core.initiative enable row level security;
alter table core.initiative force row level security;
create policy initiative_of_the_owner on core.initiative to steppingstones_owner using (true) with check (true);
create policy initiative_for_the_operator on core.initiative to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.initiative to steppingstones_app;

create table core.initiative_name (
  initiative_id uuid not null references core.initiative on delete cascade,
  name text not null check (length(name) between 1 and 200),
  primary key (initiative_id, name)
);
comment on table core.initiative_name is 'Other names an initiative goes by: short, earlier, in another script.';
comment on column core.initiative_name.initiative_id is '[open] whose name';
comment on column core.initiative_name.name is '[open] the name as people say it';
alter table core.initiative_name enable row level security;
alter table core.initiative_name force row level security;
create policy initiative_name_of_the_owner on core.initiative_name to steppingstones_owner using (true) with check (true);
create policy initiative_name_for_the_operator on core.initiative_name to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.initiative_name to steppingstones_app;

create table core.initiative_text (
  initiative_id uuid not null references core.initiative on delete cascade,
  language text not null check (language ~ '^[a-z]{2,3}(-[A-Za-z]{2,4})?$'),
  text text not null check (length(text) between 1 and 5000),
  origin text not null check (origin in ('public-sources','own','rendering')),
  checked boolean not null default false,
  primary key (initiative_id, language)
);
comment on table core.initiative_text is 'What an initiative does, in plain words, per language.';
comment on column core.initiative_text.initiative_id is '[open] about whom';
comment on column core.initiative_text.language is '[open] language of the text';
comment on column core.initiative_text.text is '[open] the words';
comment on column core.initiative_text.origin is '[open] who wrote it: from sources, the initiative itself, or a rendering of another language';
comment on column core.initiative_text.checked is '[open] whether a speaker of the language read it';
alter table core.initiative_text enable row level security;
alter table core.initiative_text force row level security;
create policy initiative_text_of_the_owner on core.initiative_text to steppingstones_owner using (true) with check (true);
create policy initiative_text_for_the_operator on core.initiative_text to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.initiative_text to steppingstones_app;

create table core.life_event (
  fact uuid not null,
  recorded tstzrange not null default tstzrange(now(), null),
  initiative_id uuid not null references core.initiative on delete cascade,
  key text not null check (length(key) <= 160),
  kind text not null check (kind in ('noticed','founded','opened','moved','renamed','grew','formalised','split','merged','paused','revived','ended','contract','award','crisis','changed','confirmed')),
  day date,
  precision text not null check (precision in ('day','month','year','around','at-latest','unknown')),
  change jsonb not null default '{}',
  sources text[] not null default '{}',
  said_by text not null,
  primary key (fact, recorded without overlaps),
  check (not isempty(recorded)),
  check ((day is null) = (precision = 'unknown'))
);
comment on table core.life_event is 'What happened in the life of an initiative, as someone tells it. A correction closes the recorded time of the old telling and adds a new one under the same fact.';
comment on column core.life_event.fact is '[open] lasting key of the fact, through all its corrections';
comment on column core.life_event.recorded is '[open] when this telling of the fact was the one we held';
comment on column core.life_event.initiative_id is '[open] whose life';
comment on column core.life_event.key is '[open] name of the fact in the source it came from';
comment on column core.life_event.kind is '[open] what kind of event';
comment on column core.life_event.day is '[open] first day of the time that is told; null when nobody knows';
comment on column core.life_event.precision is '[open] how precise the day is';
comment on column core.life_event.change is '[open] what was different from then on: name, kind, formality, led by, scope, phases, themes, audiences, languages';
comment on column core.life_event.sources is '[open] where it can be read';
comment on column core.life_event.said_by is '[open] who says so';
alter table core.life_event enable row level security;
alter table core.life_event force row level security;
create policy life_event_of_the_owner on core.life_event to steppingstones_owner using (true) with check (true);
create policy life_event_for_the_operator on core.life_event to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.life_event to steppingstones_app;

create index life_event_of on core.life_event (initiative_id);
create unique index life_event_now on core.life_event (initiative_id, key) where upper_inf(recorded);

create table core.life_event_text (
  fact uuid not null,
  initiative_id uuid not null references core.initiative on delete cascade,
  language text not null check (language ~ '^[a-z]{2,3}(-[A-Za-z]{2,4})?$'),
  text text not null check (length(text) between 1 and 2000),
  origin text not null check (origin in ('public-sources','own','rendering')),
  primary key (fact, language)
);
comment on table core.life_event_text is 'A sentence about a life event, per language.';
comment on column core.life_event_text.fact is '[open] which fact';
comment on column core.life_event_text.initiative_id is '[open] whose life';
comment on column core.life_event_text.language is '[open] language of the sentence';
comment on column core.life_event_text.text is '[open] the sentence';
comment on column core.life_event_text.origin is '[open] who wrote it';
alter table core.life_event_text enable row level security;
alter table core.life_event_text force row level security;
create policy life_event_text_of_the_owner on core.life_event_text to steppingstones_owner using (true) with check (true);
create policy life_event_text_for_the_operator on core.life_event_text to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.life_event_text to steppingstones_app;

create table vault.initiative_place (
  initiative_id uuid not null references core.initiative on delete cascade,
  valid daterange not null,
  lat double precision check (lat between 50.5 and 53.8),
  lon double precision check (lon between 3.2 and 7.4),
  precision text not null check (precision in ('exact','street','town','region','hidden')),
  town text,
  municipality text,
  province text,
  primary key (initiative_id, valid without overlaps)
);
comment on table vault.initiative_place is 'Where an initiative is, as exactly as it was told. Only the coarsened point ever leaves this room.';
comment on column vault.initiative_place.initiative_id is '[open] whose place';
comment on column vault.initiative_place.valid is '[place] while it was there';
comment on column vault.initiative_place.lat is '[place] exact latitude';
comment on column vault.initiative_place.lon is '[place] exact longitude';
comment on column vault.initiative_place.precision is '[inside] how precisely the street may know it';
comment on column vault.initiative_place.town is '[place] the town or village, a key of pub.place';
comment on column vault.initiative_place.municipality is '[place] code of the municipality';
comment on column vault.initiative_place.province is '[place] code of the province';
alter table vault.initiative_place enable row level security;
alter table vault.initiative_place force row level security;
create policy initiative_place_of_the_owner on vault.initiative_place to steppingstones_owner using (true) with check (true);
create policy initiative_place_for_the_operator on vault.initiative_place to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on vault.initiative_place to steppingstones_app;

create table core.initiative_period (
  initiative_id uuid not null references core.initiative on delete cascade,
  valid daterange not null,
  state text not null check (state in ('active','paused','ended')),
  start_known boolean not null,
  name text not null,
  kind text not null check (kind in ('initiative','social-enterprise','network','ngo','municipality','province','national-institution','fund','knowledge-institution','housing-corporation','employer-network')),
  formality smallint check (formality between 1 and 5),
  led_by text not null check (led_by in ('refugee-led','together','for','not-said')),
  scope text check (scope in ('neighbourhood','city','region','national')),
  phases text[] not null default '{}' check (phases <@ array['arrival','landing','rooting']),
  themes text[] not null default '{}',
  audiences text[] not null default '{}',
  languages text[] not null default '{}',
  recorded_at timestamptz not null default now(),
  primary key (initiative_id, valid without overlaps)
);
comment on table core.initiative_period is 'The shape of an initiative from one life event to the next, derived from its events.';
comment on column core.initiative_period.initiative_id is '[open] whose shape';
comment on column core.initiative_period.valid is '[open] the days it had this shape';
comment on column core.initiative_period.state is '[open] how it stood in this time';
comment on column core.initiative_period.start_known is '[open] false when nobody knows when it began, so that it is shown on every earlier day as perhaps';
comment on column core.initiative_period.name is '[open] what it was called';
comment on column core.initiative_period.kind is '[open] what kind of initiative or institution';
comment on column core.initiative_period.formality is '[open] from informal group (1) to formal institution (5); null is not said';
comment on column core.initiative_period.led_by is '[open] who leads; not-said differs from no';
comment on column core.initiative_period.scope is '[open] how far it reaches';
comment on column core.initiative_period.phases is '[open] phases of arriving it works in';
comment on column core.initiative_period.themes is '[open] themes, as domains of the Indicators of Integration';
comment on column core.initiative_period.audiences is '[open] for whom, in its own words';
comment on column core.initiative_period.languages is '[open] languages spoken there';
comment on column core.initiative_period.recorded_at is '[open] since when we hold this derivation';
alter table core.initiative_period enable row level security;
alter table core.initiative_period force row level security;
create policy initiative_period_of_the_owner on core.initiative_period to steppingstones_owner using (true) with check (true);
create policy initiative_period_for_the_operator on core.initiative_period to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.initiative_period to steppingstones_app;

create table core.initiative_period_before (
  initiative_id uuid not null references core.initiative on delete cascade,
  valid daterange not null,
  state text not null check (state in ('active','paused','ended')),
  start_known boolean not null,
  name text not null,
  kind text not null check (kind in ('initiative','social-enterprise','network','ngo','municipality','province','national-institution','fund','knowledge-institution','housing-corporation','employer-network')),
  formality smallint check (formality between 1 and 5),
  led_by text not null check (led_by in ('refugee-led','together','for','not-said')),
  scope text check (scope in ('neighbourhood','city','region','national')),
  phases text[] not null default '{}' check (phases <@ array['arrival','landing','rooting']),
  themes text[] not null default '{}',
  audiences text[] not null default '{}',
  languages text[] not null default '{}',
  recorded tstzrange not null,
  exclude using gist (initiative_id with =, valid with &&, recorded with &&)
);
comment on table core.initiative_period_before is 'Shapes we held earlier and no longer hold, because a telling was corrected.';
comment on column core.initiative_period_before.initiative_id is '[open] whose shape';
comment on column core.initiative_period_before.valid is '[open] the days it was thought to have this shape';
comment on column core.initiative_period_before.state is '[open] how it stood in this time';
comment on column core.initiative_period_before.start_known is '[open] false when nobody knows when it began, so that it is shown on every earlier day as perhaps';
comment on column core.initiative_period_before.name is '[open] what it was called';
comment on column core.initiative_period_before.kind is '[open] what kind of initiative or institution';
comment on column core.initiative_period_before.formality is '[open] from informal group (1) to formal institution (5); null is not said';
comment on column core.initiative_period_before.led_by is '[open] who leads; not-said differs from no';
comment on column core.initiative_period_before.scope is '[open] how far it reaches';
comment on column core.initiative_period_before.phases is '[open] phases of arriving it works in';
comment on column core.initiative_period_before.themes is '[open] themes, as domains of the Indicators of Integration';
comment on column core.initiative_period_before.audiences is '[open] for whom, in its own words';
comment on column core.initiative_period_before.languages is '[open] languages spoken there';
comment on column core.initiative_period_before.recorded is '[open] when we held it';
alter table core.initiative_period_before enable row level security;
alter table core.initiative_period_before force row level security;
create policy initiative_period_before_of_the_owner on core.initiative_period_before to steppingstones_owner using (true) with check (true);
create policy initiative_period_before_for_the_operator on core.initiative_period_before to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.initiative_period_before to steppingstones_app;

create table core.existence (
  initiative_id uuid not null references core.initiative on delete cascade,
  valid daterange not null,
  primary key (initiative_id, valid without overlaps)
);
comment on table core.existence is 'The days an initiative lives (active or paused), derived from its events; a lasting relation may only stand within them.';
comment on column core.existence.initiative_id is '[open] whose life';
comment on column core.existence.valid is '[open] the days it lives';
alter table core.existence enable row level security;
alter table core.existence force row level security;
create policy existence_of_the_owner on core.existence to steppingstones_owner using (true) with check (true);
create policy existence_for_the_operator on core.existence to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.existence to steppingstones_app;

create table pub.initiative (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  origin text not null,
  website text,
  last_sign text not null,
  confirmed_on date,
  sources text[] not null,
  names text[] not null,
  recorded_at timestamptz not null
);
comment on table pub.initiative is 'An initiative as the street may know it.';
comment on column pub.initiative.id is '[open] lasting key';
comment on column pub.initiative.slug is '[open] the word in its address';
comment on column pub.initiative.name is '[open] what it is called now';
comment on column pub.initiative.origin is '[open] where the entry came from';
comment on column pub.initiative.website is '[open] its own page';
comment on column pub.initiative.last_sign is '[open] whether a recent sign of life was found';
comment on column pub.initiative.confirmed_on is '[open] when the initiative last said that this is right';
comment on column pub.initiative.sources is '[open] where the facts can be read';
comment on column pub.initiative.names is '[open] other names it goes by';
comment on column pub.initiative.recorded_at is '[open] when it entered the map';
grant select on pub.initiative to steppingstones_public, steppingstones_app;
create trigger initiative_changed after insert or update or delete on pub.initiative for each statement execute function pub.tell_change();

create table pub.initiative_period (
  initiative_id uuid not null references pub.initiative on delete cascade,
  valid daterange not null,
  state text not null,
  start_known boolean not null,
  name text not null,
  kind text not null,
  formality smallint,
  led_by text not null,
  scope text,
  phases text[] not null default '{}',
  themes text[] not null default '{}',
  audiences text[] not null default '{}',
  languages text[] not null default '{}',
  place_precision text not null check (place_precision in ('exact','street','town','region','hidden','not-said')),
  town text,
  municipality text,
  province text,
  lat double precision,
  lon double precision,
  recorded_at timestamptz not null,
  primary key (initiative_id, valid without overlaps)
);
comment on table pub.initiative_period is 'The open shape of an initiative from one life event to the next, with its coarsened place.';
comment on column pub.initiative_period.initiative_id is '[open] whose shape';
comment on column pub.initiative_period.valid is '[open] the days it had this shape';
comment on column pub.initiative_period.state is '[open] how it stood in this time';
comment on column pub.initiative_period.start_known is '[open] false when nobody knows when it began, so that it is shown on every earlier day as perhaps';
comment on column pub.initiative_period.name is '[open] what it was called';
comment on column pub.initiative_period.kind is '[open] what kind of initiative or institution';
comment on column pub.initiative_period.formality is '[open] from informal group (1) to formal institution (5); null is not said';
comment on column pub.initiative_period.led_by is '[open] who leads; not-said differs from no';
comment on column pub.initiative_period.scope is '[open] how far it reaches';
comment on column pub.initiative_period.phases is '[open] phases of arriving it works in';
comment on column pub.initiative_period.themes is '[open] themes, as domains of the Indicators of Integration';
comment on column pub.initiative_period.audiences is '[open] for whom, in its own words';
comment on column pub.initiative_period.languages is '[open] languages spoken there';
comment on column pub.initiative_period.place_precision is '[open] how precisely the place is shown';
comment on column pub.initiative_period.town is '[open] name of the town or village, when it may be known';
comment on column pub.initiative_period.municipality is '[open] code of the municipality, when it may be known';
comment on column pub.initiative_period.province is '[open] code of the province, when it may be known';
comment on column pub.initiative_period.lat is '[open] latitude of the coarsened point';
comment on column pub.initiative_period.lon is '[open] longitude of the coarsened point';
comment on column pub.initiative_period.recorded_at is '[open] since when we hold this derivation';
grant select on pub.initiative_period to steppingstones_public, steppingstones_app;
create trigger initiative_period_changed after insert or update or delete on pub.initiative_period for each statement execute function pub.tell_change();

create index period_municipality on pub.initiative_period (municipality);
create index period_themes on pub.initiative_period using gin (themes);
create index period_valid on pub.initiative_period using gist (valid);
create index period_spot on pub.initiative_period (lat, lon);

create table pub.initiative_period_before (
  initiative_id uuid not null references pub.initiative on delete cascade,
  valid daterange not null,
  state text not null,
  start_known boolean not null,
  name text not null,
  kind text not null,
  formality smallint,
  led_by text not null,
  scope text,
  phases text[] not null default '{}',
  themes text[] not null default '{}',
  audiences text[] not null default '{}',
  languages text[] not null default '{}',
  recorded tstzrange not null
);
comment on table pub.initiative_period_before is 'Open shapes we held earlier and no longer hold.';
comment on column pub.initiative_period_before.initiative_id is '[open] whose shape';
comment on column pub.initiative_period_before.valid is '[open] the days it was thought to have this shape';
comment on column pub.initiative_period_before.state is '[open] how it stood in this time';
comment on column pub.initiative_period_before.start_known is '[open] false when nobody knows when it began, so that it is shown on every earlier day as perhaps';
comment on column pub.initiative_period_before.name is '[open] what it was called';
comment on column pub.initiative_period_before.kind is '[open] what kind of initiative or institution';
comment on column pub.initiative_period_before.formality is '[open] from informal group (1) to formal institution (5); null is not said';
comment on column pub.initiative_period_before.led_by is '[open] who leads; not-said differs from no';
comment on column pub.initiative_period_before.scope is '[open] how far it reaches';
comment on column pub.initiative_period_before.phases is '[open] phases of arriving it works in';
comment on column pub.initiative_period_before.themes is '[open] themes, as domains of the Indicators of Integration';
comment on column pub.initiative_period_before.audiences is '[open] for whom, in its own words';
comment on column pub.initiative_period_before.languages is '[open] languages spoken there';
comment on column pub.initiative_period_before.recorded is '[open] when we held it';
grant select on pub.initiative_period_before to steppingstones_public, steppingstones_app;
create trigger initiative_period_before_changed after insert or update or delete on pub.initiative_period_before for each statement execute function pub.tell_change();

create table pub.initiative_text (
  initiative_id uuid not null references pub.initiative on delete cascade,
  language text not null,
  text text not null,
  origin text not null,
  checked boolean not null,
  primary key (initiative_id, language)
);
comment on table pub.initiative_text is 'What an initiative does, in plain words, per language.';
comment on column pub.initiative_text.initiative_id is '[open] about whom';
comment on column pub.initiative_text.language is '[open] language of the text';
comment on column pub.initiative_text.text is '[open] the words';
comment on column pub.initiative_text.origin is '[open] who wrote it';
comment on column pub.initiative_text.checked is '[open] whether a speaker of the language read it';
grant select on pub.initiative_text to steppingstones_public, steppingstones_app;
create trigger initiative_text_changed after insert or update or delete on pub.initiative_text for each statement execute function pub.tell_change();

create table pub.life_event (
  fact uuid primary key,
  initiative_id uuid not null references pub.initiative on delete cascade,
  kind text not null,
  day date,
  precision text not null,
  sources text[] not null,
  said_by text not null,
  recorded_at timestamptz not null,
  corrected boolean not null
);
comment on table pub.life_event is 'What happened in the life of an initiative, as told now.';
comment on column pub.life_event.fact is '[open] lasting key of the fact';
comment on column pub.life_event.initiative_id is '[open] whose life';
comment on column pub.life_event.kind is '[open] what kind of event';
comment on column pub.life_event.day is '[open] first day of the time that is told';
comment on column pub.life_event.precision is '[open] how precise the day is';
comment on column pub.life_event.sources is '[open] where it can be read';
comment on column pub.life_event.said_by is '[open] who says so';
comment on column pub.life_event.recorded_at is '[open] since when this telling stands';
comment on column pub.life_event.corrected is '[open] whether it was told differently before';
grant select on pub.life_event to steppingstones_public, steppingstones_app;
create trigger life_event_changed after insert or update or delete on pub.life_event for each statement execute function pub.tell_change();

create index open_event_of on pub.life_event (initiative_id);
create index open_event_day on pub.life_event (day);

create table pub.life_event_text (
  fact uuid not null references pub.life_event on delete cascade,
  language text not null,
  text text not null,
  origin text not null,
  primary key (fact, language)
);
comment on table pub.life_event_text is 'A sentence about a life event, per language.';
comment on column pub.life_event_text.fact is '[open] which fact';
comment on column pub.life_event_text.language is '[open] language of the sentence';
comment on column pub.life_event_text.text is '[open] the sentence';
comment on column pub.life_event_text.origin is '[open] who wrote it';
grant select on pub.life_event_text to steppingstones_public, steppingstones_app;
create trigger life_event_text_changed after insert or update or delete on pub.life_event_text for each statement execute function pub.tell_change();

create table pub.change (
  number bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  slug text not null,
  what text not null check (what in ('added','changed','removed'))
);
comment on table pub.change is 'The diary of the open field: what was added, changed or taken away, so that others can keep their copy true.';
comment on column pub.change.number is '[open] place in the diary; never skipped back';
comment on column pub.change.at is '[open] when it was written';
comment on column pub.change.slug is '[open] which entry';
comment on column pub.change.what is '[open] what was done';
grant select on pub.change to steppingstones_public, steppingstones_app;
create trigger change_changed after insert or update or delete on pub.change for each statement execute function pub.tell_change();

create table pub.audience_word (
  audience text not null,
  language text not null,
  word text not null check (length(word) between 1 and 200),
  primary key (audience, language)
);
comment on table pub.audience_word is 'What an audience is called in a language.';
comment on column pub.audience_word.audience is '[open] the audience as entries name it';
comment on column pub.audience_word.language is '[open] language of the word';
comment on column pub.audience_word.word is '[open] what it is called';
grant select on pub.audience_word to steppingstones_public, steppingstones_app;
create trigger audience_word_changed after insert or update or delete on pub.audience_word for each statement execute function pub.tell_change();
alter table pub.audience_word enable row level security;
create policy audience_word_for_anyone on pub.audience_word for select using (true);
create policy audience_word_by_the_operator on pub.audience_word to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant insert, update, delete on pub.audience_word to steppingstones_app;


create function core.open_point(prec text, lat double precision, lon double precision, centre_lat double precision, centre_lon double precision, region_lat double precision, region_lon double precision)
returns double precision[] immutable language sql as $$
  select case prec
    when 'exact' then array[lat, lon]
    when 'street' then array[round(round(lat::numeric / 0.002) * 0.002, 4)::double precision, round(round(lon::numeric / 0.003) * 0.003, 4)::double precision]
    when 'town' then array[centre_lat, centre_lon]
    when 'region' then array[region_lat, region_lon]
  end
$$;
comment on function core.open_point is 'The only way from an exact place to an open one: a fixed snap to street grid, town or province centre, never a random shift that could be averaged away. The same rule as coarsen in places/model.ts.';

create function core.lay_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
  insert into pub.change (slug, what)
    select p.slug, 'removed' from pub.initiative p left join core.initiative i on i.id = p.id
    where p.id = any(ids) and (i.id is null or i.visibility <> 'public');
  insert into pub.change (slug, what)
    select i.slug, case when p.id is null then 'added' else 'changed' end
    from core.initiative i left join pub.initiative p on p.id = i.id
    where i.id = any(ids) and i.visibility = 'public'
    order by i.id;
  delete from pub.initiative where id = any(ids);
  insert into pub.initiative (id, slug, name, origin, website, last_sign, confirmed_on, sources, names, recorded_at)
    select i.id, i.slug,
      (select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1),
      i.origin, i.website, i.last_sign, i.confirmed_on, i.sources,
      coalesce((select array_agg(n.name order by n.name) from core.initiative_name n where n.initiative_id = i.id), '{}'),
      i.recorded_at
    from core.initiative i where i.id = any(ids) and i.visibility = 'public';
  insert into pub.initiative_period (initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes,
      audiences, languages, place_precision, town, municipality, province, lat, lon, recorded_at)
    select s.initiative_id, s.valid * coalesce(v.valid, daterange(null, null)), s.state, s.start_known, s.name, s.kind, s.formality, s.led_by, s.scope, s.phases, s.themes,
      s.audiences, s.languages, coalesce(v.precision, 'not-said'),
      case when v.precision in ('exact','street','town') then t.name end,
      case when v.precision in ('exact','street','town') then v.municipality end,
      case when v.precision in ('exact','street','town','region') then v.province end,
      o.point[1], o.point[2], s.recorded_at
    from core.initiative_period s
    join pub.initiative i on i.id = s.initiative_id
    left join vault.initiative_place v on v.initiative_id = s.initiative_id and v.valid && s.valid
    left join pub.place t on t.id = v.town
    left join pub.province r on r.code = v.province
    left join lateral (select core.open_point(v.precision, v.lat, v.lon, t.lat, t.lon, r.lat, r.lon) as point) o on v.precision is not null
    where s.initiative_id = any(ids);
  insert into pub.initiative_period_before (initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages, recorded)
    select b.initiative_id, b.valid, b.state, b.start_known, b.name, b.kind, b.formality, b.led_by, b.scope, b.phases, b.themes, b.audiences, b.languages, b.recorded
    from core.initiative_period_before b join pub.initiative i on i.id = b.initiative_id where b.initiative_id = any(ids);
  insert into pub.initiative_text select t.initiative_id, t.language, t.text, t.origin, t.checked
    from core.initiative_text t join pub.initiative i on i.id = t.initiative_id where t.initiative_id = any(ids);
  insert into pub.life_event (fact, initiative_id, kind, day, precision, sources, said_by, recorded_at, corrected)
    select e.fact, e.initiative_id, e.kind, e.day, e.precision, e.sources, e.said_by, lower(e.recorded),
      exists (select from core.life_event b where b.fact = e.fact and not upper_inf(b.recorded))
    from core.life_event e join pub.initiative i on i.id = e.initiative_id
    where e.initiative_id = any(ids) and upper_inf(e.recorded);
  insert into pub.life_event_text select t.fact, t.language, t.text, t.origin
    from core.life_event_text t join pub.life_event e on e.fact = t.fact where t.initiative_id = any(ids);
end $$;
comment on function core.lay_open is 'Copies what the street may know of these initiatives to pub, and writes the diary; nothing else may write there.';
revoke all on function core.lay_open, core.open_point from public;
grant execute on function core.lay_open to steppingstones_app;
