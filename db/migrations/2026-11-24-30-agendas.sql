-- Agendas: what was promised in a session, by whom, and what came of it in the year after. A promise is only told under a name once whoever
-- carries it said so by their own link. Addresses lie apart in the vault and go when the year is over.

create table core.agenda (
  id uuid primary key default uuidv7(),
  session uuid not null unique references core.session on delete cascade,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  origin text not null default 'room' check (origin in ('room','sources')),
  drawn_on date,
  drawn_precision text check (drawn_precision in ('day','month','year')),
  until_day date check (until_day > drawn_on and until_day <= drawn_on + 366),
  check_ins smallint[] not null default '{1,3,6,12}' check (cardinality(check_ins) between 1 and 12 and 1 <= all (check_ins) and 12 >= all (check_ins)),
  open_to text not null default 'room' check (open_to in ('room','everyone')),
  home text check (home ~ '^https?://' and length(home) <= 200),
  ended_on date,
  check ((drawn_on is null) = (drawn_precision is null)),
  check (origin = 'sources' or (drawn_on is not null and until_day is not null and drawn_precision = 'day')),
  check (origin = 'room' or (open_to = 'everyone' and until_day is null))
);
comment on table core.agenda is 'The action agenda of a session: its promises, followed for a year.';
comment on column core.agenda.id is '[open] lasting key';
comment on column core.agenda.session is '[open] session it was born in';
comment on column core.agenda.slug is '[open] name in the address of its page';
comment on column core.agenda.origin is '[open] drawn up in a room here, or told by public sources';
comment on column core.agenda.drawn_on is '[open] day it was drawn up; null is not known';
comment on column core.agenda.drawn_precision is '[open] how precise that day is';
comment on column core.agenda.until_day is '[open] last day of its year; null for what sources tell';
comment on column core.agenda.check_ins is '[open] after how many months it is asked how things are';
comment on column core.agenda.open_to is '[inside] for who was in the room and who carries a promise, or for everyone';
comment on column core.agenda.home is '[machine] address of the house, under which the links in the mails open';
comment on column core.agenda.ended_on is '[open] when its year was over';

create table core.promise (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  agenda uuid references core.agenda on delete cascade,
  number smallint not null check (number > 0),
  what jsonb not null check (jsonb_typeof(what) = 'object'),
  language text not null check (language ~ '^[a-z]{2}$'),
  who_kind text not null check (who_kind in ('person','initiative','institution','together')),
  to_whom text check (length(to_whom) between 1 and 120),
  by_day date,
  issue uuid references core.issue on delete set null,
  state text not null default 'said' check (state in ('said','underway','paused','done','let-go','withdrawn','not-known')),
  paused_until date,
  why jsonb check (jsonb_typeof(why) = 'object'),
  confirmed_on date,
  moved_on date,
  made_on date not null,
  unique (session, number),
  check ((state = 'paused') = (paused_until is not null)),
  check (state <> 'let-go' or why is not null),
  check (state not in ('underway','paused','done','let-go') or confirmed_on is not null),
  check (by_day is null or by_day <= made_on + 366),
  check (state in ('not-known','withdrawn') or by_day is not null)
);
comment on table core.promise is 'A promise: who will do what, for whom, by when, and how it stands.';
comment on column core.promise.id is '[open] lasting key; random, so that it tells no order of phones';
comment on column core.promise.session is '[open] in which session it was made';
comment on column core.promise.agenda is '[open] on which agenda it stands; null while the room is open';
comment on column core.promise.number is '[open] number in the session';
comment on column core.promise.what is '[open] what is promised, per language; empty while a voice is not yet written down';
comment on column core.promise.language is '[open] language it was made in';
comment on column core.promise.who_kind is '[open] whether a person, an initiative, an institution or several together promise it';
comment on column core.promise.to_whom is '[open] to whom, in words';
comment on column core.promise.by_day is '[open] by when, at most a year later; null when sources do not say';
comment on column core.promise.issue is '[open] for which issue of the room';
comment on column core.promise.state is '[open] how it stands';
comment on column core.promise.paused_until is '[open] until when it rests';
comment on column core.promise.why is '[open] why it was let go, in the language of who said it: {language: text}';
comment on column core.promise.confirmed_on is '[open] when the first of its carriers said yes to it by their own link';
comment on column core.promise.moved_on is '[open] when something was last told of it';
comment on column core.promise.made_on is '[open] when it was made';
create index promise_of on core.promise (agenda, state);

