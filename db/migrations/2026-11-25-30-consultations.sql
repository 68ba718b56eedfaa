-- Consultations: a government asks a pool of experts by experience. What the pool advises is read by nobody of the client before it is
-- handed over; from then on it is open to everyone, and so are the answer and the days without one.

create table core.consultation (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  pool uuid not null references core.pool,
  client_name text not null check (length(client_name) between 2 and 200),
  client_initiative uuid references core.initiative on delete set null,
  client_scope_kind text check (client_scope_kind in ('all','province','municipality')),
  client_scope_id text not null default '' check (length(client_scope_id) <= 80),
  title text not null check (length(title) between 3 and 120),
  question text not null check (length(question) between 10 and 1500),
  may_change text not null check (length(may_change) between 10 and 1000),
  language text not null check (language ~ '^[a-z]{2}$'),
  deadline date not null,
  budget_cents integer not null check (budget_cents between 0 and 100000000),
  state text not null default 'asked' check (state in ('asked','declined','withdrawn','underway','stopped','advised','answered','followed')),
  why text check (length(why) between 3 and 1000),
  home text not null check (home ~ '^https?://' and length(home) <= 200),
  asked_by uuid references core.person on delete set null,
  asked_on date not null,
  decided_on date,
  check ((client_scope_kind is not null and client_scope_kind <> 'all') = (client_scope_id <> '')),
  check (state not in ('declined','stopped') or why is not null)
);
comment on table core.consultation is 'A question that a government or institution asks of a pool of experts by experience, and how far it is.';
comment on column core.consultation.id is '[inside] lasting key';
comment on column core.consultation.slug is '[open] name in the address of its advice, once that is handed over';
comment on column core.consultation.pool is '[open] which pool is asked';
comment on column core.consultation.client_name is '[open] who asks: the name of the institution';
comment on column core.consultation.client_initiative is '[open] its entry in the field; null has none';
comment on column core.consultation.client_scope_kind is '[inside] where partners act for the client; null is only who was entrusted by word and who keeps its entry';
comment on column core.consultation.client_scope_id is '[inside] which province or municipality that is';
comment on column core.consultation.title is '[open] what it is called';
comment on column core.consultation.question is '[open] what is asked';
comment on column core.consultation.may_change is '[open] what the answer may change';
comment on column core.consultation.language is '[open] language it is asked in';
comment on column core.consultation.deadline is '[open] by when the client needs advice';
comment on column core.consultation.budget_cents is '[inside] how much money there is for the hours of experts, in cents';
comment on column core.consultation.state is '[inside] how far it is; says nothing of the advice before that is handed over';
comment on column core.consultation.why is '[inside] why it was declined or stopped';
comment on column core.consultation.home is '[machine] address of the house, under which the links in the letters open';
comment on column core.consultation.asked_by is '[person] who asked';
comment on column core.consultation.asked_on is '[open] when it was asked';
comment on column core.consultation.decided_on is '[inside] when the pool took it or declined it';
create index consultation_of on core.consultation (pool, state);

create table core.consultation_client (
  consultation uuid not null references core.consultation on delete cascade,
  person uuid not null references core.person on delete cascade,
  since date not null,
  left_on date,
  primary key (consultation, person)
);
comment on table core.consultation_client is 'Who acts for the client: who asked, and whom they gave a word. Who stopped stays in it: they know of no advice early.';
comment on column core.consultation_client.consultation is '[inside] of which consultation';
comment on column core.consultation_client.person is '[person] who';
comment on column core.consultation_client.since is '[inside] since when';
comment on column core.consultation_client.left_on is '[inside] when they stopped acting for it';

create table vault.client_word (
  word_hash bytea primary key check (length(word_hash) = 32),
  consultation uuid not null references core.consultation on delete cascade,
  until_day date not null
);
comment on table vault.client_word is 'Words by which a colleague of the client comes to act for it; each opens once.';
comment on column vault.client_word.word_hash is '[secret] SHA-256 of the word; the word itself is nowhere';
comment on column vault.client_word.consultation is '[secret] of which consultation';
comment on column vault.client_word.until_day is '[secret] last day on which it opens';

create table core.consultation_expert (
  id uuid primary key default gen_random_uuid(),
  consultation uuid not null references core.consultation on delete cascade,
  expert uuid not null references core.pool_expert on delete cascade,
  called text check (length(called) between 1 and 80),
  since date not null,
  left_on date,
  taken_back_on date,
  unique (consultation, expert)
);
comment on table core.consultation_expert is 'An expert of the pool who takes part in a consultation, under the name they choose for it.';
comment on column core.consultation_expert.id is '[person] key in this consultation only; random, so that it tells no order';
comment on column core.consultation_expert.consultation is '[person] which consultation';
comment on column core.consultation_expert.expert is '[person] which expert of the pool';
comment on column core.consultation_expert.called is '[person] how they are called in this advice; null is without a name';
comment on column core.consultation_expert.since is '[person] since when';
comment on column core.consultation_expert.left_on is '[person] when they stopped taking part';
comment on column core.consultation_expert.taken_back_on is '[person] when they took name and words back';

create table core.consultation_meeting (
  consultation uuid not null references core.consultation on delete cascade,
  session uuid not null unique references core.session on delete cascade,
  number smallint not null check (number > 0),
  primary key (consultation, number)
);
comment on table core.consultation_meeting is 'A session in which experts met for a consultation.';
comment on column core.consultation_meeting.consultation is '[inside] for which consultation';
comment on column core.consultation_meeting.session is '[inside] which session';
comment on column core.consultation_meeting.number is '[inside] order';

create table core.consultation_assignment (
  id uuid primary key default gen_random_uuid(),
  consultation uuid not null references core.consultation on delete cascade,
  expert uuid not null references core.consultation_expert on delete cascade,
  what text not null check (length(what) between 3 and 500),
  hours real not null check (hours > 0 and hours <= 100),
  by_day date not null,
  state text not null default 'asked' check (state in ('asked','taken','done','let-go')),
  outcome text check (length(outcome) between 1 and 1000),
  telling uuid references core.telling on delete set null,
  made_on date not null
);
comment on table core.consultation_assignment is 'Work between two meetings: who does what, in how many hours; such as an interview, which is a telling with its own consent.';
comment on column core.consultation_assignment.id is '[inside] lasting key';
comment on column core.consultation_assignment.consultation is '[inside] for which consultation';
comment on column core.consultation_assignment.expert is '[person] who does it';
comment on column core.consultation_assignment.what is '[inside] what';
comment on column core.consultation_assignment.hours is '[inside] in how many hours, which are paid';
comment on column core.consultation_assignment.by_day is '[inside] by when';
comment on column core.consultation_assignment.state is '[inside] asked, taken, done, or let go without a reason asked';
comment on column core.consultation_assignment.outcome is '[inside] what came of it, in words';
comment on column core.consultation_assignment.telling is '[person] the telling it led to, when its teller allows quoting it in reports';
comment on column core.consultation_assignment.made_on is '[inside] since when';

