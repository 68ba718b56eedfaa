-- Learning: dilemmas that are told and explored from several positions, insight cards of three kinds of knowledge beside each other, works that
-- are cited, and trajectories of years with the private path of whoever takes part. Nothing that people tell is open before somebody else looked.

create table core.dilemma (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 100 and slug <> 'tell'),
  origin text not null default 'told' check (origin in ('sources','told','circle')),
  level text not null check (level in ('internal','external')),
  title jsonb not null check (jsonb_typeof(title) = 'object' and title <> '{}'),
  what jsonb not null check (jsonb_typeof(what) = 'object' and what <> '{}'),
  questions jsonb not null default '[]' check (jsonb_typeof(questions) = 'array' and jsonb_array_length(questions) <= 8),
  language text not null check (language ~ '^[a-z]{2}$'),
  themes text[] not null default '{}',
  source jsonb check (jsonb_typeof(source) = 'object'),
  standing text not null default 'waiting' check (standing in ('waiting','open','returned')),
  told_by uuid references core.person on delete set null,
  called text check (length(called) between 1 and 80),
  goes_along boolean not null default true,
  told_on date not null default core.today(),
  looked_by uuid references core.person on delete set null,
  looked_on date,
  why text check (length(why) <= 500),
  check (origin <> 'sources' or (source is not null and told_by is null)),
  check (standing <> 'returned' or why is not null)
);
comment on table core.dilemma is 'A dilemma: what pulls to two sides, told without the people it happened to. It is explored, never solved.';
comment on column core.dilemma.id is '[open] lasting key';
comment on column core.dilemma.slug is '[open] name in the address of its page';
comment on column core.dilemma.origin is '[open] found in sources, told by someone here, or brought out of an intervision by who gave the case';
comment on column core.dilemma.level is '[open] inside people and their initiative, or between them and the world around';
comment on column core.dilemma.title is '[open] name per language';
comment on column core.dilemma.what is '[open] what pulls to both sides, per language';
comment on column core.dilemma.questions is '[open] questions to look at it with, each per language';
comment on column core.dilemma.language is '[open] language it was told in';
comment on column core.dilemma.themes is '[open] domains of life it touches';
comment on column core.dilemma.source is '[open] document and passage it was read in; null when someone told it';
comment on column core.dilemma.standing is '[inside] waits for somebody to look, open to everyone, or given back to who told it';
comment on column core.dilemma.told_by is '[person] who told it; null for sources, for an intervision, and after they left';
comment on column core.dilemma.called is '[open] name under which it stands, as who told it wishes; null is no name';
comment on column core.dilemma.goes_along is '[inside] whether it goes when who told it leaves; else it stays without a name';
comment on column core.dilemma.told_on is '[open] day it was told';
comment on column core.dilemma.looked_by is '[person] who looked at it before it opened';
comment on column core.dilemma.looked_on is '[inside] day of that look';
comment on column core.dilemma.why is '[inside] why it was given back, to who told it';

create table core.dilemma_position (
  id uuid primary key default uuidv7(),
  dilemma uuid not null references core.dilemma on delete cascade,
  place text not null check (length(place) between 2 and 120),
  words text not null check (length(words) between 2 and 2000),
  language text not null check (language ~ '^[a-z]{2}$'),
  standing text not null default 'waiting' check (standing in ('waiting','open','returned')),
  told_by uuid references core.person on delete set null,
  called text check (length(called) between 1 and 80),
  goes_along boolean not null default true,
  told_on date not null default core.today(),
  looked_by uuid references core.person on delete set null,
  looked_on date,
  why text check (length(why) <= 500),
  check (standing <> 'returned' or why is not null)
);
comment on table core.dilemma_position is 'A dilemma seen from one place, in the words of who stands there. Positions stand beside each other; nobody votes on them.';
comment on column core.dilemma_position.id is '[open] lasting key';
comment on column core.dilemma_position.dilemma is '[open] which dilemma';
comment on column core.dilemma_position.place is '[open] from whose place it is seen, in words';
comment on column core.dilemma_position.words is '[open] what it looks like from there';
comment on column core.dilemma_position.language is '[open] language of the words';
comment on column core.dilemma_position.standing is '[inside] waits for somebody to look, open, or given back';
comment on column core.dilemma_position.told_by is '[person] who told it; null after they left';
comment on column core.dilemma_position.called is '[open] name under which it stands; null is no name';
comment on column core.dilemma_position.goes_along is '[inside] whether it goes when who told it leaves';
comment on column core.dilemma_position.told_on is '[open] day it was told';
comment on column core.dilemma_position.looked_by is '[person] who looked at it before it opened';
comment on column core.dilemma_position.looked_on is '[inside] day of that look';
comment on column core.dilemma_position.why is '[inside] why it was given back';

