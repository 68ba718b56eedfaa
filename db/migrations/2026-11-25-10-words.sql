-- Words: how one thing is said by policy, by people who live it, by science, and between them. The words stand beside each other; none is the
-- true one. What comes from public sources is laid by the house; what someone proposes stands after an editor or facilitator looked.

create table core.word (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  origin text not null default 'house' check (origin in ('sources','house')),
  came_on date not null default core.today()
);
comment on table core.word is 'A word of the between-language: one thing that is said in several ways.';
comment on column core.word.id is '[open] lasting key';
comment on column core.word.slug is '[open] name in the address of its page';
comment on column core.word.origin is '[open] told by public sources, or begun here by a proposal';
comment on column core.word.came_on is '[open] day it came to stand here';

create table core.word_version (
  id uuid primary key default uuidv7(),
  word uuid not null references core.word on delete cascade,
  register text not null check (register in ('policy','lived','academic','between')),
  language text not null check (language ~ '^[a-z]{2}$'),
  term text not null check (length(term) between 1 and 80),
  also text[] not null default '{}' check (cardinality(also) <= 6),
  meaning text check (length(meaning) between 1 and 600),
  says text check (length(says) between 1 and 200),
  example text check (length(example) between 1 and 400),
  example_from text check (example_from in ('own-words','source')),
  example_source text check (length(example_source) between 1 and 300),
  hides jsonb not null default '{}' check (jsonb_typeof(hides) = 'object'),
  since_day date,
  until_day date check (until_day >= since_day),
  sources text[] not null default '{}',
  status text not null default 'proposed' check (status in ('sources','proposed','adopted')),
  called text check (length(called) between 1 and 80),
  opened_at timestamptz not null default now(),
  unique (word, register, language, term),
  check ((example is null) = (example_from is null)),
  check (example_from is distinct from 'source' or example_source is not null)
);
comment on table core.word_version is 'One way in which a word is said: by whom, in which language, what it means and what it hides.';
comment on column core.word_version.id is '[open] lasting key';
comment on column core.word_version.word is '[open] of which word';
comment on column core.word_version.register is '[open] word of policy, of people who live it, of science, or between them';
comment on column core.word_version.language is '[open] language it is said in';
comment on column core.word_version.term is '[open] the word itself';
comment on column core.word_version.also is '[open] other forms of the same word, such as its letters or its long form';
comment on column core.word_version.meaning is '[open] what it means in plain words of that language; null is not yet written';
comment on column core.word_version.says is '[open] who says it so, in words; never a person';
comment on column core.word_version.example is '[open] how it sounds in a sentence';
comment on column core.word_version.example_from is '[open] the own words of who proposed it, given for this page, or a public source';
comment on column core.word_version.example_source is '[open] that source';
comment on column core.word_version.hides is '[open] what the word hides or does, as a reading, per language: {language: text}';
comment on column core.word_version.since_day is '[open] since when it is said so; null is not known';
comment on column core.word_version.until_day is '[open] until when; null is still said';
comment on column core.word_version.sources is '[open] where it was found';
comment on column core.word_version.status is '[open] from sources, proposed, or adopted by a table';
comment on column core.word_version.called is '[open] name under which who proposed it wished to stand here; null is none';
comment on column core.word_version.opened_at is '[open] when it came to stand here';
create index word_version_of on core.word_version (word);

create table core.word_dispute (
  id uuid primary key default uuidv7(),
  version uuid not null references core.word_version on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  text text not null check (length(text) between 1 and 600),
  called text check (length(called) between 1 and 80),
  said_on date not null
);
comment on table core.word_dispute is 'That someone sees a word otherwise; it stands beside the word and is not settled.';
comment on column core.word_dispute.id is '[open] lasting key';
comment on column core.word_dispute.version is '[open] which way of saying is disputed';
comment on column core.word_dispute.language is '[open] language of the words';
comment on column core.word_dispute.text is '[open] what is otherwise';
comment on column core.word_dispute.called is '[open] name under which who says so wished to stand here; null is none';
comment on column core.word_dispute.said_on is '[open] when it was said';
create index word_dispute_of on core.word_dispute (version);