create table core.advice (
  consultation uuid primary key references core.consultation on delete cascade,
  state text not null default 'draft' check (state in ('draft','before-all','agreed','handed-over')),
  round smallint not null default 0,
  until_day date,
  agreed_on date,
  keeper_signed uuid references core.person on delete set null,
  expert_signed uuid references core.consultation_expert on delete set null,
  handed_on date,
  words text,
  hash bytea check (length(hash) = 32),
  taken_back_on date,
  told_on date,
  reminded_on date,
  check (state <> 'before-all' or until_day is not null),
  check ((state = 'handed-over') = (hash is not null and handed_on is not null)),
  check (words is null or sha256(convert_to(words, 'UTF8')) = hash),
  check (state <> 'handed-over' or (words is null) = (taken_back_on is not null))
);
comment on table core.advice is 'The advice of a consultation, until it is handed over known to the pool alone.';
comment on column core.advice.consultation is '[inside] of which consultation';
comment on column core.advice.state is '[inside] draft, before all experts, agreed, or handed over';
comment on column core.advice.round is '[inside] how many times it was laid before all';
comment on column core.advice.until_day is '[inside] last day on which experts can say what they think of it';
comment on column core.advice.agreed_on is '[inside] when it was agreed';
comment on column core.advice.keeper_signed is '[person] the keeper who hands it over';
comment on column core.advice.expert_signed is '[person] the expert who hands it over';
comment on column core.advice.handed_on is '[open] when it was handed over';
comment on column core.advice.words is '[open] the whole advice as it was handed over; gone as soon as someone takes name or words back';
comment on column core.advice.hash is '[open] SHA-256 of those words';
comment on column core.advice.taken_back_on is '[open] since when the words are no longer whole, because someone took name or words back';
comment on column core.advice.told_on is '[machine] when the client was told';
comment on column core.advice.reminded_on is '[machine] when the client was last reminded';

create table core.advice_point (
  id uuid primary key default gen_random_uuid(),
  consultation uuid not null references core.advice on delete cascade,
  number smallint not null check (number > 0),
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 3 and 1000),
  unique (consultation, number)
);
comment on table core.advice_point is 'One point of an advice.';
comment on column core.advice_point.id is '[open] lasting key, from the handover on';
comment on column core.advice_point.consultation is '[inside] of which consultation';
comment on column core.advice_point.number is '[open] order';
comment on column core.advice_point.language is '[open] language of the words';
comment on column core.advice_point.text is '[open] what is advised';

create table core.advice_voice (
  id uuid primary key default uuidv7(),
  point uuid not null references core.advice_point on delete cascade,
  kind text not null check (kind in ('own','statement','quote')),
  expert uuid references core.consultation_expert on delete cascade,
  language text check (language ~ '^[a-z]{2}$'),
  text text check (length(text) between 1 and 1000),
  statement uuid references core.statement on delete cascade,
  quote uuid references core.quote on delete cascade,
  check ((kind = 'own') = (text is not null and language is not null and expert is not null)),
  check ((kind = 'statement') = (statement is not null)),
  check ((kind = 'quote') = (quote is not null)),
  unique (point, statement),
  unique (point, quote)
);
comment on table core.advice_voice is 'A voice behind a point: an expert in their own words, a statement of a meeting, or a quote of a telling.';
comment on column core.advice_voice.id is '[inside] lasting key';
comment on column core.advice_voice.point is '[inside] behind which point';
comment on column core.advice_voice.kind is '[inside] own words, a statement, or a quote';
comment on column core.advice_voice.expert is '[person] whose own words';
comment on column core.advice_voice.language is '[inside] language of the own words';
comment on column core.advice_voice.text is '[person] the own words';
comment on column core.advice_voice.statement is '[inside] which statement';
comment on column core.advice_voice.quote is '[inside] which quote';

create table core.advice_dissent (
  point uuid not null references core.advice_point on delete cascade,
  expert uuid not null references core.consultation_expert on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 1 and 1000),
  primary key (point, expert)
);
comment on table core.advice_dissent is 'That an expert sees a point otherwise, and why. It goes along with the advice.';
comment on column core.advice_dissent.point is '[inside] which point';
comment on column core.advice_dissent.expert is '[person] who';
comment on column core.advice_dissent.language is '[inside] language of the words';
comment on column core.advice_dissent.text is '[person] why';

create table core.advice_word (
  consultation uuid not null references core.advice on delete cascade,
  round smallint not null,
  expert uuid not null references core.consultation_expert on delete cascade,
  said text not null check (said in ('yes','yes-with','not-yet')),
  language text check (language ~ '^[a-z]{2}$'),
  text text check (length(text) between 1 and 1000),
  day date not null,
  primary key (consultation, round, expert),
  check ((said = 'yes') = (text is null) and (text is null) = (language is null))
);
comment on table core.advice_word is 'What an expert says of the whole advice when it is laid before all: yes, yes with this beside it, or not yet because.';
comment on column core.advice_word.consultation is '[inside] of which consultation';
comment on column core.advice_word.round is '[inside] the how many-eth time';
comment on column core.advice_word.expert is '[person] who';
comment on column core.advice_word.said is '[person] yes, yes with something beside it, or not yet';
comment on column core.advice_word.language is '[inside] language of the words';
comment on column core.advice_word.text is '[person] what stands beside it, or why not yet';
comment on column core.advice_word.day is '[inside] when';

create table core.advice_answer (
  id uuid primary key default uuidv7(),
  point uuid not null references core.advice_point on delete cascade,
  said text not null check (said in ('done','in-part','not','deciding')),
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 3 and 1500),
  until_day date,
  day date not null,
  check ((said = 'deciding') = (until_day is not null)),
  check (until_day > day and until_day <= day + 366)
);
comment on table core.advice_answer is 'What the client answers to a point; a later answer stands beside the former and never replaces it.';
comment on column core.advice_answer.id is '[open] lasting key';
comment on column core.advice_answer.point is '[open] to which point';
comment on column core.advice_answer.said is '[open] done, in part, not because, or still deciding';
comment on column core.advice_answer.language is '[open] language of the words';
comment on column core.advice_answer.text is '[open] what was done, or why not';
comment on column core.advice_answer.until_day is '[open] until when it is still deciding';
comment on column core.advice_answer.day is '[open] when';
create index advice_answer_of on core.advice_answer (point, id);