create table core.dilemma_link (
  dilemma uuid not null references core.dilemma on delete cascade,
  kind text not null check (kind in ('story','word','insight')),
  slug text not null check (length(slug) between 1 and 200),
  linked_by uuid references core.person on delete set null,
  primary key (dilemma, kind, slug)
);
comment on table core.dilemma_link is 'A story, word or insight that someone should read beside a dilemma.';
comment on column core.dilemma_link.dilemma is '[open] which dilemma';
comment on column core.dilemma_link.kind is '[open] what it leads to';
comment on column core.dilemma_link.slug is '[open] its name in the address';
comment on column core.dilemma_link.linked_by is '[person] who laid the link';

create table core.work (
  id uuid primary key default uuidv7(),
  key text not null unique check (key ~ '^[^\s,{}"#%\\~]+$' and length(key) <= 100),
  csl jsonb not null check (jsonb_typeof(csl) = 'object'),
  brought_by uuid references core.person on delete set null,
  brought_on date not null default core.today()
);
comment on table core.work is 'A work that can be cited: book, article, report or page, as CSL-JSON.';
comment on column core.work.id is '[open] lasting key';
comment on column core.work.key is '[open] the key by which it is cited';
comment on column core.work.csl is '[open] what it is, as CSL-JSON';
comment on column core.work.brought_by is '[person] who brought it in';
comment on column core.work.brought_on is '[inside] day it was brought in';

create table core.insight_question (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  question jsonb not null check (jsonb_typeof(question) = 'object' and question <> '{}'),
  language text not null check (language ~ '^[a-z]{2}$'),
  themes text[] not null default '{}',
  asked_by uuid references core.person on delete set null,
  asked_on date not null default core.today()
);
comment on table core.insight_question is 'A question on which insights of several kinds stand beside each other.';
comment on column core.insight_question.id is '[open] lasting key';
comment on column core.insight_question.slug is '[open] name in the address';
comment on column core.insight_question.question is '[open] the question per language';
comment on column core.insight_question.language is '[open] language it was asked in';
comment on column core.insight_question.themes is '[open] domains of life it touches';
comment on column core.insight_question.asked_by is '[person] who asked it';
comment on column core.insight_question.asked_on is '[open] day it was asked';

create table core.insight_card (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 100 and slug <> 'write'),
  kind text not null check (kind in ('scientific','professional','lived')),
  question uuid references core.insight_question on delete set null,
  claim jsonb not null check (jsonb_typeof(claim) = 'object' and claim <> '{}'),
  holds jsonb not null default '{}' check (jsonb_typeof(holds) = 'object'),
  against jsonb not null default '{}' check (jsonb_typeof(against) = 'object'),
  grounds jsonb not null default '{}' check (jsonb_typeof(grounds) = 'object'),
  language text not null check (language ~ '^[a-z]{2}$'),
  themes text[] not null default '{}',
  standing text not null default 'waiting' check (standing in ('waiting','open','returned')),
  told_by uuid references core.person on delete set null,
  called text check (length(called) between 1 and 80),
  goes_along boolean not null default true,
  told_on date not null default core.today(),
  looked_by uuid references core.person on delete set null,
  looked_on date,
  why text check (length(why) <= 500),
  check (standing <> 'returned' or why is not null)
);
comment on table core.insight_card is 'One insight in plain words: scientific, professional or lived knowledge, with where it holds and what speaks against it.';
comment on column core.insight_card.id is '[open] lasting key';
comment on column core.insight_card.slug is '[open] name in the address';
comment on column core.insight_card.kind is '[open] how it is known: by research, by work, or by living it; none stands above another';
comment on column core.insight_card.question is '[open] the question it speaks to';
comment on column core.insight_card.claim is '[open] what it says, in plain words per language';
comment on column core.insight_card.holds is '[open] where and for whom it holds, per language; empty is not said';
comment on column core.insight_card.against is '[open] what speaks against it, per language; empty is not said';
comment on column core.insight_card.grounds is '[open] how its authors know it, per language';
comment on column core.insight_card.language is '[open] language it was written in';
comment on column core.insight_card.themes is '[open] domains of life it touches';
comment on column core.insight_card.standing is '[inside] waits for somebody to look, open, or given back';
comment on column core.insight_card.told_by is '[person] who wrote it down; null after they left';
comment on column core.insight_card.called is '[open] author as they wish to be called; null is an author without a name';
comment on column core.insight_card.goes_along is '[inside] whether it goes when who wrote it leaves';
comment on column core.insight_card.told_on is '[open] day it was written';
comment on column core.insight_card.looked_by is '[person] who looked at it before it opened';
comment on column core.insight_card.looked_on is '[inside] day of that look';
comment on column core.insight_card.why is '[inside] why it was given back';

