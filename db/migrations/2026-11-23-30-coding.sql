-- Coding: what researchers see in tellings, said in codes. Only where the teller consented to coding, only by who holds a grant today,
-- and gone with the telling. No words of a telling are copied here: a passage is a place in a block.

create table core.codebook (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 120),
  about text not null default '' check (length(about) <= 4000),
  made_by uuid not null references core.person,
  made_at timestamptz not null default now()
);
comment on table core.codebook is 'The codes of one research, kept by who made it and shared with whom they choose.';
comment on column core.codebook.id is '[inside] lasting key';
comment on column core.codebook.name is '[inside] what the research is called';
comment on column core.codebook.about is '[inside] what it asks';
comment on column core.codebook.made_by is '[person] the researcher who keeps it';
comment on column core.codebook.made_at is '[inside] when it was made';

create table core.codebook_coder (
  codebook uuid not null references core.codebook on delete cascade,
  person uuid not null references core.person,
  since date not null default core.today(),
  primary key (codebook, person)
);
comment on table core.codebook_coder is 'With which other researchers a codebook is shared; all of them see each other’s passages in it.';
comment on column core.codebook_coder.codebook is '[inside] the codebook';
comment on column core.codebook_coder.person is '[person] the other researcher';
comment on column core.codebook_coder.since is '[inside] since when';
create index codebook_coder_who on core.codebook_coder (person);

create table core.code (
  id uuid primary key default uuidv7(),
  codebook uuid not null references core.codebook on delete cascade,
  guid uuid not null default uuidv7(),
  parent uuid,
  name text not null check (length(name) between 1 and 200),
  definition text not null default '' check (length(definition) <= 20000),
  is_codable boolean not null default true,
  colour text check (colour ~ '^#[0-9a-f]{6}$'),
  place integer not null default 0,
  unique (codebook, guid),
  unique (codebook, id),
  foreign key (codebook, parent) references core.code (codebook, id),
  check (parent is distinct from id)
);
comment on table core.code is 'One code: what passages may be said to be about.';
comment on column core.code.id is '[inside] lasting key here';
comment on column core.code.codebook is '[inside] in which codebook';
comment on column core.code.guid is '[inside] the key it has in every program it travels through';
comment on column core.code.parent is '[inside] the code it is a kind of; it never changes, so codes never run in a circle';
comment on column core.code.name is '[inside] what it is called';
comment on column core.code.definition is '[inside] when it applies and when not';
comment on column core.code.is_codable is '[inside] whether passages can be given it; a code that only holds others cannot';
comment on column core.code.colour is '[inside] its colour, beside its name and never instead of it';
comment on column core.code.place is '[inside] order among its siblings';

create table core.coded_passage (
  id uuid primary key default uuidv7(),
  codebook uuid not null,
  code uuid not null,
  telling uuid not null references core.telling on delete cascade,
  version integer not null,
  block uuid not null,
  block_hash bytea not null default ''::bytea,
  start_at integer not null check (start_at >= 0),
  end_at integer not null check (end_at > start_at),
  coder uuid not null references core.person,
  brought_as text check (length(brought_as) between 1 and 80),
  made_at timestamptz not null default now(),
  unique (id, codebook, telling),
  unique nulls not distinct (code, telling, version, block, start_at, end_at, coder, brought_as),
  foreign key (codebook, code) references core.code (codebook, id) on delete cascade,
  foreign key (telling, version, block) references core.telling_block on delete cascade
);
comment on table core.coded_passage is 'A place in one block of one version that a researcher gave a code. It holds where, never what it says.';
comment on column core.coded_passage.id is '[inside] lasting key';
comment on column core.coded_passage.codebook is '[inside] in which codebook';
comment on column core.coded_passage.code is '[inside] which code';
comment on column core.coded_passage.telling is '[person] in which telling';
comment on column core.coded_passage.version is '[person] in which version';
comment on column core.coded_passage.block is '[person] in which block';
comment on column core.coded_passage.block_hash is '[machine] fingerprint of the block then: the place holds as long as the block reads the same';
comment on column core.coded_passage.start_at is '[person] where it begins, counted in UTF-16';
comment on column core.coded_passage.end_at is '[person] where it ends';
comment on column core.coded_passage.coder is '[person] who gave it, or who brought it in';
comment on column core.coded_passage.brought_as is '[person] who gave it according to the file it came with; null is the coder';
comment on column core.coded_passage.made_at is '[inside] when';
create index coded_passage_of on core.coded_passage (telling);
create index coded_passage_in on core.coded_passage (codebook, code);