create table core.advice_judgement (
  consultation uuid not null references core.advice on delete cascade,
  expert uuid not null references core.consultation_expert on delete cascade,
  said text not null check (said in ('yes','in-part','no')),
  language text check (language ~ '^[a-z]{2}$'),
  text text check (length(text) between 1 and 1000),
  day date not null,
  primary key (consultation, expert),
  check ((text is null) = (language is null))
);
comment on table core.advice_judgement is 'Whether an expert finds that the client answered. It stands beside the answer; neither takes the other away.';
comment on column core.advice_judgement.consultation is '[open] of which consultation';
comment on column core.advice_judgement.expert is '[person] who';
comment on column core.advice_judgement.said is '[open] yes, in part, or no';
comment on column core.advice_judgement.language is '[open] language of the words';
comment on column core.advice_judgement.text is '[open] in own words';
comment on column core.advice_judgement.day is '[open] when';

create table core.advice_follow_up (
  consultation uuid not null references core.advice on delete cascade,
  months smallint not null check (months in (3, 6, 12)),
  due_on date not null,
  asked_on date,
  primary key (consultation, months)
);
comment on table core.advice_follow_up is 'The days on which both sides are asked how it stands: 3, 6 and 12 months after the handover.';
comment on column core.advice_follow_up.consultation is '[open] of which consultation';
comment on column core.advice_follow_up.months is '[open] how many months after the handover';
comment on column core.advice_follow_up.due_on is '[open] which day that is';
comment on column core.advice_follow_up.asked_on is '[open] when both sides were asked';

create table core.advice_news (
  id uuid primary key default gen_random_uuid(),
  consultation uuid not null,
  months smallint not null,
  expert uuid references core.consultation_expert on delete cascade,
  said text not null check (said in ('moved','still','turned-back')),
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 3 and 1000),
  day date not null,
  foreign key (consultation, months) references core.advice_follow_up on delete cascade,
  unique nulls not distinct (consultation, months, expert)
);
comment on table core.advice_news is 'How it stands some months later, as the client tells it and as an expert tells it, side by side.';
comment on column core.advice_news.id is '[open] lasting key';
comment on column core.advice_news.consultation is '[open] of which consultation';
comment on column core.advice_news.months is '[open] how many months after the handover';
comment on column core.advice_news.expert is '[person] which expert tells it; null is the client';
comment on column core.advice_news.said is '[open] it moved, it stands still, or it was turned back';
comment on column core.advice_news.language is '[open] language of the words';
comment on column core.advice_news.text is '[open] in words';
comment on column core.advice_news.day is '[open] when';

-- What is open, from the handover on.
create table pub.advice (
  id uuid primary key, slug text not null unique, pool text not null, pool_name jsonb not null, client_name text not null, client_slug text, title text not null, question text not null,
  may_change text not null, language text not null, asked_on date not null, deadline date not null, handed_on date not null, state text not null, hash text not null, words text,
  taken_back_on date, experts jsonb not null, beside jsonb not null, judgements jsonb not null, follow_ups jsonb not null, changed_at timestamptz not null
);
comment on table pub.advice is 'An advice of a pool, from the day it was handed over, with the answer and what experts say of that.';
comment on column pub.advice.id is '[open] lasting key';
comment on column pub.advice.slug is '[open] name in the address';
comment on column pub.advice.pool is '[open] name in the address of the pool';
comment on column pub.advice.pool_name is '[open] name of the pool, per language';
comment on column pub.advice.client_name is '[open] who asked';
comment on column pub.advice.client_slug is '[open] its entry in the field; null has none, or none that is open';
comment on column pub.advice.title is '[open] what it is called';
comment on column pub.advice.question is '[open] what was asked';
comment on column pub.advice.may_change is '[open] what the answer may change';
comment on column pub.advice.language is '[open] language it was asked in';
comment on column pub.advice.asked_on is '[open] when it was asked';
comment on column pub.advice.deadline is '[open] by when it was needed';
comment on column pub.advice.handed_on is '[open] when it was handed over';
comment on column pub.advice.state is '[open] advised, answered or followed';
comment on column pub.advice.hash is '[open] SHA-256 of the words as they were handed over, in hexadecimal';
comment on column pub.advice.words is '[open] those words, as long as nobody took anything back';
comment on column pub.advice.taken_back_on is '[open] since when the words are no longer whole';
comment on column pub.advice.experts is '[open] experts who wish their name there: [name]';
comment on column pub.advice.beside is '[open] what experts say of the whole: [{said, called, language, text}]';
comment on column pub.advice.judgements is '[open] whether experts find it answered: [{said, called, language, text, day}]';
comment on column pub.advice.follow_ups is '[open] how it stood later: [{months, dueOn, askedOn, told: [{side, called, said, language, text, day}]}]';
comment on column pub.advice.changed_at is '[open] when it last changed';

create table pub.advice_point (
  id uuid primary key, advice uuid not null references pub.advice on delete cascade, number smallint not null, language text not null, text text not null,
  voices jsonb not null, dissent jsonb not null, answers jsonb not null
);
comment on table pub.advice_point is 'A point of an advice, with the voices behind it, who sees it otherwise, and what the client answered.';
comment on column pub.advice_point.id is '[open] lasting key';
comment on column pub.advice_point.advice is '[open] of which advice';
comment on column pub.advice_point.number is '[open] order';
comment on column pub.advice_point.language is '[open] language of the words';
comment on column pub.advice_point.text is '[open] what is advised';
comment on column pub.advice_point.voices is '[open] voices behind it: [{kind, called, language, text, meeting, number}]';
comment on column pub.advice_point.dissent is '[open] who sees it otherwise: [{called, language, text}]';
comment on column pub.advice_point.answers is '[open] what the client answered, the oldest first: [{said, language, text, untilDay, day}]';