create table core.insight_author (
  card uuid not null references core.insight_card on delete cascade,
  place smallint not null check (place between 1 and 20),
  called text not null check (length(called) between 1 and 120),
  primary key (card, place)
);
comment on table core.insight_author is 'Further authors of an insight, under the names they chose; whoever knows by living it is an author like any other.';
comment on column core.insight_author.card is '[open] which insight';
comment on column core.insight_author.place is '[open] order among the authors';
comment on column core.insight_author.called is '[open] the name they chose';

create table core.insight_work (
  card uuid not null references core.insight_card on delete cascade,
  work uuid not null references core.work on delete cascade,
  primary key (card, work)
);
comment on table core.insight_work is 'A work that an insight rests on.';
comment on column core.insight_work.card is '[open] which insight';
comment on column core.insight_work.work is '[open] which work';

create table core.trajectory (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  title text not null check (length(title) between 2 and 120),
  purpose text not null check (length(purpose) between 2 and 2000),
  language text not null check (language ~ '^[a-z]{2}$'),
  themes text[] not null default '{}',
  province text references pub.province,
  from_day date not null,
  until_day date check (until_day > from_day),
  standing text not null default 'draft' check (standing in ('draft','open')),
  made_by uuid references core.person on delete set null,
  made_on date not null default core.today()
);
comment on table core.trajectory is 'A learning trajectory of months or years: questions, gatherings, reading, and what changed since.';
comment on column core.trajectory.id is '[open] lasting key';
comment on column core.trajectory.slug is '[open] name in the address';
comment on column core.trajectory.title is '[open] its name';
comment on column core.trajectory.purpose is '[open] what people want to learn together';
comment on column core.trajectory.language is '[open] language of its words';
comment on column core.trajectory.themes is '[open] domains of life it touches';
comment on column core.trajectory.province is '[open] province it is held in; null is everywhere';
comment on column core.trajectory.from_day is '[open] first day';
comment on column core.trajectory.until_day is '[open] last day, when one is set';
comment on column core.trajectory.standing is '[inside] seen by who keeps it, or by everyone';
comment on column core.trajectory.made_by is '[person] who keeps it';
comment on column core.trajectory.made_on is '[inside] day it was made';

create table core.trajectory_question (
  trajectory uuid not null references core.trajectory on delete cascade,
  number smallint not null check (number between 1 and 40),
  question text not null check (length(question) between 2 and 300),
  since date not null default core.today(),
  primary key (trajectory, number)
);
comment on table core.trajectory_question is 'A question that people want to learn about together.';
comment on column core.trajectory_question.trajectory is '[open] which trajectory';
comment on column core.trajectory_question.number is '[open] number in it';
comment on column core.trajectory_question.question is '[open] the question';
comment on column core.trajectory_question.since is '[open] since when it is asked';

create table core.trajectory_gathering (
  trajectory uuid not null references core.trajectory on delete cascade,
  session uuid not null references core.session on delete cascade,
  primary key (trajectory, session)
);
comment on table core.trajectory_gathering is 'A session in which people of a trajectory came together.';
comment on column core.trajectory_gathering.trajectory is '[open] which trajectory';
comment on column core.trajectory_gathering.session is '[open] which session; it is told once that session is open itself';

create table core.trajectory_reading (
  trajectory uuid not null references core.trajectory on delete cascade,
  kind text not null check (kind in ('work','insight','dilemma','story')),
  slug text not null check (length(slug) between 1 and 200),
  added_on date not null default core.today(),
  primary key (trajectory, kind, slug)
);
comment on table core.trajectory_reading is 'What people of a trajectory read beside each other.';
comment on column core.trajectory_reading.trajectory is '[open] which trajectory';
comment on column core.trajectory_reading.kind is '[open] a work, an insight, a dilemma or a story';
comment on column core.trajectory_reading.slug is '[open] the key of the work, or the name in its address';
comment on column core.trajectory_reading.added_on is '[open] since when it stands here';

