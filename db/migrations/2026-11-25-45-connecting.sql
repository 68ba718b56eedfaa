-- What a table lacks and how it is found: who the table itself says is missing, initiatives that ask to be connected, the step a seated party
-- promises to take for them, and words between policy and life that a table takes as its own with the signatures of both its sides.

create table core.table_absence (
  id uuid primary key default uuidv7(),
  table_id uuid not null references core.collaboration_table on delete cascade,
  who text not null check (length(who) between 2 and 120),
  why text not null check (length(why) between 3 and 500),
  language text not null check (language ~ '^[a-z]{2}$'),
  since date,
  since_precision text not null default 'unknown' check (since_precision in ('day','month','year','unknown')),
  named_on date not null default core.today(),
  openly boolean not null default false,
  closed_on date,
  closed_how text check (closed_how in ('filled','no-longer')),
  closed_words text check (length(closed_words) between 2 and 300),
  check ((since is null) = (since_precision = 'unknown')),
  check ((closed_on is null) = (closed_how is null)),
  check (closed_words is null or closed_on is not null)
);
comment on table core.table_absence is 'Someone a table itself says is missing, since when and why; closed when the chair is filled.';
comment on column core.table_absence.id is '[open] lasting key';
comment on column core.table_absence.table_id is '[open] at which table';
comment on column core.table_absence.who is '[open] who is missing, in words; a group or a role, never a person';
comment on column core.table_absence.why is '[open] why they are missing, as the table sees it';
comment on column core.table_absence.language is '[open] language of the words';
comment on column core.table_absence.since is '[open] since when, as precise as known';
comment on column core.table_absence.since_precision is '[open] how precise that day is';
comment on column core.table_absence.named_on is '[open] when the table said so';
comment on column core.table_absence.openly is '[inside] whether it may stand on the open page of the table';
comment on column core.table_absence.closed_on is '[open] since when nobody is missing there any more';
comment on column core.table_absence.closed_how is '[open] filled: someone sits there now; no-longer: the table sees it differently';
comment on column core.table_absence.closed_words is '[open] what the table says of it';
create index table_absence_of on core.table_absence (table_id);

create table core.connection_ask (
  id uuid primary key default uuidv7(),
  table_id uuid not null references core.collaboration_table on delete cascade,
  initiative uuid not null references core.initiative on delete cascade,
  called text not null check (length(called) between 1 and 200),
  wish text not null check (wish in ('table','formal-system')),
  language text not null check (language ~ '^[a-z]{2}$'),
  words text not null check (length(words) between 3 and 500),
  reach text check (length(reach) between 3 and 200),
  asked_on date not null default core.today(),
  state text not null default 'waiting' check (state in ('waiting','promised','connected','declined','withdrawn')),
  answered_on date,
  answer text check (length(answer) between 3 and 500),
  answer_language text check (answer_language ~ '^[a-z]{2}$'),
  seat uuid references core.seat on delete set null,
  promise uuid references core.promise on delete set null,
  check ((answer is null) = (answer_language is null)),
  check (state <> 'declined' or answer is not null),
  check (state = 'waiting' or answered_on is not null),
  check (state in ('promised','connected') or (seat is null and promise is null))
);
comment on table core.connection_ask is 'An initiative asks a table to be connected: to the table, or through it to the formal system.';
comment on column core.connection_ask.id is '[inside] lasting key';
comment on column core.connection_ask.table_id is '[inside] which table is asked';
comment on column core.connection_ask.initiative is '[inside] who asks';
comment on column core.connection_ask.called is '[inside] how it calls itself; it tells the table so, also when it stands on no map';
comment on column core.connection_ask.wish is '[inside] to be connected to this table, or to the formal system';
comment on column core.connection_ask.language is '[inside] language of the words';
comment on column core.connection_ask.words is '[inside] what it asks, in own words';
comment on column core.connection_ask.reach is '[person] how it wishes to be reached about this; null is not said';
comment on column core.connection_ask.asked_on is '[inside] when';
comment on column core.connection_ask.state is '[inside] waiting, promised, connected, declined or withdrawn';
comment on column core.connection_ask.answered_on is '[inside] when that last changed';
comment on column core.connection_ask.answer is '[inside] what the table says, such as why not';
comment on column core.connection_ask.answer_language is '[inside] language of that answer';
comment on column core.connection_ask.seat is '[inside] the seat that took the step';
comment on column core.connection_ask.promise is '[inside] the promise it became, with its carriers and check-ins';
create unique index connection_ask_once on core.connection_ask (table_id, initiative) where state in ('waiting','promised');
create index connection_ask_of on core.connection_ask (initiative);
create index connection_ask_promised on core.connection_ask (promise);