create table core.promise_maker (
  promise uuid primary key references core.promise on delete cascade,
  participant uuid not null references core.participant on delete cascade
);
comment on table core.promise_maker is 'Who wrote a promise down in the room, so that their phone can take it back. Gone with the phone.';
comment on column core.promise_maker.promise is '[secret] which promise';
comment on column core.promise_maker.participant is '[secret] who wrote it down';

create table core.promise_statement (
  promise uuid not null references core.promise on delete cascade,
  statement uuid not null references core.statement on delete cascade,
  primary key (promise, statement)
);
comment on table core.promise_statement is 'Statements a promise came from.';
comment on column core.promise_statement.promise is '[open] which promise';
comment on column core.promise_statement.statement is '[open] from which statement';

create table core.promise_voice (
  promise uuid primary key references core.promise on delete cascade,
  type text not null,
  bytes bytea not null check (length(bytes) <= 3000000),
  seconds real not null check (seconds between 0 and 125)
);
comment on table core.promise_voice is 'The voice a promise was spoken in, until it is written down; then it is gone.';
comment on column core.promise_voice.promise is '[person] which promise';
comment on column core.promise_voice.type is '[machine] kind of sound';
comment on column core.promise_voice.bytes is '[person] the sound, made anew';
comment on column core.promise_voice.seconds is '[person] how long';

create table core.carrier (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  way text not null check (way in ('mail','card')),
  invited_at timestamptz,
  written_on date,
  stopped_on date
);
comment on table core.carrier is 'Someone who carries promises of a session: asked by mail or by a printed card, without an account.';
comment on column core.carrier.id is '[person] key; random, so that it tells no order';
comment on column core.carrier.session is '[person] of which session';
comment on column core.carrier.language is '[person] language they are written to in';
comment on column core.carrier.way is '[person] whether they are reached by mail or have a printed card';
comment on column core.carrier.invited_at is '[person] when they were asked to confirm';
comment on column core.carrier.written_on is '[person] day they were last asked how things are, so that nobody is asked twice on a day';
comment on column core.carrier.stopped_on is '[person] since when they wish no more questions';

create table vault.carrier_address (
  carrier uuid primary key references core.carrier on delete cascade,
  session uuid not null references core.session on delete cascade,
  mail text not null check (length(mail) between 3 and 254),
  unique (session, mail)
);
comment on table vault.carrier_address is 'Where a carrier is written to. Nobody reads it but the house; gone when the year is over or when they stop.';
comment on column vault.carrier_address.carrier is '[secret] whose';
comment on column vault.carrier_address.session is '[secret] of which session';
comment on column vault.carrier_address.mail is '[secret] the address';

create table core.promise_carrier (
  promise uuid not null references core.promise on delete cascade,
  carrier uuid not null references core.carrier on delete cascade,
  called text check (length(called) between 1 and 120),
  initiative uuid references core.initiative on delete set null,
  state text not null default 'asked' check (state in ('asked','confirmed','declined')),
  named boolean not null default false,
  answered_on date,
  primary key (promise, carrier)
);
comment on table core.promise_carrier is 'That someone carries a promise; counts once they said so by their own link.';
comment on column core.promise_carrier.promise is '[inside] which promise';
comment on column core.promise_carrier.carrier is '[person] who';
comment on column core.promise_carrier.called is '[person] how they are called with it; of who does not stand on the page by name gone a month after the year';
comment on column core.promise_carrier.initiative is '[open] their entry in the field; null has none';
comment on column core.promise_carrier.state is '[inside] asked, said yes, or said no';
comment on column core.promise_carrier.named is '[person] whether they allow that name on the open page';
comment on column core.promise_carrier.answered_on is '[inside] when they answered';
create index promise_carrier_of on core.promise_carrier (carrier);

