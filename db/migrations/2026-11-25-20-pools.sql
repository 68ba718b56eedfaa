-- Expert pools: newcomers of a region who advise from what they lived. What is asked of them, what they gave and what was paid for it
-- stays visible; what they tell of themselves nobody reads but they, and others only as a number of people.

create table core.pool (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  language text not null check (language ~ '^[a-z]{2}$'),
  name jsonb not null check (jsonb_typeof(name) = 'object' and name <> '{}'),
  purpose jsonb not null check (jsonb_typeof(purpose) = 'object' and purpose <> '{}'),
  training jsonb not null default '{}' check (jsonb_typeof(training) = 'object'),
  municipality text references pub.municipality,
  province text references pub.province,
  cents_an_hour integer not null check (cents_an_hour between 0 and 50000),
  hours_a_year smallint not null check (hours_a_year between 1 and 1000),
  state text not null default 'preparing' check (state in ('preparing','open','resting','ended')),
  home text check (home ~ '^https?://' and length(home) <= 200),
  made_by uuid references core.person,
  made_on date not null default core.today(),
  ended_on date,
  check (num_nonnulls(municipality, province) = 1),
  check ((state = 'ended') = (ended_on is not null))
);
comment on table core.pool is 'An expert pool: newcomers of a municipality or province who are asked, and paid, to advise.';
comment on column core.pool.id is '[open] lasting key';
comment on column core.pool.slug is '[open] name in the address of its page';
comment on column core.pool.language is '[open] language it was written in';
comment on column core.pool.name is '[open] name, per language';
comment on column core.pool.purpose is '[open] what the pool is for, per language';
comment on column core.pool.training is '[open] what training it offers its experts, per language; empty is not said';
comment on column core.pool.municipality is '[open] municipality it is of';
comment on column core.pool.province is '[open] province it is of';
comment on column core.pool.cents_an_hour is '[open] what an hour is paid, in cents of a euro';
comment on column core.pool.hours_a_year is '[open] how many hours are asked of one expert in twelve months at most';
comment on column core.pool.state is '[open] preparing (only its keepers see it), open, resting (nobody new), or ended';
comment on column core.pool.home is '[machine] address of the house, under which the links in the mails open';
comment on column core.pool.made_by is '[person] who made it';
comment on column core.pool.made_on is '[open] when it was made';
comment on column core.pool.ended_on is '[open] when it ended';

create table core.pool_keeper (
  pool uuid not null references core.pool on delete cascade,
  person uuid not null references core.person on delete cascade,
  since date not null default core.today(),
  primary key (pool, person)
);
comment on table core.pool_keeper is 'Who keeps a pool: asks, writes down what was paid, and lets people in. Never one of its experts.';
comment on column core.pool_keeper.pool is '[inside] which pool';
comment on column core.pool_keeper.person is '[person] who keeps it';
comment on column core.pool_keeper.since is '[inside] since when';
create index pool_keeper_of on core.pool_keeper (person);