-- Who is who. Whoever acts for the client is the client, whatever else they are.
create function core.client_is(of_consultation uuid, of_person uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select of_person is not null and exists (select from core.consultation c where c.id = of_consultation and (
    exists (select from core.consultation_client p where p.consultation = c.id and p.person = of_person and p.left_on is null)
    or exists (select from core.role_grant g where g.person_id = of_person and g.ended_on is null and core.today() >= g.from_day and core.today() < g.until_day and (
      (g.role = 'partner' and c.client_scope_kind is not null and (g.scope_kind = 'all' or (g.scope_kind = c.client_scope_kind and g.scope_id = c.client_scope_id)))
      or (g.role = 'member' and g.scope_id = core.lives_on_in(c.client_initiative)::text)))))
$$;
comment on function core.client_is is 'Whether this person acts for the client of a consultation today: by word, as its partner, or as a keeper of its entry.';

-- A role that one lays down oneself opens nothing: who was the client on any day since it asked, is kept out of its advice for good.
create function core.was_client(of_consultation uuid, of_person uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select of_person is not null and (core.client_is(of_consultation, of_person) or exists (select from core.consultation c where c.id = of_consultation and (
    c.asked_by = of_person or exists (select from core.consultation_client p where p.consultation = c.id and p.person = of_person)
    or exists (select from core.role_grant g where g.person_id = of_person and g.from_day <= core.today() and g.until_day > c.asked_on and (g.ended_on is null or g.ended_on >= c.asked_on) and (
      (g.role = 'partner' and c.client_scope_kind is not null and (g.scope_kind = 'all' or (g.scope_kind = c.client_scope_kind and g.scope_id = c.client_scope_id)))
      or (g.role = 'member' and g.scope_id in (c.client_initiative::text, core.lives_on_in(c.client_initiative)::text)))))))
$$;
comment on function core.was_client is 'Whether this person acted for the client of a consultation on any day since it was asked, also when they do no more.';

create function core.is_client(of_consultation uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.client_is(of_consultation, core.viewer_person())
$$;
comment on function core.is_client is 'Whether who is asking acts for the client of this consultation.';

create function core.guides(of_consultation uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.viewer_person() is not null and not core.was_client(of_consultation, core.viewer_person())
    and exists (select from core.consultation c where c.id = of_consultation and core.keeps_pool(c.pool))
$$;
comment on function core.guides is 'Whether who is asking keeps the pool of this consultation and never was its client since it asked.';

create function core.counsel_of(of_consultation uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select e.id from core.consultation_expert e join core.pool_expert p on p.id = e.expert
  where e.consultation = of_consultation and p.person_id = core.viewer_person() and e.left_on is null and not core.was_client(of_consultation, p.person_id)
$$;
comment on function core.counsel_of is 'As which expert who is asking takes part in this consultation; null is not at all. Who is or was the client takes part in none of their own.';

create function core.advises(of_consultation uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.guides(of_consultation) or core.counsel_of(of_consultation) is not null
$$;
comment on function core.advises is 'Whether who is asking may know of the advice before it is handed over: its experts and the keepers of the pool, and never the client.';

create function core.advice_state(of_consultation uuid) returns text stable security definer set search_path = pg_catalog, core language sql as $$
  select a.state from core.advice a where a.consultation = of_consultation and (core.is_operator() or core.advises(of_consultation))
$$;
comment on function core.advice_state is 'How far an advice is, for who may know of it.';

create function core.handed_over(of_consultation uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.advice a where a.consultation = of_consultation and a.state = 'handed-over')
$$;
comment on function core.handed_over is 'Whether the advice of a consultation was handed over, which anyone may know from then on.';

create function core.point_of(of_point uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select p.consultation from core.advice_point p where p.id = of_point and (core.is_operator() or core.handed_over(p.consultation) or core.advises(p.consultation))
$$;
comment on function core.point_of is 'Of which consultation a point is, for who may know of it.';

create function core.may_ask_pool(as_kind text, as_id text, as_initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core, pub language sql as $$
  select (as_kind is null or core.holds_in(array['partner'], as_kind, as_id))
    and (as_kind is not null or core.holds_in(array['member'], 'initiative', as_initiative::text))
    and (as_initiative is null or exists (select from pub.initiative_period p where p.initiative_id = as_initiative
      and p.kind in ('municipality','province','national-institution','knowledge-institution','housing-corporation','fund') and (as_kind is null or p.kind in ('municipality','province','national-institution'))))
    and (as_kind is not null or as_initiative is not null)
$$;
comment on function core.may_ask_pool is 'Whether who is asking may ask pools in the name of this place or institution.';

create function core.fits_meeting(of_consultation uuid, of_session uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.facilitates(of_session) and exists (select from core.session s where s.id = of_session and s.state <> 'shared' and not s.announced)
    and not exists (select from core.session_facilitator f where f.session = of_session and core.was_client(of_consultation, f.person))
$$;
comment on function core.fits_meeting is 'Whether a session can be a meeting of a consultation: who asks leads it, nobody of the client leads it along, and nothing of it stands in the street.';

-- Who is or was the client leads no meeting for the advice before that is handed over, also who was let in to lead it along.
create function core.hears_too_early(of_session uuid, of_person uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.consultation_meeting m where m.session = of_session and core.was_client(m.consultation, of_person) and not core.handed_over(m.consultation))
$$;
comment on function core.hears_too_early is 'Whether a session is a meeting for an advice that this person may not know of yet, because they act or acted for its client.';

create or replace function core.rooms_led() returns uuid[] stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce(array_agg(f.session), '{}') from core.session_facilitator f
  where f.person = core.viewer_person() and core.holds(array['facilitator']) and not core.hears_too_early(f.session, f.person)
$$;

create or replace function core.facilitates(of_session uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or (core.viewer_person() is not null and core.holds(array['facilitator'])
    and exists (select from core.session_facilitator f where f.session = of_session and f.person = core.viewer_person())
    and not core.hears_too_early(of_session, core.viewer_person()))
$$;
comment on function core.facilitates is 'Whether who is asking leads this session. It is asked with a second factor; a client leads no meeting of its own advice before that is handed over.';

create function core.meets_quietly(of_session uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.consultation_meeting m join core.consultation c on c.id = m.consultation where m.session = of_session and c.state = 'underway')
    and core.facilitates(of_session)
$$;
comment on function core.meets_quietly is 'Whether a session is a meeting for an advice that is not handed over yet, for who leads it.';

create function core.keep_meeting_quiet() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if exists (select from core.consultation_meeting m join core.consultation c on c.id = m.consultation where m.session = new.id and c.state = 'underway') then
    raise exception 'A meeting for an advice is not announced nor shared before that is handed over.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger session_stays_quiet before update on core.session for each row
  when ((new.announced and not old.announced) or (new.state = 'shared' and old.state <> 'shared')) execute function core.keep_meeting_quiet();

create function core.link_quiet_meeting() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  is_open boolean;
begin
  -- Held until the end, so that nobody announces or shares it meanwhile.
  select s.announced or s.state = 'shared' into is_open from core.session s where s.id = new.session for update;
  if is_open then
    raise exception 'What is announced or shared is no meeting for an advice.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger consultation_meeting_is_quiet before insert on core.consultation_meeting for each row execute function core.link_quiet_meeting();

create function core.fits_expert(of_consultation uuid, of_expert uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.consultation c join core.pool_expert e on e.pool = c.pool
    where c.id = of_consultation and e.id = of_expert and e.state in ('in','resting') and not core.was_client(of_consultation, e.person_id))
$$;
comment on function core.fits_expert is 'Whether an expert of the pool can take part in a consultation: not when they act or acted for its client.';

create function core.experts_of(of_consultation uuid) returns table (id uuid) stable security definer set search_path = pg_catalog, core language sql as $$
  select e.id from core.consultation_expert e join core.pool_expert p on p.id = e.expert
  where e.consultation = of_consultation and e.left_on is null and not core.was_client(of_consultation, p.person_id) and (core.is_operator() or core.advises(of_consultation))
$$;
comment on function core.experts_of is 'The experts whose word counts in a consultation, for who takes part: who did not stop and never acted for its client since it asked.';

create function core.called_in_pool(of_consultation uuid) returns table (id uuid, called text) stable security definer set search_path = pg_catalog, core language sql as $$
  select e.id, p.called from core.consultation_expert e join core.pool_expert p on p.id = e.expert
  where e.consultation = of_consultation and e.called is null and e.taken_back_on is null and (core.is_operator() or core.advises(of_consultation))
$$;
comment on function core.called_in_pool is 'How experts who chose no name in a consultation are called in the pool, for its experts and the keepers alone; it never goes along with the advice.';

-- An advice is carried when all had the days to speak. Nobody alone can hold it for ever: from the second round on a 'not yet' goes along as dissent.
create function core.advice_is_carried(of_consultation uuid, on_day date) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  with experts as (select e.id, w.said from core.advice a cross join core.experts_of(a.consultation) e
      left join core.advice_word w on w.consultation = a.consultation and w.round = a.round and w.expert = e.id
    where a.consultation = of_consultation)
  select a.state = 'before-all' and (on_day > a.until_day or not exists (select from experts x where x.said is null))
    and (a.round > 1 or not exists (select from experts x where x.said = 'not-yet'))
    and (select count(*) filter (where x.said in ('yes','yes-with')) * 2 >= count(*) and count(*) filter (where x.said in ('yes','yes-with')) >= 1 from experts x)
  from core.advice a where a.consultation = of_consultation and (core.is_operator() or core.advises(of_consultation))
$$;
comment on function core.advice_is_carried is 'Whether the pool agrees on this day: everyone spoke or had the days to, at least half said yes, and in the first round nobody says not yet.';

create function core.keep_consultation_way() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.state <> old.state and (old.state, new.state) not in (('asked','declined'), ('asked','withdrawn'), ('asked','underway'), ('underway','stopped'), ('underway','advised'),
    ('advised','answered'), ('answered','advised'), ('advised','followed'), ('answered','followed')) then
    raise exception 'A consultation that is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  if new.state = 'advised' and old.state = 'underway' and not core.handed_over(old.id) then
    raise exception 'A consultation is advised once its advice is handed over.' using errcode = '42501';
  end if;
  if not core.is_operator() and pg_trigger_depth() = 1 then
    if (new.state in ('declined','underway') and old.state = 'asked' and not core.guides(old.id))
      or (new.state = 'withdrawn' and old.state = 'asked' and not core.is_client(old.id))
      or (new.state <> old.state and new.state in ('advised','followed','answered')) then
      raise exception 'That is for others to say.' using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
comment on function core.keep_consultation_way is 'A consultation goes the ways of docs/states/consultation.md and no other, and each side moves only what is its own.';
create trigger consultation_keeps_its_way before update on core.consultation for each row execute function core.keep_consultation_way();

create function core.keep_advice_way() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.state <> old.state and (old.state, new.state) not in (('draft','before-all'), ('before-all','draft'), ('before-all','agreed'), ('agreed','draft'), ('agreed','handed-over')) then
    raise exception 'An advice that is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  if new.state <> old.state and not exists (select from core.consultation c where c.id = old.consultation and c.state = 'underway') then
    raise exception 'This consultation is not under way.' using errcode = '42501';
  end if;
  if new.state <> old.state and new.state = 'before-all' then
    if not exists (select from core.advice_point p where p.consultation = old.consultation)
      or (select count(*) from core.consultation_meeting m join core.session s on s.id = m.session where m.consultation = old.consultation and s.state = 'closed') < 2 then
      raise exception 'An advice has a point at least, and the pool met twice.' using errcode = '42501';
    end if;
    new.round := old.round + 1;
  elsif new.state = 'agreed' and old.state = 'before-all' then
    if not core.advice_is_carried(old.consultation, case when core.is_operator() then new.agreed_on else least(new.agreed_on, core.today()) end) then
      raise exception 'The pool does not agree yet.' using errcode = '42501';
    end if;
  elsif new.round <> old.round then
    raise exception 'A round begins when the advice is laid before all.' using errcode = '42501';
  end if;
  if not core.is_operator() and pg_trigger_depth() = 1 then
    if new.state <> old.state and new.state in ('draft','before-all') and not core.guides(old.consultation) then
      raise exception 'Who keeps the pool lays it before all, or takes it back to the draft.' using errcode = '42501';
    end if;
    if (new.until_day is distinct from old.until_day and new.state = old.state) or (new.told_on, new.reminded_on) is distinct from (old.told_on, old.reminded_on) then
      raise exception 'The days are settled when it is laid before all.' using errcode = '42501';
    end if;
  end if;
  if new.state in ('draft','before-all') then
    new.keeper_signed := null;
    new.expert_signed := null;
  end if;
  if new.state = 'agreed' and not core.is_operator() then
    if (new.keeper_signed is distinct from old.keeper_signed and (new.keeper_signed is distinct from core.viewer_person() or not core.guides(old.consultation)))
      or (new.expert_signed is distinct from old.expert_signed and new.expert_signed is distinct from core.counsel_of(old.consultation)) then
      raise exception 'One signs for oneself.' using errcode = '42501';
    end if;
  end if;
  if new.state = 'handed-over' and old.state <> 'handed-over' then
    if old.keeper_signed is null or old.expert_signed is null or new.keeper_signed is distinct from old.keeper_signed or new.expert_signed is distinct from old.expert_signed
      or exists (select from core.consultation_expert e join core.pool_expert p on p.id = e.expert where e.id = old.expert_signed and p.person_id = old.keeper_signed) then
      raise exception 'A keeper and an expert hand an advice over, and they are two people.' using errcode = '42501';
    end if;
  end if;
  if old.state = 'handed-over' and (new.hash is distinct from old.hash or new.handed_on is distinct from old.handed_on or (new.words is not null and new.words is distinct from old.words)) then
    raise exception 'What was handed over does not change.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_advice_way is 'An advice goes the ways of docs/states/advice.md and no other, whoever moves it.';
create trigger advice_keeps_its_way before update on core.advice for each row execute function core.keep_advice_way();

create function core.lay_advice_open(of_consultation uuid) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
  delete from pub.advice where id = of_consultation;
  insert into pub.advice
    select c.id, c.slug, p.slug, p.name, c.client_name, i.slug, c.title, c.question, c.may_change, c.language, c.asked_on, c.deadline, a.handed_on, c.state, encode(a.hash, 'hex'), a.words, a.taken_back_on,
      coalesce((select jsonb_agg(e.called order by e.called, e.id) from core.consultation_expert e where e.consultation = c.id and e.called is not null), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('said', w.said, 'called', e.called, 'language', w.language, 'text', w.text) order by w.said, e.id)
        from core.advice_word w join core.consultation_expert e on e.id = w.expert where w.consultation = c.id and w.round = a.round and w.text is not null), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('said', j.said, 'called', e.called, 'language', j.language, 'text', j.text, 'day', j.day) order by j.day, e.id)
        from core.advice_judgement j join core.consultation_expert e on e.id = j.expert where j.consultation = c.id), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('months', f.months, 'dueOn', f.due_on, 'askedOn', f.asked_on, 'told',
          coalesce((select jsonb_agg(jsonb_build_object('side', case when n.expert is null then 'client' else 'expert' end, 'called', e.called, 'said', n.said,
            'language', n.language, 'text', n.text, 'day', n.day) order by n.expert is not null, n.day, n.id)
            from core.advice_news n left join core.consultation_expert e on e.id = n.expert where n.consultation = c.id and n.months = f.months), '[]')) order by f.months)
        from core.advice_follow_up f where f.consultation = c.id), '[]'),
      clock_timestamp()
    from core.consultation c join core.advice a on a.consultation = c.id join core.pool p on p.id = c.pool left join pub.initiative i on i.id = c.client_initiative
    where c.id = of_consultation and a.state = 'handed-over';
  insert into pub.advice_point
    select p.id, p.consultation, p.number, p.language, p.text,
      coalesce((select jsonb_agg(v.voice order by v.id) from core.voices_behind(p.id) v), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('called', e.called, 'language', d.language, 'text', d.text) order by e.id)
        from core.advice_dissent d join core.consultation_expert e on e.id = d.expert where d.point = p.id), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('said', r.said, 'language', r.language, 'text', r.text, 'untilDay', r.until_day, 'day', r.day) order by r.id)
        from core.advice_answer r where r.point = p.id), '[]')
    from core.advice_point p join pub.advice o on o.id = p.consultation where p.consultation = of_consultation;
