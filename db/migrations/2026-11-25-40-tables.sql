-- Tables where a municipality and initiatives decide together: who sits where, with what mandate, who chose, what was decided and who
-- disagreed. Who sits at a table can harm (and so can who does not): the street only hears of seats whose holder is open on the map and
-- said yes to be named here. Of every other seat nothing is told, not even that it is there.

create table core.collaboration_table (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  form text not null check (form in ('consortium','single-partner','development','implementation','own')),
  form_name text check (length(form_name) between 2 and 80),
  rings text[] not null default '{}' check (cardinality(rings) <= 5),
  language text not null check (language ~ '^[a-z]{2}$'),
  name text not null check (length(name) between 3 and 120),
  purpose text not null check (length(purpose) between 3 and 1000),
  agreed text check (length(agreed) between 3 and 1000),
  municipality text references pub.municipality,
  province text references pub.province,
  region text check (length(region) between 2 and 120),
  themes text[] not null default '{}' check (cardinality(themes) <= 20),
  phases text[] not null default '{}' check (cardinality(phases) <= 3),
  began_on date,
  began_precision text check (began_precision in ('day','month','year')),
  ended_on date,
  ended_why text check (length(ended_why) between 3 and 500),
  open_to text not null default 'table' check (open_to in ('table','network','everyone')),
  director uuid,
  director_ground text check (length(director_ground) between 3 and 500),
  director_since date,
  made_by uuid references core.person on delete set null,
  made_at timestamptz not null default now(),
  check (num_nonnulls(municipality, province) = 1),
  check ((form = 'own') = (form_name is not null)),
  check (form = 'own' or rings = '{}'),
  check (form <> 'own' or cardinality(rings) >= 1),
  check (form <> 'single-partner' or agreed is not null),
  check ((began_on is null) = (began_precision is null)),
  check ((ended_on is null) = (ended_why is null)),
  check (director is null or (director_ground is not null and director_since is not null))
);
comment on table core.collaboration_table is 'A table where organisations and a municipality or region decide together.';
comment on column core.collaboration_table.id is '[open] lasting key';
comment on column core.collaboration_table.slug is '[open] name in the address of its page';
comment on column core.collaboration_table.form is '[open] consortium, single partner, development table, implementation table, or a form of its own';
comment on column core.collaboration_table.form_name is '[open] what its own form is called';
comment on column core.collaboration_table.rings is '[open] names of the rings of its own form, from the middle outwards';
comment on column core.collaboration_table.language is '[open] language it is told in';
comment on column core.collaboration_table.name is '[open] its name';
comment on column core.collaboration_table.purpose is '[open] what it is for';
comment on column core.collaboration_table.agreed is '[open] what was agreed on how it works: the tender, the duty to connect, or how it decides';
comment on column core.collaboration_table.municipality is '[open] municipality it is for (code)';
comment on column core.collaboration_table.province is '[open] province it is for (code), when it is for more than one municipality';
comment on column core.collaboration_table.region is '[open] what the region is called, when it is not a whole province';
comment on column core.collaboration_table.themes is '[open] themes it decides about';
comment on column core.collaboration_table.phases is '[open] phases it decides about';
comment on column core.collaboration_table.began_on is '[open] when it began, as precise as known';
comment on column core.collaboration_table.began_precision is '[open] how precise that day is';
comment on column core.collaboration_table.ended_on is '[open] when it ended; null still stands';
comment on column core.collaboration_table.ended_why is '[open] why it ended';
comment on column core.collaboration_table.open_to is '[inside] for who sits at it, for the network, or for everyone';
comment on column core.collaboration_table.director is '[inside] the seat that directs the process';
comment on column core.collaboration_table.director_ground is '[inside] who chose that seat to direct the process, and on what ground';
comment on column core.collaboration_table.director_since is '[inside] since when it directs the process';
comment on column core.collaboration_table.made_by is '[person] who set it up; null is the operator, or someone who left';
comment on column core.collaboration_table.made_at is '[inside] when it was set up';

create table core.table_keeper (
  table_id uuid not null references core.collaboration_table on delete cascade,
  person uuid not null references core.person on delete cascade,
  since date not null default core.today(),
  primary key (table_id, person)
);
comment on table core.table_keeper is 'Who keeps a table: writes down its seats, meetings and decisions.';
comment on column core.table_keeper.table_id is '[inside] which table';
comment on column core.table_keeper.person is '[person] who keeps it';
comment on column core.table_keeper.since is '[inside] since when';