create table core.pool_expert (
  id uuid primary key default gen_random_uuid(),
  pool uuid not null references core.pool on delete cascade,
  person_id uuid references core.person on delete cascade,
  state text not null default 'asking' check (state in ('asking','in','resting','turned-away','left')),
  called text check (length(called) between 1 and 80),
  name_form text check (name_form in ('pseudonym','name')),
  language text check (language ~ '^[a-z]{2}$'),
  languages text[] not null default '{}' check (cardinality(languages) <= 12),
  experience text check (length(experience) between 1 and 1500),
  dayparts text[] not null default '{}' check (dayparts <@ array['morning','afternoon','evening','weekend']),
  away_until date,
  hours_a_year smallint check (hours_a_year between 1 and 1000),
  learned text check (length(learned) between 1 and 500),
  trained_on date,
  pay_wish text not null default 'not-said' check (pay_wish in ('money','voucher','none','not-said')),
  asked_on date not null default core.today(),
  answered_on date,
  since date,
  left_on date,
  check ((state = 'left') = (left_on is not null)),
  check (state not in ('in','resting') or since is not null),
  check (state = 'left' or (person_id is not null and called is not null and name_form is not null and language is not null)),
  check (state <> 'left' or num_nonnulls(person_id, called, experience, learned) = 0)
);
comment on table core.pool_expert is 'Someone in a pool, or who asks to be in it. Of who left only that hours were given stays, under a bare key.';
comment on column core.pool_expert.id is '[inside] lasting key; random, so that it tells no order';
comment on column core.pool_expert.pool is '[inside] which pool';
comment on column core.pool_expert.person_id is '[person] who; null once they left';
comment on column core.pool_expert.state is '[inside] asking, in, resting (wishes not to be asked), turned-away, or left';
comment on column core.pool_expert.called is '[person] how they wish to be called in this pool; null once they left';
comment on column core.pool_expert.name_form is '[person] whether that is a pseudonym or their name';
comment on column core.pool_expert.language is '[person] language they like to be written in';
comment on column core.pool_expert.languages is '[person] languages they can advise in';
comment on column core.pool_expert.experience is '[person] what they lived and know, in their own words; null is not said';
comment on column core.pool_expert.dayparts is '[person] parts of the week that suit them; empty is not said';
comment on column core.pool_expert.away_until is '[person] not available before this day';
comment on column core.pool_expert.hours_a_year is '[person] how many hours in twelve months they can give at most; null is not said';
comment on column core.pool_expert.learned is '[person] what they learned for this elsewhere, in their own words; null is not said';
comment on column core.pool_expert.trained_on is '[inside] when they did the training of the pool; null is not yet';
comment on column core.pool_expert.pay_wish is '[person] how they wish to be paid';
comment on column core.pool_expert.asked_on is '[inside] when they asked to be in it';
comment on column core.pool_expert.answered_on is '[inside] when they were let in or turned away';
comment on column core.pool_expert.since is '[inside] since when they are in it';
comment on column core.pool_expert.left_on is '[inside] when they left';
create unique index pool_expert_once on core.pool_expert (pool, person_id);
create index pool_expert_of on core.pool_expert (person_id);

create table core.expert_told (
  expert uuid not null references core.pool_expert on delete cascade,
  question text not null check (question in ('age','gender','household','days','surroundings')),
  answer text not null check ((question, answer) in (('age','18-25'),('age','26-40'),('age','41-60'),('age','61-older'),('gender','woman'),('gender','man'),('gender','otherwise'),
    ('household','alone'),('household','with-children'),('household','with-others'),('days','work'),('days','learning'),('days','caring'),('days','seeking'),
    ('surroundings','city'),('surroundings','town'),('surroundings','village'))),
  primary key (expert, question)
);
comment on table core.expert_told is 'What an expert tells of themselves so that a pool can see whom it misses. Never where they came from, never their papers. Nobody reads a row but they.';
comment on column core.expert_told.expert is '[person] who tells it';
comment on column core.expert_told.question is '[person] to which question';
comment on column core.expert_told.answer is '[person] their answer; no row is not said';

create table core.pool_call (
  id uuid primary key default uuidv7(),
  pool uuid not null references core.pool on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  what text not null check (length(what) between 3 and 300),
  minutes integer not null check (minutes between 15 and 6000 and minutes % 15 = 0),
  people smallint not null check (people between 1 and 100),
  day date,
  daypart text check (daypart in ('morning','afternoon','evening','weekend')),
  languages text[] not null default '{}' check (cardinality(languages) <= 12),
  answer_by date,
  state text not null default 'open' check (state in ('open','closed','called-off')),
  made_by uuid references core.person,
  made_on date not null default core.today()
);
comment on table core.pool_call is 'Something a pool is asked to do: for how many hours, by how many people, when.';
comment on column core.pool_call.id is '[inside] lasting key';
comment on column core.pool_call.pool is '[inside] which pool';
comment on column core.pool_call.language is '[inside] language it was written in';
comment on column core.pool_call.what is '[inside] what is asked';
comment on column core.pool_call.minutes is '[inside] how many minutes it asks of one expert, in quarters of an hour';
comment on column core.pool_call.people is '[inside] how many experts are looked for';
comment on column core.pool_call.day is '[inside] on which day; null is not settled';
comment on column core.pool_call.daypart is '[inside] on which part of the week; null is free';
comment on column core.pool_call.languages is '[inside] languages one of which is needed; empty is any';
comment on column core.pool_call.answer_by is '[inside] by when an answer is hoped for';
comment on column core.pool_call.state is '[inside] open, closed, or called off';
comment on column core.pool_call.made_by is '[person] the keeper who asks';
comment on column core.pool_call.made_on is '[inside] when it was made';
create index pool_call_of on core.pool_call (pool);