end $$;
comment on function core.lay_advice_open is 'Copies to the street what anyone may know of an advice that was handed over; of any other nothing.';

create function core.voices_behind(of_point uuid) returns table (id uuid, voice jsonb) stable security definer set search_path = pg_catalog, core language sql as $$
  select v.id, jsonb_build_object('kind', v.kind, 'called', e.called, 'language', coalesce(v.language, s.language, b.language, t.language), 'text', coalesce(v.text, s.text, q.exact),
    'meeting', m.number, 'number', s.number)
  from core.advice_voice v join core.advice_point p on p.id = v.point left join core.consultation_expert e on e.id = v.expert and v.kind = 'own'
  left join core.statement s on s.id = v.statement left join core.consultation_meeting m on m.session = s.session
  left join core.quote q on q.id = v.quote left join core.telling t on t.id = q.telling
  left join core.telling_block b on b.telling = q.telling and b.version = q.version and b.block = q.block
  where v.point = of_point and (core.is_operator() or core.handed_over(p.consultation) or core.advises(p.consultation))
    and (v.kind <> 'statement' or s.standing = 'open') and (v.kind <> 'quote' or core.quote_may_be_shown(v.quote))
$$;
comment on function core.voices_behind is 'The voices behind a point as they may be shown today, for who may know of the point.';