create table core.source_carrier (
  promise uuid not null references core.promise on delete cascade,
  place smallint not null,
  name text not null check (length(name) between 1 and 200),
  initiative uuid references core.initiative on delete set null,
  primary key (promise, place)
);
comment on table core.source_carrier is 'Who carried something agreed, as public sources tell: organisations, never a person.';
comment on column core.source_carrier.promise is '[open] which promise';
comment on column core.source_carrier.place is '[open] order';
comment on column core.source_carrier.name is '[open] name';
comment on column core.source_carrier.initiative is '[open] its entry in the field; null has none';

create table core.promise_check_in (
  promise uuid not null references core.promise on delete cascade,
  number smallint not null check (number > 0),
  due_on date not null,
  state text not null default 'coming' check (state in ('coming','asked','answered','silent','rested')),
  asked_on date,
  reminded_on date,
  answered_on date,
  answer text check (answer in ('on-its-way','done','changed','helped','let-go','paused')),
  primary key (promise, number),
  check (state <> 'asked' or asked_on is not null),
  check ((state = 'answered') = (answer is not null and answered_on is not null))
);
comment on table core.promise_check_in is 'A stone on the line of a promise: a day on which it is asked how things are, and what was answered.';
comment on column core.promise_check_in.promise is '[open] of which promise';
comment on column core.promise_check_in.number is '[open] order';
comment on column core.promise_check_in.due_on is '[open] the day it is asked';
comment on column core.promise_check_in.state is '[open] coming, asked, answered, silent (asked twice and nothing heard), or rested (not asked, because there was no need)';
comment on column core.promise_check_in.asked_on is '[open] when it was asked';
comment on column core.promise_check_in.reminded_on is '[inside] when it was asked once more';
comment on column core.promise_check_in.answered_on is '[open] when it was answered';
comment on column core.promise_check_in.answer is '[open] what was answered';
create index promise_check_in_due on core.promise_check_in (due_on) where state in ('coming','asked');

create table core.promise_news (
  id uuid primary key default uuidv7(),
  promise uuid not null references core.promise on delete cascade,
  day date not null,
  kind text not null check (kind in ('made','confirmed','declined','on-its-way','done','changed','helped','let-go','paused','went-on','taken-up','help-asked')),
  language text check (language ~ '^[a-z]{2}$'),
  text text check (length(text) between 1 and 500),
  by_day date,
  told_by text not null check (told_by in ('room','carrier','facilitator','house')),
  check ((language is null) = (text is null))
);
comment on table core.promise_news is 'What was told of a promise, in order; never changed. Never who of its carriers told it.';
comment on column core.promise_news.id is '[open] lasting key';
comment on column core.promise_news.promise is '[open] of which promise';
comment on column core.promise_news.day is '[open] on which day';
comment on column core.promise_news.kind is '[open] what happened';
comment on column core.promise_news.language is '[open] language of the words';
comment on column core.promise_news.text is '[open] the words: how it goes, by whom they were helped, why it was let go';
comment on column core.promise_news.by_day is '[open] the new day, when the day changed; the end of the rest, when it rests';
comment on column core.promise_news.told_by is '[open] the room, who carries it, who led the session on their word, or the house';
create index promise_news_of on core.promise_news (promise, day);