create table core.pool_invitation (
  id uuid primary key default gen_random_uuid(),
  call uuid not null references core.pool_call on delete cascade,
  expert uuid not null references core.pool_expert on delete cascade,
  asked_on date not null default core.today(),
  minutes_asked integer not null check (minutes_asked between 15 and 6000 and minutes_asked % 15 = 0),
  why jsonb not null default '[]' check (jsonb_typeof(why) = 'array'),
  answer text check (answer in ('yes','no','later')),
  answered_on date,
  minutes_given integer check (minutes_given between 0 and 12000 and minutes_given % 15 = 0),
  given_on date,
  given_told_by text check (given_told_by in ('expert','keeper')),
  paid_cents integer check (paid_cents between 0 and 10000000),
  paid_way text check (paid_way in ('money','voucher')),
  paid_on date,
  received text check (received in ('yes','in-part','not')),
  received_on date,
  unique (call, expert),
  check ((answer is null) = (answered_on is null)),
  check (num_nonnulls(minutes_given, given_on, given_told_by) in (0, 3)),
  check (num_nonnulls(paid_cents, paid_way, paid_on) in (0, 3)),
  check ((received is null) = (received_on is null))
);
comment on table core.pool_invitation is 'That an expert was asked, what they answered, what they gave, what the keeper says was paid and what the expert says was received. Both stand.';
comment on column core.pool_invitation.id is '[inside] lasting key';
comment on column core.pool_invitation.call is '[inside] for what';
comment on column core.pool_invitation.expert is '[person] who';
comment on column core.pool_invitation.asked_on is '[inside] when';
comment on column core.pool_invitation.minutes_asked is '[inside] how many minutes were asked';
comment on column core.pool_invitation.why is '[inside] why their turn had come: [{name, number}]';
comment on column core.pool_invitation.answer is '[inside] yes, no or later; nobody is asked why';
comment on column core.pool_invitation.answered_on is '[inside] when they answered';
comment on column core.pool_invitation.minutes_given is '[inside] how many minutes they gave';
comment on column core.pool_invitation.given_on is '[inside] when that was said';
comment on column core.pool_invitation.given_told_by is '[inside] who said it: the expert themselves, or the keeper on their word';
comment on column core.pool_invitation.paid_cents is '[inside] what was paid, as the keeper says, in cents of a euro';
comment on column core.pool_invitation.paid_way is '[inside] in money or as a voucher';
comment on column core.pool_invitation.paid_on is '[inside] when it was paid, as the keeper says';
comment on column core.pool_invitation.received is '[inside] whether it was received, as the expert says';
comment on column core.pool_invitation.received_on is '[inside] when they said so';
create index pool_invitation_of on core.pool_invitation (expert);

create table core.pool_held (
  pool uuid not null references core.pool on delete cascade,
  question text not null,
  answer text not null,
  people integer not null check (people > 0),
  primary key (pool, question, answer)
);
comment on table core.pool_held is 'How many experts a pool has, in all and by what they told of themselves, as held when the difference last was big enough to be told.';
comment on column core.pool_held.pool is '[secret] which pool';
comment on column core.pool_held.question is '[secret] to which question; "all" counts everyone';
comment on column core.pool_held.answer is '[secret] which answer';
comment on column core.pool_held.people is '[secret] how many; the real number may be a few more or fewer';