create table core.word_adoption (
  id uuid primary key default uuidv7(),
  version uuid not null references core.word_version on delete cascade,
  by_name text check (length(by_name) between 1 and 160),
  by_slug text check (by_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  on_day date not null,
  check (by_slug is null or by_name is not null)
);
comment on table core.word_adoption is 'That a table took a between-word as its own, with the signatures of both its sides.';
comment on column core.word_adoption.id is '[open] lasting key';
comment on column core.word_adoption.version is '[open] which way of saying';
comment on column core.word_adoption.by_name is '[open] name of the table; null for a table that is not open to everyone';
comment on column core.word_adoption.by_slug is '[open] name in the address of that table; null when it has no open page';
comment on column core.word_adoption.on_day is '[open] when';
create index word_adoption_of on core.word_adoption (version);

create table core.word_proposal (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('between','lived','dispute')),
  word uuid references core.word on delete cascade,
  disputes uuid references core.word_version on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  term text check (length(term) between 1 and 80),
  meaning text check (length(meaning) between 1 and 600),
  says text check (length(says) between 1 and 200),
  example text check (length(example) between 1 and 400),
  why text check (length(why) between 1 and 600),
  called text check (length(called) between 1 and 80),
  when_leaving text not null default 'stays' check (when_leaving in ('stays','goes')),
  person_id uuid references core.person on delete set null,
  proposed_on date not null default core.today(),
  state text not null default 'waiting' check (state in ('waiting','open','declined')),
  looked_by uuid references core.person on delete set null,
  looked_on date,
  looked_why text check (length(looked_why) between 1 and 400),
  version uuid references core.word_version on delete set null,
  dispute uuid references core.word_dispute on delete set null,
  check (kind = 'dispute' or (term is not null and meaning is not null and disputes is null)),
  check (kind <> 'dispute' or (disputes is not null and why is not null and term is null and meaning is null and example is null)),
  check ((state = 'waiting') = (looked_on is null)),
  check (state <> 'declined' or looked_why is not null)
);
comment on table core.word_proposal is 'A word someone proposes, or that someone sees a word otherwise; open after an editor or facilitator looked.';
comment on column core.word_proposal.id is '[inside] lasting key';
comment on column core.word_proposal.kind is '[inside] a between-word, how people themselves say it, or a dispute';
comment on column core.word_proposal.word is '[inside] for which word; null for a thing that has no word here yet';
comment on column core.word_proposal.disputes is '[inside] which way of saying is disputed';
comment on column core.word_proposal.language is '[inside] language of all its words';
comment on column core.word_proposal.term is '[inside] the word that is proposed';
comment on column core.word_proposal.meaning is '[inside] what it means in plain words';
comment on column core.word_proposal.says is '[inside] who says it so, in words';
comment on column core.word_proposal.example is '[inside] a sentence in the own words of who proposes it, given for the page of the word';
comment on column core.word_proposal.why is '[inside] why this word, or what is otherwise';
comment on column core.word_proposal.called is '[person] name under which who proposes wishes to stand with it; null is none';
comment on column core.word_proposal.when_leaving is '[person] whether it stays without a name or goes along, when who proposed it leaves';
comment on column core.word_proposal.person_id is '[person] who proposed it; null once they left';
comment on column core.word_proposal.proposed_on is '[inside] when';
comment on column core.word_proposal.state is '[inside] waits for a look, open, or declined';
comment on column core.word_proposal.looked_by is '[person] who looked';
comment on column core.word_proposal.looked_on is '[inside] when';
comment on column core.word_proposal.looked_why is '[inside] what who looked says about it to who proposed it';
comment on column core.word_proposal.version is '[inside] the way of saying it became';
comment on column core.word_proposal.dispute is '[inside] the dispute it became';
create index word_proposal_waiting on core.word_proposal (proposed_on) where state = 'waiting';
create index word_proposal_of on core.word_proposal (person_id);