create function core.statements_met(of_consultation uuid) returns table (id uuid, meeting smallint, number smallint, language text, text text) stable security definer set search_path = pg_catalog, core language sql as $$
  select s.id, m.number, s.number, s.language, s.text from core.consultation_meeting m join core.statement s on s.session = m.session
  where m.consultation = of_consultation and core.advises(of_consultation) and s.standing = 'open' and s.text <> '' order by m.number, s.number
$$;
comment on function core.statements_met is 'What was said openly in the meetings of a consultation, for who takes part; never by whom.';

create function core.advice_moves() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.state = 'handed-over' and old.state <> 'handed-over' then
    update core.consultation c set state = 'advised' where c.id = new.consultation;
    insert into core.advice_follow_up (consultation, months, due_on)
      select new.consultation, m, (new.handed_on + make_interval(months => m))::date from unnest(array[3, 6, 12]) m;
  end if;
  if new.state = 'handed-over' then perform core.lay_advice_open(new.consultation); end if;
  return null;
end $$;
create trigger advice_is_told after update on core.advice for each row execute function core.advice_moves();

-- An answer may end the silence, or, when it is still deciding, begin it again.
create function core.answer_settles() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_advice uuid;
  whole boolean;
begin
  select p.consultation into of_advice from core.advice_point p where p.id = new.point;
  perform from core.consultation c where c.id = of_advice for update;
  select bool_and(coalesce((select r.said <> 'deciding' from core.advice_answer r where r.point = p.id order by r.id desc limit 1), false)) into whole
    from core.advice_point p where p.consultation = of_advice;
  update core.consultation c set state = case when whole then 'answered' else 'advised' end
    where c.id = of_advice and c.state in ('advised','answered') and c.state <> case when whole then 'answered' else 'advised' end;
  perform core.lay_advice_open(of_advice);
  return null;
end $$;
create trigger advice_answer_settles after insert on core.advice_answer for each row execute function core.answer_settles();

create function core.lay_advice_again() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.lay_advice_open(coalesce(new.consultation, old.consultation));
  return null;
end $$;
create trigger advice_judgement_is_told after insert or update on core.advice_judgement for each row execute function core.lay_advice_again();
create trigger advice_news_is_told after insert or update on core.advice_news for each row execute function core.lay_advice_again();
create trigger advice_follow_up_is_told after update on core.advice_follow_up for each row execute function core.lay_advice_again();

create function core.lay_advice_of() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.lay_advice_open(new.id);
  return null;
end $$;
create trigger consultation_is_told after update of state on core.consultation for each row when (old.state <> new.state) execute function core.lay_advice_of();