-- What is open.
create table pub.pool (
  id uuid primary key, slug text not null unique, language text not null, name jsonb not null, purpose jsonb not null, training jsonb not null, municipality text, province text,
  cents_an_hour integer not null, hours_a_year smallint not null, state text not null check (state in ('open','resting','ended')), made_on date not null, ended_on date,
  at_least smallint check (at_least >= 5 and at_least % 5 = 0), same_five smallint check (same_five between 0 and 100 and same_five % 10 = 0), counted_on date
);
comment on table pub.pool is 'An expert pool anyone may know of. Never who is in it.';
comment on column pub.pool.id is '[open] lasting key';
comment on column pub.pool.slug is '[open] name in the address';
comment on column pub.pool.language is '[open] language it was written in';
comment on column pub.pool.name is '[open] name, per language';
comment on column pub.pool.purpose is '[open] what it is for, per language';
comment on column pub.pool.training is '[open] what training it offers, per language; empty is not said';
comment on column pub.pool.municipality is '[open] municipality';
comment on column pub.pool.province is '[open] province';
comment on column pub.pool.cents_an_hour is '[open] what an hour is paid, in cents';
comment on column pub.pool.hours_a_year is '[open] hours asked of one expert in twelve months at most';
comment on column pub.pool.state is '[open] open, resting or ended';
comment on column pub.pool.made_on is '[open] since when';
comment on column pub.pool.ended_on is '[open] when it ended';
comment on column pub.pool.at_least is '[open] at least so many experts, in steps of five; null is too few to tell';
comment on column pub.pool.same_five is '[open] how much of what was asked in twelve months was asked of the same five, in tens of a hundred; null when others could be guessed from it';
comment on column pub.pool.counted_on is '[open] when people and hours were last counted; once a quarter';

create table pub.pool_told (
  pool uuid not null references pub.pool on delete cascade, question text not null, answer text not null, at_least smallint not null check (at_least >= 5 and at_least % 5 = 0),
  primary key (pool, question, answer)
);
comment on table pub.pool_told is 'Of how many experts at least a pool knows this, because they told it themselves. Never about fewer than five.';
comment on column pub.pool_told.pool is '[open] which pool';
comment on column pub.pool_told.question is '[open] what was asked';
comment on column pub.pool_told.answer is '[open] what was answered';
comment on column pub.pool_told.at_least is '[open] at least so many, in steps of five';

create table pub.pool_load (
  pool uuid not null references pub.pool on delete cascade, measure text not null check (measure in ('asked','given','paid')), amount bigint not null check (amount >= 0), until_day date not null,
  primary key (pool, measure)
);
comment on table pub.pool_load is 'What was asked of a pool, given by it and paid to it since it began. It moves only when at least five experts moved it.';
comment on column pub.pool_load.pool is '[open] which pool';
comment on column pub.pool_load.measure is '[open] asked and given in minutes, paid in cents';
comment on column pub.pool_load.amount is '[open] how much in all, up to that day';
comment on column pub.pool_load.until_day is '[open] counted up to this day';