create table core.trajectory_change (
  id uuid primary key default uuidv7(),
  trajectory uuid not null references core.trajectory on delete cascade,
  day date not null,
  words text not null check (length(words) between 2 and 1000),
  language text not null check (language ~ '^[a-z]{2}$'),
  standing text not null default 'waiting' check (standing in ('waiting','open','returned')),
  told_by uuid references core.person on delete set null,
  called text check (length(called) between 1 and 80),
  goes_along boolean not null default true,
  told_on date not null default core.today(),
  looked_by uuid references core.person on delete set null,
  looked_on date,
  why text check (length(why) <= 500),
  check (standing <> 'returned' or why is not null)
);
comment on table core.trajectory_change is 'What changed since people began to learn together, as one of them tells it.';
comment on column core.trajectory_change.id is '[open] lasting key';
comment on column core.trajectory_change.trajectory is '[open] which trajectory';
comment on column core.trajectory_change.day is '[open] day since which it is so';
comment on column core.trajectory_change.words is '[open] what changed';
comment on column core.trajectory_change.language is '[open] language of the words';
comment on column core.trajectory_change.standing is '[inside] waits for somebody to look, open, or given back';
comment on column core.trajectory_change.told_by is '[person] who told it; null after they left';
comment on column core.trajectory_change.called is '[open] name under which it stands; null is no name';
comment on column core.trajectory_change.goes_along is '[inside] whether it goes when who told it leaves';
comment on column core.trajectory_change.told_on is '[open] day it was told';
comment on column core.trajectory_change.looked_by is '[person] who looked at it before it opened';
comment on column core.trajectory_change.looked_on is '[inside] day of that look';
comment on column core.trajectory_change.why is '[inside] why it was given back';

create table core.learner (
  trajectory uuid not null references core.trajectory on delete cascade,
  person_id uuid not null references core.person on delete cascade,
  since date not null default core.today(),
  primary key (trajectory, person_id)
);
comment on table core.learner is 'Who takes part in a trajectory. Only they themselves know it.';
comment on column core.learner.trajectory is '[person] which trajectory';
comment on column core.learner.person_id is '[person] who';
comment on column core.learner.since is '[person] since when';

create table core.learning_note (
  id uuid primary key default uuidv7(),
  person_id uuid not null references core.person on delete cascade,
  trajectory uuid references core.trajectory on delete set null,
  kind text not null check (kind in ('asked','took','changed')),
  words text not null check (length(words) between 1 and 4000),
  day date not null default core.today()
);
comment on table core.learning_note is 'A step on someone''s own path: what they asked, what they took with them, what changed. Nobody else ever reads it, and nobody grades it.';
comment on column core.learning_note.id is '[person] lasting key';
comment on column core.learning_note.person_id is '[person] whose path';
comment on column core.learning_note.trajectory is '[person] in which trajectory; null is on their own';
comment on column core.learning_note.kind is '[person] what they asked, took, or saw change';
comment on column core.learning_note.words is '[person] their words';
comment on column core.learning_note.day is '[person] which day';
create index learning_note_of on core.learning_note (person_id, day);

create table pub.dilemma (
  id uuid primary key,
  slug text not null unique,
  origin text not null,
  level text not null,
  title jsonb not null,
  what jsonb not null,
  questions jsonb not null,
  language text not null,
  themes text[] not null,
  source jsonb,
  called text,
  told_on date not null,
  positions jsonb not null,
  links jsonb not null
);
comment on table pub.dilemma is 'A dilemma anyone may read, with the positions it is seen from.';
comment on column pub.dilemma.id is '[open] lasting key';
comment on column pub.dilemma.slug is '[open] name in the address of its page';
comment on column pub.dilemma.origin is '[open] found in sources, told here, or out of an intervision';
comment on column pub.dilemma.level is '[open] inside, or with the world around';
comment on column pub.dilemma.title is '[open] name per language';
comment on column pub.dilemma.what is '[open] what pulls to both sides, per language';
comment on column pub.dilemma.questions is '[open] questions to look at it with';
comment on column pub.dilemma.language is '[open] language it was told in';
comment on column pub.dilemma.themes is '[open] domains of life it touches';
comment on column pub.dilemma.source is '[open] document and passage it was read in';
comment on column pub.dilemma.called is '[open] name of who told it, as they wish';
comment on column pub.dilemma.told_on is '[open] day it was told';
comment on column pub.dilemma.positions is '[open] open positions: from whose place, words, language, name, day';
comment on column pub.dilemma.links is '[open] stories, words and insights to read beside it';

