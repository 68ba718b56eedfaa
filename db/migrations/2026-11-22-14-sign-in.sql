-- Signing in. The tables are those of the library that knows this trade, as it described them once for our version, in our words.
-- They live behind a database role of their own: the app that shows pages can read none of them.

create table auth.person (
  id uuid primary key default uuidv7(),
  mail text unique check (mail = lower(mail) and length(mail) <= 254),
  mail_proven boolean not null default false,
  called text not null default '' check (called = ''),
  picture text check (picture is null),
  second_factor_set boolean default false,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
comment on table auth.person is 'Who can sign in. The only place in the house that holds the mail address of a person.';
comment on column auth.person.id is '[person] lasting key, the same as in core.person';
comment on column auth.person.mail is '[secret] mail address, in small letters; null for who comes by card';
comment on column auth.person.mail_proven is '[machine] whether they once signed in by a mail to this address';
comment on column auth.person.called is '[machine] always empty: how someone wishes to be called stands in core.person';
comment on column auth.person.picture is '[machine] always null: the house keeps no pictures of people';
comment on column auth.person.second_factor_set is '[machine] whether they proved a second factor';
comment on column auth.person.made_at is '[machine] when they were first known';
comment on column auth.person.changed_at is '[machine] when this last changed';

create table auth.session (
  id uuid primary key default uuidv7(),
  person_id uuid not null references auth.person on delete cascade,
  word text not null unique,
  began_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  until timestamptz not null check (until <= began_at + interval '30 days 1 minute'),
  sure boolean not null default false,
  ip_address text check (ip_address is null),
  user_agent text check (user_agent is null)
);
comment on table auth.session is 'Where someone is signed in. A row that is taken away ends the session at once.';
comment on column auth.session.id is '[person] lasting key, by which its person can end it';
comment on column auth.session.person_id is '[person] whose session';
comment on column auth.session.word is '[secret] the word in the cookie; without the seal of the secret of the house it opens nothing';
comment on column auth.session.began_at is '[person] when it began';
comment on column auth.session.last_used_at is '[person] when it was last used, to the minute';
comment on column auth.session.until is '[machine] when it ends at the latest';
comment on column auth.session.sure is '[machine] whether the second factor was given in this session';
comment on column auth.session.ip_address is '[machine] always null: the house keeps no addresses of machines';
comment on column auth.session.user_agent is '[machine] always null: the house does not keep with what someone came';
create index session_of on auth.session (person_id);
create index session_over on auth.session (until);

create table auth.other_way (
  id uuid primary key default uuidv7(),
  account_id text not null,
  provider_id text not null,
  person_id uuid not null references auth.person on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_until timestamptz,
  refresh_token_until timestamptz,
  scope text,
  password text,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (false)
);
comment on table auth.other_way is 'Passwords and sign-in by other houses, which the library knows and this house does not do: it stays empty, and a check sees to it.';
comment on column auth.other_way.id is '[machine] never filled';
comment on column auth.other_way.account_id is '[machine] never filled';
comment on column auth.other_way.provider_id is '[machine] never filled';
comment on column auth.other_way.person_id is '[machine] never filled';
comment on column auth.other_way.access_token is '[machine] never filled';
comment on column auth.other_way.refresh_token is '[machine] never filled';
comment on column auth.other_way.id_token is '[machine] never filled';
comment on column auth.other_way.access_token_until is '[machine] never filled';
comment on column auth.other_way.refresh_token_until is '[machine] never filled';
comment on column auth.other_way.scope is '[machine] never filled';
comment on column auth.other_way.password is '[machine] never filled: nobody here has a password';
comment on column auth.other_way.made_at is '[machine] never filled';
comment on column auth.other_way.changed_at is '[machine] never filled';

create table auth.waiting_word (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  until timestamptz not null,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
comment on table auth.waiting_word is 'Codes and links that were mailed and still open, for ten minutes.';
comment on column auth.waiting_word.id is '[machine] lasting key';
comment on column auth.waiting_word.identifier is '[secret] fingerprint of the link, or of the address a code was mailed to';
comment on column auth.waiting_word.value is '[secret] the sealed code and how often it was guessed wrong, or the address a link was mailed to';
comment on column auth.waiting_word.until is '[machine] until when it opens';
comment on column auth.waiting_word.made_at is '[machine] when it was made';
comment on column auth.waiting_word.changed_at is '[machine] when it last changed';
create index waiting_word_named on auth.waiting_word (identifier);
create index waiting_word_over on auth.waiting_word (until);

create table auth.second_factor (
  id uuid primary key default uuidv7(),
  person_id uuid not null unique references auth.person on delete cascade,
  secret text not null,
  backup_codes text not null,
  proven boolean default true,
  wrong_in_a_row integer default 0,
  locked_until timestamptz
);
comment on table auth.second_factor is 'The second factor of someone: the secret their own device shares with the house, and codes on paper.';
comment on column auth.second_factor.id is '[machine] lasting key';
comment on column auth.second_factor.person_id is '[person] whose';
comment on column auth.second_factor.secret is '[secret] the shared secret, sealed with the secret of the house';
comment on column auth.second_factor.backup_codes is '[secret] the codes on paper that were not used yet, sealed with the secret of the house';
comment on column auth.second_factor.proven is '[machine] whether a code of the device was once given';
comment on column auth.second_factor.wrong_in_a_row is '[machine] the library counts here; our own limit is in auth.tries';
comment on column auth.second_factor.locked_until is '[machine] the library locks here; our own limit is in auth.tries';

create table auth.tries (
  key bytea primary key check (length(key) = 32),
  left_then double precision not null,
  at timestamptz not null default now()
);
comment on table auth.tries is 'How often something may still be tried: a bucket for each account, code or room, that fills with time. Never for an address of a machine.';
comment on column auth.tries.key is '[machine] fingerprint of what is tried; without the secret of the house nobody can say of what';
comment on column auth.tries.left_then is '[machine] how many tries were left at that moment';
comment on column auth.tries.at is '[machine] when that was';
create index tries_over on auth.tries (at);

create table auth.secret_mark (
  mark bytea not null check (length(mark) = 32),
  alone boolean primary key default true check (alone)
);
comment on table auth.secret_mark is 'By which secret of the house sessions and second factors here are sealed, so that another one is noticed at the start.';
comment on column auth.secret_mark.mark is '[machine] a fingerprint made with the secret; the secret itself is not in the database';
comment on column auth.secret_mark.alone is '[machine] there is one row';

do $$
declare t text;
begin
  foreach t in array array['person','session','other_way','waiting_word','second_factor','tries','secret_mark'] loop
    execute format('alter table auth.%I enable row level security', t);
    execute format('alter table auth.%I force row level security', t);
    execute format('create policy %I on auth.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    -- Whatever is granted to another role by mistake shows no row.
    execute format('create policy %I on auth.%I to steppingstones_auth using (true) with check (true)', t || '_for_signing_in', t);
    execute format('grant select, insert, update, delete on auth.%I to steppingstones_auth', t);
  end loop;
end $$;
