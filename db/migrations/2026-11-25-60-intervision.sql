-- Intervision, reflection and the view of oneself. What is typed in a circle only ever stands here sealed, under a key that is made from the
-- circle's own word; the house keeps a fingerprint of that word and never the word, so that no row and no backup can be read without the phones.

create table core.circle (
  id uuid primary key,
  word_hash bytea not null unique check (length(word_hash) = 32),
  news integer not null default 1 check (news > 0),
  until timestamptz not null,
  sealed bytea not null check (length(sealed) between 29 and 1000000)
);
comment on table core.circle is 'An intervision circle that is open: five to eight people with one phone each. All it holds is one sealed letter, gone at its end or after twelve hours.';
comment on column core.circle.id is '[machine] random key; it salts the key of the letter';
comment on column core.circle.word_hash is '[secret] fingerprint of the word of the circle, by which its phones find it';
comment on column core.circle.news is '[machine] how many-eth writing of the letter this is, so that a phone knows whether to look again';
comment on column core.circle.until is '[machine] when it is gone at the latest';
comment on column core.circle.sealed is '[secret] who is there, which step, the case, the notes and the dilemma, sealed (AES-256-GCM) under a key that only the phones can make';

create table core.kept_notes (
  id uuid primary key default uuidv7(),
  person_id uuid not null references core.person on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  words text not null check (length(words) between 1 and 150000),
  kept_on date not null default core.today()
);
comment on table core.kept_notes is 'Notes of a circle that its case giver chose to keep in their own account. Nobody else reads them.';
comment on column core.kept_notes.id is '[machine] key';
comment on column core.kept_notes.person_id is '[person] who brought the case and keeps them';
comment on column core.kept_notes.language is '[person] language of the page on which they were kept';
comment on column core.kept_notes.words is '[person] the case, the notes and the dilemma, as they stood';
comment on column core.kept_notes.kept_on is '[person] on which day';
create index kept_notes_of on core.kept_notes (person_id);

create table core.reflection (
  id uuid primary key default uuidv7(),
  person_id uuid not null references core.person on delete cascade,
  facing text not null check (facing in ('internal','external')),
  about text not null check (about in ('alterity','power','help','equality')),
  language text not null check (language ~ '^[a-z]{2}$'),
  words text not null check (length(words) between 1 and 5000),
  written_on date not null default core.today()
);
comment on table core.reflection is 'What someone wrote for themselves at a question to reflect on. Nobody else ever reads it, and nothing is counted of it.';
comment on column core.reflection.id is '[machine] key';
comment on column core.reflection.person_id is '[person] who wrote it';
comment on column core.reflection.facing is '[person] whether the question looks at oneself and one''s own group, or at working with others';
comment on column core.reflection.about is '[person] which of the four things the question is about';
comment on column core.reflection.language is '[person] language of the page on which it was written';
comment on column core.reflection.words is '[person] their own words';
comment on column core.reflection.written_on is '[person] on which day';
create index reflection_of on core.reflection (person_id, about, written_on);

create table core.self_view (
  id uuid primary key default uuidv7(),
  initiative_id uuid not null references core.initiative on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  brings text not null default '' check (length(brings) <= 3000),
  loses text not null default '' check (length(loses) <= 3000),
  written_on date not null default core.today(),
  unique (initiative_id, written_on)
);
comment on table core.self_view is 'How an initiative sees itself among others on a day, in its own words, for a talk with a municipality or a partner. Only its keepers read it; it is never weighed.';
comment on column core.self_view.id is '[inside] key';
comment on column core.self_view.initiative_id is '[inside] of which initiative';
comment on column core.self_view.language is '[inside] language it was written in';
comment on column core.self_view.brings is '[inside] what they bring that others do not';
comment on column core.self_view.loses is '[inside] what gets lost when they fit themselves in';
comment on column core.self_view.written_on is '[inside] of which day this version is';

