-- The post: letters that wait to be mailed. They are put here in the transaction of the deed they speak of, and forgotten when they left.

create table vault.letter (
  id uuid primary key default uuidv7(),
  name text not null check (name ~ '^[a-z0-9]+([.-][a-z0-9]+)*$' and length(name) <= 60),
  language text not null check (language ~ '^[a-z]{2}$'),
  to_person uuid references core.person on delete cascade,
  to_address text check (to_address ~ '^[^@\s]+@[^@\s]+$' and length(to_address) <= 254),
  words jsonb check (jsonb_typeof(words) = 'object'),
  posted_at timestamptz not null default now(),
  until timestamptz not null check (until > posted_at and until <= posted_at + interval '15 days'),
  tries smallint not null default 0,
  trouble text check (trouble ~ '^[A-Za-z0-9_ -]{1,40}$'),
  sent_at timestamptz,
  dropped_at timestamptz,
  check (sent_at is null or dropped_at is null),
  check (case when sent_at is null and dropped_at is null then num_nonnulls(to_person, to_address) = 1 and words is not null
    else num_nonnulls(to_person, to_address, words) = 0 end)
);
comment on table vault.letter is 'A letter that waits to be mailed. When it left, or was given up, who it was for and what it said are gone.';
comment on column vault.letter.id is '[machine] lasting key';
comment on column vault.letter.name is '[machine] which letter it is, as in messages/*/mail.json';
comment on column vault.letter.language is '[machine] the language it is written in';
comment on column vault.letter.to_person is '[secret] who it is for, when it is someone who can sign in; their address is looked up when it leaves';
comment on column vault.letter.to_address is '[secret] who it is for, when it is an address';
comment on column vault.letter.words is '[secret] what fills its sentences, and where its buttons lead';
comment on column vault.letter.posted_at is '[machine] when it was put here';
comment on column vault.letter.until is '[machine] when it no longer makes sense to send it';
comment on column vault.letter.tries is '[machine] how often it was tried in vain';
comment on column vault.letter.trouble is '[machine] the code of what went wrong last';
comment on column vault.letter.sent_at is '[machine] when the post took it';
comment on column vault.letter.dropped_at is '[machine] when it was given up';
create index letter_waiting on vault.letter (posted_at) where sent_at is null and dropped_at is null;

alter table vault.letter enable row level security;
alter table vault.letter force row level security;
create policy letter_of_the_owner on vault.letter to steppingstones_owner using (true) with check (true);
create policy letter_for_the_operator on vault.letter to steppingstones_app
  using ((select core.is_operator())) with check ((select core.is_operator()));
-- Who does a deed may post the letters it asks for; nobody but the house reads one.
create policy letter_is_posted on vault.letter for insert to steppingstones_app
  with check ((select core.viewer()) is not null and sent_at is null and dropped_at is null);
grant select, insert, update, delete on vault.letter to steppingstones_app;