create table core.seat (
  id uuid primary key default uuidv7(),
  table_id uuid not null references core.collaboration_table on delete cascade,
  number smallint not null check (number > 0),
  role text not null check (length(role) between 2 and 120),
  why text check (length(why) between 3 and 500),
  shell smallint not null default 1 check (shell between 1 and 5),
  state text not null default 'open' check (state in ('open','offered','taken','left','put-away')),
  initiative uuid references core.initiative on delete set null,
  body text check (length(body) between 2 and 120),
  mandate text not null default 'decides' check (mandate in ('decides','advises','listens','speaks-for')),
  mandate_words text check (length(mandate_words) between 2 and 300),
  chosen_by text check (length(chosen_by) between 2 and 200),
  ground text check (length(ground) between 3 and 500),
  offered_on date,
  since date,
  since_precision text check (since_precision in ('day','month','year')),
  until date,
  until_precision text check (until_precision in ('day','month','year')),
  shown text not null default 'not-said' check (shown in ('yes','no','not-said')),
  unique (table_id, number),
  check (num_nonnulls(initiative, body) <= 1),
  check (state not in ('open','put-away') or num_nonnulls(initiative, body, offered_on, since, until, chosen_by) = 0),
  check (state not in ('offered','taken','left') or (chosen_by is not null and ground is not null and offered_on is not null)),
  check ((state in ('taken','left')) = (since is not null)),
  check ((since is null) = (since_precision is null)),
  check ((state = 'left') = (until is not null)),
  check ((until is null) = (until_precision is null)),
  check (mandate <> 'speaks-for' or mandate_words is not null),
  check (state in ('taken','left') or shown = 'not-said')
);
comment on table core.seat is 'A seat at a table: for which role, in which shell, with what mandate, and who holds or held it. Always an organisation, never a person.';
comment on column core.seat.id is '[open] lasting key';
comment on column core.seat.table_id is '[open] at which table';
comment on column core.seat.number is '[inside] number at the table';
comment on column core.seat.role is '[open] role in words';
comment on column core.seat.why is '[open] why this seat is there';
comment on column core.seat.shell is '[open] in which shell or ring, counted from the middle';
comment on column core.seat.state is '[inside] open, offered, taken, left, or put away';
comment on column core.seat.initiative is '[inside] the initiative or institution it is offered to or that holds it';
comment on column core.seat.body is '[inside] name of an organisation that has no entry in the field; never shown to the street';
comment on column core.seat.mandate is '[open] decides, advises, listens, or speaks for others';
comment on column core.seat.mandate_words is '[open] the mandate in words: about what, for whom, until how far';
comment on column core.seat.chosen_by is '[open] who chose its holder, in words';
comment on column core.seat.ground is '[open] on what ground';
comment on column core.seat.offered_on is '[inside] when it was offered';
comment on column core.seat.since is '[open] since when it is held, as precise as known';
comment on column core.seat.since_precision is '[open] how precise that day is';
comment on column core.seat.until is '[open] until when it was held';
comment on column core.seat.until_precision is '[open] how precise that day is';
comment on column core.seat.shown is '[inside] whether its holder wishes to be named on the open page';
create index seat_of on core.seat (initiative);
alter table core.collaboration_table add constraint collaboration_table_director_fkey foreign key (director) references core.seat on delete set null;

create table core.seat_news (
  id uuid primary key default uuidv7(),
  seat uuid not null references core.seat on delete cascade,
  day date not null,
  kind text not null check (kind in ('offered','taken-back','declined','taken','left','ended','put-away')),
  told_by text not null check (told_by in ('keeper','holder','house')),
  initiative uuid references core.initiative on delete cascade,
  body text check (length(body) between 2 and 120),
  language text check (language ~ '^[a-z]{2}$'),
  words text check (length(words) between 2 and 500),
  check ((language is null) = (words is null))
);
comment on table core.seat_news is 'What happened to a seat, in order; never changed. Who was asked and said no is known to who keeps the table and to who was asked.';
comment on column core.seat_news.id is '[inside] lasting key';
comment on column core.seat_news.seat is '[inside] which seat';
comment on column core.seat_news.day is '[inside] on which day';
comment on column core.seat_news.kind is '[inside] what happened';
comment on column core.seat_news.told_by is '[inside] who keeps the table, who holds the seat, or the house';
comment on column core.seat_news.initiative is '[inside] whom it was about';
comment on column core.seat_news.body is '[inside] whom it was about, without an entry in the field';
comment on column core.seat_news.language is '[inside] language of the words';
comment on column core.seat_news.words is '[inside] the reason, in words';
create index seat_news_of on core.seat_news (seat);
create index seat_news_about on core.seat_news (initiative);

create table core.table_meeting (
  id uuid primary key default uuidv7(),
  table_id uuid not null references core.collaboration_table on delete cascade,
  session uuid references core.session on delete set null,
  day date not null,
  about text not null check (length(about) between 3 and 200),
  language text not null check (language ~ '^[a-z]{2}$')
);
comment on table core.table_meeting is 'A meeting of a table; who came stands per seat, never per person.';
comment on column core.table_meeting.id is '[open] lasting key';
comment on column core.table_meeting.table_id is '[open] of which table';
comment on column core.table_meeting.session is '[inside] the session it was held as; told to the street when that session is open';
comment on column core.table_meeting.day is '[open] on which day';
comment on column core.table_meeting.about is '[open] what it was about';
comment on column core.table_meeting.language is '[open] language of those words';
create index table_meeting_of on core.table_meeting (table_id);
create index table_meeting_as on core.table_meeting (session) where session is not null;

create table core.meeting_seat (
  meeting uuid not null references core.table_meeting on delete cascade,
  seat uuid not null references core.seat on delete cascade,
  primary key (meeting, seat)
);
comment on table core.meeting_seat is 'Which seats were filled at a meeting.';
comment on column core.meeting_seat.meeting is '[inside] at which meeting';
comment on column core.meeting_seat.seat is '[inside] which seat';