create table core.promise_help (
  id uuid primary key default uuidv7(),
  promise uuid not null references core.promise on delete cascade,
  kind text not null check (kind in ('asked','offered')),
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 1 and 500),
  called text check (length(called) between 1 and 120),
  from_carrier uuid references core.carrier on delete cascade,
  state text not null default 'open' check (state in ('waiting','open','taken','closed')),
  day date not null,
  check (kind = 'offered' or (state <> 'waiting' and called is null))
);
comment on table core.promise_help is 'Help that is asked for a promise, or offered to it.';
comment on column core.promise_help.id is '[open] lasting key';
comment on column core.promise_help.promise is '[open] for which promise';
comment on column core.promise_help.kind is '[open] asked by who carries it, or offered to them';
comment on column core.promise_help.language is '[open] language of the words';
comment on column core.promise_help.text is '[open] what is needed; what is offered is only read by who carries the promise';
comment on column core.promise_help.called is '[person] how who offers is called';
comment on column core.promise_help.from_carrier is '[person] the carrier who offers; null is someone else';
comment on column core.promise_help.state is '[inside] waits for a yes by mail, open, taken, or closed';
comment on column core.promise_help.day is '[open] since when';
create index promise_help_of on core.promise_help (promise, state);

create table vault.helper_address (
  help uuid primary key references core.promise_help on delete cascade,
  mail text not null check (length(mail) between 3 and 254),
  home text not null check (home ~ '^https?://' and length(home) <= 200)
);
comment on table vault.helper_address is 'Where who offers help can be reached; given to who carries the promise after a yes by mail. Gone when the year is over.';
comment on column vault.helper_address.help is '[secret] whose offer';
comment on column vault.helper_address.mail is '[secret] the address';
comment on column vault.helper_address.home is '[machine] address of the house';

create table vault.promise_word (
  word_hash bytea primary key check (length(word_hash) = 32),
  carrier uuid references core.carrier on delete cascade,
  agenda uuid references core.agenda on delete cascade,
  help uuid references core.promise_help on delete cascade,
  on_card boolean not null default false,
  made_on date not null,
  until_day date not null check (until_day > made_on and until_day <= made_on + 450),
  check (num_nonnulls(carrier, agenda, help) = 1)
);
comment on table vault.promise_word is 'Words in links of mails and printed cards: to carry a promise, to read an agenda of the room, or to say yes to an offer of help.';
comment on column vault.promise_word.word_hash is '[secret] SHA-256 of the word; the word itself is nowhere';
comment on column vault.promise_word.carrier is '[secret] whose promises it opens';
comment on column vault.promise_word.agenda is '[secret] which agenda it opens for reading';
comment on column vault.promise_word.help is '[secret] which offer it says yes to';
comment on column vault.promise_word.on_card is '[machine] whether it is printed on a card; a new card ends the old one';
comment on column vault.promise_word.made_on is '[secret] when it was made';
comment on column vault.promise_word.until_day is '[secret] last day on which it opens';
create index promise_word_of on vault.promise_word (carrier);

-- What is open.
create table pub.agenda (
  id uuid primary key, slug text not null unique, session uuid not null, origin text not null, kind text not null, title jsonb not null, language text not null,
  themes text[] not null, municipality text, province text, drawn_on date, drawn_precision text, until_day date, check_ins smallint[] not null, ended_on date,
  waiting smallint not null, confidence text
);
comment on table pub.agenda is 'An action agenda anyone may read.';
comment on column pub.agenda.id is '[open] lasting key';
comment on column pub.agenda.slug is '[open] name in the address';
comment on column pub.agenda.session is '[open] session it was born in; its minutes need not be open yet';
comment on column pub.agenda.origin is '[open] drawn up here (room) or told by sources';
comment on column pub.agenda.kind is '[open] kind of the session';
comment on column pub.agenda.title is '[open] name of the session, per language';
comment on column pub.agenda.language is '[open] language of the facilitator';
comment on column pub.agenda.themes is '[open] themes of the session';
comment on column pub.agenda.municipality is '[open] municipality';
comment on column pub.agenda.province is '[open] province';
comment on column pub.agenda.drawn_on is '[open] day it was drawn up; null is not known';
comment on column pub.agenda.drawn_precision is '[open] how precise';
comment on column pub.agenda.until_day is '[open] last day of its year';
comment on column pub.agenda.check_ins is '[open] after how many months it is asked how things are';
comment on column pub.agenda.ended_on is '[open] when its year was over';
comment on column pub.agenda.waiting is '[open] how many promises were made that nobody said yes to yet; not one of them is told';
comment on column pub.agenda.confidence is '[open] how sure the sources are';

