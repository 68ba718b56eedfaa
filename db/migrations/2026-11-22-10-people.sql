-- People, what was entrusted to them, and the rights the walls ask about. Mail addresses are not here: they live with signing in.

create or replace function core.is_operator() returns boolean stable language sql
  return coalesce(core.viewer_kind() in ('operator', 'house'), false);
comment on function core.is_operator() is 'Whether the person at the terminal of the machine itself is asking, or the house doing what was put off for later.';

create function core.today() returns date stable language sql
  return (now() at time zone 'Europe/Amsterdam')::date;
comment on function core.today() is 'The day it is in the Netherlands.';

create function core.viewer() returns uuid stable language sql
  return case when core.viewer_kind() in ('person', 'link') then nullif(current_setting('app.viewer', true), '')::uuid end;
comment on function core.viewer() is 'Whose transaction this is: the person, or the link they came by; null when nobody in particular.';

create function core.viewer_person() returns uuid stable language sql
  return case when core.viewer_kind() = 'person' then nullif(current_setting('app.viewer', true), '')::uuid end;
comment on function core.viewer_person() is 'The person who is signed in, or null.';

create function core.viewer_is_sure() returns boolean stable language sql
  return coalesce(current_setting('app.sure', true) = 'yes', false);
comment on function core.viewer_is_sure() is 'Whether the person who is signed in also gave their second factor in this session.';

grant execute on function core.today(), core.viewer(), core.viewer_person(), core.viewer_is_sure() to steppingstones_app;

create table core.person (
  id uuid primary key default uuidv7(),
  called text check (length(called) between 1 and 80),
  language text check (language ~ '^[a-z]{2}$'),
  came_by text not null check (came_by in ('mail','card')),
  made_at timestamptz not null default now(),
  made_by uuid references core.person,
  left_on date
);
comment on table core.person is 'Someone who can sign in. Nothing is asked of them but how they wish to be called.';
comment on column core.person.id is '[person] lasting key, the same as where they sign in';
comment on column core.person.called is '[person] how they wish to be called; null is not said';
comment on column core.person.language is '[person] language they like to be written in';
comment on column core.person.came_by is '[inside] whether they sign in by mail or with a card';
comment on column core.person.made_at is '[inside] since when they can sign in';
comment on column core.person.made_by is '[inside] who invited them or made their card; null is themselves or the operator';
comment on column core.person.left_on is '[inside] when they left; they can then no longer sign in';

create table core.role_grant (
  id uuid primary key default uuidv7(),
  person_id uuid not null references core.person on delete cascade,
  role text not null check (role in ('member','verifier','editor','facilitator','partner','pool-member','researcher','admin','privacy-officer')),
  scope_kind text not null check (scope_kind in ('all','province','municipality','initiative')),
  scope_id text not null default '' check (length(scope_id) <= 80),
  from_day date not null default core.today(),
  until_day date not null,
  granted_by uuid references core.person,
  reason text not null check (length(reason) between 3 and 500),
  ended_on date,
  ended_by uuid references core.person,
  ended_reason text check (length(ended_reason) between 3 and 500),
  granted_at timestamptz not null default now(),
  check (until_day > from_day and until_day <= from_day + 366),
  check ((scope_kind = 'all') = (scope_id = '')),
  check ((role = 'member') = (scope_kind = 'initiative')),
  check (role not in ('admin','privacy-officer') or scope_kind = 'all'),
  check (granted_by is distinct from person_id)
);
comment on table core.role_grant is 'What was entrusted to someone: a role, where, from when until when, by whom and why. Never longer than a year.';
comment on column core.role_grant.id is '[inside] lasting key';
comment on column core.role_grant.person_id is '[person] to whom';
comment on column core.role_grant.role is '[inside] as what';
comment on column core.role_grant.scope_kind is '[inside] whether it holds everywhere, in a province, in a municipality or for one initiative';
comment on column core.role_grant.scope_id is '[inside] which province or municipality (code) or initiative (key)';
comment on column core.role_grant.from_day is '[inside] first day';
comment on column core.role_grant.until_day is '[inside] first day on which it no longer holds';
comment on column core.role_grant.granted_by is '[person] who gave it; null is the operator';
comment on column core.role_grant.reason is '[inside] why';
comment on column core.role_grant.ended_on is '[inside] when it was taken back before its time';
comment on column core.role_grant.ended_by is '[person] who took it back';
comment on column core.role_grant.ended_reason is '[inside] why it was taken back';
comment on column core.role_grant.granted_at is '[inside] when it was given';
create index role_grant_of on core.role_grant (person_id);
create index role_grant_scope on core.role_grant (scope_kind, scope_id);