-- What someone takes back leaves the words no longer whole; their mark stays.
create function core.advice_words_go(of_consultation uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  update core.advice a set words = null, taken_back_on = coalesce(a.taken_back_on, core.today()) where a.consultation = of_consultation and a.state = 'handed-over';
end $$;
comment on function core.advice_words_go is 'The words of an advice as they were handed over go, because someone took name or words back; what is left is laid open anew.';

create function core.let_expert_go(of_expert uuid, whole boolean) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_advice uuid;
begin
  if whole then
    delete from core.advice_voice v where v.expert = of_expert and v.kind = 'own';
    delete from core.advice_dissent d where d.expert = of_expert;
    delete from core.advice_word w where w.expert = of_expert;
    delete from core.advice_judgement j where j.expert = of_expert;
    delete from core.advice_news n where n.expert = of_expert;
    delete from core.consultation_assignment t where t.expert = of_expert and t.state <> 'done';
    update core.consultation_assignment t set outcome = null, telling = null where t.expert = of_expert;
  end if;
  update core.consultation_expert e set called = null, taken_back_on = core.today(), left_on = case when whole then coalesce(e.left_on, core.today()) else e.left_on end
    where e.id = of_expert returning e.consultation into of_advice;
  perform core.advice_words_go(of_advice);
end $$;

create function core.take_advice_back(of_consultation uuid, whole boolean) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  mine uuid;
begin
  select e.id into mine from core.consultation_expert e join core.pool_expert p on p.id = e.expert where e.consultation = of_consultation and p.person_id = core.viewer_person();
  if mine is null then return false; end if;
  perform core.let_expert_go(mine, whole);
  return true;
end $$;
comment on function core.take_advice_back is 'An expert takes their name, or name and words, out of an advice. Also who became the client meanwhile may.';

create function core.leave_advices() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.let_expert_go(e.id, true) from core.consultation_expert e where e.expert = new.id;
  return null;
end $$;
comment on function core.leave_advices is 'Who leaves a pool, or the house, takes their name and words along out of every advice.';
create trigger pool_expert_leaves_advices after update of state on core.pool_expert for each row when (new.state = 'left' and old.state <> 'left') execute function core.leave_advices();

create function core.words_have_gone() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.advice_words_go(old.consultation);
  return null;
end $$;
create constraint trigger consultation_expert_has_gone after delete on core.consultation_expert deferrable initially deferred for each row execute function core.words_have_gone();

create function core.quote_has_gone() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.advice_words_go(p.consultation) from core.advice_point p where p.id = old.point;
  return null;
end $$;
create constraint trigger advice_voice_has_gone after delete on core.advice_voice deferrable initially deferred for each row when (old.kind = 'quote') execute function core.quote_has_gone();

create function core.look_at_quotes() returns integer security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  gone uuid[];
begin
  select array_agg(distinct p.consultation) into gone from core.advice_voice v join core.advice_point p on p.id = v.point join core.advice a on a.consultation = p.consultation
    where v.kind = 'quote' and a.state = 'handed-over' and not core.quote_may_be_shown(v.quote)
      and exists (select from pub.advice_point o, jsonb_array_elements(o.voices) x where o.id = p.id and x->>'kind' = 'quote');
  perform core.advice_words_go(c) from unnest(gone) c;
  return coalesce(cardinality(gone), 0);
end $$;
comment on function core.look_at_quotes is 'Takes quotes out of every advice whose teller no longer allows them, and says of how many advices.';

create function core.quotes_may_have_gone() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.look_at_quotes();
  return null;
end $$;
create trigger quote_reaches_advice after update on core.quote for each row when (old.standing is distinct from new.standing) execute function core.quotes_may_have_gone();
create trigger consent_reaches_advice after insert on core.consent for each row when (new.verdict <> 'given' or new.until_day is not null) execute function core.quotes_may_have_gone();

-- By word.
create function core.give_client_word(of_consultation uuid, hash bytea, until date) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_client(of_consultation) then return false; end if;
  insert into vault.client_word (word_hash, consultation, until_day) values (hash, of_consultation, until);
  return true;
end $$;
comment on function core.give_client_word is 'Who acts for the client makes a word for a colleague.';

create function core.client_word_opens(hash bytea) returns table (consultation uuid, title text, client_name text) stable security definer set search_path = pg_catalog, core language sql as $$
  select c.id, c.title, c.client_name from vault.client_word w join core.consultation c on c.id = w.consultation where w.word_hash = hash and core.today() <= w.until_day and core.viewer_person() is not null
$$;
comment on function core.client_word_opens is 'For which consultation a word opens, for someone who is signed in.';

create function core.take_client_word(hash bytea) returns uuid security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  opened uuid;
begin
  if core.viewer_person() is null then return null; end if;
  delete from vault.client_word w where w.word_hash = hash and core.today() <= w.until_day returning w.consultation into opened;
  if opened is null then return null; end if;
  insert into core.consultation_client (consultation, person, since) values (opened, core.viewer_person(), core.today())
    on conflict on constraint consultation_client_pkey do update set left_on = null;
  return opened;
end $$;
comment on function core.take_client_word is 'Someone who is signed in comes to act for the client by a word, which then no longer opens.';

revoke all on function core.client_is, core.was_client, core.hears_too_early, core.meets_quietly, core.called_in_pool, core.is_client, core.guides, core.counsel_of, core.advises, core.advice_state, core.handed_over, core.point_of, core.may_ask_pool, core.fits_meeting, core.fits_expert,
  core.experts_of, core.advice_is_carried, core.lay_advice_open, core.voices_behind, core.statements_met, core.advice_words_go, core.let_expert_go, core.take_advice_back, core.look_at_quotes,
  core.give_client_word, core.client_word_opens, core.take_client_word,
  core.keep_consultation_way, core.keep_advice_way, core.keep_meeting_quiet, core.link_quiet_meeting, core.advice_moves, core.answer_settles, core.lay_advice_again, core.lay_advice_of, core.leave_advices,
  core.words_have_gone, core.quote_has_gone, core.quotes_may_have_gone from public;
grant execute on function core.client_is, core.was_client, core.meets_quietly, core.called_in_pool, core.is_client, core.guides, core.counsel_of, core.advises, core.advice_state, core.handed_over, core.point_of, core.may_ask_pool, core.fits_meeting, core.fits_expert,
  core.experts_of, core.advice_is_carried, core.voices_behind, core.statements_met, core.take_advice_back, core.look_at_quotes,
  core.give_client_word, core.client_word_opens, core.take_client_word to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['core.consultation','core.consultation_client','vault.client_word','core.consultation_expert','core.consultation_meeting','core.consultation_assignment','core.advice',
    'core.advice_point','core.advice_voice','core.advice_dissent','core.advice_word','core.advice_answer','core.advice_judgement','core.advice_follow_up','core.advice_news'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
  foreach t in array array['advice','advice_point'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
end $$;

-- What was asked and what was said stays as it was; only how it stands moves.
revoke update on core.consultation, core.consultation_client, core.consultation_expert, core.consultation_meeting, core.consultation_assignment, core.advice, core.advice_voice,
  core.advice_answer, core.advice_judgement, core.advice_follow_up, core.advice_news, vault.client_word from steppingstones_app;
grant update (state, why, decided_on) on core.consultation to steppingstones_app;
grant update (left_on) on core.consultation_client to steppingstones_app;
grant update (called, left_on) on core.consultation_expert to steppingstones_app;
grant update (state, outcome, telling) on core.consultation_assignment to steppingstones_app;
grant update (state, round, until_day, agreed_on, keeper_signed, expert_signed, handed_on, words, hash, told_on, reminded_on) on core.advice to steppingstones_app;
grant update (said, language, text, day) on core.advice_judgement to steppingstones_app;
grant update (asked_on) on core.advice_follow_up to steppingstones_app;

-- The client sees its own question and who acts for it, and later its own answers. Nothing else of a consultation has a policy for it.
create policy consultation_is_asked on core.consultation for insert to steppingstones_app
  with check (asked_by = (select core.viewer_person()) and state = 'asked' and decided_on is null and core.may_ask_pool(client_scope_kind, client_scope_id, client_initiative)
    and exists (select from pub.pool p where p.id = pool and p.state = 'open'));
create policy consultation_is_of_its_client on core.consultation for select to steppingstones_app using (core.is_client(id));
create policy consultation_is_ones_own on core.consultation for select to steppingstones_app using (asked_by = (select core.viewer_person()));
create policy consultation_is_stopped on core.consultation for update to steppingstones_app using (core.is_client(id)) with check (state in ('withdrawn','stopped'));
create policy consultation_is_seen on core.consultation for select to steppingstones_app using (core.advises(id));
create policy consultation_is_guided on core.consultation for update to steppingstones_app using (core.guides(id)) with check (core.guides(id) and state in ('declined','underway','stopped'));
create policy consultation_client_is_seen on core.consultation_client for select to steppingstones_app using (core.is_client(consultation));
create policy consultation_client_begins on core.consultation_client for insert to steppingstones_app
  with check (person = (select core.viewer_person()) and left_on is null and exists (select from core.consultation c where c.id = consultation and c.asked_by = person and c.state = 'asked'));
create policy consultation_client_stops on core.consultation_client for update to steppingstones_app
  using (person = (select core.viewer_person()) and left_on is null and not exists (select from core.consultation c where c.id = consultation and c.state in ('asked','underway')))
  with check (person = (select core.viewer_person()) and left_on is not null);
create policy consultation_client_is_ones_own on core.consultation_client for select to steppingstones_app using (person = (select core.viewer_person()));
create policy consultation_expert_is_seen on core.consultation_expert for select to steppingstones_app using (core.advises(consultation));
create policy consultation_expert_is_asked on core.consultation_expert for insert to steppingstones_app
  with check (core.guides(consultation) and core.fits_expert(consultation, expert) and called is null and left_on is null and taken_back_on is null and coalesce(core.advice_state(consultation), 'draft') = 'draft');
create policy consultation_expert_is_named on core.consultation_expert for update to steppingstones_app
  using (id = core.counsel_of(consultation) and core.advice_state(consultation) in ('draft','before-all')) with check (id = core.counsel_of(consultation) or left_on is not null);
create policy consultation_meeting_is_seen on core.consultation_meeting for select to steppingstones_app using (core.advises(consultation));
create policy consultation_meeting_is_planned on core.consultation_meeting for insert to steppingstones_app with check (core.guides(consultation) and core.fits_meeting(consultation, session));
create policy consultation_meeting_is_let_go on core.consultation_meeting for delete to steppingstones_app using (core.guides(consultation) and core.advice_state(consultation) = 'draft');
create policy consultation_assignment_is_seen on core.consultation_assignment for select to steppingstones_app using (core.advises(consultation));
create policy consultation_assignment_is_asked on core.consultation_assignment for insert to steppingstones_app
  with check (core.guides(consultation) and state = 'asked' and outcome is null and telling is null and exists (select from core.consultation_expert e where e.id = consultation_assignment.expert and e.consultation = consultation_assignment.consultation));
create policy consultation_assignment_is_done on core.consultation_assignment for update to steppingstones_app
  using (expert = core.counsel_of(consultation)) with check (expert = core.counsel_of(consultation) and (telling is null or (core.allows(telling, 'quote-report') and core.reads(telling) is not null)));
create policy advice_is_seen on core.advice for select to steppingstones_app using (core.advises(consultation));
create policy advice_begins on core.advice for insert to steppingstones_app with check (core.guides(consultation) and state = 'draft' and round = 0);
create policy advice_is_moved on core.advice for update to steppingstones_app using (core.advises(consultation) and state <> 'handed-over') with check (core.advises(consultation));
create policy advice_point_is_seen on core.advice_point for select to steppingstones_app using (core.advises(consultation));
create policy advice_point_is_drafted on core.advice_point to steppingstones_app
  using (core.advice_state(consultation) = 'draft') with check (core.advice_state(consultation) = 'draft');
create policy advice_voice_is_seen on core.advice_voice for select to steppingstones_app using (core.advises(core.point_of(point)));
create policy advice_voice_is_laid on core.advice_voice for insert to steppingstones_app
  with check (core.advice_state(core.point_of(point)) = 'draft' and case kind when 'own' then expert = core.counsel_of(core.point_of(point)) else expert is null end
    and (statement is null or statement in (select s.id from core.statements_met(core.point_of(point)) s)) and (quote is null or core.quote_may_be_shown(quote)));
create policy advice_voice_is_let_go on core.advice_voice for delete to steppingstones_app
  using (core.advice_state(core.point_of(point)) = 'draft' and (kind <> 'own' or expert = core.counsel_of(core.point_of(point))));
create policy advice_dissent_is_seen on core.advice_dissent for select to steppingstones_app using (core.advises(core.point_of(point)));
create policy advice_dissent_is_ones_own on core.advice_dissent to steppingstones_app
  using (expert = core.counsel_of(core.point_of(point)) and core.advice_state(core.point_of(point)) in ('draft','before-all'))
  with check (expert = core.counsel_of(core.point_of(point)) and core.advice_state(core.point_of(point)) in ('draft','before-all'));
create policy advice_word_is_seen on core.advice_word for select to steppingstones_app using (core.advises(consultation));
create policy advice_word_is_ones_own on core.advice_word to steppingstones_app
  using (expert = core.counsel_of(consultation) and core.advice_state(consultation) = 'before-all')
  with check (expert = core.counsel_of(consultation) and core.advice_state(consultation) = 'before-all' and round = (select a.round from core.advice a where a.consultation = advice_word.consultation));
create policy advice_answer_is_given on core.advice_answer for insert to steppingstones_app
  with check (core.is_client(core.point_of(point)) and core.handed_over(core.point_of(point)));
create policy advice_answer_is_seen on core.advice_answer for select to steppingstones_app using (core.is_client(core.point_of(point)) or core.advises(core.point_of(point)));
create policy advice_judgement_is_ones_own on core.advice_judgement to steppingstones_app
  using (expert = core.counsel_of(consultation)) with check (expert = core.counsel_of(consultation) and core.handed_over(consultation));
create policy advice_judgement_is_seen on core.advice_judgement for select to steppingstones_app using (core.advises(consultation));
create policy advice_follow_up_is_seen on core.advice_follow_up for select to steppingstones_app using (core.handed_over(consultation) and (core.is_client(consultation) or core.advises(consultation)));
create policy advice_news_is_seen on core.advice_news for select to steppingstones_app using (core.is_client(consultation) or core.advises(consultation));
create policy advice_news_is_told on core.advice_news for insert to steppingstones_app
  with check (core.handed_over(consultation) and case when expert is null then core.is_client(consultation) else expert = core.counsel_of(consultation) end
    and exists (select from core.advice_follow_up f where f.consultation = advice_news.consultation and f.months = advice_news.months and f.asked_on is not null));
