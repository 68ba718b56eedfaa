-- Bringing in what others keep elsewhere: a file, what its columns mean, and which entry each of its rows became.

create table core.outside_key (
  source text not null check (length(source) between 1 and 80),
  key text not null check (length(key) between 1 and 200),
  initiative_id uuid not null references core.initiative on delete cascade,
  mark text not null,
  told jsonb not null default '{}' check (jsonb_typeof(told) = 'object'),
  brought_at timestamptz not null default now(),
  primary key (source, key)
);
comment on table core.outside_key is 'Under which key a source outside knows an entry, so that bringing it in again brings it up to date instead of doubling it.';
comment on column core.outside_key.source is '[inside] the name of the source, as whoever brought it calls it';
comment on column core.outside_key.key is '[inside] the key of the row in that source';
comment on column core.outside_key.initiative_id is '[open] the entry it is';
comment on column core.outside_key.mark is '[machine] fingerprint of all the source told last, so that the same telling is not a change';
comment on column core.outside_key.told is '[machine] fingerprints of what the source told last, field by field, so that what another said since is not overwritten';
comment on column core.outside_key.brought_at is '[inside] when it was last brought in';
create index outside_key_of on core.outside_key (initiative_id);

create table core.bringing (
  id uuid primary key default uuidv7(),
  source text not null check (source = '' or length(source) <= 80),
  form text not null check (form in ('csv','xlsx','json','geojson','hsds')),
  file_name text not null check (length(file_name) <= 200),
  brought_by uuid references core.person on delete set null,
  brought_at timestamptz not null default now(),
  language text not null default 'nl' check (language ~ '^[a-z]{2}$'),
  standing text not null default 'mapping' check (standing in ('mapping','waiting','running','done','refused')),
  sheet text check (length(sheet) <= 200),
  mapping jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object'),
  choices jsonb not null default '{}' check (jsonb_typeof(choices) = 'object'),
  rows integer not null default 0 check (rows >= 0),
  done integer not null default 0 check (done >= 0),
  outcome jsonb not null default '{}' check (jsonb_typeof(outcome) = 'object'),
  changed_at timestamptz not null default now()
);
comment on table core.bringing is 'A file that someone brings in: what its columns mean, how far it is, and what became of it.';
comment on column core.bringing.id is '[inside] lasting key';
comment on column core.bringing.source is '[inside] the name of the source, lasting from one file to the next';
comment on column core.bringing.form is '[inside] what kind of file it is';
comment on column core.bringing.file_name is '[inside] what the file was called';
comment on column core.bringing.brought_by is '[person] who brings it; null is the operator or someone who left';
comment on column core.bringing.brought_at is '[inside] when the file came';
comment on column core.bringing.language is '[inside] language in which its bringer reads';
comment on column core.bringing.standing is '[inside] mapping: its columns are looked at; waiting: it may be brought in; running: it is being brought in; done: it was; refused: nothing of it was';
comment on column core.bringing.sheet is '[inside] which sheet of the file counts';
comment on column core.bringing.mapping is '[inside] what each column means: {column: field}';
comment on column core.bringing.choices is '[inside] what its bringer said of rows that look like an entry that is there: {key: entry, or new}';
comment on column core.bringing.rows is '[inside] how many rows it has';
comment on column core.bringing.done is '[inside] how many of them are laid';
comment on column core.bringing.outcome is '[inside] what became of it: counts, and what could not be taken, with row, field and reason';
comment on column core.bringing.changed_at is '[machine] when this last changed';
create index bringing_of on core.bringing (brought_by);
create index bringing_source on core.bringing (source, brought_at);

create table vault.brought_file (
  bringing_id uuid primary key references core.bringing on delete cascade,
  bytes bytea not null check (octet_length(bytes) <= 16777216)
);
comment on table vault.brought_file is 'The file itself, only until it was brought in or let go.';
comment on column vault.brought_file.bringing_id is '[inside] which bringing it belongs to';
comment on column vault.brought_file.bytes is '[inside] the file as it came';
alter table vault.brought_file alter bytes set storage external;

do $$
declare t text;
begin
  foreach t in array array['core.outside_key','core.bringing','vault.brought_file'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_for_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
end $$;

create policy outside_key_is_seen on core.outside_key for select to steppingstones_app using (core.may_change(initiative_id));

-- Whoever may bring in sees what the others brought under which name; the file itself stays with its bringer.
create policy bringing_is_seen on core.bringing for select to steppingstones_app
  using ((select core.holds(array['admin','editor','verifier'])));
create policy bringing_is_begun on core.bringing for insert to steppingstones_app
  with check (brought_by = (select core.viewer_person()) and standing = 'mapping' and (select core.holds(array['admin','editor','verifier'])));
create policy bringing_is_led on core.bringing for update to steppingstones_app
  using (brought_by = (select core.viewer_person()) and standing = 'mapping' and (select core.holds(array['admin','editor','verifier'])))
  with check (brought_by = (select core.viewer_person()) and standing in ('mapping','waiting'));
create policy bringing_is_dropped on core.bringing for delete to steppingstones_app
  using (brought_by = (select core.viewer_person()) and standing in ('mapping','refused'));
create policy brought_file_is_held on vault.brought_file to steppingstones_app
  using (exists (select from core.bringing b where b.id = bringing_id and b.brought_by = (select core.viewer_person())))
  with check (exists (select from core.bringing b where b.id = bringing_id and b.brought_by = (select core.viewer_person())));