create table pub.insight_card (
  id uuid primary key,
  slug text not null unique,
  kind text not null,
  question_slug text,
  question jsonb,
  claim jsonb not null,
  holds jsonb not null,
  against jsonb not null,
  grounds jsonb not null,
  language text not null,
  themes text[] not null,
  authors jsonb not null,
  works jsonb not null,
  told_on date not null
);
comment on table pub.insight_card is 'An insight anyone may read.';
comment on column pub.insight_card.id is '[open] lasting key';
comment on column pub.insight_card.slug is '[open] name in the address';
comment on column pub.insight_card.kind is '[open] how it is known';
comment on column pub.insight_card.question_slug is '[open] the question it speaks to, as in the address';
comment on column pub.insight_card.question is '[open] that question per language';
comment on column pub.insight_card.claim is '[open] what it says per language';
comment on column pub.insight_card.holds is '[open] where it holds per language';
comment on column pub.insight_card.against is '[open] what speaks against it per language';
comment on column pub.insight_card.grounds is '[open] how its authors know it per language';
comment on column pub.insight_card.language is '[open] language it was written in';
comment on column pub.insight_card.themes is '[open] domains of life it touches';
comment on column pub.insight_card.authors is '[open] names the authors chose; null for one without a name';
comment on column pub.insight_card.works is '[open] works it rests on, with their keys, as CSL-JSON';
comment on column pub.insight_card.told_on is '[open] day it was written';

create table pub.trajectory (
  id uuid primary key,
  slug text not null unique,
  title text not null,
  purpose text not null,
  language text not null,
  themes text[] not null,
  province text,
  from_day date not null,
  until_day date,
  questions jsonb not null,
  sessions uuid[] not null,
  reading jsonb not null,
  changes jsonb not null
);
comment on table pub.trajectory is 'A learning trajectory anyone may read; who takes part is not here.';
comment on column pub.trajectory.id is '[open] lasting key';
comment on column pub.trajectory.slug is '[open] name in the address';
comment on column pub.trajectory.title is '[open] its name';
comment on column pub.trajectory.purpose is '[open] what people want to learn together';
comment on column pub.trajectory.language is '[open] language of its words';
comment on column pub.trajectory.themes is '[open] domains of life it touches';
comment on column pub.trajectory.province is '[open] province it is held in';
comment on column pub.trajectory.from_day is '[open] first day';
comment on column pub.trajectory.until_day is '[open] last day, when set';
comment on column pub.trajectory.questions is '[open] its questions, with since when';
comment on column pub.trajectory.sessions is '[open] keys of its gatherings that are open themselves';
comment on column pub.trajectory.reading is '[open] what is read, with the works as CSL-JSON';
comment on column pub.trajectory.changes is '[open] what changed since, with day and name';

create function core.looks_at_learning() returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.holds(array['editor','facilitator'])
$$;
comment on function core.looks_at_learning() is 'Whether who is asking may look at what people tell before it opens: editors and facilitators.';

create function core.keeps_library() returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.holds(array['editor','facilitator','researcher'])
$$;
comment on function core.keeps_library() is 'Whether who is asking may bring works in: editors, facilitators and researchers.';

create function core.keeps_trajectory(of_trajectory uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.trajectory t where t.id = of_trajectory
    and ((t.made_by = core.viewer_person() and core.holds(array['facilitator'])) or core.holds(array['editor'])))
$$;
comment on function core.keeps_trajectory is 'Whether who is asking keeps this trajectory: the facilitator who made it, or an editor.';

create function core.trajectory_is_open(of_trajectory uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.trajectory t where t.id = of_trajectory and t.standing = 'open')
$$;
comment on function core.trajectory_is_open is 'Whether everyone may read this trajectory.';

create function core.dilemma_is_open(of_dilemma uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.dilemma d where d.id = of_dilemma and d.standing = 'open')
$$;
comment on function core.dilemma_is_open is 'Whether everyone may read this dilemma, and so see it from a place of their own.';

create function core.wrote_insight(of_card uuid, still boolean) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.insight_card c where c.id = of_card and c.told_by = core.viewer_person() and (c.standing <> 'open' or not still))
$$;
comment on function core.wrote_insight is 'Whether who is asking wrote this insight down, and when asked so, can still change it because it is not open.';

create function core.keep_told_words() returns trigger language plpgsql as $$
declare
  looked text[] := array['standing','looked_by','looked_on','why'];
begin
  -- Whoever leaves, and whoever runs the machine, comes another way than through the app as a person.
  if current_user <> 'steppingstones_app' or core.is_operator() then
    return new;
  end if;
  if old.told_by is not distinct from core.viewer_person() then
    if new.standing <> 'waiting' or new.told_by is distinct from old.told_by or new.looked_by is not null then
      raise exception 'Who tells something does not open it themselves.' using errcode = '42501';
    end if;
  elsif to_jsonb(new) - looked <> to_jsonb(old) - looked then
    raise exception 'Who looks changes no words.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_told_words() is 'What was told is changed only by who told it, and then it waits again; who looks opens it or gives it back.';