-- What is open.
create table pub.word (
  id uuid primary key, slug text not null unique, origin text not null, came_on date not null
);
comment on table pub.word is 'A word of the between-language anyone may read.';
comment on column pub.word.id is '[open] lasting key';
comment on column pub.word.slug is '[open] name in the address';
comment on column pub.word.origin is '[open] told by public sources, or begun here by a proposal';
comment on column pub.word.came_on is '[open] day it came to stand here';

create table pub.word_version (
  id uuid primary key, word uuid not null references pub.word on delete cascade, register text not null, language text not null, term text not null, also text[] not null,
  meaning text, says text, example text, example_from text, example_source text, hides jsonb not null, since_day date, until_day date, sources text[] not null,
  status text not null, called text, opened_at timestamptz not null, disputes jsonb not null, adoptions jsonb not null
);
comment on table pub.word_version is 'One way in which a word is said, for anyone to read.';
comment on column pub.word_version.id is '[open] lasting key';
comment on column pub.word_version.word is '[open] of which word';
comment on column pub.word_version.register is '[open] policy, lived, academic or between';
comment on column pub.word_version.language is '[open] language it is said in';
comment on column pub.word_version.term is '[open] the word itself';
comment on column pub.word_version.also is '[open] other forms of it';
comment on column pub.word_version.meaning is '[open] what it means in plain words';
comment on column pub.word_version.says is '[open] who says it so';
comment on column pub.word_version.example is '[open] how it sounds in a sentence';
comment on column pub.word_version.example_from is '[open] own words of who proposed it, or a source';
comment on column pub.word_version.example_source is '[open] that source';
comment on column pub.word_version.hides is '[open] what it hides or does, as a reading, per language';
comment on column pub.word_version.since_day is '[open] since when it is said so';
comment on column pub.word_version.until_day is '[open] until when';
comment on column pub.word_version.sources is '[open] where it was found';
comment on column pub.word_version.status is '[open] from sources, proposed, or adopted';
comment on column pub.word_version.called is '[open] under which name it was proposed';
comment on column pub.word_version.opened_at is '[open] when it came to stand here';
comment on column pub.word_version.disputes is '[open] who sees it otherwise: [{id, language, text, called, said_on}]';
comment on column pub.word_version.adoptions is '[open] which tables took it: [{name, slug, on}]; a table without an open page has no name';
create index word_version_in on pub.word_version (word);

create function core.looks_at_words() returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or core.holds(array['editor','facilitator'])
$$;
comment on function core.looks_at_words is 'Whether who asks looks at proposed words: an editor or facilitator, with their second factor.';

create function core.lay_word_rows(of_word uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from pub.word p where p.id = of_word;
  insert into pub.word select w.id, w.slug, w.origin, w.came_on from core.word w where w.id = of_word and exists (select from core.word_version v where v.word = w.id);
  insert into pub.word_version
    select v.id, v.word, v.register, v.language, v.term, v.also, v.meaning, v.says, v.example, v.example_from, v.example_source, v.hides, v.since_day, v.until_day, v.sources,
      v.status, v.called, v.opened_at,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'language', d.language, 'text', d.text, 'called', d.called, 'said_on', d.said_on) order by d.said_on, d.id)
        from core.word_dispute d where d.version = v.id), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('name', a.by_name, 'slug', a.by_slug, 'on', a.on_day) order by a.on_day, a.id) from core.word_adoption a where a.version = v.id), '[]')
    from core.word_version v join pub.word p on p.id = v.word where v.word = of_word;
end $$;
comment on function core.lay_word_rows is 'Copies to the street what stands of a word. Only for the functions of the house that changed it.';