create table pub.promise (
  id uuid primary key, agenda uuid not null references pub.agenda on delete cascade, number smallint not null, what jsonb not null, language text not null, who_kind text not null,
  carriers jsonb not null, unnamed smallint not null, to_whom text, by_day date, issue uuid, issue_title jsonb, themes text[] not null, statements uuid[] not null,
  state text not null check (state in ('underway','paused','done','let-go','not-known')), paused_until date, why jsonb, made_on date, confirmed_on date, moved_on date,
  silent_since date, stones jsonb not null, news jsonb not null, help_asked jsonb not null
);
comment on table pub.promise is 'A promise anyone may read: confirmed by who carries it, or told by sources.';
comment on column pub.promise.id is '[open] lasting key';
comment on column pub.promise.agenda is '[open] on which agenda';
comment on column pub.promise.number is '[open] number in the session';
comment on column pub.promise.what is '[open] what is promised, per language';
comment on column pub.promise.language is '[open] language it was made in';
comment on column pub.promise.who_kind is '[open] person, initiative, institution or together';
comment on column pub.promise.carriers is '[open] who carries it, as far as they allow their name: [{name, slug}]';
comment on column pub.promise.unnamed is '[open] how many more carry it without a name';
comment on column pub.promise.to_whom is '[open] to whom';
comment on column pub.promise.by_day is '[open] by when';
comment on column pub.promise.issue is '[open] for which issue (pub.session_issue, once the minutes are open)';
comment on column pub.promise.issue_title is '[open] name of that issue, per language';
comment on column pub.promise.themes is '[open] themes of that issue, else of the session';
comment on column pub.promise.statements is '[open] from which statements (pub.session_statement)';
comment on column pub.promise.state is '[open] how it stands; not-known: sources do not say what came of it';
comment on column pub.promise.paused_until is '[open] until when it rests';
comment on column pub.promise.why is '[open] why it was let go';
comment on column pub.promise.made_on is '[open] when it was made; null is not known';
comment on column pub.promise.confirmed_on is '[open] when it was confirmed';
comment on column pub.promise.moved_on is '[open] when something was last told of it';
comment on column pub.promise.silent_since is '[open] since when questions went unanswered; null is no silence';
comment on column pub.promise.stones is '[open] its line: [{number, due_on, state, asked_on, answered_on, answer}]';
comment on column pub.promise.news is '[open] what was told: [{day, kind, language, text, by_day, told_by}]';
comment on column pub.promise.help_asked is '[open] help that is asked: [{id, language, text, day}]';

create function core.number_promise() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  -- One at a time in a room, so that no two promises get one number.
  perform from core.session s where s.id = new.session for no key update;
  new.number := coalesce((select max(p.number) from core.promise p where p.session = new.session), 0) + 1;
  return new;
end $$;
create trigger promise_gets_number before insert on core.promise for each row execute function core.number_promise();

create function core.keep_promise_way() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and (old.state, new.state) not in (('said','underway'), ('said','withdrawn'), ('underway','paused'), ('underway','done'), ('underway','let-go'),
    ('paused','underway'), ('paused','done'), ('paused','let-go'), ('done','underway'), ('let-go','underway')) then
    raise exception 'A promise that is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_promise_way is 'A promise goes the ways of docs/states/promise.md and no other, whoever moves it.';
create trigger promise_keeps_its_way before update on core.promise for each row execute function core.keep_promise_way();