create function core.keeps_pool(of_pool uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or (core.viewer_person() is not null and core.holds(array['facilitator'])
    and exists (select from core.pool_keeper k where k.pool = of_pool and k.person = core.viewer_person()))
$$;
comment on function core.keeps_pool is 'Whether who is asking keeps this pool. It is asked with a second factor.';

create function core.is_named_keeper(of_pool uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.pool_keeper k where k.pool = of_pool and k.person = core.viewer_person())
$$;
comment on function core.is_named_keeper is 'Whether who is asking is written down as a keeper of this pool, also without a second factor.';

create function core.in_pool(of_pool uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.viewer_person() is not null and exists (select from core.pool_expert e where e.pool = of_pool and e.person_id = core.viewer_person() and e.state in ('in','resting'))
$$;
comment on function core.in_pool is 'Whether who is asking is one of the experts of this pool.';

create function core.in_a_pool() returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.viewer_person() is not null and exists (select from core.pool_expert e where e.person_id = core.viewer_person() and e.state in ('in','resting'))
$$;
comment on function core.in_a_pool() is 'Whether who is asking is an expert of any pool.';

create function core.is_expert(of_expert uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.viewer_person() is not null and exists (select from core.pool_expert e where e.id = of_expert and e.person_id = core.viewer_person())
$$;
comment on function core.is_expert is 'Whether this is the line of who is asking in a pool.';

create function core.expert_pool(of_expert uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select e.pool from core.pool_expert e where e.id = of_expert and (core.keeps_pool(e.pool) or e.person_id = core.viewer_person())
$$;
comment on function core.expert_pool is 'In which pool this expert is, for who keeps it and for the expert.';

create function core.call_pool(of_call uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select c.pool from core.pool_call c where c.id = of_call and (core.keeps_pool(c.pool) or core.in_pool(c.pool))
$$;
comment on function core.call_pool is 'Which pool this is asked of, for who keeps it and for its experts.';

create function core.may_found_pool(in_municipality text, in_province text) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or case when in_municipality is not null then core.holds_around(array['facilitator'], 'municipality', in_municipality)
    else core.holds_in(array['facilitator'], 'province', in_province) end
$$;
comment on function core.may_found_pool is 'Whether who is asking may make a pool here: a facilitator of this municipality or province.';

create function core.keep_what_one_made() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.made_by is not null then
    insert into core.pool_keeper (pool, person) values (new.id, new.made_by);
  end if;
  return null;
end $$;
comment on function core.keep_what_one_made() is 'Who makes a pool keeps it.';
create trigger pool_is_kept_by_its_maker after insert on core.pool for each row execute function core.keep_what_one_made();

create function core.keep_expert_way() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  mine constant text[] := array['state','called','name_form','language','languages','experience','dayparts','away_until','hours_a_year','learned','pay_wish'];
  keepers constant text[] := array['state','since','answered_on','trained_on'];
begin
  if new.state <> old.state and (old.state, new.state) not in (('asking','in'), ('asking','turned-away'), ('asking','left'), ('turned-away','left'), ('in','resting'), ('resting','in'), ('in','left'), ('resting','left')) then
    raise exception 'An expert who is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  if core.is_operator() or current_setting('app.leaving', true) = old.id::text then
    return new;
  end if;
  if old.person_id = core.viewer_person() then
    if to_jsonb(new) - mine <> to_jsonb(old) - mine or (new.state <> old.state and old.state = 'asking') then
      raise exception 'An expert changes their own line, and lets themselves into no pool.' using errcode = '42501';
    end if;
  elsif to_jsonb(new) - keepers <> to_jsonb(old) - keepers or (new.state <> old.state and old.state <> 'asking') then
    raise exception 'Who keeps a pool changes nothing in the words of an expert.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_expert_way() is 'An expert goes the ways of a pool and no other; their words are theirs, letting in is the keeper''s.';
create trigger pool_expert_keeps_their_way before update on core.pool_expert for each row execute function core.keep_expert_way();

create function core.keep_invitation_parts() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  mine constant text[] := array['answer','answered_on','minutes_given','given_on','given_told_by','received','received_on'];
  keepers constant text[] := array['minutes_given','given_on','given_told_by','paid_cents','paid_way','paid_on'];
begin
  if core.is_operator() then
    return new;
  end if;
  if core.is_expert(old.expert) then
    if to_jsonb(new) - mine <> to_jsonb(old) - mine or (new.minutes_given is distinct from old.minutes_given and new.given_told_by is distinct from 'expert') then
      raise exception 'An expert answers, says what they gave and what they received.' using errcode = '42501';
    end if;
  elsif to_jsonb(new) - keepers <> to_jsonb(old) - keepers
    or ((new.minutes_given, new.given_on, new.given_told_by) is distinct from (old.minutes_given, old.given_on, old.given_told_by) and (old.given_told_by = 'expert' or new.given_told_by is distinct from 'keeper')) then
    raise exception 'Who keeps a pool says what was paid, and hours only where the expert did not.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_invitation_parts() is 'The answer and what was received are the expert''s to say, what was paid is the keeper''s; hours said by the expert stand.';
create trigger pool_invitation_keeps_its_parts before update on core.pool_invitation for each row execute function core.keep_invitation_parts();

create function core.leave_pool(of_expert uuid, with_all boolean) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() and not core.is_expert(of_expert) then
    return false;
  end if;
  delete from core.pool_expert e where e.id = of_expert and (with_all or e.state in ('asking','turned-away'));
  if found then
    return true;
  end if;
  perform set_config('app.leaving', of_expert::text, true);
  delete from core.expert_told t where t.expert = of_expert;
  update core.pool_expert e set state = 'left', left_on = core.today(), person_id = null, called = null, name_form = null, language = null, experience = null, learned = null, trained_on = null,
    languages = '{}', dayparts = '{}', away_until = null, hours_a_year = null, pay_wish = 'not-said' where e.id = of_expert and e.state <> 'left';
  return found;
end $$;
comment on function core.leave_pool is 'Lets an expert go: their words and what they told go at once; hours and pay stay without a name, or go too. False when it is not their line.';

create function core.leave_pools_with_the_house() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare line uuid;
begin
  delete from core.pool_expert e where e.person_id = new.id and e.state in ('asking','turned-away');
  for line in select e.id from core.pool_expert e where e.person_id = new.id loop
    perform set_config('app.leaving', line::text, true);
    delete from core.expert_told t where t.expert = line;
    update core.pool_expert e set state = 'left', left_on = core.today(), person_id = null, called = null, name_form = null, language = null, experience = null, learned = null, trained_on = null,
      languages = '{}', dayparts = '{}', away_until = null, hours_a_year = null, pay_wish = 'not-said' where e.id = line and e.state <> 'left';
  end loop;
  delete from core.pool_keeper k where k.person = new.id;
  return null;
end $$;
comment on function core.leave_pools_with_the_house() is 'Who leaves the house leaves its pools: hours and pay stay without a name.';
create trigger person_leaves_their_pools after update of left_on on core.person for each row when (new.left_on is not null and old.left_on is null) execute function core.leave_pools_with_the_house();

create function core.pool_lines(of_pool uuid, from_day date) returns table (expert uuid, called text, mine boolean, state text, languages text[], since date,
  times_asked bigint, minutes_asked bigint, minutes_given bigint, cents_paid bigint) stable security definer set search_path = pg_catalog, core language sql as $$
  select e.id, e.called, coalesce(e.person_id = core.viewer_person(), false), e.state, e.languages, e.since,
    count(i.id) filter (where c.state <> 'called-off'), coalesce(sum(i.minutes_asked) filter (where c.state <> 'called-off'), 0), coalesce(sum(i.minutes_given), 0), coalesce(sum(i.paid_cents), 0)
  from core.pool_expert e left join core.pool_invitation i on i.expert = e.id and i.asked_on >= from_day left join core.pool_call c on c.id = i.call
  where e.pool = of_pool and (core.keeps_pool(of_pool) or core.in_pool(of_pool)) and e.state in ('in','resting','left')
  group by e.id having e.state <> 'left' or count(i.id) > 0
$$;
comment on function core.pool_lines is 'What was asked of each expert since a day, what they gave and what was paid: for the pool wholly. Not who said no, not what they wish, not who they are elsewhere.';

create function core.pool_kept_by(of_pool uuid) returns table (called text, since date) stable security definer set search_path = pg_catalog, core language sql as $$
  select p.called, k.since from core.pool_keeper k join core.person p on p.id = k.person
  where k.pool = of_pool and (core.keeps_pool(of_pool) or exists (select from core.pool_expert e where e.pool = of_pool and e.person_id = core.viewer_person()))
$$;
comment on function core.pool_kept_by is 'How who keeps a pool is called, for who is in it, asks to be in it or keeps it.';

create function core.count_pool(of_pool uuid) returns table (question text, answer text, people integer) stable security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() then
    raise exception 'Only the house counts.' using errcode = '42501';
  end if;
  return query select 'all', 'all', count(*)::integer from core.pool_expert e where e.pool = of_pool and e.state in ('in','resting')
    union all select t.question, t.answer, count(*)::integer from core.expert_told t join core.pool_expert e on e.id = t.expert
    where e.pool = of_pool and e.state in ('in','resting') group by 1, 2;
end $$;
comment on function core.count_pool is 'How many experts a pool has, in all and by what they told. For the house only; what is told of it goes through lay_pool_counted.';

create function core.lay_pool_open(of_pool uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.keeps_pool(of_pool) then
    raise exception 'Only who keeps a pool lays it open.' using errcode = '42501';
  end if;
  delete from pub.pool p where p.id = of_pool and not exists (select from core.pool c where c.id = of_pool and c.state <> 'preparing');
  insert into pub.pool (id, slug, language, name, purpose, training, municipality, province, cents_an_hour, hours_a_year, state, made_on, ended_on)
    select c.id, c.slug, c.language, c.name, c.purpose, c.training, c.municipality, c.province, c.cents_an_hour, c.hours_a_year, c.state, c.made_on, c.ended_on
    from core.pool c where c.id = of_pool and c.state <> 'preparing'
    on conflict (id) do update set slug = excluded.slug, language = excluded.language, name = excluded.name, purpose = excluded.purpose, training = excluded.training,
      municipality = excluded.municipality, province = excluded.province, cents_an_hour = excluded.cents_an_hour, hours_a_year = excluded.hours_a_year, state = excluded.state, ended_on = excluded.ended_on;
end $$;
comment on function core.lay_pool_open is 'Copies to the street what anyone may know of a pool that is not in preparation. People and hours are counted apart, once a quarter.';

create function core.lay_pool_counted(of_pool uuid, held jsonb, told jsonb, loads jsonb, of_same_five smallint, on_day date) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() then
    raise exception 'Only the house counts.' using errcode = '42501';
  end if;
  delete from core.pool_held h where h.pool = of_pool;
  insert into core.pool_held select of_pool, h.question, h.answer, h.people from jsonb_to_recordset(held) as h(question text, answer text, people integer);
  delete from pub.pool_told t where t.pool = of_pool;
  insert into pub.pool_told select of_pool, t.question, t.answer, t.at_least from jsonb_to_recordset(told) as t(question text, answer text, at_least smallint)
    where t.question <> 'all' and exists (select from pub.pool p where p.id = of_pool);
  delete from pub.pool_load l where l.pool = of_pool;
  insert into pub.pool_load select of_pool, l.measure, l.amount, l.until_day from jsonb_to_recordset(loads) as l(measure text, amount bigint, until_day date)
    where exists (select from pub.pool p where p.id = of_pool);
  update pub.pool p set counted_on = on_day, same_five = of_same_five,
    at_least = (select t.at_least from jsonb_to_recordset(told) as t(question text, at_least smallint) where t.question = 'all') where p.id = of_pool;
end $$;
comment on function core.lay_pool_counted is 'Lays down what is held and what is told of the people and hours of a pool, in one go.';

revoke all on function core.keeps_pool, core.in_pool, core.in_a_pool, core.is_expert, core.expert_pool, core.call_pool, core.may_found_pool, core.leave_pool, core.pool_lines, core.pool_kept_by,
  core.count_pool, core.lay_pool_open, core.lay_pool_counted, core.is_named_keeper, core.keep_what_one_made, core.keep_expert_way, core.keep_invitation_parts, core.leave_pools_with_the_house from public;
grant execute on function core.keeps_pool, core.in_pool, core.in_a_pool, core.is_expert, core.expert_pool, core.call_pool, core.may_found_pool, core.leave_pool, core.pool_lines, core.pool_kept_by,
  core.count_pool, core.lay_pool_open, core.lay_pool_counted, core.is_named_keeper to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['core.pool','core.pool_keeper','core.pool_expert','core.expert_told','core.pool_call','core.pool_invitation','core.pool_held'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
  -- What experts tell of themselves is counted and carried out by the house; the person at the terminal reads none of it.
  drop policy expert_told_with_the_operator on core.expert_told;
  create policy expert_told_of_the_house on core.expert_told to steppingstones_app using (core.viewer_kind() = 'house') with check (core.viewer_kind() = 'house');
  foreach t in array array['pool','pool_told','pool_load'] loop
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_is_told', t);
  end loop;
end $$;

-- Who keeps a pool sees who is in it and writes down what was paid; an expert sees their own line; the pool sees the load through pool_lines.
create policy pool_is_kept on core.pool for update to steppingstones_app using (core.keeps_pool(id)) with check (core.keeps_pool(id) and core.may_found_pool(municipality, province));
create policy pool_is_founded on core.pool for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and state = 'preparing' and core.may_found_pool(municipality, province));
create policy pool_is_seen on core.pool for select to steppingstones_app using (core.keeps_pool(id) or core.in_pool(id));
create policy pool_is_ones_own on core.pool for select to steppingstones_app using (made_by = (select core.viewer_person()) and state = 'preparing' and (select core.holds(array['facilitator'])));
create policy pool_keeper_is_seen on core.pool_keeper for select to steppingstones_app using (core.keeps_pool(pool));
create policy pool_keeper_is_asked on core.pool_keeper for insert to steppingstones_app
  with check (core.keeps_pool(pool) and person in (select f.id from core.fellow_facilitators() f)
    and not exists (select from core.pool_expert e where e.pool = pool_keeper.pool and e.person_id = pool_keeper.person));
create policy pool_keeper_stops on core.pool_keeper for delete to steppingstones_app
  using (person = (select core.viewer_person()) and core.keeps_pool(pool));
create policy pool_expert_is_ones_own on core.pool_expert for select to steppingstones_app using (person_id = (select core.viewer_person()));
create policy pool_expert_is_kept on core.pool_expert for select to steppingstones_app using (core.keeps_pool(pool));
create policy pool_expert_asks on core.pool_expert for insert to steppingstones_app
  with check (person_id = (select core.viewer_person()) and state = 'asking' and since is null and trained_on is null and not core.is_named_keeper(pool)
    and exists (select from pub.pool p where p.id = pool and p.state = 'open'));
create policy pool_expert_changes_their_line on core.pool_expert for update to steppingstones_app
  using (person_id = (select core.viewer_person())) with check (person_id = (select core.viewer_person()));
create policy pool_expert_is_let_in on core.pool_expert for update to steppingstones_app using (core.keeps_pool(pool)) with check (core.keeps_pool(pool));
create policy expert_told_is_ones_own on core.expert_told to steppingstones_app using (core.is_expert(expert)) with check (core.is_expert(expert));
create policy pool_call_is_kept on core.pool_call for update to steppingstones_app using (core.keeps_pool(pool)) with check (core.keeps_pool(pool));
create policy pool_call_is_made on core.pool_call for insert to steppingstones_app with check (core.keeps_pool(pool) and made_by = (select core.viewer_person()));
create policy pool_call_is_seen on core.pool_call for select to steppingstones_app using (core.keeps_pool(pool) or core.in_pool(pool));
create policy pool_invitation_is_kept on core.pool_invitation for select to steppingstones_app using (core.keeps_pool(core.call_pool(call)));
create policy pool_invitation_is_ones_own on core.pool_invitation for select to steppingstones_app using (core.is_expert(expert));
create policy pool_invitation_is_sent on core.pool_invitation for insert to steppingstones_app
  with check (core.keeps_pool(core.call_pool(call)) and core.expert_pool(expert) = core.call_pool(call) and answer is null and minutes_given is null and paid_cents is null and received is null
    and exists (select from core.pool_expert e where e.id = expert and e.state = 'in'));
create policy pool_invitation_is_answered on core.pool_invitation for update to steppingstones_app using (core.is_expert(expert)) with check (core.is_expert(expert));
create policy pool_invitation_is_paid on core.pool_invitation for update to steppingstones_app
  using (core.keeps_pool(core.call_pool(call))) with check (core.keeps_pool(core.call_pool(call)));