create table core.memo (
  id uuid primary key default uuidv7(),
  codebook uuid not null references core.codebook on delete cascade,
  code uuid,
  passage uuid,
  telling uuid references core.telling on delete cascade,
  text text not null check (length(text) between 1 and 10000),
  author uuid not null references core.person,
  made_at timestamptz not null default now(),
  foreign key (codebook, code) references core.code (codebook, id) on delete cascade,
  foreign key (passage, codebook, telling) references core.coded_passage (id, codebook, telling) on delete cascade,
  check (case when code is not null then passage is null and telling is null else telling is not null end)
);
comment on table core.memo is 'A thought of a researcher about a code, a telling or a passage. It goes with what it is about.';
comment on column core.memo.id is '[inside] lasting key';
comment on column core.memo.codebook is '[inside] in which codebook';
comment on column core.memo.code is '[inside] about which code';
comment on column core.memo.passage is '[person] about which passage';
comment on column core.memo.telling is '[person] about which telling, or in which the passage stands';
comment on column core.memo.text is '[person] the thought';
comment on column core.memo.author is '[person] whose thought';
comment on column core.memo.made_at is '[inside] when';
create index memo_in on core.memo (codebook);
create index memo_of on core.memo (telling);
create index memo_on on core.memo (passage);

create table core.coding_export (
  id uuid primary key default uuidv7(),
  codebook uuid not null references core.codebook on delete cascade,
  made_by uuid not null references core.person,
  made_at timestamptz not null default now(),
  tellings integer not null check (tellings >= 0)
);
comment on table core.coding_export is 'When a researcher took a file with tellings out of the house. The file itself is not kept.';
comment on column core.coding_export.id is '[inside] lasting key';
comment on column core.coding_export.codebook is '[inside] of which codebook';
comment on column core.coding_export.made_by is '[person] who';
comment on column core.coding_export.made_at is '[inside] when';
comment on column core.coding_export.tellings is '[inside] how many tellings were in it';
create index coding_export_of on core.coding_export (codebook);

create table core.coding_export_telling (
  id uuid primary key default uuidv7(),
  export uuid not null references core.coding_export on delete cascade,
  telling uuid not null references core.telling on delete cascade,
  unique (export, telling)
);
comment on table core.coding_export_telling is 'Which tellings are in a file that was taken out. What is taken back leaves this list, so that the researcher is told to let it go too.';
comment on column core.coding_export_telling.id is '[inside] lasting key';
comment on column core.coding_export_telling.export is '[inside] which file';
comment on column core.coding_export_telling.telling is '[person] which telling';
create index coding_export_telling_of on core.coding_export_telling (telling);

create trigger coded_passage_has_consent before insert or delete on core.coded_passage for each row execute function core.note_lineage('coded-passage', 'coding');
create trigger coding_export_has_consent before insert or delete on core.coding_export_telling for each row execute function core.note_lineage('export', 'coding');
create trigger memo_has_consent before insert on core.memo for each row when (new.telling is not null) execute function core.note_lineage('memo', 'coding');
create trigger memo_goes before delete on core.memo for each row when (old.telling is not null) execute function core.note_lineage('memo', 'coding');