create table core.table_decision (
  id uuid primary key default uuidv7(),
  table_id uuid not null references core.collaboration_table on delete cascade,
  number smallint not null check (number > 0),
  meeting uuid references core.table_meeting on delete set null,
  day date not null,
  what text not null check (length(what) between 3 and 500),
  reasons text not null check (length(reasons) between 3 and 1000),
  language text not null check (language ~ '^[a-z]{2}$'),
  open_to text not null default 'table' check (open_to in ('table','everyone')),
  unique (table_id, number)
);
comment on table core.table_decision is 'What a table decided, with the reasons.';
comment on column core.table_decision.id is '[open] lasting key';
comment on column core.table_decision.table_id is '[open] of which table';
comment on column core.table_decision.number is '[open] number at the table';
comment on column core.table_decision.meeting is '[open] at which meeting; null is between two meetings';
comment on column core.table_decision.day is '[open] on which day';
comment on column core.table_decision.what is '[open] what was decided';
comment on column core.table_decision.reasons is '[open] why';
comment on column core.table_decision.language is '[open] language of the words';
comment on column core.table_decision.open_to is '[inside] for the table alone, or for everyone who may read the table';

create table core.decision_seat (
  decision uuid not null references core.table_decision on delete cascade,
  seat uuid not null references core.seat on delete cascade,
  primary key (decision, seat)
);
comment on table core.decision_seat is 'Which seats were there when something was decided.';
comment on column core.decision_seat.decision is '[inside] which decision';
comment on column core.decision_seat.seat is '[inside] which seat';

create table core.decision_dissent (
  id uuid primary key default gen_random_uuid(),
  decision uuid not null references core.table_decision on delete cascade,
  seat uuid not null references core.seat on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  words text not null check (length(words) between 3 and 500),
  openly text not null default 'not' check (openly in ('not','without-name','with-name')),
  unique (decision, seat)
);
comment on table core.decision_dissent is 'Who disagreed with a decision and why, in their own words.';
comment on column core.decision_dissent.id is '[inside] lasting key; random, so that it tells no order';
comment on column core.decision_dissent.decision is '[inside] with which decision';
comment on column core.decision_dissent.seat is '[inside] which seat';
comment on column core.decision_dissent.language is '[inside] language of the words';
comment on column core.decision_dissent.words is '[inside] why';
comment on column core.decision_dissent.openly is '[inside] whether the words may stand on the open page: not, without their name, or with it';

create table core.stance (
  id uuid primary key default uuidv7(),
  table_id uuid not null references core.collaboration_table on delete cascade,
  by_seat uuid not null references core.seat on delete cascade,
  about_seat uuid not null references core.seat on delete cascade,
  position smallint not null check (position between 0 and 100),
  language text not null check (language ~ '^[a-z]{2}$'),
  words text not null check (length(words) between 3 and 500),
  placed_on date not null,
  openly boolean not null default false
);
comment on table core.stance is 'Where a party places itself, or another, on the line between directing and letting go, with its own words. Never changed: who thinks otherwise later places again.';
comment on column core.stance.id is '[open] lasting key';
comment on column core.stance.table_id is '[open] at which table';
comment on column core.stance.by_seat is '[inside] who places';
comment on column core.stance.about_seat is '[inside] who is placed';
comment on column core.stance.position is '[open] where: 0 is directing, 100 is letting go';
comment on column core.stance.language is '[open] language of the words';
comment on column core.stance.words is '[open] in own words';
comment on column core.stance.placed_on is '[open] on which day';
comment on column core.stance.openly is '[inside] whether it may stand on the open page';
create index stance_of on core.stance (table_id, by_seat, about_seat);

-- What the street may know.
create table pub.collaboration_table (
  id uuid primary key, slug text not null unique, form text not null, form_name text, rings text[] not null, language text not null, name text not null, purpose text not null,
  agreed text, municipality text, province text, region text, themes text[] not null, phases text[] not null, began_on date, began_precision text, ended_on date, ended_why text
);
comment on table pub.collaboration_table is 'A table that is open to everyone.';
comment on column pub.collaboration_table.id is '[open] lasting key';
comment on column pub.collaboration_table.slug is '[open] name in the address of its page';
comment on column pub.collaboration_table.form is '[open] which form';
comment on column pub.collaboration_table.form_name is '[open] what its own form is called';
comment on column pub.collaboration_table.rings is '[open] names of the rings of its own form';
comment on column pub.collaboration_table.language is '[open] language it is told in';
comment on column pub.collaboration_table.name is '[open] its name';
comment on column pub.collaboration_table.purpose is '[open] what it is for';
comment on column pub.collaboration_table.agreed is '[open] what was agreed on how it works';
comment on column pub.collaboration_table.municipality is '[open] municipality it is for (code)';
comment on column pub.collaboration_table.province is '[open] province it is for (code)';
comment on column pub.collaboration_table.region is '[open] what the region is called';
comment on column pub.collaboration_table.themes is '[open] themes it decides about';
comment on column pub.collaboration_table.phases is '[open] phases it decides about';
comment on column pub.collaboration_table.began_on is '[open] when it began';
comment on column pub.collaboration_table.began_precision is '[open] how precise that day is';
comment on column pub.collaboration_table.ended_on is '[open] when it ended';
comment on column pub.collaboration_table.ended_why is '[open] why it ended';