create function core.lay_dilemma_open(of_dilemma uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if exists (select from pub.dilemma p where p.id = of_dilemma) then
    delete from pub.dilemma p where p.id = of_dilemma;
  end if;
  if core.dilemma_is_open(of_dilemma) then
    insert into pub.dilemma
      select d.id, d.slug, d.origin, d.level, d.title, d.what, d.questions, d.language, d.themes, d.source, d.called, d.told_on,
        coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'place', p.place, 'words', p.words, 'language', p.language, 'called', p.called, 'told_on', p.told_on) order by p.id)
          from core.dilemma_position p where p.dilemma = d.id and p.standing = 'open'), '[]'),
        coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'slug', l.slug) order by l.kind, l.slug) from core.dilemma_link l where l.dilemma = d.id), '[]')
      from core.dilemma d where d.id = of_dilemma;
  end if;
end $$;
comment on function core.lay_dilemma_open is 'Copies to the street what anyone may read of a dilemma: itself and its open positions once somebody looked, and else nothing.';

create function core.lay_insight_open(of_card uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if exists (select from pub.insight_card p where p.id = of_card) then
    delete from pub.insight_card p where p.id = of_card;
  end if;
  if exists (select from core.insight_card c where c.id = of_card and c.standing = 'open') then
    insert into pub.insight_card
      select c.id, c.slug, c.kind, q.slug, q.question, c.claim, c.holds, c.against, c.grounds, c.language, c.themes,
        jsonb_build_array(c.called) || coalesce((select jsonb_agg(a.called order by a.place) from core.insight_author a where a.card = c.id), '[]'),
        coalesce((select jsonb_agg(w.csl || jsonb_build_object('id', w.key) order by w.key) from core.insight_work x join core.work w on w.id = x.work where x.card = c.id), '[]'),
        c.told_on
      from core.insight_card c left join core.insight_question q on q.id = c.question where c.id = of_card;
  end if;
end $$;
comment on function core.lay_insight_open is 'Copies to the street what anyone may read of an insight once somebody looked, and else nothing.';

create function core.lay_trajectory_open(of_trajectory uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if exists (select from pub.trajectory p where p.id = of_trajectory) then
    delete from pub.trajectory p where p.id = of_trajectory;
  end if;
  if core.trajectory_is_open(of_trajectory) then
    insert into pub.trajectory
      select t.id, t.slug, t.title, t.purpose, t.language, t.themes, t.province, t.from_day, t.until_day,
        coalesce((select jsonb_agg(jsonb_build_object('number', q.number, 'question', q.question, 'since', q.since) order by q.number) from core.trajectory_question q where q.trajectory = t.id), '[]'),
        coalesce((select array_agg(g.session order by g.session) from core.trajectory_gathering g where g.trajectory = t.id), '{}'),
        coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'slug', r.slug, 'added_on', r.added_on, 'work', w.csl) order by r.added_on, r.slug)
          from core.trajectory_reading r left join core.work w on r.kind = 'work' and w.key = r.slug where r.trajectory = t.id), '[]'),
        coalesce((select jsonb_agg(jsonb_build_object('day', c.day, 'words', c.words, 'language', c.language, 'called', c.called) order by c.day, c.id)
          from core.trajectory_change c where c.trajectory = t.id and c.standing = 'open'), '[]')
      from core.trajectory t where t.id = of_trajectory;
  end if;
end $$;
comment on function core.lay_trajectory_open is 'Copies to the street what anyone may read of an open trajectory; never who takes part.';

create function core.follow_learning() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  here jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  which uuid := (here ->> tg_argv[1])::uuid;
begin
  if tg_argv[0] = 'dilemma' then perform core.lay_dilemma_open(which);
  elsif tg_argv[0] = 'insight' then perform core.lay_insight_open(which);
  else perform core.lay_trajectory_open(which);
  end if;
  return null;
end $$;
comment on function core.follow_learning() is 'Lets the street follow at once whatever changes in the library: what is opened, taken back, or left without a name.';

create function core.leave_learning() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from core.learning_note n where n.person_id = new.id;
  delete from core.learner l where l.person_id = new.id;
  delete from core.dilemma_position p where p.told_by = new.id and (p.goes_along or p.standing <> 'open');
  update core.dilemma_position set told_by = null, called = null where told_by = new.id;
  delete from core.dilemma d where d.told_by = new.id and (d.goes_along or d.standing <> 'open');
  update core.dilemma set told_by = null, called = null where told_by = new.id;
  delete from core.insight_card c where c.told_by = new.id and (c.goes_along or c.standing <> 'open');
  update core.insight_card set told_by = null, called = null where told_by = new.id;
  delete from core.trajectory_change c where c.told_by = new.id and (c.goes_along or c.standing <> 'open');
  update core.trajectory_change set told_by = null, called = null where told_by = new.id;
  return null;