create function core.made_promise(of_promise uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.promise_maker m join core.participant p on p.id = m.participant where m.promise = of_promise and p.phone = core.viewer_phone())
$$;
comment on function core.made_promise is 'Whether this promise was written down on the phone that asks.';

create function core.promise_session(of_promise uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select p.session from core.promise p where p.id = of_promise and (core.facilitates(p.session) or core.in_room(p.session))
$$;
comment on function core.promise_session is 'In which session this promise was made, for who is in that room or leads it.';

create function core.ask_carrier(of_promise uuid, of_called text, of_language text, of_mail text) returns boolean security definer set search_path = pg_catalog, core, vault language plpgsql as $$
declare
  room uuid;
  who uuid;
begin
  select p.session into room from core.promise p where p.id = of_promise and p.state = 'said'
    and (core.facilitates(p.session) or (core.made_promise(p.id) and core.in_room(p.session))) for no key update;
  if room is null or (select count(*) from core.promise_carrier c where c.promise = of_promise) >= 5 then
    return false;
  end if;
  if of_mail is null then
    insert into core.carrier (session, language, way) values (room, of_language, 'card') returning id into who;
  else
    perform from core.session s where s.id = room for no key update;
    select a.carrier into who from vault.carrier_address a where a.session = room and a.mail = lower(of_mail);
    if who is null then
      insert into core.carrier (session, language, way) values (room, of_language, 'mail') returning id into who;
      insert into vault.carrier_address (carrier, session, mail) values (who, room, lower(of_mail));
    end if;
  end if;
  insert into core.promise_carrier (promise, carrier, called) values (of_promise, who, of_called) on conflict do nothing;
  return true;
end $$;
comment on function core.ask_carrier is 'Writes down who will be asked to carry a promise: by mail, or without an address by a printed card. The address goes in and never comes out. False when the promise is not theirs to give, or has five carriers.';

create function core.take_promise_back(of_promise uuid) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  update core.promise p set state = 'withdrawn' where p.id = of_promise and p.state = 'said' and p.agenda is null and (core.facilitates(p.session) or core.made_promise(p.id));
  return found;
end $$;
comment on function core.take_promise_back is 'Lets who wrote a promise down take it back while the room is open; false when it is not theirs or stands on an agenda.';

create function core.give_card(of_carrier uuid, hash bytea, on_day date, last_day date) returns boolean security definer set search_path = pg_catalog, core, vault language plpgsql as $$
begin
  if not exists (select from core.carrier c where c.id = of_carrier and c.stopped_on is null and core.facilitates(c.session)) then
    return false;
  end if;
  delete from vault.promise_word w where w.carrier = of_carrier and w.on_card;
  insert into vault.promise_word (word_hash, carrier, on_card, made_on, until_day) values (hash, of_carrier, true, on_day, last_day);
  return true;
end $$;
comment on function core.give_card is 'Lets who leads the session print a card for a carrier; the former card no longer opens.';

create function core.give_reading(of_agenda uuid, hash bytea, on_day date, last_day date) returns boolean security definer set search_path = pg_catalog, core, vault language plpgsql as $$
begin
  if not exists (select from core.agenda a where a.id = of_agenda and core.facilitates(a.session)) then
    return false;
  end if;
  delete from vault.promise_word w where w.agenda = of_agenda;
  insert into vault.promise_word (word_hash, agenda, made_on, until_day) values (hash, of_agenda, on_day, last_day);
  return true;
end $$;
comment on function core.give_reading is 'Lets who leads the session make a link with which the room reads its agenda; the former link no longer opens.';

create function core.readdress_carrier(of_carrier uuid, of_mail text) returns boolean security definer set search_path = pg_catalog, core, vault language plpgsql as $$
declare
  room uuid;
begin
  select c.session into room from core.carrier c where c.id = of_carrier and c.stopped_on is null and core.facilitates(c.session);
  if room is null or exists (select from vault.carrier_address a where a.session = room and a.mail = lower(of_mail) and a.carrier <> of_carrier) then
    return false;
  end if;
  insert into vault.carrier_address (carrier, session, mail) values (of_carrier, room, lower(of_mail)) on conflict (carrier) do update set mail = excluded.mail;
  -- Words that went to the former address no longer open.
  delete from vault.promise_word w where w.carrier = of_carrier;
  update core.carrier c set way = 'mail', invited_at = null where c.id = of_carrier;
  return true;
end $$;
comment on function core.readdress_carrier is 'Lets who leads the session write down another address for a carrier, never read one; false when it is taken by another carrier of the session.';

create function core.lay_agenda_open(of_agenda uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() and not exists (select from core.agenda a where a.id = of_agenda and core.facilitates(a.session)) then
    raise exception 'Only who leads the session lays its agenda open.' using errcode = '42501';
  end if;
  delete from pub.agenda p where p.id = of_agenda;
  insert into pub.agenda
    select a.id, a.slug, a.session, a.origin, s.kind, s.title, s.language, s.themes, s.municipality, s.province,
      a.drawn_on, a.drawn_precision, a.until_day, a.check_ins, a.ended_on, (select count(*) from core.promise p where p.agenda = a.id and p.state = 'said'), s.confidence
    from core.agenda a join core.session s on s.id = a.session where a.id = of_agenda and a.open_to = 'everyone';
  insert into pub.promise
    select p.id, p.agenda, p.number, p.what, p.language, p.who_kind,
      case when a.origin = 'sources'
        then coalesce((select jsonb_agg(jsonb_build_object('name', coalesce(i.name, c.name), 'slug', i.slug) order by c.place)
          from core.source_carrier c left join pub.initiative i on i.id = c.initiative where c.promise = p.id), '[]')
        else coalesce((select jsonb_agg(jsonb_build_object('name', c.called, 'slug', i.slug) order by c.called)
          from core.promise_carrier c left join pub.initiative i on i.id = c.initiative where c.promise = p.id and c.state = 'confirmed' and c.named and c.called is not null), '[]') end,
      (select count(*) from core.promise_carrier c where c.promise = p.id and c.state = 'confirmed' and not c.named),
      p.to_whom, p.by_day, p.issue, (select i.title from core.issue i where i.id = p.issue and not i.ended),
      coalesce((select nullif(i.themes, '{}') from core.issue i where i.id = p.issue and not i.ended), s.themes),
      coalesce((select array_agg(x.id order by x.number) from core.promise_statement t join core.statement x on x.id = t.statement where t.promise = p.id and x.standing = 'open'), '{}'),
      p.state, p.paused_until, p.why, case when a.origin = 'room' then p.made_on end, p.confirmed_on, p.moved_on,
      case when p.state = 'underway' then (select min(k.asked_on) from core.promise_check_in k where k.promise = p.id and k.state = 'silent' and k.due_on > coalesce(p.moved_on, '-infinity')) end,
      coalesce((select jsonb_agg(jsonb_build_object('number', k.number, 'due_on', k.due_on, 'state', k.state, 'asked_on', k.asked_on, 'answered_on', k.answered_on, 'answer', k.answer) order by k.due_on, k.number)
        from core.promise_check_in k where k.promise = p.id), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('day', n.day, 'kind', n.kind, 'language', n.language, 'text', n.text, 'by_day', n.by_day, 'told_by', n.told_by) order by n.id)
        from core.promise_news n where n.promise = p.id and n.kind <> 'declined'), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'language', h.language, 'text', h.text, 'day', h.day) order by h.id)
        from core.promise_help h where h.promise = p.id and h.kind = 'asked' and h.state = 'open' and p.state in ('underway','paused')), '[]')
    from core.promise p join pub.agenda o on o.id = p.agenda join core.agenda a on a.id = p.agenda join core.session s on s.id = p.session
    where p.agenda = of_agenda and p.state in ('underway','paused','done','let-go','not-known') and p.what <> '{}';