create table core.table_word (
  id uuid primary key default uuidv7(),
  table_id uuid not null references core.collaboration_table on delete cascade,
  version uuid not null references core.word_version on delete cascade,
  brought_on date not null default core.today(),
  meeting uuid references core.table_meeting on delete set null,
  state text not null default 'lying' check (state in ('lying','adopted','let-go')),
  ended_on date,
  why text check (length(why) between 3 and 500),
  language text check (language ~ '^[a-z]{2}$'),
  adoption uuid references core.word_adoption on delete set null,
  unique (table_id, version),
  check ((state = 'lying') = (ended_on is null)),
  check (state <> 'let-go' or why is not null),
  check ((why is null) = (language is null)),
  check (adoption is null or state = 'adopted')
);
comment on table core.table_word is 'A between-word that lies on a table: discussed in a meeting, then adopted with both signatures, or let go with the reason.';
comment on column core.table_word.id is '[inside] lasting key';
comment on column core.table_word.table_id is '[inside] on which table';
comment on column core.table_word.version is '[inside] which word';
comment on column core.table_word.brought_on is '[inside] when it was laid on the table';
comment on column core.table_word.meeting is '[inside] the meeting in which it was discussed';
comment on column core.table_word.state is '[inside] lying, adopted, or let go';
comment on column core.table_word.ended_on is '[inside] when it was adopted or let go';
comment on column core.table_word.why is '[inside] why it was let go';
comment on column core.table_word.language is '[inside] language of that reason';
comment on column core.table_word.adoption is '[inside] the adoption as the page of the word tells it';

create table core.word_signature (
  lies uuid not null references core.table_word on delete cascade,
  seat uuid not null references core.seat on delete cascade,
  side text not null check (side in ('formal','lived')),
  told_by text not null check (told_by in ('holder','keeper')),
  signed_by uuid references core.person on delete set null,
  signed_on date not null default core.today(),
  primary key (lies, seat),
  check (side = 'formal' or told_by = 'holder')
);
comment on table core.word_signature is 'That a seat signed for a word: of a formal institution, or of an initiative. An organisation signs, never a person.';
comment on column core.word_signature.lies is '[inside] for which word on which table';
comment on column core.word_signature.seat is '[inside] which seat signed';
comment on column core.word_signature.side is '[inside] of the formal system, or of those who live it';
comment on column core.word_signature.told_by is '[inside] its holder, or who keeps the table on the word of a formal institution without an entry';
comment on column core.word_signature.signed_by is '[person] by whose hand, so that nobody signs for both sides; null once they left';
comment on column core.word_signature.signed_on is '[inside] when';
create index word_signature_by on core.word_signature (seat);

-- What the street may know.
create table pub.table_absence (
  id uuid primary key, table_id uuid not null references pub.collaboration_table on delete cascade, who text not null, why text not null, language text not null,
  since date, since_precision text not null, named_on date not null, closed_on date, closed_how text, closed_words text
);
comment on table pub.table_absence is 'Whom an open table says is missing, as far as it wishes that told.';
comment on column pub.table_absence.id is '[open] lasting key';
comment on column pub.table_absence.table_id is '[open] at which table';
comment on column pub.table_absence.who is '[open] who is missing, in words';
comment on column pub.table_absence.why is '[open] why, as the table sees it';
comment on column pub.table_absence.language is '[open] language of the words';
comment on column pub.table_absence.since is '[open] since when';
comment on column pub.table_absence.since_precision is '[open] how precise that day is';
comment on column pub.table_absence.named_on is '[open] when the table said so';
comment on column pub.table_absence.closed_on is '[open] since when nobody is missing there any more';
comment on column pub.table_absence.closed_how is '[open] filled, or no longer seen so';
comment on column pub.table_absence.closed_words is '[open] what the table says of it';
create index open_absence_of on pub.table_absence (table_id);