end $$;
comment on function core.leave_learning() is 'Whoever leaves takes their own path along, and of what they told what they wished to take; the rest stays without a name.';
create trigger person_leaves_learning after update of left_on on core.person for each row
  when (old.left_on is null and new.left_on is not null) execute function core.leave_learning();

revoke all on function core.looks_at_learning, core.keeps_library, core.keeps_trajectory, core.trajectory_is_open, core.dilemma_is_open, core.wrote_insight,
  core.lay_dilemma_open, core.lay_insight_open, core.lay_trajectory_open, core.follow_learning, core.leave_learning from public;
grant execute on function core.looks_at_learning, core.keeps_library, core.keeps_trajectory, core.trajectory_is_open, core.dilemma_is_open, core.wrote_insight to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['dilemma','dilemma_position','dilemma_link','work','insight_question','insight_card','insight_author','insight_work','trajectory','trajectory_question',
    'trajectory_gathering','trajectory_reading','trajectory_change','learner','learning_note'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on core.%I to steppingstones_app', t);
  end loop;
  -- One's own path is carried out by the house; the person at the terminal reads none of it.
  foreach t in array array['learner','learning_note'] loop
    execute format('drop policy %I on core.%I', t || '_with_the_operator', t);
    execute format('create policy %I on core.%I to steppingstones_app using (core.viewer_kind() = ''house'') with check (core.viewer_kind() = ''house'')', t || '_of_the_house', t);
  end loop;
  foreach t in array array['dilemma','insight_card','trajectory'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
  foreach t in array array['dilemma','dilemma_position','insight_card','trajectory_change'] loop
    execute format('create trigger %I before update on core.%I for each row execute function core.keep_told_words()', t || '_keeps_its_words', t);
    -- Told by oneself, under one's own key, and waiting: nobody opens their own words, and nobody speaks for another.
    execute format('create policy %I on core.%I for select to steppingstones_app using (told_by = core.viewer_person())', t || '_of_who_told_it', t);
    execute format('create policy %I on core.%I for delete to steppingstones_app using (told_by = core.viewer_person())', t || '_is_taken_back', t);
    execute format('create policy %I on core.%I for update to steppingstones_app using (told_by = core.viewer_person() and standing <> ''open'') with check (told_by = core.viewer_person() and standing = ''waiting'')', t || '_is_told_anew', t);
  end loop;
end $$;

create trigger dilemma_is_followed after insert or update or delete on core.dilemma for each row execute function core.follow_learning('dilemma', 'id');
create trigger dilemma_position_is_followed after insert or update or delete on core.dilemma_position for each row execute function core.follow_learning('dilemma', 'dilemma');
create trigger dilemma_link_is_followed after insert or delete on core.dilemma_link for each row execute function core.follow_learning('dilemma', 'dilemma');
create trigger insight_card_is_followed after insert or update or delete on core.insight_card for each row execute function core.follow_learning('insight', 'id');
create trigger insight_author_is_followed after insert or delete on core.insight_author for each row execute function core.follow_learning('insight', 'card');
create trigger insight_work_is_followed after insert or delete on core.insight_work for each row execute function core.follow_learning('insight', 'card');
create trigger trajectory_is_followed after insert or update or delete on core.trajectory for each row execute function core.follow_learning('trajectory', 'id');
create trigger trajectory_question_is_followed after insert or update or delete on core.trajectory_question for each row execute function core.follow_learning('trajectory', 'trajectory');
create trigger trajectory_gathering_is_followed after insert or delete on core.trajectory_gathering for each row execute function core.follow_learning('trajectory', 'trajectory');
create trigger trajectory_reading_is_followed after insert or delete on core.trajectory_reading for each row execute function core.follow_learning('trajectory', 'trajectory');
create trigger trajectory_change_is_followed after insert or update or delete on core.trajectory_change for each row execute function core.follow_learning('trajectory', 'trajectory');

create policy dilemma_is_told on core.dilemma for insert to steppingstones_app with check (told_by = core.viewer_person() and standing = 'waiting' and origin = 'told' and looked_by is null);
create policy dilemma_is_looked_at on core.dilemma for select to steppingstones_app using (core.looks_at_learning());
create policy dilemma_is_opened on core.dilemma for update to steppingstones_app
  using (core.looks_at_learning() and told_by is distinct from core.viewer_person()) with check (looked_by = core.viewer_person() and told_by is distinct from core.viewer_person());
create policy dilemma_position_is_told on core.dilemma_position for insert to steppingstones_app
  with check (told_by = core.viewer_person() and standing = 'waiting' and looked_by is null and core.dilemma_is_open(dilemma));
create policy dilemma_position_is_looked_at on core.dilemma_position for select to steppingstones_app using (core.looks_at_learning());
create policy dilemma_position_is_opened on core.dilemma_position for update to steppingstones_app
  using (core.looks_at_learning() and told_by is distinct from core.viewer_person()) with check (looked_by = core.viewer_person() and told_by is distinct from core.viewer_person());
create policy dilemma_link_is_kept on core.dilemma_link to steppingstones_app using (core.looks_at_learning()) with check (core.looks_at_learning() and linked_by = core.viewer_person());
create policy work_is_read on core.work for select to steppingstones_app using (core.viewer_person() is not null);
create policy work_is_brought on core.work for insert to steppingstones_app with check (core.keeps_library() and brought_by = core.viewer_person());
create policy insight_question_is_read on core.insight_question for select to steppingstones_app using (core.viewer_person() is not null);
create policy insight_question_is_asked on core.insight_question for insert to steppingstones_app with check (core.keeps_library() and asked_by = core.viewer_person());
create policy insight_card_is_told on core.insight_card for insert to steppingstones_app with check (told_by = core.viewer_person() and standing = 'waiting' and looked_by is null);
create policy insight_card_is_looked_at on core.insight_card for select to steppingstones_app using (core.looks_at_learning());
create policy insight_card_is_opened on core.insight_card for update to steppingstones_app
  using (core.looks_at_learning() and told_by is distinct from core.viewer_person()) with check (looked_by = core.viewer_person() and told_by is distinct from core.viewer_person());
create policy insight_author_is_told on core.insight_author to steppingstones_app using (core.wrote_insight(card, true)) with check (core.wrote_insight(card, true));
create policy insight_author_is_ones_own on core.insight_author for select to steppingstones_app using (core.wrote_insight(card, false));
create policy insight_author_is_looked_at on core.insight_author for select to steppingstones_app using (core.looks_at_learning());
create policy insight_work_is_told on core.insight_work to steppingstones_app using (core.wrote_insight(card, true)) with check (core.wrote_insight(card, true));
create policy insight_work_is_ones_own on core.insight_work for select to steppingstones_app using (core.wrote_insight(card, false));
create policy insight_work_is_looked_at on core.insight_work for select to steppingstones_app using (core.looks_at_learning());
create policy trajectory_is_kept on core.trajectory to steppingstones_app using (made_by = core.viewer_person() and core.holds(array['facilitator']) or core.holds(array['editor']))
  with check (made_by = core.viewer_person() and core.holds(array['facilitator','editor']) or core.keeps_trajectory(id));
create policy trajectory_is_read on core.trajectory for select to steppingstones_app using (standing = 'open' and core.viewer_person() is not null);
create policy trajectory_question_is_kept on core.trajectory_question to steppingstones_app using (core.keeps_trajectory(trajectory)) with check (core.keeps_trajectory(trajectory));
create policy trajectory_gathering_is_kept on core.trajectory_gathering to steppingstones_app using (core.keeps_trajectory(trajectory)) with check (core.keeps_trajectory(trajectory));
create policy trajectory_reading_is_kept on core.trajectory_reading to steppingstones_app using (core.keeps_trajectory(trajectory)) with check (core.keeps_trajectory(trajectory));
create policy trajectory_change_is_told on core.trajectory_change for insert to steppingstones_app
  with check (told_by = core.viewer_person() and standing = 'waiting' and looked_by is null and core.trajectory_is_open(trajectory)
    and exists (select from core.learner l where l.trajectory = trajectory_change.trajectory and l.person_id = core.viewer_person()));
create policy trajectory_change_is_kept on core.trajectory_change for insert to steppingstones_app
  with check (told_by = core.viewer_person() and standing = 'open' and looked_by is null and core.keeps_trajectory(trajectory));
create policy trajectory_change_is_looked_at on core.trajectory_change for select to steppingstones_app using (core.keeps_trajectory(trajectory));
create policy trajectory_change_is_opened on core.trajectory_change for update to steppingstones_app
  using (core.keeps_trajectory(trajectory) and told_by is distinct from core.viewer_person()) with check (looked_by = core.viewer_person() and told_by is distinct from core.viewer_person());
create policy learner_is_oneself on core.learner to steppingstones_app using (person_id = core.viewer_person()) with check (person_id = core.viewer_person() and core.trajectory_is_open(trajectory));
create policy learning_note_is_ones_own on core.learning_note to steppingstones_app using (person_id = core.viewer_person()) with check (person_id = core.viewer_person()
  and (trajectory is null or exists (select from core.learner l where l.trajectory = learning_note.trajectory and l.person_id = core.viewer_person())));
