-- Cards: a printed code that lets someone without a mail address sign in. Only a fingerprint of the code is kept.

create table vault.card (
  id uuid primary key default uuidv7(),
  person_id uuid not null references core.person on delete cascade,
  code_hash bytea not null unique check (length(code_hash) = 32),
  language text not null check (language ~ '^[a-z]{2}$'),
  made_on date not null default core.today(),
  made_by uuid references core.person,
  until_day date not null check (until_day > made_on and until_day <= made_on + 366),
  last_used_on date,
  ended_on date,
  ended_by uuid references core.person
);
comment on table vault.card is 'A printed card that lets someone sign in. A new one ends the old one; it never lasts longer than a year.';
comment on column vault.card.id is '[machine] lasting key';
comment on column vault.card.person_id is '[person] whom it lets in';
comment on column vault.card.code_hash is '[secret] fingerprint of the code, made with the secret of the house; the code itself is only on the paper';
comment on column vault.card.language is '[inside] the language it is printed in';
comment on column vault.card.made_on is '[inside] when it was made';
comment on column vault.card.made_by is '[person] who made it; null is the operator';
comment on column vault.card.until_day is '[inside] first day on which it no longer opens';
comment on column vault.card.last_used_on is '[person] on which day it last let someone in';
comment on column vault.card.ended_on is '[inside] when it was ended before its time';
comment on column vault.card.ended_by is '[person] who ended it';
create unique index card_that_opens on vault.card (person_id) where ended_on is null;

create function core.may_make_card(for_person uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.person p where p.id = for_person and p.came_by = 'card' and p.left_on is null and p.id is distinct from core.viewer_person()
      and (p.made_by = core.viewer_person() or core.fellow(p.id) or core.holds(array['admin']))
      and core.holds(array['admin','verifier','facilitator','member']))
    -- Whoever made the card could come in as its bearer, so who decides about others has none.
    and not exists (select from core.role_grant g where g.person_id = for_person and g.ended_on is null and core.today() < g.until_day
      and g.role in ('verifier','editor','facilitator','admin','privacy-officer'))
$$;
comment on function core.may_make_card is 'Whether who is asking may make a card for this person: someone without a mail address, whom they brought in themselves, who is of their initiative, or for an admin anyone; never for staff.';

create function core.use_card(hash bytea) returns uuid volatile security definer set search_path = pg_catalog, core, vault language sql as $$
  update vault.card c set last_used_on = core.today() from core.person p
  where c.code_hash = hash and c.ended_on is null and core.today() < c.until_day and p.id = c.person_id and p.left_on is null
  returning c.person_id
$$;
comment on function core.use_card is 'Whom the card with this fingerprint lets in, noting the day; null when it opens nothing.';

revoke all on function core.may_make_card, core.use_card from public;
grant execute on function core.may_make_card, core.use_card to steppingstones_app;

alter table vault.card enable row level security;
alter table vault.card force row level security;
create policy card_of_the_owner on vault.card to steppingstones_owner using (true) with check (true);
create policy card_for_the_operator on vault.card to steppingstones_app
  using ((select core.is_operator())) with check ((select core.is_operator()));
create policy card_is_seen on vault.card for select to steppingstones_app
  using (person_id = (select core.viewer_person()) or core.may_make_card(person_id));
create policy card_is_made on vault.card for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and core.may_make_card(person_id) and last_used_on is null);
create policy card_is_ended on vault.card for update to steppingstones_app
  using (person_id = (select core.viewer_person()) or core.may_make_card(person_id))
  with check (ended_on is not null and ended_by = (select core.viewer_person()));
-- The fingerprint goes in and never comes out.
grant select (id, person_id, language, made_on, made_by, until_day, last_used_on, ended_on, ended_by) on vault.card to steppingstones_app;
grant insert, delete, update (ended_on, ended_by) on vault.card to steppingstones_app;

-- Who brought someone in without a mail address finds them back, to make them a new card.
create policy person_sees_whom_they_brought on core.person for select to steppingstones_app
  using (came_by = 'card' and made_by = (select core.viewer_person()) and (select core.holds(array['verifier','facilitator','member'])));