create function core.lay_absences(ids uuid[]) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from pub.table_absence p where p.table_id = any(ids);
  insert into pub.table_absence
    select a.id, a.table_id, a.who, a.why, a.language, a.since, a.since_precision, a.named_on, a.closed_on, a.closed_how, a.closed_words
    from core.table_absence a join pub.collaboration_table t on t.id = a.table_id where a.table_id = any(ids) and a.openly;
end $$;
comment on function core.lay_absences is 'Copies to the street whom these tables say is missing, as far as table and absence are open; never asked by the app itself.';

create function core.lay_absences_again() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.lay_absences(array(select l.id from laid l));
  return null;
end $$;
comment on function core.lay_absences_again is 'A table that is laid open anew takes along whom it says is missing.';
create trigger table_lacks_again after insert on pub.collaboration_table referencing new table as laid for each statement execute function core.lay_absences_again();

create function core.lay_absence_open() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.lay_absences(array[coalesce(new.table_id, old.table_id)]);
  return null;
end $$;
comment on function core.lay_absence_open is 'What changes of an absence changes on the street at once.';
create trigger absence_is_laid after insert or update or delete on core.table_absence for each row execute function core.lay_absence_open();

-- Asking to be connected.
create function core.may_ask_at(of_table uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.collaboration_table t where t.id = of_table and t.ended_on is null
    and (t.open_to = 'everyone' or core.table_is_open(t.id) or core.was_asked_at(t.id)))
$$;
comment on function core.may_ask_at is 'Whether who is asking may know that this table is there, so that they can ask it something.';

create function core.open_holders(of_table uuid) returns table (seat uuid, initiative uuid) stable security definer set search_path = pg_catalog, core language sql as $$
  select s.id, core.lives_on_in(s.initiative) from core.seat s where s.table_id = of_table and s.state in ('taken','left') and s.initiative is not null
    and (core.keeps_table(of_table) or core.sits_at(of_table))
$$;
comment on function core.open_holders is 'Which entries hold or held the seats of a table, as they live on now; for who keeps it or sits at it.';

create function core.sees_ask(of_ask uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.connection_ask a where a.id = of_ask and (core.keeps(core.lives_on_in(a.initiative)) or core.keeps_table(a.table_id) or core.sits_at(a.table_id)))
$$;
comment on function core.sees_ask is 'Whether who is asking keeps the initiative that asks, keeps the table that is asked, or sits at it.';