-- The rights. Whoever's grant as researcher ended has none of them.
create function core.keeps_codebook(of_codebook uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.holds(array['researcher']) and exists (select from core.codebook b where b.id = of_codebook and b.made_by = core.viewer_person())
$$;
comment on function core.keeps_codebook is 'Whether who is asking is a researcher and made this codebook.';
create function core.codes_with(of_codebook uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.keeps_codebook(of_codebook) or (core.holds(array['researcher'])
    and exists (select from core.codebook_coder c where c.codebook = of_codebook and c.person = core.viewer_person()))
$$;
comment on function core.codes_with is 'Whether who is asking is a researcher who made this codebook or with whom it is shared.';
create function core.is_researcher(who uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.role_grant g where g.person_id = who and g.role = 'researcher' and g.ended_on is null and core.today() >= g.from_day and core.today() < g.until_day)
$$;
comment on function core.is_researcher is 'Whether this person holds a grant as researcher today.';
create function core.fellow_researchers() returns table (id uuid, called text) stable security definer set search_path = pg_catalog, core language sql as $$
  select p.id, p.called from core.person p where core.holds(array['researcher']) and p.left_on is null and (core.is_researcher(p.id)
    or exists (select from core.codebook b left join core.codebook_coder c on c.codebook = b.id where core.codes_with(b.id) and p.id in (b.made_by, c.person)))
$$;
comment on function core.fellow_researchers is 'For researchers: who the researchers are, and with whom they share a codebook.';

create function core.code_is_used(of_code uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.code c where c.id = of_code and core.codes_with(c.codebook))
    and (exists (select from core.coded_passage p where p.code = of_code) or exists (select from core.code c where c.parent = of_code))
$$;
comment on function core.code_is_used is 'For whoever has the codebook: whether a code was given to any passage, also one that cannot be seen now, or holds other codes.';

-- A place is a place in the version that was released, within its words; the fingerprint is the block’s own.
create function core.insist_on_passage() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  found core.telling_block;
begin
  select b.* into found from core.telling_block b where b.telling = new.telling and b.version = new.version and b.block = new.block;
  if found.block is null or new.version is distinct from core.released_version(new.telling) then
    raise exception 'There is no such block in what was released.' using errcode = '23514';
  end if;
  -- Signs beyond the first plane count twice in UTF-16.
  if new.end_at > length(found.text) + length(regexp_replace(found.text, '[^\U00010000-\U0010FFFF]', '', 'g')) then
    raise exception 'The passage ends beyond its block.' using errcode = '23514';
  end if;
  if not exists (select from core.code c where c.id = new.code and c.is_codable) then
    raise exception 'This code only holds others.' using errcode = '23514';
  end if;
  new.block_hash := found.hash;
  return new;
end $$;
create trigger coded_passage_is_placed before insert on core.coded_passage for each row execute function core.insist_on_passage();

revoke all on function core.keeps_codebook, core.codes_with, core.is_researcher, core.fellow_researchers, core.code_is_used, core.insist_on_passage from public;
grant execute on function core.keeps_codebook, core.codes_with, core.is_researcher, core.fellow_researchers, core.code_is_used to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['codebook','codebook_coder','code','coded_passage','memo','coding_export','coding_export_telling'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_with_the_operator', t);
    execute format('grant select, insert, delete on core.%I to steppingstones_app', t);
  end loop;
end $$;
grant update (name, about) on core.codebook to steppingstones_app;
grant update (name, definition, is_codable, colour, place) on core.code to steppingstones_app;
grant update (text) on core.memo to steppingstones_app;

create policy codebook_is_kept on core.codebook to steppingstones_app
  using (made_by = (select core.viewer_person()) and (select core.holds(array['researcher'])))
  with check (made_by = (select core.viewer_person()) and (select core.holds(array['researcher'])));
create policy codebook_is_shared on core.codebook for select to steppingstones_app using (core.codes_with(id));
create policy codebook_coder_is_seen on core.codebook_coder for select to steppingstones_app using (core.codes_with(codebook));
create policy codebook_coder_is_asked on core.codebook_coder for insert to steppingstones_app
  with check (core.keeps_codebook(codebook) and core.is_researcher(person) and person is distinct from (select core.viewer_person()));
create policy codebook_coder_leaves on core.codebook_coder for delete to steppingstones_app
  using (core.keeps_codebook(codebook) or (person = (select core.viewer_person()) and core.codes_with(codebook)));
create policy code_is_worked_on on core.code to steppingstones_app using (core.codes_with(codebook)) with check (core.codes_with(codebook));
create policy coded_passage_is_seen on core.coded_passage for select to steppingstones_app using (core.codes_with(codebook) and core.codes(telling));
create policy coded_passage_is_made on core.coded_passage for insert to steppingstones_app
  with check (coder = (select core.viewer_person()) and core.codes_with(codebook) and core.codes(telling));
create policy coded_passage_is_let_go on core.coded_passage for delete to steppingstones_app
  using (coder = (select core.viewer_person()) and core.codes_with(codebook) and core.codes(telling));
create policy memo_is_seen on core.memo for select to steppingstones_app using (core.codes_with(codebook) and (telling is null or core.codes(telling)));
create policy memo_is_ones_own on core.memo to steppingstones_app
  using (author = (select core.viewer_person()) and core.codes_with(codebook) and (telling is null or core.codes(telling)))
  with check (author = (select core.viewer_person()) and core.codes_with(codebook) and (telling is null or core.codes(telling)));
create policy coding_export_is_seen on core.coding_export for select to steppingstones_app using (core.codes_with(codebook));
create policy coding_export_is_noted on core.coding_export for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and core.codes_with(codebook));
create policy coding_export_telling_is_seen on core.coding_export_telling for select to steppingstones_app
  using (exists (select from core.coding_export e where e.id = export));
create policy coding_export_telling_is_noted on core.coding_export_telling for insert to steppingstones_app
  with check (core.codes(telling) and exists (select from core.coding_export e where e.id = export and e.made_by = core.viewer_person()));
