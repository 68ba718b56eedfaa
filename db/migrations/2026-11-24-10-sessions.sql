-- Sessions: rooms where people share what they know on their phones, without an account. Who votes what is kept apart from who is in the
-- room from the first tap: a ballot is found by a fingerprint that only the phone can make, and at the close even that is taken away.

create function core.viewer_phone() returns uuid stable language sql
  return case when core.viewer_kind() = 'phone' then nullif(current_setting('app.viewer', true), '')::uuid end;
comment on function core.viewer_phone() is 'The phone that came into a room, or null.';

create function core.viewer_ballot() returns bytea stable language sql
  return case when core.viewer_kind() = 'ballot' then decode(nullif(current_setting('app.viewer', true), ''), 'hex') end;
comment on function core.viewer_ballot() is 'The fingerprint of the ballot that is being filled in, or null. Nothing says whose it is.';
grant execute on function core.viewer_phone(), core.viewer_ballot() to steppingstones_app;

create table core.method (
  id uuid primary key default uuidv7(),
  made_by uuid references core.person,
  came_from text not null check (came_from in ('make-session','co-creation','masterclass','intervision','storytelling')),
  title text not null check (length(title) between 3 and 120),
  language text not null check (language ~ '^[a-z]{2}$'),
  steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) between 1 and 30),
  made_at timestamptz not null default now(),
  ended_on date
);
comment on table core.method is 'A way to hold a session that facilitators made from one of the house: steps, each with a purpose, a time, a form and a question.';
comment on column core.method.id is '[inside] lasting key';
comment on column core.method.made_by is '[person] who made it; null is the operator';
comment on column core.method.came_from is '[inside] which method of the house it was made from';
comment on column core.method.title is '[inside] its name';
comment on column core.method.language is '[inside] language of its name';
comment on column core.method.steps is '[inside] the steps: kind, minutes, purpose and question per language';
comment on column core.method.made_at is '[inside] since when';
comment on column core.method.ended_on is '[inside] since when it is no longer offered';

create table core.session (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  code text unique check (code ~ '^[2-9A-HJ-NP-Z]{6}$'),
  origin text not null default 'room' check (origin in ('room','sources')),
  kind text not null check (kind in ('make-session','co-creation','masterclass','intervision','storytelling','symposium','expert-pool','development-table')),
  method uuid references core.method,
  number smallint check (number > 0),
  title jsonb not null check (jsonb_typeof(title) = 'object' and title <> '{}'),
  purpose jsonb not null default '{}' check (jsonb_typeof(purpose) = 'object'),
  language text not null check (language ~ '^[a-z]{2}$'),
  themes text[] not null default '{}' check (cardinality(themes) <= 20),
  place text check (length(place) between 1 and 200),
  municipality text references pub.municipality,
  province text references pub.province,
  held_on date,
  held_precision text check (held_precision in ('day','month','year')),
  held_note text check (length(held_note) <= 300),
  starts_at timestamptz,
  minutes smallint check (minutes between 5 and 1440),
  door text not null default 'open' check (door in ('open','admission')),
  smallest smallint not null default 5 check (smallest between 5 and 8),
  announced boolean not null default false,
  state text not null check (state in ('preparing','lobby','live','paused','closed','shared','called-off')),
  step smallint,
  last_event bigint not null default 0,
  people integer check (people >= 0),
  attendance jsonb not null default '{}' check (jsonb_typeof(attendance) = 'object'),
  made_by uuid references core.person,
  made_at timestamptz not null default now(),
  began_at timestamptz,
  closed_at timestamptz,
  shared_at timestamptz,
  confidence text check (confidence in ('high','medium','low')),
  check ((held_on is null) = (held_precision is null)),
  check (origin = 'room' or state = 'shared'),
  check (state not in ('lobby','live','paused') or code is not null),
  check ((closed_at is not null) = (state in ('closed','shared') and origin = 'room'))
);
comment on table core.session is 'A gathering: held in a room of this house, or told by public sources.';
comment on column core.session.id is '[open] lasting key';
comment on column core.session.slug is '[open] name in the address of its page';
comment on column core.session.code is '[inside] the six signs people come in by; opens to newcomers until the close, to phones that were in until they are forgotten';
comment on column core.session.origin is '[open] held in a room here, or told by public sources';
comment on column core.session.kind is '[open] what kind of gathering';
comment on column core.session.method is '[inside] own method it was made from; null is that of the house';
comment on column core.session.number is '[open] number in its series';
comment on column core.session.title is '[open] its name, per language';
comment on column core.session.purpose is '[open] what it is for, per language';
comment on column core.session.language is '[open] language the facilitator writes in';
comment on column core.session.themes is '[open] themes it is about';
comment on column core.session.place is '[open] where, in words as the sources or the invitation say';
comment on column core.session.municipality is '[open] municipality (code); null is not known or more than one';
comment on column core.session.province is '[open] province (code); null is not known or more than one';
comment on column core.session.held_on is '[open] day it was held, as precise as known';
comment on column core.session.held_precision is '[open] how precise that day is';
comment on column core.session.held_note is '[open] what is known of the time in words';
comment on column core.session.starts_at is '[open] when it begins';
comment on column core.session.minutes is '[open] how long it lasts, in minutes';
comment on column core.session.door is '[inside] whether anyone with the code comes in, or is let in one by one';
comment on column core.session.smallest is '[open] results about fewer people than this are not shown';
comment on column core.session.announced is '[open] whether it stands in the public list before it is held';
comment on column core.session.state is '[open] where it stands';
comment on column core.session.step is '[inside] position of the step that is open';
comment on column core.session.last_event is '[machine] number of the last event in the room';
comment on column core.session.people is '[open] how many people were there, as counted or as the sources say';
comment on column core.session.attendance is '[open] how many per role: {role: count}; only counts of the smallest size or more';
comment on column core.session.made_by is '[person] who prepared it; null is the operator';
comment on column core.session.made_at is '[inside] when it was prepared';
comment on column core.session.began_at is '[inside] when the room began';
comment on column core.session.closed_at is '[open] when the room was closed';
comment on column core.session.shared_at is '[open] when its minutes became public';
comment on column core.session.confidence is '[open] how sure the sources are; null is held here';

create table core.session_facilitator (
  session uuid not null references core.session on delete cascade,
  person uuid not null references core.person,
  since timestamptz not null default now(),
  primary key (session, person)
);
comment on table core.session_facilitator is 'Who leads a session.';
comment on column core.session_facilitator.session is '[inside] which session';
comment on column core.session_facilitator.person is '[person] who leads it';
comment on column core.session_facilitator.since is '[inside] since when';

create table core.session_organiser (
  session uuid not null references core.session on delete cascade,
  place smallint not null,
  name text not null check (length(name) between 1 and 200),
  initiative uuid references core.initiative on delete set null,
  primary key (session, place)
);
comment on table core.session_organiser is 'Who invites to a session.';
comment on column core.session_organiser.session is '[open] which session';
comment on column core.session_organiser.place is '[open] order';
comment on column core.session_organiser.name is '[open] name';
comment on column core.session_organiser.initiative is '[open] its entry in the field; null has none';