create table pub.seat (
  id uuid primary key, table_id uuid not null references pub.collaboration_table on delete cascade, role text not null, why text, shell smallint not null,
  state text not null check (state in ('open','taken','left')), initiative_id uuid references pub.initiative on delete cascade,
  mandate text not null, mandate_words text, chosen_by text, ground text, since date, since_precision text, until date, until_precision text,
  directs_since date, directs_ground text,
  check ((state = 'open') = (initiative_id is null))
);
comment on table pub.seat is 'A seat anyone may know of: one that waits for somebody, or one whose holder is open on the map and said yes to be named.';
comment on column pub.seat.id is '[open] lasting key';
comment on column pub.seat.table_id is '[open] at which table';
comment on column pub.seat.role is '[open] role in words';
comment on column pub.seat.why is '[open] why this seat is there';
comment on column pub.seat.shell is '[open] in which shell, counted from the middle';
comment on column pub.seat.state is '[open] open (also when it was offered to somebody), taken, or left';
comment on column pub.seat.initiative_id is '[open] who holds or held it';
comment on column pub.seat.mandate is '[open] mandate';
comment on column pub.seat.mandate_words is '[open] mandate in words';
comment on column pub.seat.chosen_by is '[open] who chose its holder';
comment on column pub.seat.ground is '[open] on what ground';
comment on column pub.seat.since is '[open] since when';
comment on column pub.seat.since_precision is '[open] how precise that day is';
comment on column pub.seat.until is '[open] until when';
comment on column pub.seat.until_precision is '[open] how precise that day is';
comment on column pub.seat.directs_since is '[open] since when it directs the process; null does not';
comment on column pub.seat.directs_ground is '[open] who chose it to direct the process, and on what ground';
create index open_seat_of on pub.seat (table_id);
create index open_seat_by on pub.seat (initiative_id);

create table pub.table_meeting (id uuid primary key, table_id uuid not null references pub.collaboration_table on delete cascade, day date not null, about text not null, language text not null, session_id uuid);
comment on table pub.table_meeting is 'A meeting of an open table.';
comment on column pub.table_meeting.id is '[open] lasting key';
comment on column pub.table_meeting.table_id is '[open] of which table';
comment on column pub.table_meeting.day is '[open] on which day';
comment on column pub.table_meeting.about is '[open] what it was about';
comment on column pub.table_meeting.language is '[open] language of those words';
comment on column pub.table_meeting.session_id is '[open] the session it was held as, while that is open (pub.session)';

create table pub.meeting_seat (meeting uuid not null references pub.table_meeting on delete cascade, seat uuid not null references pub.seat on delete cascade, primary key (meeting, seat));
comment on table pub.meeting_seat is 'Who came to a meeting, of the seats that are named.';
comment on column pub.meeting_seat.meeting is '[open] which meeting';
comment on column pub.meeting_seat.seat is '[open] which seat';
create index open_meeting_seat on pub.meeting_seat (seat);

create table pub.table_decision (id uuid primary key, table_id uuid not null references pub.collaboration_table on delete cascade, number smallint not null, day date not null, what text not null, reasons text not null, language text not null);
comment on table pub.table_decision is 'A decision of an open table, which the table opened to everyone.';
comment on column pub.table_decision.id is '[open] lasting key';
comment on column pub.table_decision.table_id is '[open] of which table';
comment on column pub.table_decision.number is '[open] number among the open decisions of the table';
comment on column pub.table_decision.day is '[open] on which day';
comment on column pub.table_decision.what is '[open] what was decided';
comment on column pub.table_decision.reasons is '[open] why';
comment on column pub.table_decision.language is '[open] language of the words';

create table pub.decision_seat (decision uuid not null references pub.table_decision on delete cascade, seat uuid not null references pub.seat on delete cascade, primary key (decision, seat));
comment on table pub.decision_seat is 'Who was there when something was decided, of the seats that are named.';
comment on column pub.decision_seat.decision is '[open] which decision';
comment on column pub.decision_seat.seat is '[open] which seat';
create index open_decision_seat on pub.decision_seat (seat);

create table pub.decision_dissent (id uuid primary key, decision uuid not null references pub.table_decision on delete cascade, seat uuid references pub.seat on delete cascade, language text not null, words text not null);
comment on table pub.decision_dissent is 'Who disagreed with an open decision and why, as far as they wish it told.';
comment on column pub.decision_dissent.id is '[open] key; random';
comment on column pub.decision_dissent.decision is '[open] which decision';
comment on column pub.decision_dissent.seat is '[open] which seat; null is without a name, as they wished';
comment on column pub.decision_dissent.language is '[open] language of the words';
comment on column pub.decision_dissent.words is '[open] why';
create index open_dissent_seat on pub.decision_dissent (seat);

create table pub.stance (
  id uuid primary key, table_id uuid not null references pub.collaboration_table on delete cascade, by_seat uuid not null references pub.seat on delete cascade,
  about_seat uuid not null references pub.seat on delete cascade, position smallint not null, language text not null, words text not null, placed_on date not null
);
comment on table pub.stance is 'Where a named seat places itself or another named seat between directing and letting go.';
comment on column pub.stance.id is '[open] lasting key';
comment on column pub.stance.table_id is '[open] at which table';
comment on column pub.stance.by_seat is '[open] who places';
comment on column pub.stance.about_seat is '[open] who is placed';
comment on column pub.stance.position is '[open] where: 0 is directing, 100 is letting go';
comment on column pub.stance.language is '[open] language of the words';
comment on column pub.stance.words is '[open] in own words';
comment on column pub.stance.placed_on is '[open] on which day';
create index open_stance_by on pub.stance (by_seat);
create index open_stance_about on pub.stance (about_seat);