end $$;
comment on function core.lay_agenda_open is 'Copies to the street what anyone may know of an agenda that is open to everyone; of one for the room nothing. A promise is told once it is confirmed, a name once its carrier allows it.';

revoke all on function core.made_promise, core.promise_session, core.ask_carrier, core.take_promise_back, core.give_card, core.give_reading, core.readdress_carrier, core.lay_agenda_open from public;
grant execute on function core.made_promise, core.promise_session, core.ask_carrier, core.take_promise_back, core.give_card, core.give_reading, core.readdress_carrier, core.lay_agenda_open to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['core.agenda','core.promise','core.promise_maker','core.promise_statement','core.promise_voice','core.carrier','core.promise_carrier','core.source_carrier',
    'core.promise_check_in','core.promise_news','core.promise_help','vault.carrier_address','vault.helper_address','vault.promise_word'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
  foreach t in array array['agenda','promise'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
end $$;

-- Who leads the session keeps its agenda; who is in the room reads and makes promises; carriers come by a word and are served by the house.
create policy agenda_is_led on core.agenda to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session) and origin = 'room');
create policy agenda_is_seen on core.agenda for select to steppingstones_app using (core.in_room(session));
create policy promise_is_led on core.promise for select to steppingstones_app using (core.facilitates(session));
create policy promise_is_kept on core.promise for update to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session) and state <> 'not-known');
create policy promise_is_made on core.promise for insert to steppingstones_app
  with check ((core.in_room(session) or core.facilitates(session)) and state = 'said' and agenda is null and confirmed_on is null
    and (issue is null or exists (select from core.issue i where i.id = issue and i.session = promise.session)));