create table core.session_step (
  session uuid not null references core.session on delete cascade,
  position smallint not null check (position between 1 and 30),
  kind text not null check (kind in ('check-in','statements','vote','issues','stones','groups','dilemma','landscape','harvest','promises')),
  from_house text check (from_house ~ '^[a-z-]+\.[a-z-]+$'),
  purpose jsonb not null default '{}' check (jsonb_typeof(purpose) = 'object'),
  prompt jsonb not null default '{}' check (jsonb_typeof(prompt) = 'object'),
  sides jsonb not null default '[]' check (jsonb_typeof(sides) = 'array' and jsonb_array_length(sides) <= 6),
  minutes smallint check (minutes between 1 and 240),
  state text not null default 'waiting' check (state in ('waiting','open','done')),
  ends_at timestamptz,
  primary key (session, position)
);
comment on table core.session_step is 'A step of a session: what is done, why, for how long, and with which question.';
comment on column core.session_step.session is '[inside] of which session';
comment on column core.session_step.position is '[inside] order';
comment on column core.session_step.kind is '[inside] what is done';
comment on column core.session_step.from_house is '[inside] name of the purpose and question of the house, written in every language: method.step; null has its own';
comment on column core.session_step.purpose is '[inside] what it is for, per language, where it differs from that of the house';
comment on column core.session_step.prompt is '[inside] the question, per language, where it differs from that of the house';
comment on column core.session_step.sides is '[inside] positions from which a dilemma is explored: [{language: text}]';
comment on column core.session_step.minutes is '[inside] how long it is meant to take';
comment on column core.session_step.state is '[inside] not yet, open, or done; what is done can be opened again';
comment on column core.session_step.ends_at is '[inside] when the timer rings; null has none';

create table core.room_phone (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  word_hash bytea not null unique check (length(word_hash) = 32),
  language text not null check (language ~ '^[a-z]{2}$'),
  beside text check (beside ~ '^[a-z]{2}$')
);
comment on table core.room_phone is 'A phone that came into a room. It is known by the fingerprint of a word that only the phone has. Gone two weeks after the close.';
comment on column core.room_phone.id is '[person] key; random, so that it tells no order';
comment on column core.room_phone.session is '[person] which room';
comment on column core.room_phone.word_hash is '[secret] SHA-256 of the word on the phone';
comment on column core.room_phone.language is '[person] language it reads in';
comment on column core.room_phone.beside is '[person] a second language it likes beside it';

create table core.participant (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  phone uuid not null references core.room_phone on delete cascade,
  called text check (length(called) between 1 and 60),
  role text check (role in ('newcomer','initiative','official','other')),
  state text not null default 'waiting' check (state in ('waiting','in','out','turned-away')),
  helps boolean not null default false
);
comment on table core.participant is 'Someone in a room, on their own phone or beside others on one. Not an account; gone with the phone.';
comment on column core.participant.id is '[person] key; random, so that it tells no order';
comment on column core.participant.session is '[person] which room';
comment on column core.participant.phone is '[person] which phone';
comment on column core.participant.called is '[person] how they wish to be called here; null is not said';
comment on column core.participant.role is '[person] as what they are here; null is not said';
comment on column core.participant.state is '[person] waits at the door, is in, went out, or was not let in';
comment on column core.participant.helps is '[person] whether the facilitator lets them type in paper cards';
create index participant_of on core.participant (session, state);
create index participant_on on core.participant (phone);

create table core.issue (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  number smallint not null,
  title jsonb not null check (jsonb_typeof(title) = 'object' and title <> '{}'),
  language text not null check (language ~ '^[a-z]{2}$'),
  themes text[] not null default '{}',
  ended boolean not null default false,
  unique (session, number)
);
comment on table core.issue is 'An issue the room sees in what was said: a heap of statements with a name.';
comment on column core.issue.id is '[open] lasting key';
comment on column core.issue.session is '[open] of which session';
comment on column core.issue.number is '[open] number in the room';
comment on column core.issue.title is '[open] its name, per language';
comment on column core.issue.language is '[open] language it was named in';
comment on column core.issue.themes is '[open] themes of the field it touches, as the facilitator says';
comment on column core.issue.ended is '[inside] whether the room let it go';

create table core.statement (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  number smallint not null,
  step smallint not null,
  form text not null check (form in ('statement','check-in','dilemma','harvest')),
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) <= 500),
  spoken boolean not null default false,
  side smallint,
  as_role text check (as_role in ('newcomer','initiative','official','other')),
  standing text not null default 'open' check (standing in ('open','held','protected','merged','withdrawn')),
  merged_into uuid references core.statement,
  why text check (length(why) between 1 and 300),
  issue uuid references core.issue on delete set null,
  on_paper boolean not null default false,
  unique (session, number),
  check (text <> '' or spoken),
  check ((standing = 'merged') = (merged_into is not null)),
  check (standing not in ('held','protected') or why is not null)
);
comment on table core.statement is 'Something said in a room. Who said it stands apart, and is gone when the phone is.';
comment on column core.statement.id is '[open] lasting key; random, so that it tells no order of phones';
comment on column core.statement.session is '[open] in which session';
comment on column core.statement.number is '[open] number in the room';
comment on column core.statement.step is '[inside] in which step';
comment on column core.statement.form is '[open] a statement to vote on, or an answer to a check-in, a dilemma or the harvest';
comment on column core.statement.language is '[open] language it was said in';
comment on column core.statement.text is '[open] the words; empty while a voice is not yet written down';
comment on column core.statement.spoken is '[inside] whether it was said by voice';
comment on column core.statement.side is '[inside] from which position a dilemma was looked at';
comment on column core.statement.as_role is '[inside] as what its author was there; only ever counted, never shown; emptied at the close where fewer than the smallest size had that role';
comment on column core.statement.standing is '[inside] open; held until its author or the facilitator looked; protected because it would harm someone; merged with one that says the same; withdrawn by its author';
comment on column core.statement.merged_into is '[inside] the one that says the same';
comment on column core.statement.why is '[inside] why it is held or protected, as its author reads it';
comment on column core.statement.issue is '[open] the issue the room laid it under';
comment on column core.statement.on_paper is '[inside] whether it came on a paper card';
create index statement_of on core.statement (session, standing);

create table core.statement_author (
  statement uuid primary key references core.statement on delete cascade,
  participant uuid not null references core.participant on delete cascade
);
comment on table core.statement_author is 'Who said it: seen by their own phone only, so that they keep track of it. Never exported.';
comment on column core.statement_author.statement is '[secret] which statement';
comment on column core.statement_author.participant is '[secret] who said it';
create index statement_author_is on core.statement_author (participant);