create function core.asker_of(of_ask uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select core.lives_on_in(a.initiative) from core.connection_ask a where a.id = of_ask and core.sees_ask(a.id)
$$;
comment on function core.asker_of is 'Which entry asks, as it lives on now; for who keeps it and for the table.';

create function core.keep_ask_way() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if (to_jsonb(new) - array['state','answered_on','answer','answer_language','seat','promise']) <> (to_jsonb(old) - array['state','answered_on','answer','answer_language','seat','promise']) then
    raise exception 'What was asked does not change.' using errcode = '42501';
  end if;
  if old.state <> new.state and (old.state, new.state) not in (('waiting','promised'), ('waiting','declined'), ('waiting','withdrawn'),
    ('promised','connected'), ('promised','waiting'), ('promised','withdrawn')) then
    raise exception 'An ask that is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_ask_way is 'An ask goes the ways of docs/states/connecting.md and no other, whoever moves it.';
create trigger ask_keeps_its_way before update on core.connection_ask for each row execute function core.keep_ask_way();

create function core.take_step(of_ask uuid, of_seat uuid, of_what text, of_language text, of_day date, of_called text, of_mail text, of_title jsonb, of_home text)
  returns uuid security definer set search_path = pg_catalog, core, vault language plpgsql as $$
declare
  asked core.connection_ask;
  at_table core.collaboration_table;
  held core.seat;
  room uuid := uuidv7();
  made uuid := gen_random_uuid();
  plan uuid := uuidv7();
  who uuid;
  word text;
begin
  select * into asked from core.connection_ask a where a.id = of_ask and a.state = 'waiting' for update;
  select * into held from core.seat s where s.id = of_seat and s.table_id = asked.table_id and s.state = 'taken';
  if asked.id is null or held.id is null or not (core.keeps_table(asked.table_id) or core.keeps(core.lives_on_in(held.initiative))) then
    return null;
  end if;
  select * into at_table from core.collaboration_table t where t.id = asked.table_id;
  word := 'stap-' || left(replace(made::text, '-', ''), 12);
  -- The step is a gathering of the table of its own, so that its promise has a year of its own.
  insert into core.session (id, slug, kind, title, language, municipality, province, held_on, held_precision, state, closed_at, made_by)
    values (room, word, 'development-table', of_title, of_language, at_table.municipality, at_table.province, core.today(), 'day', 'closed', now(), core.viewer_person());
  insert into core.session_facilitator (session, person) select room, k.person from core.table_keeper k where k.table_id = asked.table_id;
  insert into core.promise (id, session, what, language, who_kind, by_day, made_on)
    values (made, room, jsonb_build_object(of_language, of_what), of_language, 'institution', of_day, core.today());
  insert into core.agenda (id, session, slug, drawn_on, drawn_precision, until_day, home)
    values (plan, room, word, core.today(), 'day', (core.today() + interval '1 year')::date, of_home);
  update core.promise p set agenda = plan where p.id = made;
  insert into core.carrier (session, language, way) values (room, of_language, case when of_mail is null then 'card' else 'mail' end) returning id into who;
  if of_mail is not null then
    insert into vault.carrier_address (carrier, session, mail) values (who, room, lower(of_mail));
  end if;
  insert into core.promise_carrier (promise, carrier, called) values (made, who, of_called);
  update core.connection_ask a set state = 'promised', answered_on = core.today(), seat = of_seat, promise = made, answer = null, answer_language = null where a.id = asked.id;
  return who;
end $$;
comment on function core.take_step is 'Lets a seated party promise the step towards who asks, by its own hand or by that of who keeps the table: a promise like any other, carried by who is written to. Answers the carrier; null when it is not theirs or not now. The address goes in and never comes out.';

create function core.step_of(of_ask uuid) returns table (state text, what jsonb, by_day date, confirmed_on date, moved_on date, silent_since date) stable security definer set search_path = pg_catalog, core language sql as $$
  select p.state, p.what, p.by_day, p.confirmed_on, p.moved_on,
    case when p.state = 'underway' then (select min(k.asked_on) from core.promise_check_in k where k.promise = p.id and k.state = 'silent' and k.due_on > coalesce(p.moved_on, '-infinity')) end
  from core.connection_ask a join core.promise p on p.id = a.promise where a.id = of_ask and core.sees_ask(a.id)
$$;
comment on function core.step_of is 'How the promised step stands, for who asked and for the table; never who carries it.';

create function core.ask_waits_again() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  update core.connection_ask a set state = 'waiting', answered_on = core.today(), seat = null, promise = null where a.promise = new.id and a.state = 'promised';
  return null;
end $$;
comment on function core.ask_waits_again is 'A step that is let go leaves the ask waiting for another.';
create trigger promise_lets_ask_wait after update of state on core.promise for each row when (new.state in ('let-go','withdrawn') and old.state <> new.state)
  execute function core.ask_waits_again();

-- Adopting a word.
create function core.side_of(of_seat uuid) returns text stable security definer set search_path = pg_catalog, core language sql as $$
  select case
      when p.kind in ('municipality','province','national-institution') then 'formal'
      when p.kind in ('initiative','social-enterprise') or p.led_by = 'refugee-led' then 'lived'
    end
  from core.seat s join core.initiative_period p on p.initiative_id = core.lives_on_in(s.initiative) and p.valid @> core.today()
  where s.id = of_seat and s.state = 'taken' and (core.keeps_table(s.table_id) or core.sits_at(s.table_id))
$$;
comment on function core.side_of is 'On which side of a table a seat is: of the formal system, or of initiatives and what refugees lead; null is neither, or without an entry.';

create function core.table_of_lying(of_lying uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select w.table_id from core.table_word w where w.id = of_lying and w.state = 'lying' and (core.keeps_table(w.table_id) or core.sits_at(w.table_id))
$$;
comment on function core.table_of_lying is 'On which table a word still lies, for who keeps or sits at it.';

create function core.keep_lying_way() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if old.state <> new.state and (old.state, new.state) not in (('lying','adopted'), ('lying','let-go'), ('let-go','lying')) then
    raise exception 'A word that is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  if new.meeting is not null and not exists (select from core.table_meeting m where m.id = new.meeting and m.table_id = new.table_id) then
    raise exception 'A word is discussed in a meeting of its own table.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_lying_way is 'A word goes the ways of docs/states/word.md on a table and no other, whoever moves it.';
create trigger lying_keeps_its_way before update on core.table_word for each row execute function core.keep_lying_way();

create function core.adopt_at_table(of_lying uuid) returns text security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  lying core.table_word;
  at_table core.collaboration_table;
  made uuid;
begin
  select * into lying from core.table_word w where w.id = of_lying and w.state = 'lying' and core.keeps_table(w.table_id) for update;
  if lying.id is null then
    return 'not_there';
  end if;
  if not exists (select from core.table_meeting m join core.session s on s.id = m.session where m.id = lying.meeting and s.state in ('live','paused','closed','shared')) then
    return 'not_discussed';
  end if;
  -- Two hands, one of each side, of seats that are still held.
  if not exists (select from core.word_signature f join core.word_signature l on l.lies = f.lies and l.side = 'lived' and l.signed_by is distinct from f.signed_by
      join core.seat fs on fs.id = f.seat and fs.state = 'taken' join core.seat ls on ls.id = l.seat and ls.state = 'taken'
      where f.lies = lying.id and f.side = 'formal') then
    return 'one_side';
  end if;
  select * into at_table from core.collaboration_table t where t.id = lying.table_id;
  made := core.adopt_word((select p.id from core.word_proposal p where p.version = lying.version),
    case when at_table.open_to = 'everyone' then at_table.name end, case when at_table.open_to = 'everyone' then at_table.slug end, core.today());
  if made is null then
    return 'not_open';
  end if;
  update core.table_word w set state = 'adopted', ended_on = core.today(), why = null, language = null, adoption = made where w.id = lying.id;
  return 'adopted';
end $$;
comment on function core.adopt_at_table is 'Lets who keeps a table adopt a word that was discussed in a room and signed by both sides; says what is missing when it cannot be. A table that is not open to everyone is not named.';

create function core.retell_adoptions() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.retell_adoption(w.adoption, case when new.open_to = 'everyone' then new.name end, case when new.open_to = 'everyone' then new.slug end)
    from core.table_word w where w.table_id = new.id and w.adoption is not null;
  return null;
end $$;
comment on function core.retell_adoptions is 'A table that opens, closes or is renamed is told so, or no longer told, with the words it adopted.';
create trigger table_retells_words after update of open_to, name, slug on core.collaboration_table for each row execute function core.retell_adoptions();

create function core.let_signatures_go() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  update core.word_signature g set signed_by = null where g.signed_by = new.id;
  return null;
end $$;
comment on function core.let_signatures_go is 'A signature is of a seat: it stays when the person by whose hand it was leaves, and no longer says whose hand.';
create trigger person_leaves_signatures after update of left_on on core.person for each row when (old.left_on is null and new.left_on is not null) execute function core.let_signatures_go();

revoke all on function core.lay_absences, core.lay_absences_again, core.lay_absence_open, core.may_ask_at, core.open_holders, core.asker_of, core.sees_ask, core.keep_ask_way, core.take_step, core.step_of, core.ask_waits_again,
  core.side_of, core.table_of_lying, core.keep_lying_way, core.adopt_at_table, core.retell_adoptions, core.let_signatures_go from public;
grant execute on function core.may_ask_at, core.open_holders, core.asker_of, core.sees_ask, core.take_step, core.step_of, core.side_of, core.table_of_lying, core.adopt_at_table to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['table_absence','connection_ask','table_word','word_signature'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on core.%I to steppingstones_app', t);
  end loop;
  grant select on pub.table_absence to steppingstones_app, steppingstones_public;
  create trigger table_absence_is_told after insert or update or delete on pub.table_absence for each statement execute function pub.tell_change();
end $$;

create policy table_absence_is_kept on core.table_absence to steppingstones_app using (core.keeps_table(table_id)) with check (core.keeps_table(table_id));
create policy table_absence_is_seen on core.table_absence for select to steppingstones_app using (core.sits_at(table_id) or (openly and core.table_is_open(table_id)));

create policy connection_ask_is_made on core.connection_ask for insert to steppingstones_app
  with check (core.keeps(initiative) and core.may_ask_at(table_id) and state = 'waiting' and answered_on is null and answer is null);
create policy connection_ask_is_ones_own on core.connection_ask for select to steppingstones_app using (core.speaks_for_entry(initiative));
create policy connection_ask_is_seen on core.connection_ask for select to steppingstones_app using (core.keeps_table(table_id) or core.sits_at(table_id));
-- Whether it is connected says who asked; a promise is only made by core.take_step.
create policy connection_ask_is_ended on core.connection_ask for update to steppingstones_app
  using (core.speaks_for_entry(initiative)) with check (core.speaks_for_entry(initiative) and state in ('connected','withdrawn'));
create policy connection_ask_is_answered on core.connection_ask for update to steppingstones_app
  using (core.keeps_table(table_id)) with check (core.keeps_table(table_id) and state in ('declined','waiting'));
create policy connection_ask_goes on core.connection_ask for delete to steppingstones_app using (core.speaks_for_entry(initiative));

create policy table_word_is_laid on core.table_word for insert to steppingstones_app with check (core.keeps_table(table_id) and state = 'lying' and adoption is null and meeting is null);
create policy table_word_is_kept on core.table_word for update to steppingstones_app
  using (core.keeps_table(table_id) and state <> 'adopted') with check (core.keeps_table(table_id) and state <> 'adopted' and adoption is null);
create policy table_word_is_taken_off on core.table_word for delete to steppingstones_app using (core.keeps_table(table_id) and state <> 'adopted');
create policy table_word_is_seen on core.table_word for select to steppingstones_app using (core.keeps_table(table_id) or core.sits_at(table_id));

create policy word_signature_is_ones_own on core.word_signature for insert to steppingstones_app
  with check (signed_by = (select core.viewer_person()) and told_by = 'holder' and core.table_of_seat(seat) = core.table_of_lying(lies)
    and core.speaks_for_seat(seat) and side = core.side_of(seat));
create policy word_signature_is_on_their_word on core.word_signature for insert to steppingstones_app
  with check (signed_by = (select core.viewer_person()) and told_by = 'keeper' and side = 'formal' and core.table_of_seat(seat) = core.table_of_lying(lies)
    and core.keeps_table(core.table_of_seat(seat)) and exists (select from core.seat s where s.id = seat and s.state = 'taken' and s.initiative is null));
create policy word_signature_is_seen on core.word_signature for select to steppingstones_app using (core.table_of_seat(seat) is not null);
create policy word_signature_is_taken_back on core.word_signature for delete to steppingstones_app
  using (core.table_of_lying(lies) is not null and (core.speaks_for_seat(seat) or core.keeps_table(core.table_of_seat(seat)) and told_by = 'keeper'));