create table core.self_view_need (
  self_view uuid not null references core.self_view on delete cascade,
  position smallint not null check (position between 1 and 8),
  of_initiative uuid references core.initiative on delete set null,
  of_whom text not null check (length(of_whom) between 1 and 120),
  what text not null check (length(what) between 1 and 500),
  primary key (self_view, position)
);
comment on table core.self_view_need is 'What an initiative needs of whom, by its own view of itself.';
comment on column core.self_view_need.self_view is '[inside] of which view';
comment on column core.self_view_need.position is '[inside] how many-eth';
comment on column core.self_view_need.of_initiative is '[inside] the initiative or institution of the field it is about; null is someone who is not in the field here';
comment on column core.self_view_need.of_whom is '[inside] of whom, in words';
comment on column core.self_view_need.what is '[inside] what they need of them';

-- A circle is found by the fingerprint of its word alone. Whoever has the word is in the circle; whoever has not, sees not that there is one.
create function core.open_circle(of_word bytea) returns table (id uuid, news integer, until timestamptz, sealed bytea)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select c.id, c.news, c.until, c.sealed from core.circle c where c.word_hash = of_word and now() < c.until and core.viewer_kind() = 'phone'
$$;
comment on function core.open_circle is 'The sealed letter of the circle whose word has this fingerprint, for a phone.';

create function core.hold_circle(of_word bytea) returns table (id uuid, news integer, until timestamptz, sealed bytea)
  security definer set search_path = pg_catalog, core language sql as $$
  select c.id, c.news, c.until, c.sealed from core.circle c where c.word_hash = of_word and now() < c.until and core.viewer_kind() in ('phone','house') for update
$$;
comment on function core.hold_circle is 'The same, held until the transaction is over, so that two phones write one after the other; for the house too, which carries something out of a circle in the same step.';

create function core.seal_circle(of_word bytea, letter bytea) returns integer
  security definer set search_path = pg_catalog, core language sql as $$
  update core.circle c set sealed = letter, news = c.news + 1 where c.word_hash = of_word and now() < c.until and core.viewer_kind() in ('phone','house') returning c.news
$$;
comment on function core.seal_circle is 'Puts a newly sealed letter in the place of the one before; null when there is no such circle.';

create function core.end_circle(of_word bytea) returns boolean
  security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from core.circle c where c.word_hash = of_word and core.viewer_kind() in ('phone','house');
  return found;
end $$;
comment on function core.end_circle is 'Ends a circle: the sealed letter is gone.';

revoke all on function core.open_circle, core.hold_circle, core.seal_circle, core.end_circle from public;
grant execute on function core.open_circle, core.hold_circle, core.seal_circle, core.end_circle to steppingstones_app;

-- Who leaves takes along what only they read.
create function core.forget_own_words() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from core.kept_notes where person_id = new.id;
  delete from core.reflection where person_id = new.id;
  return null;
end $$;
comment on function core.forget_own_words is 'Removes what someone wrote for themselves alone when they leave.';
revoke all on function core.forget_own_words from public;
create trigger person_takes_own_words after update of left_on on core.person for each row
  when (new.left_on is not null and old.left_on is null) execute function core.forget_own_words();

do $$
declare t text;
begin
  foreach t in array array['circle','kept_notes','reflection','self_view','self_view_need'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('grant select, insert, update, delete on core.%I to steppingstones_app', t);
  end loop;
  -- The house carries out what someone asks of it, such as a file of all that is theirs; the person at the terminal is not the house.
  foreach t in array array['circle','kept_notes','reflection','self_view','self_view_need'] loop
    execute format('create policy %I on core.%I to steppingstones_app using (core.viewer_kind() = ''house'') with check (core.viewer_kind() = ''house'')', t || '_of_the_house', t);
  end loop;
end $$;

create policy circle_is_opened on core.circle for insert to steppingstones_app
  with check (news = 1 and until <= now() + interval '12 hours 1 minute' and core.holds(array['member','facilitator','pool-member','partner']));
create policy kept_notes_are_ones_own on core.kept_notes to steppingstones_app
  using (person_id = core.viewer_person()) with check (person_id = core.viewer_person());
create policy reflection_is_ones_own on core.reflection to steppingstones_app
  using (person_id = core.viewer_person()) with check (person_id = core.viewer_person());
create policy self_view_is_kept on core.self_view to steppingstones_app using (core.keeps(initiative_id)) with check (core.keeps(initiative_id));
create policy self_view_need_is_kept on core.self_view_need to steppingstones_app
  using (exists (select from core.self_view v where v.id = self_view)) with check (exists (select from core.self_view v where v.id = self_view));