create table core.statement_rendering (
  id uuid primary key default gen_random_uuid(),
  statement uuid not null references core.statement on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 1 and 700),
  signed text check (length(signed) between 1 and 60),
  how text not null check (how in ('person','machine')),
  standing text not null default 'stands' check (standing in ('stands','replaced')),
  made_at timestamptz not null default now()
);
comment on table core.statement_rendering is 'A statement in another language, signed, and corrected by whoever knows better; the newest stands.';
comment on column core.statement_rendering.id is '[open] lasting key';
comment on column core.statement_rendering.statement is '[open] of what';
comment on column core.statement_rendering.language is '[open] in which language';
comment on column core.statement_rendering.text is '[open] the words';
comment on column core.statement_rendering.signed is '[open] how whoever rendered it is called; null is not said';
comment on column core.statement_rendering.how is '[open] by a person or as a draft of a machine';
comment on column core.statement_rendering.standing is '[open] stands, or was replaced by a newer one';
comment on column core.statement_rendering.made_at is '[inside] when';
create unique index statement_rendering_stands on core.statement_rendering (statement, language) where standing = 'stands';

create table core.room_voice (
  statement uuid primary key references core.statement on delete cascade,
  type text not null,
  bytes bytea not null check (length(bytes) <= 3000000),
  seconds real not null check (seconds between 0 and 125)
);
comment on table core.room_voice is 'The voice a statement was spoken in; heard in the room only, and gone at the close: a voice is known by those who know it.';
comment on column core.room_voice.statement is '[person] which statement';
comment on column core.room_voice.type is '[machine] kind of sound';
comment on column core.room_voice.bytes is '[person] the sound, made anew';
comment on column core.room_voice.seconds is '[person] how long';

create table core.voter (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  key_hash bytea unique check (length(key_hash) = 32),
  card smallint check (card between 1 and 9999),
  unique (session, card)
);
comment on table core.voter is 'A ballot. On a phone it is found by a fingerprint only that phone can make; nothing here says whose it is. At the close all are laid down anew, shuffled, without fingerprint or card number.';
comment on column core.voter.id is '[secret] key; random, and another one after the close';
comment on column core.voter.session is '[secret] which room';
comment on column core.voter.key_hash is '[secret] fingerprint of the ballot''s key; null on paper and after the close';
comment on column core.voter.card is '[secret] number of the paper card, so that it is never counted twice; null on a phone and after the close';

create table core.vote (
  voter uuid not null references core.voter on delete cascade,
  statement uuid not null references core.statement on delete cascade,
  vote smallint not null check (vote in (-1, 0, 1)),
  seq bigint not null default 0,
  primary key (voter, statement)
);
comment on table core.vote is 'What a ballot says of a statement: agree 1, disagree -1, pass 0. The latest counts.';
comment on column core.vote.voter is '[secret] which ballot';
comment on column core.vote.statement is '[secret] of which statement';
comment on column core.vote.vote is '[secret] agree 1, disagree -1, pass 0';
comment on column core.vote.seq is '[secret] a number the phone counts up, so that one sent late never passes a newer one; 0 after the close';
create index vote_on on core.vote (statement);

create table core.stone (
  voter uuid not null references core.voter on delete cascade,
  issue uuid not null references core.issue on delete cascade,
  stones smallint not null check (stones between 1 and 3),
  primary key (voter, issue)
);
comment on table core.stone is 'The three stones of a ballot, laid on the issues that matter most to it.';
comment on column core.stone.voter is '[secret] which ballot';
comment on column core.stone.issue is '[secret] on which issue';
comment on column core.stone.stones is '[secret] how many of the three';

create table core.room_group (
  session uuid not null references core.session on delete cascade,
  number smallint not null check (number between 1 and 60),
  called text check (length(called) between 1 and 60),
  primary key (session, number)
);
comment on table core.room_group is 'A small group in a room.';
comment on column core.room_group.session is '[inside] which room';
comment on column core.room_group.number is '[inside] number';
comment on column core.room_group.called is '[inside] name, such as its table';

create table core.room_group_seat (
  participant uuid primary key references core.participant on delete cascade,
  session uuid not null,
  number smallint not null,
  foreign key (session, number) references core.room_group on delete cascade
);
comment on table core.room_group_seat is 'Who sits in which small group; gone with the phone.';
comment on column core.room_group_seat.participant is '[person] who';
comment on column core.room_group_seat.session is '[person] which room';
comment on column core.room_group_seat.number is '[person] which group';

create table core.room_picture (
  session uuid not null references core.session on delete cascade,
  number smallint not null,
  people integer not null,
  votes integer not null,
  picture jsonb not null,
  at timestamptz not null default now(),
  primary key (session, number)
);
comment on table core.room_picture is 'The landscape of voices as it was shown. A next one is shown only when it differs by at least the smallest size of people.';
comment on column core.room_picture.session is '[inside] of which session';
comment on column core.room_picture.number is '[inside] the how many-eth picture';
comment on column core.room_picture.people is '[inside] how many ballots it rests on';
comment on column core.room_picture.votes is '[inside] how many votes it rests on';
comment on column core.room_picture.picture is '[inside] what is shown: only counts of the smallest size or more';
comment on column core.room_picture.at is '[inside] when it was shown';

create table core.minutes (
  session uuid primary key references core.session on delete cascade,
  body jsonb not null check (jsonb_typeof(body) = 'object'),
  drafted_at timestamptz not null default now(),
  share_from timestamptz,
  changed_at timestamptz not null default now()
);
comment on table core.minutes is 'The minutes of a session. They write themselves as a draft; everyone who was there may correct them before they are public.';
comment on column core.minutes.session is '[inside] of which session';
comment on column core.minutes.body is '[inside] sections with their texts';
comment on column core.minutes.drafted_at is '[inside] when the draft was made';
comment on column core.minutes.share_from is '[inside] when they may become public';
comment on column core.minutes.changed_at is '[inside] when they last changed';

create table core.minutes_remark (
  id uuid primary key default gen_random_uuid(),
  session uuid not null references core.session on delete cascade,
  section text not null check (length(section) between 1 and 80),
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 1 and 1000),
  standing text not null default 'asked' check (standing in ('asked','taken','beside')),
  answer text check (length(answer) between 1 and 500),
  made_at timestamptz not null default now()
);
comment on table core.minutes_remark is 'What someone who was there would correct in the minutes. It is taken over, or stands beside them as another view; it is never dropped.';
comment on column core.minutes_remark.id is '[inside] lasting key';
comment on column core.minutes_remark.session is '[inside] of which session';
comment on column core.minutes_remark.section is '[inside] about which section';
comment on column core.minutes_remark.language is '[inside] in which language';
comment on column core.minutes_remark.text is '[inside] the words';
comment on column core.minutes_remark.standing is '[inside] asked, taken over, or put beside';
comment on column core.minutes_remark.answer is '[inside] what the facilitator answers';
comment on column core.minutes_remark.made_at is '[inside] when';