create policy promise_is_seen on core.promise for select to steppingstones_app using (core.in_room(session) and (state <> 'withdrawn' or core.made_promise(id)));
create policy promise_maker_is_ones_own on core.promise_maker to steppingstones_app using (core.is_mine(participant)) with check (core.is_mine(participant) and core.promise_session(promise) is not null);
create policy promise_statement_is_led on core.promise_statement to steppingstones_app
  using (core.facilitates(core.promise_session(promise))) with check (core.facilitates(core.promise_session(promise)));
create policy promise_statement_is_made on core.promise_statement for insert to steppingstones_app
  with check (core.made_promise(promise) and exists (select from core.statement s where s.id = statement and s.session = core.promise_session(promise)));
create policy promise_statement_is_seen on core.promise_statement for select to steppingstones_app using (core.promise_session(promise) is not null);
create policy promise_voice_is_heard on core.promise_voice for select to steppingstones_app using (core.promise_session(promise) is not null);
create policy promise_voice_is_spoken on core.promise_voice for insert to steppingstones_app with check (core.made_promise(promise));
create policy promise_voice_is_led on core.promise_voice for delete to steppingstones_app using (core.facilitates(core.promise_session(promise)));
create policy carrier_is_led on core.carrier for select to steppingstones_app using (core.facilitates(session));
create policy promise_carrier_is_led on core.promise_carrier to steppingstones_app
  using (core.facilitates(core.promise_session(promise))) with check (core.facilitates(core.promise_session(promise)));
create policy promise_carrier_is_seen on core.promise_carrier for select to steppingstones_app using (core.promise_session(promise) is not null);
create policy promise_check_in_is_led on core.promise_check_in to steppingstones_app
  using (core.facilitates(core.promise_session(promise))) with check (core.facilitates(core.promise_session(promise)));
create policy promise_news_is_seen on core.promise_news for select to steppingstones_app using (core.promise_session(promise) is not null);
create policy promise_news_is_told on core.promise_news for insert to steppingstones_app with check (core.facilitates(core.promise_session(promise)) and told_by = 'facilitator');
create policy promise_help_is_led on core.promise_help for select to steppingstones_app using (kind = 'asked' and core.promise_session(promise) is not null);
