-- Following: who asked to hear by mail, at most once a week, what changed in a part of the field.

create table vault.follower (
  id uuid primary key default uuidv7(),
  mail text unique check (length(mail) <= 254),
  person_id uuid unique references core.person on delete cascade,
  home text not null check (home ~ '^https?://' and length(home) <= 200),
  told_at timestamptz,
  made_at timestamptz not null default now(),
  check (num_nonnulls(mail, person_id) = 1)
);
comment on table vault.follower is 'Someone who hears by mail what changed. Gone as soon as they follow nothing any more.';
comment on column vault.follower.id is '[machine] lasting key';
comment on column vault.follower.mail is '[secret] the address the mails go to; null for who is signed in, whose address lives with signing in';
comment on column vault.follower.person_id is '[person] who is signed in and follows';
comment on column vault.follower.home is '[machine] address of the house, under which the links in the mails open';
comment on column vault.follower.told_at is '[secret] when the last mail with news went out';
comment on column vault.follower.made_at is '[secret] since when';

create table vault.following (
  id uuid primary key default uuidv7(),
  follower_id uuid not null references vault.follower on delete cascade,
  wish jsonb not null check (jsonb_typeof(wish) = 'object'),
  language text not null check (language ~ '^[a-z]{2}$'),
  asked_at timestamptz not null default now(),
  confirmed_at timestamptz,
  told_through bigint,
  check ((confirmed_at is null) = (told_through is null))
);
comment on table vault.following is 'What someone follows: everything, a place, a theme or one entry. Counts only once whoever has the address said so too.';
comment on column vault.following.id is '[machine] lasting key';
comment on column vault.following.follower_id is '[secret] who follows';
comment on column vault.following.wish is '[secret] what: entry, municipality, province, near, within, theme';
comment on column vault.following.language is '[secret] language of the mails about it';
comment on column vault.following.asked_at is '[secret] when it was asked';
comment on column vault.following.confirmed_at is '[secret] when the one who has the address said yes; null is not yet';
comment on column vault.following.told_through is '[machine] number in the diary of the field through which it was told';
create index following_of on vault.following (follower_id);
create unique index following_once on vault.following (follower_id, wish) where confirmed_at is not null;

create table vault.follower_word (
  word_hash bytea primary key check (length(word_hash) = 32),
  follower_id uuid not null references vault.follower on delete cascade,
  following_id uuid references vault.following on delete cascade,
  purpose text not null check (purpose in ('confirm','stop')),
  made_at timestamptz not null default now(),
  until timestamptz not null,
  check ((purpose = 'confirm') = (following_id is not null)),
  check (until > made_at and until <= made_at + interval '400 days')
);
comment on table vault.follower_word is 'Words in the links of mails to followers: to say yes, or to stop. Old mails can be stopped with too.';
comment on column vault.follower_word.word_hash is '[secret] SHA-256 of the word; the word itself is nowhere';
comment on column vault.follower_word.follower_id is '[secret] whose mails';
comment on column vault.follower_word.following_id is '[secret] what is said yes to';
comment on column vault.follower_word.purpose is '[machine] to say yes, or to stop';
comment on column vault.follower_word.made_at is '[secret] when the mail was written';
comment on column vault.follower_word.until is '[secret] until when it opens';
create index follower_word_of on vault.follower_word (follower_id, made_at);

-- What changed last in an entry, without reading the whole diary.
create index change_of on pub.change (slug, number);

do $$
declare t text;
begin
  foreach t in array array['follower','following','follower_word'] loop
    execute format('alter table vault.%I enable row level security', t);
    execute format('alter table vault.%I force row level security', t);
    execute format('create policy %I on vault.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on vault.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_for_the_operator', t);
    execute format('grant select, insert, update, delete on vault.%I to steppingstones_app', t);
  end loop;
end $$;

-- Who is signed in sees and ends what they follow themselves; what was asked with an address opens only by a word from a mail.
create policy follower_is_oneself on vault.follower to steppingstones_app
  using (person_id = (select core.viewer_person())) with check (person_id = (select core.viewer_person()) and mail is null);
create function core.follows(follower uuid) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select exists (select from vault.follower f where f.id = follower and f.person_id = core.viewer_person())
$$;
comment on function core.follows is 'Whether this follower is the person who is signed in.';
create policy following_is_own on vault.following to steppingstones_app
  using (core.follows(follower_id)) with check (core.follows(follower_id));

create function core.opened_following(hash bytea) returns table (purpose text, following uuid, wish jsonb, language text, confirmed boolean, asked_for boolean)
  stable security definer set search_path = pg_catalog, vault language sql as $$
  select w.purpose, g.id, g.wish, g.language, g.confirmed_at is not null, g.id is not distinct from w.following_id
  from vault.follower_word w left join vault.following g on g.follower_id = w.follower_id and (g.confirmed_at is not null or g.id = w.following_id)
  where w.word_hash = hash and now() < w.until
  order by g.asked_at, g.id
$$;
comment on function core.opened_following is 'What whoever has this word follows, and what the word is for; no row when it opens nothing. Only a whole word finds any. Never an address.';
revoke all on function core.follows, core.opened_following from public;
grant execute on function core.follows, core.opened_following to steppingstones_app;