create table core.session_note (
  session uuid not null references core.session on delete cascade,
  place smallint not null,
  kind text not null check (kind in ('question','insight','action','source','note')),
  texts jsonb not null check (jsonb_typeof(texts) = 'object' and texts <> '{}'),
  primary key (session, place)
);
comment on table core.session_note is 'What public sources tell of a gathering: its questions, what came out of it, what was agreed, and where it is told.';
comment on column core.session_note.session is '[open] of which session';
comment on column core.session_note.place is '[open] order';
comment on column core.session_note.kind is '[open] a question, an insight, something agreed, a source, a note';
comment on column core.session_note.texts is '[open] the words, per language; of a source its address or name under und';

create table core.room_event (
  session uuid not null references core.session on delete cascade,
  number bigint not null,
  kind text not null check (kind ~ '^[a-z-]{2,40}$'),
  about jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (session, number)
);
comment on table core.room_event is 'What happened in a room, in order, so that a phone that was away hears what it missed. Never who did it, and never a vote.';
comment on column core.room_event.session is '[inside] in which room';
comment on column core.room_event.number is '[inside] order';
comment on column core.room_event.kind is '[inside] what happened';
comment on column core.room_event.about is '[inside] keys of what it is about';
comment on column core.room_event.at is '[inside] when';

create table core.room_deed (
  phone uuid not null references core.room_phone on delete cascade,
  deed uuid not null,
  outcome jsonb not null default '{}',
  primary key (phone, deed)
);
comment on table core.room_deed is 'Deeds a phone sent, so that one that is sent twice over a bad line is done once. Never a vote.';
comment on column core.room_deed.phone is '[person] which phone';
comment on column core.room_deed.deed is '[person] key the phone gave it';
comment on column core.room_deed.outcome is '[person] what it was answered';

-- What is open.
create table pub.session (
  id uuid primary key, slug text not null unique, origin text not null, kind text not null, number smallint, title jsonb not null, purpose jsonb not null,
  language text not null, themes text[] not null, place text, municipality text, province text, held_on date, held_precision text, held_note text,
  starts_at timestamptz, minutes smallint, state text not null check (state in ('coming','held','called-off')), people integer, attendance jsonb not null,
  organisers jsonb not null, notes jsonb not null, minutes_body jsonb, picture jsonb, smallest smallint not null, shared_at timestamptz, confidence text
);
comment on table pub.session is 'A gathering anyone may know of.';
comment on column pub.session.id is '[open] lasting key';
comment on column pub.session.slug is '[open] name in the address';
comment on column pub.session.origin is '[open] held here or told by sources';
comment on column pub.session.kind is '[open] kind of gathering';
comment on column pub.session.number is '[open] number in its series';
comment on column pub.session.title is '[open] name per language';
comment on column pub.session.purpose is '[open] what it is for, per language';
comment on column pub.session.language is '[open] language of the facilitator';
comment on column pub.session.themes is '[open] themes';
comment on column pub.session.place is '[open] where, in words';
comment on column pub.session.municipality is '[open] municipality';
comment on column pub.session.province is '[open] province';
comment on column pub.session.held_on is '[open] day, as precise as known';
comment on column pub.session.held_precision is '[open] how precise';
comment on column pub.session.held_note is '[open] time in words';
comment on column pub.session.starts_at is '[open] when it begins';
comment on column pub.session.minutes is '[open] how long';
comment on column pub.session.state is '[open] is coming, was held, or was called off';
comment on column pub.session.people is '[open] how many people; null is not known or fewer than the smallest size';
comment on column pub.session.attendance is '[open] counts per role, of the smallest size or more';
comment on column pub.session.organisers is '[open] who invites: [{name, slug}]';
comment on column pub.session.notes is '[open] what sources tell: [{kind, texts}]';
comment on column pub.session.minutes_body is '[open] the minutes, once shared';
comment on column pub.session.picture is '[open] the last landscape that was shown, once the minutes are';
comment on column pub.session.smallest is '[open] smallest size of what is shown';
comment on column pub.session.shared_at is '[open] when the minutes became public';
comment on column pub.session.confidence is '[open] how sure the sources are';

create table pub.session_issue (
  id uuid primary key, session uuid not null references pub.session on delete cascade, number smallint not null, title jsonb not null, language text not null,
  themes text[] not null, statements smallint not null, stones integer, roles jsonb not null
);
comment on table pub.session_issue is 'An issue a room named, once its minutes are public.';
comment on column pub.session_issue.id is '[open] lasting key';
comment on column pub.session_issue.session is '[open] of which session';
comment on column pub.session_issue.number is '[open] number in the room';
comment on column pub.session_issue.title is '[open] name per language';
comment on column pub.session_issue.language is '[open] language it was named in';
comment on column pub.session_issue.themes is '[open] themes';
comment on column pub.session_issue.statements is '[open] how many statements lie under it';
comment on column pub.session_issue.stones is '[open] stones laid on it; null when fewer people than the smallest size laid any';
comment on column pub.session_issue.roles is '[open] which roles raised it, each only when at least the smallest size of people with that role was there: [role]';

create table pub.session_statement (
  id uuid primary key, session uuid not null references pub.session on delete cascade, number smallint not null, form text not null, language text not null,
  text text not null, renderings jsonb not null, issue uuid
);
comment on table pub.session_statement is 'Something said in a room, once its minutes are public. Never by whom.';
comment on column pub.session_statement.id is '[open] lasting key';
comment on column pub.session_statement.session is '[open] of which session';
comment on column pub.session_statement.number is '[open] number in the room';
comment on column pub.session_statement.form is '[open] statement, check-in, dilemma or harvest';
comment on column pub.session_statement.language is '[open] language';
comment on column pub.session_statement.text is '[open] words';
comment on column pub.session_statement.renderings is '[open] in other languages, signed: [{language, text, signed, how}]';
comment on column pub.session_statement.issue is '[open] issue it lies under';

