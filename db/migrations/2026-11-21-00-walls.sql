-- The walls every room leans on: who is asking, as the database sees it, and news that something open has changed.
create extension if not exists pg_trgm with schema pub;
create extension if not exists unaccent with schema pub;
create extension if not exists btree_gist with schema pub;
create extension if not exists fuzzystrmatch with schema pub;
create extension if not exists cube with schema pub;

revoke all on schema pub, core, vault from public;

comment on schema pub is 'What anyone may read: only open facts and coarsened places ever come here.';
comment on schema core is 'What the field keeps: every table has row level security, also for its owner.';
comment on schema vault is 'Names, contacts and exact places of people and initiatives that asked for care.';

comment on table core.migration is 'Which changes of shape this database has had.';
comment on column core.migration.name is '[machine] file name of the migration';
comment on column core.migration.hash is '[machine] fingerprint of its text, so that a changed old migration is noticed';
comment on column core.migration.ran_at is '[machine] when it ran';
alter table core.migration enable row level security;
alter table core.migration force row level security;
create policy migration_of_the_owner on core.migration to steppingstones_owner using (true) with check (true);

create function core.viewer_kind() returns text stable language sql
  return nullif(current_setting('app.viewer_kind', true), '');
comment on function core.viewer_kind() is 'What kind of viewer this transaction belongs to; null when nobody said, and then nothing is seen.';

create function core.is_operator() returns boolean stable language sql
  return coalesce(core.viewer_kind() = 'operator', false);
comment on function core.is_operator() is 'Whether the person at the terminal of the machine itself is asking.';

grant execute on function core.viewer_kind(), core.is_operator() to steppingstones_app;

create function pub.tell_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('data', tg_table_name);
  return null;
end $$;
comment on function pub.tell_change() is 'Tells every app process, at commit, that open data changed, so that kept pages are let go.';