create table core.glass (
  id uuid primary key default uuidv7(),
  initiative_id uuid not null,
  asked_by uuid not null references core.person,
  reason text not null check (length(reason) between 10 and 1000),
  asked_at timestamptz not null default now(),
  hours smallint not null check (hours between 1 and 24),
  agreed_by uuid references core.person,
  agreed_at timestamptz,
  open_until timestamptz,
  told_at timestamptz,
  check (agreed_by is distinct from asked_by),
  check ((agreed_by is null) = (agreed_at is null) and (agreed_at is null) = (open_until is null)),
  check (open_until <= agreed_at + make_interval(hours => hours))
);
comment on table core.glass is 'Glass that two people broke together, for a reason and a time, to see what one initiative keeps to itself. Who it is about is told.';
comment on column core.glass.id is '[inside] lasting key';
comment on column core.glass.initiative_id is '[inside] whose kept things';
comment on column core.glass.asked_by is '[person] the first of the two';
comment on column core.glass.reason is '[inside] why; this is told to whom it concerns';
comment on column core.glass.asked_at is '[inside] when it was asked';
comment on column core.glass.hours is '[inside] for how many hours';
comment on column core.glass.agreed_by is '[person] the second of the two';
comment on column core.glass.agreed_at is '[inside] when the second agreed';
comment on column core.glass.open_until is '[inside] until when';
comment on column core.glass.told_at is '[inside] when those it concerns were told';

create function core.grant_stands(g core.role_grant) returns boolean stable language sql
  return core.today() >= g.from_day and core.today() < g.until_day and g.ended_on is null
    and (g.role not in ('verifier','editor','facilitator','admin','privacy-officer') or core.viewer_is_sure());
comment on function core.grant_stands is 'Whether this grant holds now. What is entrusted to staff holds only in a session with a second factor.';

create function core.holds(roles text[]) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.role_grant g where g.person_id = core.viewer_person() and g.role = any(roles) and core.grant_stands(g))
$$;
comment on function core.holds is 'Whether the person who is signed in holds one of these roles anywhere.';

create function core.holds_in(roles text[], in_kind text, in_id text) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.role_grant g where g.person_id = core.viewer_person() and g.role = any(roles)
    and (g.scope_kind = 'all' or (g.scope_kind = in_kind and g.scope_id = in_id)) and core.grant_stands(g))
$$;
comment on function core.holds_in is 'Whether the person who is signed in holds one of these roles in this province, municipality or initiative.';

create function core.fellow(other uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.role_grant mine join core.role_grant theirs
      on theirs.role = 'member' and theirs.scope_id = mine.scope_id and theirs.person_id = other and theirs.ended_on is null and core.today() < theirs.until_day
    where mine.person_id = core.viewer_person() and mine.role = 'member' and core.grant_stands(mine))
$$;
comment on function core.fellow is 'Whether this person belongs to an initiative of the person who is signed in.';

revoke all on function core.grant_stands, core.holds, core.holds_in, core.fellow from public;
grant execute on function core.grant_stands, core.holds, core.holds_in, core.fellow to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['person','role_grant','glass'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_for_the_operator', t);
    execute format('grant select, insert, update on core.%I to steppingstones_app', t);
  end loop;
end $$;
grant delete on core.person to steppingstones_app;

create policy person_sees_themselves on core.person for select to steppingstones_app
  using (id = (select core.viewer_person()) or (select core.holds(array['admin'])) or core.fellow(id));
create policy person_changes_themselves on core.person for update to steppingstones_app
  using (id = (select core.viewer_person())) with check (id = (select core.viewer_person()));
create policy person_is_made on core.person for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and (select core.holds(array['admin','verifier','member','facilitator'])));

create policy grant_is_seen on core.role_grant for select to steppingstones_app
  using (person_id = (select core.viewer_person()) or (select core.holds(array['admin']))
    or (role = 'member' and core.holds_in(array['member'], 'initiative', scope_id)));
-- Nobody entrusts anything to themselves; a member may bring another member in, everything else is the admin's.
create policy grant_is_given on core.role_grant for insert to steppingstones_app
  with check (granted_by = (select core.viewer_person()) and person_id <> (select core.viewer_person())
    and ((select core.holds(array['admin'])) or (role = 'member' and core.holds_in(array['member'], 'initiative', scope_id))));
create policy grant_is_ended on core.role_grant for update to steppingstones_app
  using ((select core.holds(array['admin'])) or person_id = (select core.viewer_person()))
  with check (ended_on is not null and ended_by = (select core.viewer_person()));

create policy glass_is_seen on core.glass for select to steppingstones_app
  using ((select core.holds(array['admin','privacy-officer'])) or core.holds_in(array['member'], 'initiative', initiative_id::text));
create policy glass_is_asked on core.glass for insert to steppingstones_app
  with check ((select core.holds(array['admin','privacy-officer'])) and asked_by = (select core.viewer_person()) and agreed_by is null);
create policy glass_is_broken on core.glass for update to steppingstones_app
  using ((select core.holds(array['admin','privacy-officer'])) and asked_by <> (select core.viewer_person()) and agreed_by is null)
  with check (agreed_by = (select core.viewer_person()));

-- A grant is history: what was given and why never changes, only its end is added. The same holds for glass.
create function core.only_its_end() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['ended_on','ended_by','ended_reason']) <> (to_jsonb(old) - array['ended_on','ended_by','ended_reason']) or old.ended_on is not null then
    raise exception 'A grant does not change; end it and give another.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger role_grant_stays before update on core.role_grant for each row execute function core.only_its_end();