-- Rights.
create function core.facilitates(of_session uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or (core.viewer_person() is not null and core.holds(array['facilitator'])
    and exists (select from core.session_facilitator f where f.session = of_session and f.person = core.viewer_person()))
$$;
comment on function core.facilitates is 'Whether who is asking leads this session. It is asked with a second factor.';

create function core.in_room(of_session uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.viewer_phone() is not null and exists (select from core.participant p where p.phone = core.viewer_phone() and p.session = of_session and p.state = 'in')
$$;
comment on function core.in_room is 'Whether someone on the phone that asks was let into this room and did not leave it.';

create function core.at_door(of_session uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.viewer_phone() is not null and exists (select from core.room_phone p where p.id = core.viewer_phone() and p.session = of_session)
$$;
comment on function core.at_door is 'Whether the phone that asks stands in or before this room.';

create function core.helps_in(of_session uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.facilitates(of_session) or exists (select from core.participant p where p.phone = core.viewer_phone() and p.session = of_session and p.state = 'in' and p.helps)
$$;
comment on function core.helps_in is 'Whether who is asking may type in paper cards in this room.';

create function core.is_mine(of_participant uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.participant p where p.id = of_participant and p.phone = core.viewer_phone())
$$;
comment on function core.is_mine is 'Whether this person in the room is on the phone that asks.';

-- Asked once for a whole page of statements, where the questions above would be asked for each of them.
create function core.rooms_entered() returns uuid[] stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce(array_agg(p.session), '{}') from core.participant p where p.phone = core.viewer_phone() and p.state = 'in'
$$;
comment on function core.rooms_entered() is 'The rooms someone on the phone that asks was let into and did not leave: one at most.';

create function core.rooms_led() returns uuid[] stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce(array_agg(f.session), '{}') from core.session_facilitator f where f.person = core.viewer_person() and core.holds(array['facilitator'])
$$;
comment on function core.rooms_led() is 'The sessions who is asking leads.';

create function core.said_by_me() returns uuid[] stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce(array_agg(a.statement), '{}') from core.statement_author a join core.participant p on p.id = a.participant where p.phone = core.viewer_phone()
$$;
comment on function core.said_by_me() is 'What people on the phone that asks said.';

create function core.open_phone(of_word bytea) returns table (phone uuid, session uuid) stable security definer set search_path = pg_catalog, core language sql as $$
  select p.id, p.session from core.room_phone p where p.word_hash = of_word
$$;
comment on function core.open_phone is 'Which phone has this word, by its fingerprint.';

create function core.room_called(of_code text) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select s.id from core.session s where s.code = of_code and s.state in ('lobby','live','paused')
$$;
comment on function core.room_called is 'The room that is open under this code, or null.';

create function core.room_behind(of_code text) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select s.id from core.session s where s.code = of_code and s.state in ('lobby','live','paused','closed','shared')
$$;
comment on function core.room_behind is 'The room this code belongs to, also after the close, for a phone that was in it; the house looks whether it was.';

create function core.people_in(of_session uuid) returns integer stable security definer set search_path = pg_catalog, core language sql as $$
  select count(*)::integer from core.participant p where p.session = of_session and p.state = 'in' and (core.facilitates(of_session) or core.at_door(of_session))
$$;
comment on function core.people_in is 'How many people are in this room, for who leads it or stands in or before it.';

create function core.tell_room(of_session uuid, of_kind text, of_about jsonb default '{}') returns bigint security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  n bigint;
begin
  if not (core.facilitates(of_session) or core.at_door(of_session)) then
    raise exception 'Only who is in the room tells the room.' using errcode = '42501';
  end if;
  update core.session s set last_event = s.last_event + 1 where s.id = of_session returning s.last_event into n;
  insert into core.room_event (session, number, kind, about) values (of_session, n, of_kind, of_about);
  perform pg_notify('room', of_session::text || ' ' || n::text || ' ' || of_kind);
  return n;
end $$;
comment on function core.tell_room is 'Writes down that something happened in the room, with the next number, and lets every process of the house hear it at the commit. Deeds of one room come in this order.';

create function core.count_votes(of_session uuid) returns table (statement uuid, number smallint, seen integer) stable security definer set search_path = pg_catalog, core language sql as $$
  select s.id, s.number, (select count(*)::integer from core.vote v where v.statement = s.id) from core.statement s
  where s.session = of_session and s.form = 'statement' and s.standing = 'open' and (core.facilitates(of_session) or core.in_room(of_session))
$$;
comment on function core.count_votes is 'How many people voted on each statement; never what.';

create function core.my_ballot(of_session uuid) returns table (statement uuid, vote smallint, seq bigint) stable security definer set search_path = pg_catalog, core language sql as $$
  select v.statement, v.vote, v.seq from core.vote v join core.voter b on b.id = v.voter where b.session = of_session and b.key_hash = core.viewer_ballot()
$$;
comment on function core.my_ballot is 'What the ballot that asks says already.';

create function core.cast_vote(of_session uuid, of_statement uuid, said smallint, counted bigint) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  ballot uuid;
  key bytea := core.viewer_ballot();
begin
  if key is null then
    raise exception 'Only a ballot votes.' using errcode = '42501';
  end if;
  -- Held until the commit, so that no vote comes after the close.
  perform from core.session s where s.id = of_session and s.state = 'live' for key share;
  if not found or not exists (select from core.statement x where x.id = of_statement and x.session = of_session and x.form = 'statement' and x.standing = 'open') then
    return false;
  end if;
  select b.id into ballot from core.voter b where b.key_hash = key and b.session = of_session;
  if ballot is null then
    insert into core.voter (session, key_hash) values (of_session, key) on conflict (key_hash) do nothing;
    select b.id into strict ballot from core.voter b where b.key_hash = key and b.session = of_session;
  end if;
  insert into core.vote as v (voter, statement, vote, seq) values (ballot, of_statement, said, counted)
    on conflict (voter, statement) do update set vote = excluded.vote, seq = excluded.seq where excluded.seq > v.seq;
  return true;
end $$;
comment on function core.cast_vote is 'Takes a vote of the ballot that asks, once, and the newest by the count of its phone; false when the room does not vote on it now.';

create function core.lay_stones(of_session uuid, of_issues uuid[], of_stones smallint[]) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  ballot uuid;
  key bytea := core.viewer_ballot();
begin
  if key is null then
    raise exception 'Only a ballot lays stones.' using errcode = '42501';
  end if;
  perform from core.session s where s.id = of_session and s.state = 'live' for key share;
  if not found or coalesce((select sum(n) from unnest(of_stones) n), 0) > 3 or cardinality(of_issues) <> cardinality(of_stones)
    or exists (select from unnest(of_issues) i where not exists (select from core.issue x where x.id = i and x.session = of_session and not x.ended)) then
    return false;
  end if;
  insert into core.voter (session, key_hash) values (of_session, key) on conflict (key_hash) do nothing;
  select b.id into strict ballot from core.voter b where b.key_hash = key and b.session = of_session for update;
  delete from core.stone s where s.voter = ballot;
  insert into core.stone (voter, issue, stones) select ballot, i, n from unnest(of_issues, of_stones) as x(i, n) where n > 0;
  return true;
end $$;
comment on function core.lay_stones is 'Lays the three stones of the ballot that asks, all anew; false when they are more than three or the room does not take them now.';

create function core.cast_card(of_session uuid, of_card smallint, of_statements uuid[], of_votes smallint[]) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  ballot uuid;
begin
  if not core.helps_in(of_session) then
    raise exception 'Only who helps types in paper cards.' using errcode = '42501';
  end if;
  perform from core.session s where s.id = of_session and s.state in ('live','paused') for key share;
  if not found or cardinality(of_statements) <> cardinality(of_votes) then
    return false;
  end if;
  insert into core.voter (session, card) values (of_session, of_card) on conflict (session, card) do nothing;
  select b.id into strict ballot from core.voter b where b.session = of_session and b.card = of_card for update;
  insert into core.vote as v (voter, statement, vote) select ballot, s, n from unnest(of_statements, of_votes) as x(s, n)
    where exists (select from core.statement y where y.id = s and y.session = of_session and y.form = 'statement' and y.standing = 'open')
    on conflict (voter, statement) do update set vote = excluded.vote;
  perform pg_notify('room-counts', of_session::text);
  return true;
end $$;
comment on function core.cast_card is 'Takes what stands on a paper card. The same number typed in again corrects that card and is never a second one.';

create function core.my_stones(of_session uuid) returns table (issue uuid, stones smallint) stable security definer set search_path = pg_catalog, core language sql as $$
  select s.issue, s.stones from core.stone s join core.voter b on b.id = s.voter where b.session = of_session and b.key_hash = core.viewer_ballot()
$$;
comment on function core.my_stones is 'Where the ballot that asks laid its stones.';

create function core.count_stones(of_session uuid) returns table (issue uuid, stones integer, people integer) stable security definer set search_path = pg_catalog, core language sql as $$
  select i.id, coalesce(sum(s.stones), 0)::integer, count(s.voter)::integer from core.issue i join core.session x on x.id = i.session left join core.stone s on s.issue = i.id
  where i.session = of_session and not i.ended and (core.facilitates(of_session) or core.in_room(of_session))
    and (select count(distinct z.voter) from core.stone z join core.issue y on y.id = z.issue where y.session = of_session) >= x.smallest
  group by i.id
$$;
comment on function core.count_stones is 'How many stones lie on each issue; no row while fewer people than the smallest size laid any.';

create function core.lay_ballots_down(of_session uuid) returns integer security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  were uuid[];
  become uuid[];
  vote_of uuid[]; vote_on uuid[]; vote_is smallint[];
  stone_of uuid[]; stone_on uuid[]; stone_is smallint[];
  shown_of uuid[]; shown_in smallint[]; shown_said jsonb[]; shown_voice smallint[];
begin
  if not core.facilitates(of_session) then
    raise exception 'Only who leads the session closes it.' using errcode = '42501';
  end if;
  -- Every ballot gets another key; all rows are written anew in an order drawn by lot, so that neither key, nor place, nor time joins them to a phone.
  select coalesce(array_agg(b.id), '{}'), coalesce(array_agg(gen_random_uuid()), '{}') into were, become from core.voter b where b.session = of_session;
  select array_agg(a.id order by x.lot), array_agg(x.statement order by x.lot), array_agg(x.vote order by x.lot) into vote_of, vote_on, vote_is
    from (select v.*, random() as lot from core.vote v where v.voter = any(were)) x join unnest(were, become) as a(was, id) on a.was = x.voter;
  select array_agg(a.id order by x.lot), array_agg(x.issue order by x.lot), array_agg(x.stones order by x.lot) into stone_of, stone_on, stone_is
    from (select s.*, random() as lot from core.stone s where s.voter = any(were)) x join unnest(were, become) as a(was, id) on a.was = x.voter;
  select array_agg(a.id order by x.lot), array_agg(x.number order by x.lot), array_agg(x.said order by x.lot), array_agg(x.voice order by x.lot) into shown_of, shown_in, shown_said, shown_voice
    from (select p.*, random() as lot from core.room_picture_ballot p where p.session = of_session) x join unnest(were, become) as a(was, id) on a.was = x.voter;
  delete from core.room_picture_ballot p where p.session = of_session;
  delete from core.voter b where b.session = of_session;
  insert into core.voter (id, session) select a.id, of_session from unnest(become) as a(id) order by random();
  insert into core.vote (voter, statement, vote, seq) select x.voter, x.statement, x.vote, 0 from unnest(vote_of, vote_on, vote_is) as x(voter, statement, vote);
  insert into core.stone (voter, issue, stones) select x.voter, x.issue, x.stones from unnest(stone_of, stone_on, stone_is) as x(voter, issue, stones);
  insert into core.room_picture_ballot (session, number, voter, said, voice) select of_session, x.number, x.voter, x.said, x.voice
    from unnest(shown_of, shown_in, shown_said, shown_voice) as x(voter, number, said, voice);
  return cardinality(become);
end $$;
comment on function core.lay_ballots_down is 'Takes away the only way from a phone to its ballot; answers how many ballots there are.';

create function core.lay_session_open(of_session uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.facilitates(of_session) then
    raise exception 'Only who leads the session lays it open.' using errcode = '42501';
  end if;
  delete from pub.session p where p.id = of_session;
  insert into pub.session
    select s.id, s.slug, s.origin, s.kind, s.number, s.title, s.purpose, s.language, s.themes, s.place, s.municipality, s.province,
      coalesce(s.held_on, (coalesce(s.began_at, s.closed_at) at time zone 'Europe/Amsterdam')::date),
      coalesce(s.held_precision, case when coalesce(s.began_at, s.closed_at) is not null then 'day' end), s.held_note,
      s.starts_at, s.minutes, case when s.state = 'called-off' then 'called-off' when s.state in ('closed','shared') then 'held' else 'coming' end,
      case when s.origin = 'sources' or (s.state = 'shared' and s.people >= s.smallest) then s.people end,
      coalesce((select jsonb_object_agg(a.key, a.value) from jsonb_each(s.attendance) a where s.state = 'shared' and (a.value)::text::integer >= s.smallest), '{}'),
      coalesce((select jsonb_agg(jsonb_build_object('name', coalesce(i.name, o.name), 'slug', i.slug) order by o.place) from core.session_organiser o
        left join pub.initiative i on i.id = o.initiative where o.session = s.id), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('kind', n.kind, 'texts', n.texts) order by n.place) from core.session_note n where n.session = s.id), '[]'),
      case when s.state = 'shared' then (select m.body from core.minutes m where m.session = s.id) end,
      case when s.state = 'shared' then (select p.picture from core.room_picture p where p.session = s.id order by p.number desc limit 1) end,
      s.smallest, s.shared_at, s.confidence
    from core.session s where s.id = of_session and (s.state = 'shared' or s.announced);
  insert into pub.session_issue
    select i.id, i.session, i.number, i.title, i.language, i.themes, (select count(*) from core.statement x where x.issue = i.id and x.standing = 'open'),
      (select sum(t.stones) from core.stone t where t.issue = i.id
        having (select count(distinct z.voter) from core.stone z join core.issue y on y.id = z.issue where y.session = s.id) >= s.smallest),
      coalesce((select jsonb_agg(distinct x.as_role) from core.statement x where x.issue = i.id and x.standing = 'open' and x.as_role is not null
        and coalesce((s.attendance ->> x.as_role)::integer, 0) >= s.smallest), '[]')
    from core.issue i join core.session s on s.id = i.session where s.id = of_session and s.state = 'shared' and not i.ended;
  insert into pub.session_statement
    select x.id, x.session, x.number, x.form, x.language, x.text,
      coalesce((select jsonb_agg(jsonb_build_object('language', r.language, 'text', r.text, 'signed', r.signed, 'how', r.how) order by r.language)
        from core.statement_rendering r where r.statement = x.id and r.standing = 'stands'), '[]'),
      (select i.id from pub.session_issue i where i.id = x.issue)
    from core.statement x join core.session s on s.id = x.session
    where s.id = of_session and s.state = 'shared' and x.standing = 'open' and x.text <> '' and x.form <> 'check-in';
end $$;
comment on function core.lay_session_open is 'Copies to the street what anyone may know of a session: an announcement, or the minutes once they are shared. What was held, protected, merged or withdrawn, check-ins and voices never leave the room.';

create function core.said_just_now(of_statement uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.statement s where s.id = of_statement and s.xmin = pg_current_xact_id()::xid)
$$;
comment on function core.said_just_now is 'Whether this was said in the transaction that asks: nobody becomes the author of what already stands.';

revoke all on function core.rooms_entered, core.rooms_led, core.said_by_me, core.said_just_now, core.facilitates, core.in_room, core.at_door, core.helps_in, core.is_mine, core.open_phone, core.room_called, core.room_behind, core.people_in, core.tell_room, core.count_votes, core.my_ballot,
  core.cast_vote, core.lay_stones, core.cast_card, core.my_stones, core.count_stones, core.lay_ballots_down, core.lay_session_open from public;
grant execute on function core.rooms_entered, core.rooms_led, core.said_by_me, core.said_just_now, core.facilitates, core.in_room, core.at_door, core.helps_in, core.is_mine, core.open_phone, core.room_called, core.room_behind, core.people_in, core.tell_room, core.count_votes, core.my_ballot,
  core.cast_vote, core.lay_stones, core.cast_card, core.my_stones, core.count_stones, core.lay_ballots_down, core.lay_session_open to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['method','session','session_facilitator','session_organiser','session_step','room_phone','participant','issue','statement','statement_author','statement_rendering',
    'room_voice','voter','vote','stone','room_group','room_group_seat','room_picture','minutes','minutes_remark','session_note','room_event','room_deed'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on core.%I to steppingstones_app', t);
  end loop;
  foreach t in array array['session','session_issue','session_statement'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
end $$;

-- Facilitators lead what is theirs; the room reads what it is in; a ballot has no table of its own to read.
create policy method_is_offered on core.method for select to steppingstones_app using ((select core.holds(array['facilitator'])));
create policy method_is_ones_own on core.method to steppingstones_app using (made_by = (select core.viewer_person()) and (select core.holds(array['facilitator'])))
  with check (made_by = (select core.viewer_person()) and (select core.holds(array['facilitator'])));
create policy session_is_begun on core.session for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and (select core.holds(array['facilitator'])) and origin = 'room' and state = 'preparing');
create policy session_is_entered on core.session for select to steppingstones_app using (core.at_door(id));
create policy session_is_led on core.session for update to steppingstones_app using (core.facilitates(id)) with check (core.facilitates(id) and origin = 'room');
create policy session_is_seen_by_who_leads on core.session for select to steppingstones_app using (core.facilitates(id));
-- What nobody ever came to may go; everything else stays as called off.
create policy session_is_dropped on core.session for delete to steppingstones_app using (core.facilitates(id) and state = 'preparing');
create policy session_is_ones_own on core.session for select to steppingstones_app using (made_by = (select core.viewer_person()) and (select core.holds(array['facilitator'])));
create policy session_facilitator_is_asked on core.session_facilitator for insert to steppingstones_app
  with check (core.facilitates(session) or (person = (select core.viewer_person()) and (select core.holds(array['facilitator']))
    and exists (select from core.session s where s.id = session and s.made_by = core.viewer_person())));
create policy session_facilitator_is_seen on core.session_facilitator for select to steppingstones_app using (core.facilitates(session));
create policy session_facilitator_leaves on core.session_facilitator for delete to steppingstones_app using (core.facilitates(session));
create policy session_organiser_is_led on core.session_organiser to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy session_step_is_led on core.session_step to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy session_step_is_seen on core.session_step for select to steppingstones_app using (core.at_door(session));
create policy session_note_is_led on core.session_note to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
-- Nobody but the phone itself reads its row; it is made by the house, which checks the code.
create policy room_phone_is_ones_own on core.room_phone for select to steppingstones_app using (id = (select core.viewer_phone()));
create policy room_phone_reads_otherwise on core.room_phone for update to steppingstones_app using (id = (select core.viewer_phone())) with check (id = (select core.viewer_phone()));
create policy participant_is_led on core.participant for select to steppingstones_app using (core.facilitates(session));
create policy participant_is_let_in on core.participant for update to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy participant_is_ones_own on core.participant to steppingstones_app using (phone = (select core.viewer_phone()))
  with check (phone = (select core.viewer_phone()));
create policy issue_is_led on core.issue to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy issue_is_named on core.issue for insert to steppingstones_app with check (core.in_room(session));
create policy issue_is_renamed on core.issue for update to steppingstones_app using (core.in_room(session)) with check (core.in_room(session));
create policy issue_is_seen on core.issue for select to steppingstones_app using (core.in_room(session));
create policy statement_is_led on core.statement for update to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy statement_is_brought on core.statement for insert to steppingstones_app with check (core.facilitates(session));
create policy statement_is_seen_by_who_leads on core.statement for select to steppingstones_app using (session = any ((select core.rooms_led())::uuid[]));
create policy statement_is_ones_own on core.statement for select to steppingstones_app using (id = any ((select core.said_by_me())::uuid[]));
create policy statement_is_said on core.statement for insert to steppingstones_app with check (core.in_room(session) and standing in ('open','held'));
create policy statement_is_seen on core.statement for select to steppingstones_app using (standing = 'open' and session = any ((select core.rooms_entered())::uuid[]));
create policy statement_author_is_ones_own on core.statement_author for select to steppingstones_app using (core.is_mine(participant));
create policy statement_author_says_so on core.statement_author for insert to steppingstones_app with check (core.is_mine(participant) and core.said_just_now(statement));
-- Who sees a statement in the room may say it in another language, and put a better rendering in the place of one.
create policy statement_rendering_is_made on core.statement_rendering for insert to steppingstones_app
  with check (exists (select from core.statement s where s.id = statement and (core.in_room(s.session) or core.facilitates(s.session))));
create policy statement_rendering_is_replaced on core.statement_rendering for update to steppingstones_app
  using (exists (select from core.statement s where s.id = statement and (core.in_room(s.session) or core.facilitates(s.session))));
create policy statement_rendering_is_seen on core.statement_rendering for select to steppingstones_app using (exists (select from core.statement s where s.id = statement));
create policy room_voice_is_heard on core.room_voice for select to steppingstones_app using (exists (select from core.statement s where s.id = statement));
create policy room_voice_is_spoken on core.room_voice for insert to steppingstones_app
  with check (exists (select from core.statement_author a where a.statement = room_voice.statement and core.is_mine(a.participant)));
create policy room_voice_is_led on core.room_voice for delete to steppingstones_app using (exists (select from core.statement s where s.id = statement and core.facilitates(s.session)));
create policy room_group_is_led on core.room_group to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy room_group_is_seen on core.room_group for select to steppingstones_app using (core.in_room(session));
create policy room_group_seat_is_led on core.room_group_seat to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy room_group_seat_is_ones_own on core.room_group_seat to steppingstones_app using (core.is_mine(participant)) with check (core.is_mine(participant) and core.in_room(session));
create policy room_picture_is_seen on core.room_picture for select to steppingstones_app using (core.facilitates(session) or core.in_room(session));
create policy minutes_is_drafted on core.minutes for insert to steppingstones_app with check (core.facilitates(session));
create policy minutes_is_led on core.minutes for update to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy minutes_is_seen_by_who_leads on core.minutes for select to steppingstones_app using (core.facilitates(session));
create policy minutes_is_seen on core.minutes for select to steppingstones_app using (core.in_room(session));
create policy minutes_remark_is_answered on core.minutes_remark for update to steppingstones_app using (core.facilitates(session)) with check (core.facilitates(session));
create policy minutes_remark_is_seen_by_who_leads on core.minutes_remark for select to steppingstones_app using (core.facilitates(session));
create policy minutes_remark_is_made on core.minutes_remark for insert to steppingstones_app with check (core.in_room(session) and standing = 'asked' and answer is null);
create policy minutes_remark_is_seen on core.minutes_remark for select to steppingstones_app using (core.in_room(session));
create policy room_event_is_heard on core.room_event for select to steppingstones_app using (core.at_door(session) or core.facilitates(session));
create policy room_deed_is_ones_own on core.room_deed to steppingstones_app using (phone = (select core.viewer_phone())) with check (phone = (select core.viewer_phone()));

-- A phone moves what lies in the room, but changes no words: grouping goes through one function.
create function core.lay_under(of_statement uuid, of_issue uuid) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  room uuid;
begin
  select s.session into room from core.statement s where s.id = of_statement and s.standing = 'open' and s.form <> 'check-in';
  if room is null or not (core.in_room(room) or core.facilitates(room)) or (of_issue is not null and not exists (select from core.issue i where i.id = of_issue and i.session = room and not i.ended)) then
    return false;
  end if;
  update core.statement s set issue = of_issue where s.id = of_statement;
  return true;
end $$;
comment on function core.lay_under is 'Lays a statement under an issue of its room, or under none; false when one of them is not there.';

create function core.withdraw_statement(of_statement uuid) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not exists (select from core.statement_author a where a.statement = of_statement and core.is_mine(a.participant)) then
    return false;
  end if;
  update core.statement s set standing = 'withdrawn', merged_into = null, why = null where s.id = of_statement;
  -- What others said and was laid with it stands by itself again.
  update core.statement s set standing = 'open', merged_into = null where s.merged_into = of_statement;
  delete from core.room_voice v where v.statement = of_statement;
  delete from pub.session_statement p where p.id = of_statement;
  return true;
end $$;
comment on function core.withdraw_statement is 'Lets the author take back what they said, also from the street when it lies there; false when it is not theirs.';
revoke all on function core.lay_under, core.withdraw_statement from public;
grant execute on function core.lay_under, core.withdraw_statement to steppingstones_app;

create function core.write_down(of_statement uuid, words text) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  update core.statement s set text = words where s.id = of_statement and s.spoken and s.text = ''
    and (core.helps_in(s.session) or exists (select from core.statement_author a where a.statement = s.id and core.is_mine(a.participant)));
  return found;
end $$;
comment on function core.write_down is 'Lets the author, or who helps in the room, write down what was spoken; false when it is not theirs or already written.';

create function core.keep_words() returns trigger language plpgsql as $$
begin
  if (old.text <> '' and new.text <> old.text) or new.language <> old.language or new.form <> old.form or new.session <> old.session or new.number <> old.number then
    raise exception 'What was said is not changed; it is held, joined or answered.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger statement_keeps_words before update on core.statement for each row execute function core.keep_words();

create function core.insist_on_door() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  how_open text;
begin
  if core.viewer_phone() is null then
    return new;
  end if;
  select s.door into how_open from core.session s join core.room_phone p on p.session = s.id where p.id = new.phone and s.id = new.session and s.state in ('lobby','live','paused','closed');
  if how_open is null then
    raise exception 'There is no such room to come into.' using errcode = '42501';
  end if;
  if tg_op = 'INSERT' then
    new.helps := false;
    new.state := case how_open when 'open' then 'in' else 'waiting' end;
  elsif new.helps <> old.helps or new.session <> old.session or new.phone <> old.phone
    or (new.state <> old.state and not ((old.state, new.state) in (('in','out'), ('waiting','out')) or (old.state = 'out' and new.state = case how_open when 'open' then 'in' else 'waiting' end))) then
    raise exception 'Only who leads the session lets someone in.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger participant_comes_by_the_door before insert or update on core.participant for each row execute function core.insist_on_door();
revoke all on function core.write_down from public;
grant execute on function core.write_down to steppingstones_app;

create function core.keep_statement_rendering() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'standing') <> (to_jsonb(old) - 'standing') then
    raise exception 'A rendering is replaced by another one, never changed.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger statement_rendering_keeps_words before update on core.statement_rendering for each row execute function core.keep_statement_rendering();

create function core.keep_minutes_remark() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['standing','answer']) <> (to_jsonb(old) - array['standing','answer']) then
    raise exception 'A remark is answered, never changed.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger minutes_remark_keeps_words before update on core.minutes_remark for each row execute function core.keep_minutes_remark();

create function core.next_number(of_session uuid, of_what text) returns smallint security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not (core.in_room(of_session) or core.facilitates(of_session)) then
    raise exception 'Only who is in the room adds to it.' using errcode = '42501';
  end if;
  -- One at a time in one room, also past what the phone itself may not see.
  perform from core.session s where s.id = of_session for no key update;
  return case of_what
    when 'statement' then coalesce((select max(s.number) from core.statement s where s.session = of_session), 0) + 1
    when 'issue' then coalesce((select max(i.number) from core.issue i where i.session = of_session), 0) + 1
  end;
end $$;
comment on function core.next_number is 'The next number of a statement or an issue in this room; whoever else asks waits until this transaction is over.';

create function core.count_seats(of_session uuid) returns table (number smallint, seats integer) stable security definer set search_path = pg_catalog, core language sql as $$
  select g.number, (select count(*)::integer from core.room_group_seat z join core.participant p on p.id = z.participant and p.state = 'in'
    where z.session = g.session and z.number = g.number)
  from core.room_group g where g.session = of_session and (core.in_room(of_session) or core.facilitates(of_session))
$$;
comment on function core.count_seats is 'How many people sit in each small group; never who.';
revoke all on function core.next_number, core.count_seats from public;
grant execute on function core.next_number, core.count_seats to steppingstones_app;