-- Rights.
create function core.keeps_table(of_table uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or exists (select from core.table_keeper k join core.collaboration_table t on t.id = k.table_id
    where k.table_id = of_table and k.person = core.viewer_person()
      and (core.holds(array['facilitator']) or core.holds_around(array['partner'], 'municipality', t.municipality) or core.holds_in(array['partner'], 'province', t.province)))
$$;
comment on function core.keeps_table is 'Whether who is asking keeps this table: among its keepers, and facilitator (with a second factor) or partner where the table is for.';

create function core.keeps_any_table() returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or core.holds(array['facilitator','partner'])
$$;
comment on function core.keeps_any_table is 'Whether who is asking may keep tables at all.';

create function core.sits_at(of_table uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.seat s where s.table_id = of_table and s.state = 'taken' and core.keeps(core.lives_on_in(s.initiative)))
$$;
comment on function core.sits_at is 'Whether who is asking keeps the entry of someone who holds a seat at this table now.';

create function core.speaks_for_seat(of_seat uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.seat s where s.id = of_seat and s.state in ('offered','taken','left') and core.keeps(core.lives_on_in(s.initiative)))
$$;
comment on function core.speaks_for_seat is 'Whether who is asking keeps the entry that this seat is offered to, or that holds or held it.';

create function core.was_asked_at(of_table uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.seat s where s.table_id = of_table and s.state in ('offered','taken','left') and core.keeps(core.lives_on_in(s.initiative)))
$$;
comment on function core.was_asked_at is 'Whether who is asking keeps the entry of someone who was offered a seat at this table, or holds or held one.';

create function core.table_is_open(of_table uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.collaboration_table t where t.id = of_table and t.open_to in ('network','everyone'))
    and core.holds(array['member','verifier','editor','facilitator','partner','pool-member','researcher'])
$$;
comment on function core.table_is_open is 'Whether this table is open to the network, and who is asking belongs to the network.';

create function core.table_of_seat(of_seat uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select s.table_id from core.seat s where s.id = of_seat and (core.keeps_table(s.table_id) or core.sits_at(s.table_id))
$$;
comment on function core.table_of_seat is 'At which table this seat stands, for who keeps or sits at it.';

create function core.table_of_meeting(of_meeting uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select m.table_id from core.table_meeting m where m.id = of_meeting
$$;
comment on function core.table_of_meeting is 'Of which table a meeting is.';

create function core.table_of_decision(of_decision uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select d.table_id from core.table_decision d where d.id = of_decision
$$;
comment on function core.table_of_decision is 'Of which table a decision is.';

create function core.begins_table(of_table uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.collaboration_table t where t.id = of_table and t.made_by = core.viewer_person())
    and not exists (select from core.table_keeper k where k.table_id = of_table)
$$;
comment on function core.begins_table is 'Whether who is asking set this table up and nobody keeps it yet.';

create function core.speaks_for_entry(of_initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select of_initiative is not null and core.keeps(core.lives_on_in(of_initiative))
$$;
comment on function core.speaks_for_entry is 'Whether who is asking keeps this entry, or the one it lives on in.';

create function core.declined_just_now(of_seat uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.seat_news n where n.seat = of_seat and n.kind = 'declined' and core.speaks_for_entry(n.initiative)
    and n.xmin::text::bigint = pg_current_xact_id()::text::bigint & 4294967295)
$$;
comment on function core.declined_just_now is 'Whether who is asking said no to this seat in this very transaction: then they may see that it waits again, and afterwards not.';

create function core.waiting_chairs(of_table uuid) returns table (id uuid, role text, why text, shell smallint, mandate text, mandate_words text) stable security definer set search_path = pg_catalog, core language sql as $$
  select s.id, s.role, s.why, s.shell, s.mandate, s.mandate_words from core.seat s
  where s.table_id = of_table and s.state in ('open','offered') and core.table_is_open(of_table) and not core.keeps_table(of_table) and not core.sits_at(of_table)
    and not coalesce(core.speaks_for_entry(s.initiative), false)
$$;
comment on function core.waiting_chairs is 'The chairs of an open table that wait, for who belongs to the network; whether one was offered to somebody does not show.';

create function core.possible_table_keepers(of_table uuid) returns table (id uuid, called text) stable security definer set search_path = pg_catalog, core, pub language sql as $$
  select distinct p.id, p.called from core.collaboration_table t join core.role_grant g on g.role in ('facilitator','partner') and g.ended_on is null
      and core.today() >= g.from_day and core.today() < g.until_day
      and (g.role = 'facilitator' or g.scope_kind = 'all' or (g.scope_kind = 'municipality' and g.scope_id = t.municipality)
        or (g.scope_kind = 'province' and g.scope_id = coalesce(t.province, (select m.province_code from pub.municipality m where m.code = t.municipality))))
    join core.person p on p.id = g.person_id and p.left_on is null and p.called is not null
  where t.id = of_table and core.keeps_table(of_table)
$$;
comment on function core.possible_table_keepers is 'Who may keep this table, as they wish to be called: facilitators, and partners where it is for. For who keeps it.';

create function core.seat_stands_at(of_seat uuid, of_table uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.seat s where s.id = of_seat and s.table_id = of_table and s.state in ('taken','left'))
$$;
comment on function core.seat_stands_at is 'Whether this seat at this table is or was held.';

create function core.keep_seat_way() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  held constant text[] := array['state','initiative','body','chosen_by','ground','offered_on'];
begin
  if tg_op = 'INSERT' then
    if not core.is_operator() and new.state <> 'open' then
      raise exception 'A seat begins open.' using errcode = '42501';
    end if;
    perform from core.collaboration_table t where t.id = new.table_id for no key update;
    new.number := coalesce((select max(s.number) from core.seat s where s.table_id = new.table_id), 0) + 1;
    return new;
  end if;
  if (old.state, new.state) not in (('open','offered'), ('open','put-away'), ('offered','open'), ('offered','taken'), ('taken','left')) and old.state <> new.state then
    raise exception 'A seat that is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  if old.table_id <> new.table_id or old.number <> new.number then
    raise exception 'A seat stays at its table.' using errcode = '42501';
  end if;
  -- An entry that was erased takes its name along; the seat keeps what the table said of it.
  if old.initiative is not null and new.initiative is null and not exists (select from core.initiative i where i.id = old.initiative) then
    return new;
  end if;
  if old.state in ('offered','taken','left') and new.state <> 'open' and (old.initiative, old.body) is distinct from (new.initiative, new.body) then
    raise exception 'A seat does not change hands without being offered.' using errcode = '42501';
  end if;
  -- Being named is for who holds the seat to say; who keeps the table passes it on when the seat is taken on their word, and may always take a name away.
  if old.shown <> new.shown and new.shown <> 'no' and old.state <> 'offered' and not core.is_operator() and not core.speaks_for_seat(old.id) then
    raise exception 'Only who holds a seat says that it is named.' using errcode = '42501';
  end if;
  if not core.keeps_table(new.table_id) and (case
      when old.state = new.state then to_jsonb(new) - 'shown' <> to_jsonb(old) - 'shown'
      when new.state = 'open' then to_jsonb(new) - held <> to_jsonb(old) - held
      else to_jsonb(new) - array['state','since','since_precision','until','until_precision','shown'] <> to_jsonb(old) - array['state','since','since_precision','until','until_precision','shown'] end) then
    raise exception 'Who holds a seat takes it, says no, leaves and says whether it is named, and changes nothing else of it.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_seat_way is 'A seat goes the ways of docs/states/seat.md and no other, whoever moves it; seats are numbered per table.';
create trigger seat_keeps_its_way before insert or update on core.seat for each row execute function core.keep_seat_way();

create function core.number_decision() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform from core.collaboration_table t where t.id = new.table_id for no key update;
  new.number := coalesce((select max(d.number) from core.table_decision d where d.table_id = new.table_id), 0) + 1;
  return new;
end $$;
comment on function core.number_decision is 'Numbers decisions per table.';
create trigger decision_is_numbered before insert on core.table_decision for each row execute function core.number_decision();
create trigger seat_news_stays before update on core.seat_news for each row execute function core.never_changes();
create trigger stance_stays before update of by_seat, about_seat, position, language, words, placed_on on core.stance for each row execute function core.never_changes();

create function core.lay_tables(ids uuid[]) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from pub.collaboration_table p where p.id = any(ids);
  insert into pub.collaboration_table
    select t.id, t.slug, t.form, t.form_name, t.rings, t.language, t.name, t.purpose, t.agreed, t.municipality, t.province, t.region, t.themes, t.phases,
      t.began_on, t.began_precision, t.ended_on, t.ended_why
    from core.collaboration_table t where t.id = any(ids) and t.open_to = 'everyone';
  insert into pub.seat
    select s.id, s.table_id, s.role, s.why, s.shell, 'open', null, s.mandate, s.mandate_words, null, null, null, null, null, null, null, null
    from core.seat s join pub.collaboration_table t on t.id = s.table_id where s.table_id = any(ids) and s.state in ('open','offered') and t.ended_on is null
    union all
    select s.id, s.table_id, s.role, s.why, s.shell, s.state, p.id, s.mandate, s.mandate_words, s.chosen_by, s.ground, s.since, s.since_precision, s.until, s.until_precision,
      case when c.director = s.id then c.director_since end, case when c.director = s.id then c.director_ground end
    from core.seat s join core.collaboration_table c on c.id = s.table_id join pub.collaboration_table t on t.id = s.table_id join pub.initiative p on p.id = core.lives_on_in(s.initiative)
    where s.table_id = any(ids) and s.state in ('taken','left') and s.shown = 'yes';
  insert into pub.table_meeting
    select m.id, m.table_id, m.day, m.about, m.language, m.session
    from core.table_meeting m join pub.collaboration_table t on t.id = m.table_id where m.table_id = any(ids);
  -- The key of a session that is not open would say that there is one.
  update pub.table_meeting m set session_id = null where m.table_id = any(ids) and m.session_id is not null and not exists (select from pub.session s where s.id = m.session_id);
  insert into pub.meeting_seat
    select x.meeting, x.seat from core.meeting_seat x join pub.table_meeting m on m.id = x.meeting join pub.seat s on s.id = x.seat and s.state <> 'open' where m.table_id = any(ids);
  insert into pub.table_decision
    -- Counted anew: a number that is left out would say that something was decided that is not for everyone.
    select d.id, d.table_id, row_number() over (partition by d.table_id order by d.number), d.day, d.what, d.reasons, d.language
    from core.table_decision d join pub.collaboration_table t on t.id = d.table_id where d.table_id = any(ids) and d.open_to = 'everyone';
  insert into pub.decision_seat
    select x.decision, x.seat from core.decision_seat x join pub.table_decision d on d.id = x.decision join pub.seat s on s.id = x.seat and s.state <> 'open' where d.table_id = any(ids);
  insert into pub.decision_dissent
    select x.id, x.decision, s.id, x.language, x.words from core.decision_dissent x join pub.table_decision d on d.id = x.decision
      left join pub.seat s on s.id = x.seat and x.openly = 'with-name' and s.state <> 'open'
    where d.table_id = any(ids) and (x.openly = 'without-name' or s.id is not null);
  insert into pub.stance
    select x.id, x.table_id, x.by_seat, x.about_seat, x.position, x.language, x.words, x.placed_on
    from core.stance x join pub.seat b on b.id = x.by_seat join pub.seat a on a.id = x.about_seat where x.table_id = any(ids) and x.openly and 'open' not in (a.state, b.state);
end $$;
comment on function core.lay_tables is 'Copies to the street what anyone may know of these tables; never asked by the app itself.';

create function core.lay_table_open(of_table uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.keeps_table(of_table) and not core.was_asked_at(of_table) then
    raise exception 'Only who keeps a table or has a seat at it lays it open.' using errcode = '42501';
  end if;
  perform core.lay_tables(array[of_table]);
end $$;
comment on function core.lay_table_open is 'Copies to the street what anyone may know of a table that is open to everyone; of another nothing.';

-- Whoever leaves the map leaves the open page of every table with it, by the keys; whoever comes back is named again as they wished.
create function core.lay_tables_again() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare touched uuid[];
begin
  touched := array(
    with recursive leads (id) as (select laid.id from laid union select i.id from leads l join core.initiative i on i.merged_into = l.id)
    select distinct s.table_id from leads l join core.seat s on s.initiative = l.id join core.collaboration_table t on t.id = s.table_id and t.open_to = 'everyone'
      where s.shown = 'yes');
  if cardinality(touched) > 0 then
    perform core.lay_tables(touched);
  end if;
  return null;
end $$;
comment on function core.lay_tables_again is 'Lays the tables open anew at which an entry that was laid open has or had a seat.';
create trigger initiative_sits_again after insert on pub.initiative referencing new table as laid for each statement execute function core.lay_tables_again();

-- A session that opens later is told from then on as the one the table met as.
create function core.lay_tables_met() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare touched uuid[];
begin
  touched := array(select distinct m.table_id from laid join core.table_meeting m on m.session = laid.id join core.collaboration_table t on t.id = m.table_id and t.open_to = 'everyone');
  if cardinality(touched) > 0 then
    perform core.lay_tables(touched);
  end if;
  return null;
end $$;
comment on function core.lay_tables_met is 'Lays the tables open anew that met as a session that was laid open.';
create trigger session_is_met_again after insert on pub.session referencing new table as laid for each statement execute function core.lay_tables_met();

revoke all on function core.declined_just_now, core.waiting_chairs, core.lay_tables_met, core.keeps_table, core.keeps_any_table, core.sits_at, core.speaks_for_seat, core.was_asked_at, core.table_is_open, core.table_of_seat, core.table_of_meeting,
  core.table_of_decision, core.begins_table, core.speaks_for_entry, core.possible_table_keepers, core.seat_stands_at, core.keep_seat_way, core.number_decision, core.lay_tables, core.lay_table_open, core.lay_tables_again from public;
grant execute on function core.declined_just_now, core.waiting_chairs, core.keeps_table, core.keeps_any_table, core.sits_at, core.speaks_for_seat, core.was_asked_at, core.table_is_open, core.table_of_seat, core.table_of_meeting,
  core.table_of_decision, core.begins_table, core.speaks_for_entry, core.possible_table_keepers, core.seat_stands_at, core.lay_table_open to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['collaboration_table','table_keeper','seat','seat_news','table_meeting','meeting_seat','table_decision','decision_seat','decision_dissent','stance'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on core.%I to steppingstones_app', t);
  end loop;
  foreach t in array array['collaboration_table','seat','table_meeting','meeting_seat','table_decision','decision_seat','decision_dissent','stance'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
  end loop;
  foreach t in array array['collaboration_table','seat'] loop
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
end $$;

create policy collaboration_table_is_kept on core.collaboration_table to steppingstones_app using (core.keeps_table(id)) with check (core.keeps_table(id));
create policy collaboration_table_is_set_up on core.collaboration_table for insert to steppingstones_app with check (made_by = (select core.viewer_person())
  and (core.holds(array['facilitator']) or core.holds_around(array['partner'], 'municipality', municipality) or core.holds_in(array['partner'], 'province', province)));
create policy collaboration_table_is_seen on core.collaboration_table for select to steppingstones_app using (core.was_asked_at(id) or core.table_is_open(id));
create policy table_keeper_is_kept on core.table_keeper to steppingstones_app using (core.keeps_table(table_id)) with check (core.keeps_table(table_id));
create policy table_keeper_is_first on core.table_keeper for insert to steppingstones_app with check (person = (select core.viewer_person()) and core.begins_table(table_id));

create policy seat_is_kept on core.seat to steppingstones_app using (core.keeps_table(table_id)) with check (core.keeps_table(table_id));
create policy seat_is_ones_own on core.seat for select to steppingstones_app using (core.speaks_for_entry(initiative) and state <> 'put-away');
create policy seat_is_answered on core.seat for update to steppingstones_app using (core.speaks_for_entry(initiative)) with check (core.speaks_for_seat(id));
create policy seat_is_shared on core.seat for select to steppingstones_app using (core.sits_at(table_id));
create policy seat_is_seen on core.seat for select to steppingstones_app
  using (core.table_is_open(table_id) and state in ('taken','left') and shown = 'yes' and initiative is not null and core.may_see_entry(initiative));
create policy seat_is_let_go on core.seat for select to steppingstones_app using (state = 'open' and core.declined_just_now(id));
create policy seat_news_is_kept on core.seat_news for select to steppingstones_app using (core.keeps_table(core.table_of_seat(seat)));
create policy seat_news_is_ones_own on core.seat_news for select to steppingstones_app using (core.speaks_for_entry(initiative));
create policy seat_news_is_shared on core.seat_news for select to steppingstones_app using (kind in ('taken','left','ended') and core.sits_at(core.table_of_seat(seat)));
create policy seat_news_is_told on core.seat_news for insert to steppingstones_app with check (told_by = 'keeper' and core.keeps_table(core.table_of_seat(seat)));
create policy seat_news_is_answered on core.seat_news for insert to steppingstones_app
  with check (told_by = 'holder' and kind in ('declined','taken','left') and core.speaks_for_seat(seat) and core.speaks_for_entry(initiative));

create policy table_meeting_is_kept on core.table_meeting to steppingstones_app using (core.keeps_table(table_id))
  with check (core.keeps_table(table_id) and (session is null or core.facilitates(session) or exists (select from pub.session s where s.id = session)));
create policy table_meeting_is_seen on core.table_meeting for select to steppingstones_app using (core.sits_at(table_id) or core.table_is_open(table_id));
create policy meeting_seat_is_kept on core.meeting_seat to steppingstones_app using (core.keeps_table(core.table_of_meeting(meeting)))
  with check (core.keeps_table(core.table_of_meeting(meeting)) and core.seat_stands_at(seat, core.table_of_meeting(meeting)));
-- Whoever may not know of a seat may not know that it was filled.
create policy meeting_seat_is_seen on core.meeting_seat for select to steppingstones_app
  using ((core.sits_at(core.table_of_meeting(meeting)) or core.table_is_open(core.table_of_meeting(meeting))) and exists (select from core.seat s where s.id = seat));

create policy table_decision_is_kept on core.table_decision to steppingstones_app using (core.keeps_table(table_id)) with check (core.keeps_table(table_id));
create policy table_decision_is_seen on core.table_decision for select to steppingstones_app
  using (core.sits_at(table_id) or (open_to = 'everyone' and core.table_is_open(table_id)));
create policy decision_seat_is_kept on core.decision_seat to steppingstones_app using (core.keeps_table(core.table_of_decision(decision)))
  with check (core.keeps_table(core.table_of_decision(decision)) and core.seat_stands_at(seat, core.table_of_decision(decision)));
create policy decision_seat_is_seen on core.decision_seat for select to steppingstones_app
  using (exists (select from core.table_decision d where d.id = decision) and exists (select from core.seat s where s.id = seat));
create policy decision_dissent_is_kept on core.decision_dissent for select to steppingstones_app using (core.keeps_table(core.table_of_decision(decision)));
create policy decision_dissent_is_passed_on on core.decision_dissent for insert to steppingstones_app
  with check (openly = 'not' and core.keeps_table(core.table_of_decision(decision)) and core.seat_stands_at(seat, core.table_of_decision(decision)));
create policy decision_dissent_is_ones_own on core.decision_dissent to steppingstones_app using (core.speaks_for_seat(seat))
  with check (core.speaks_for_seat(seat) and core.seat_stands_at(seat, core.table_of_decision(decision)));
create policy decision_dissent_is_shared on core.decision_dissent for select to steppingstones_app using (core.sits_at(core.table_of_decision(decision)));
create policy decision_dissent_is_seen on core.decision_dissent for select to steppingstones_app
  using (openly = 'with-name' and exists (select from core.table_decision d where d.id = decision) and exists (select from core.seat s where s.id = seat));

create policy stance_is_kept on core.stance for select to steppingstones_app using (core.keeps_table(table_id));
create policy stance_is_passed_on on core.stance for insert to steppingstones_app
  with check (not openly and core.keeps_table(table_id) and core.seat_stands_at(by_seat, table_id) and core.seat_stands_at(about_seat, table_id));
create policy stance_is_ones_own on core.stance to steppingstones_app using (core.speaks_for_seat(by_seat))
  with check (core.speaks_for_seat(by_seat) and core.seat_stands_at(by_seat, table_id) and core.seat_stands_at(about_seat, table_id));
create policy stance_is_shared on core.stance for select to steppingstones_app using (core.sits_at(table_id));
create policy stance_is_seen on core.stance for select to steppingstones_app
  using (openly and core.table_is_open(table_id) and exists (select from core.seat s where s.id = by_seat) and exists (select from core.seat s where s.id = about_seat));