create function core.lay_word_open(of_word uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.looks_at_words() then
    raise exception 'Only who looks at words lays them open.' using errcode = '42501';
  end if;
  perform core.lay_word_rows(of_word);
end $$;
comment on function core.lay_word_open is 'Copies to the street what anyone may know of a word: its ways of saying, disputes and adoptions; never a proposal that nobody looked at.';

create function core.open_word_proposal(of_proposal uuid, new_slug text, says_why text) returns text security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  asked core.word_proposal;
  of_word uuid;
  made uuid;
  told text;
begin
  select * into asked from core.word_proposal p where p.id = of_proposal and p.state = 'waiting' for update;
  -- Nobody lets their own word in.
  if asked.id is null or not core.looks_at_words() or asked.person_id = core.viewer_person() then
    return null;
  end if;
  if asked.kind = 'dispute' then
    insert into core.word_dispute (version, language, text, called, said_on) values (asked.disputes, asked.language, asked.why, asked.called, core.today()) returning id into made;
    select v.word into of_word from core.word_version v where v.id = asked.disputes;
    update core.word_proposal p set state = 'open', dispute = made, word = of_word, looked_by = core.viewer_person(), looked_on = core.today(), looked_why = says_why where p.id = asked.id;
  else
    of_word := asked.word;
    if of_word is null then
      insert into core.word (slug) values (new_slug) returning id into of_word;
    end if;
    insert into core.word_version (word, register, language, term, meaning, says, example, example_from, called)
      values (of_word, asked.kind, asked.language, asked.term, asked.meaning, asked.says, asked.example, case when asked.example is not null then 'own-words' end, asked.called)
      on conflict do nothing returning id into made;
    -- The very same word stands there already.
    if made is null then
      return null;
    end if;
    update core.word_proposal p set state = 'open', version = made, word = of_word, looked_by = core.viewer_person(), looked_on = core.today(), looked_why = says_why where p.id = asked.id;
  end if;
  perform core.lay_word_rows(of_word);
  select w.slug into told from core.word w where w.id = of_word;
  return told;
end $$;
comment on function core.open_word_proposal is 'Lets who looks at words open what someone else proposed; answers the word in the address, or null when it is not theirs to open, was looked at already, or stands there already.';

create function core.keep_proposal_seen() returns trigger language plpgsql as $$
begin
  if old.state <> 'waiting' and ((new.state, new.kind, new.term, new.meaning, new.looked_on) is distinct from (old.state, old.kind, old.term, old.meaning, old.looked_on)
    or (new.why is distinct from old.why and new.person_id is not null)) then
    raise exception 'What was looked at does not change.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_proposal_seen is 'A proposal that was looked at keeps its words and its answer.';
create trigger word_proposal_stays before update on core.word_proposal for each row execute function core.keep_proposal_seen();

create function core.take_word_back(of_proposal uuid) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  mine core.word_proposal;
begin
  select * into mine from core.word_proposal p where p.id = of_proposal and (p.person_id = core.viewer_person() or core.is_operator()) for update;
  if mine.id is null then
    return false;
  end if;
  delete from core.word_dispute d where d.id = mine.dispute;
  -- A word that a table took is no longer of one person: it stays without name and example.
  delete from core.word_version v where v.id = mine.version and v.status = 'proposed';
  update core.word_version v set called = null, example = null, example_from = null where v.id = mine.version;
  delete from core.word_proposal p where p.id = mine.id;
  delete from core.word w where w.id = mine.word and w.origin = 'house' and not exists (select from core.word_version v where v.word = w.id)
    and not exists (select from core.word_proposal p where p.word = w.id);
  if mine.word is not null then
    perform core.lay_word_rows(mine.word);
  end if;
  return true;
end $$;
comment on function core.take_word_back is 'Lets who proposed something take it back at any time: it is gone, and a word a table adopted stays without name and example. False when it is not theirs.';

create function core.adopt_word(of_proposal uuid, table_name text, table_slug text, on_day date) returns uuid security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_version uuid;
  of_word uuid;
  made uuid;
begin
  select v.id, v.word into of_version, of_word from core.word_proposal p join core.word_version v on v.id = p.version
    where p.id = of_proposal and p.state = 'open' and p.kind = 'between' for update of v;
  if of_version is null then
    return null;
  end if;
  insert into core.word_adoption (version, by_name, by_slug, on_day) values (of_version, table_name, table_slug, on_day) returning id into made;
  update core.word_version v set status = 'adopted' where v.id = of_version;
  perform core.lay_word_rows(of_word);
  return made;
end $$;
comment on function core.adopt_word is 'Writes down that a table adopted a between-word, and answers the key of the adoption; null when the proposal is not open. No role may call it: only the function of the room of tables does, once both sides signed.';

create function core.retell_adoption(of_adoption uuid, table_name text, table_slug text) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_word uuid;
begin
  update core.word_adoption a set by_name = table_name, by_slug = table_slug from core.word_version v where a.id = of_adoption and v.id = a.version returning v.word into of_word;
  if of_word is null then
    return false;
  end if;
  perform core.lay_word_rows(of_word);
  return true;
end $$;
comment on function core.retell_adoption is 'Changes under which name an adoption is told, for a table that opens, closes or is renamed. No role may call it: only the function of the room of tables does.';

create function core.let_words_go() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_word uuid;
  proposal core.word_proposal;
begin
  for proposal in select * from core.word_proposal p where p.person_id = new.id for update loop
    if proposal.when_leaving = 'goes' or proposal.state <> 'open' then
      delete from core.word_dispute d where d.id = proposal.dispute;
      delete from core.word_version v where v.id = proposal.version and v.status = 'proposed';
    end if;
    update core.word_version v set called = null, example = case when proposal.when_leaving = 'stays' then v.example end,
      example_from = case when proposal.when_leaving = 'stays' then v.example_from end where v.id = proposal.version;
    update core.word_dispute d set called = null where d.id = proposal.dispute;
    of_word := proposal.word;
    if proposal.when_leaving = 'goes' or proposal.state <> 'open' then
      delete from core.word_proposal p where p.id = proposal.id;
    else
      update core.word_proposal p set person_id = null, called = null, why = case when p.kind = 'dispute' then p.why end where p.id = proposal.id;
    end if;
    if of_word is not null then
      perform core.lay_word_rows(of_word);
    end if;
  end loop;
  return null;
end $$;
comment on function core.let_words_go is 'Who leaves takes along what they proposed, or leaves it without a name, as they chose; what nobody looked at goes.';
create trigger person_leaves_words after update of left_on on core.person for each row when (old.left_on is null and new.left_on is not null) execute function core.let_words_go();

revoke all on function core.looks_at_words, core.lay_word_rows, core.lay_word_open, core.open_word_proposal, core.take_word_back, core.adopt_word, core.retell_adoption, core.let_words_go from public;
grant execute on function core.looks_at_words, core.lay_word_open, core.open_word_proposal, core.take_word_back to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['core.word','core.word_version','core.word_dispute','core.word_adoption','core.word_proposal'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
  foreach t in array array['word','word_version'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
end $$;

-- What stands is read on the street; here only a proposal is read and written by people.
create policy word_proposal_is_made on core.word_proposal for insert to steppingstones_app
  with check (person_id = (select core.viewer_person()) and state = 'waiting' and looked_by is null and version is null and dispute is null);
create policy word_proposal_is_ones_own on core.word_proposal for select to steppingstones_app using (person_id = (select core.viewer_person()));
create policy word_proposal_is_looked_at on core.word_proposal for select to steppingstones_app using ((select core.looks_at_words()));
create policy word_proposal_is_declined on core.word_proposal for update to steppingstones_app
  using ((select core.looks_at_words()) and state = 'waiting' and person_id is distinct from (select core.viewer_person()))
  with check (state = 'declined' and looked_by = (select core.viewer_person()) and version is null and dispute is null);
