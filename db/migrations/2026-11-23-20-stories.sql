-- Stories: tellings by many voices over shared moments. A version never changes; what anyone may read is laid open by one function,
-- and only on a consent that holds.

alter table core.life_event drop constraint life_event_kind_check;
alter table core.life_event add constraint life_event_kind_check check (kind in ('noticed','founded','opened','moved','renamed','grew','formalised','split','merged','paused','revived','ended','contract','award','crisis','changed','confirmed','checked','meeting','turning-point'));

-- A moment is a life event. When several initiatives lived it, their life events are tied together under one key.
create table core.moment_fact (
  fact uuid primary key,
  moment uuid not null,
  tied_by uuid references core.person,
  tied_at timestamptz not null default now()
);
comment on table core.moment_fact is 'Which life events of several initiatives are one and the same moment. A life event that is not here is a moment of its own.';
comment on column core.moment_fact.fact is '[open] the life event';
comment on column core.moment_fact.moment is '[open] key of the moment: the fact that was tied to first';
comment on column core.moment_fact.tied_by is '[person] who tied them';
comment on column core.moment_fact.tied_at is '[inside] when';
create index moment_fact_of on core.moment_fact (moment);

create table core.telling (
  id uuid primary key references core.consent_item on delete cascade,
  slug text not null unique check (slug ~ '^[a-z0-9]{10}$'),
  language text not null check (language ~ '^[a-z]{2,3}(-[A-Za-z]{2,4})?$'),
  title text not null default '' check (length(title) <= 200),
  role_then text check (role_then in ('newcomer','volunteer','neighbour','professional','official','founder','other')),
  themes text[] not null default '{}',
  province text references pub.province (code),
  told_how text not null default 'alone' check (told_how in ('alone','with-someone')),
  prompt text check (length(prompt) <= 60),
  invented boolean not null default false,
  findable boolean not null default false,
  standing text not null default 'draft' check (standing in ('draft','released')),
  version integer,
  released_at timestamptz,
  open_from timestamptz,
  changed_at timestamptz not null default now(),
  check ((standing = 'released') = (released_at is not null and open_from is not null)),
  check (standing = 'draft' or version is not null),
  check (open_from >= released_at)
);
comment on table core.telling is 'One voice telling, in its own language. What it says is in its versions.';
comment on column core.telling.id is '[inside] lasting key, the same as that of the item consent is about';
comment on column core.telling.slug is '[inside] its word in the address; drawn by lot, so that it tells nothing';
comment on column core.telling.language is '[inside] language it is told in';
comment on column core.telling.title is '[person] what the teller calls it; empty is not said';
comment on column core.telling.role_then is '[person] what the teller was then';
comment on column core.telling.themes is '[inside] what it is about';
comment on column core.telling.province is '[inside] where it took place, no more exactly than the province';
comment on column core.telling.told_how is '[person] alone, or told to someone who wrote it down';
comment on column core.telling.prompt is '[inside] the question that was answered; null is none';
comment on column core.telling.invented is '[open] invented, to show how it works; always said beside it';
comment on column core.telling.findable is '[person] whether search engines outside may be told of it';
comment on column core.telling.standing is '[inside] draft: only the teller; released: where consent lets it be';
comment on column core.telling.version is '[inside] the version that was released';
comment on column core.telling.released_at is '[person] when the teller released it';
comment on column core.telling.open_from is '[person] end of the days in which the teller can still think again';
comment on column core.telling.changed_at is '[person] when anything of it last changed';

create table core.telling_about (
  telling uuid not null references core.telling on delete cascade,
  initiative_id uuid not null references core.initiative on delete cascade,
  primary key (telling, initiative_id)
);
comment on table core.telling_about is 'Which initiatives a telling is about.';
comment on column core.telling_about.telling is '[inside] the telling';
comment on column core.telling_about.initiative_id is '[inside] the initiative';
create index telling_about_whom on core.telling_about (initiative_id);

create table core.telling_draft (
  telling uuid primary key references core.telling on delete cascade,
  doc jsonb not null check (jsonb_typeof(doc) = 'object' and pg_column_size(doc) < 400000),
  saved_at timestamptz not null default now()
);
comment on table core.telling_draft is 'What the teller is working on; nobody else reads it.';
comment on column core.telling_draft.telling is '[person] of which telling';
comment on column core.telling_draft.doc is '[person] the tree of blocks';
comment on column core.telling_draft.saved_at is '[person] when it was last saved';

create table core.telling_version (
  telling uuid not null references core.telling on delete cascade,
  number integer not null check (number > 0),
  title text not null default '' check (length(title) <= 200),
  doc jsonb not null check (jsonb_typeof(doc) = 'object'),
  hash bytea not null check (length(hash) = 32),
  made_at timestamptz not null default now(),
  primary key (telling, number)
);
comment on table core.telling_version is 'What a teller said, as it was seen before release. It never changes; it only goes, wholly, when it is taken back.';
comment on column core.telling_version.telling is '[person] of which telling';
comment on column core.telling_version.number is '[person] the how-manieth';
comment on column core.telling_version.title is '[person] its title then';
comment on column core.telling_version.doc is '[person] the tree of blocks';
comment on column core.telling_version.hash is '[machine] SHA-256 of title and tree; consent names it';
comment on column core.telling_version.made_at is '[person] when';

create table core.telling_block (
  telling uuid not null,
  version integer not null,
  block uuid not null,
  place integer not null check (place >= 0),
  kind text not null check (kind in ('paragraph','heading','quote','list','image','voice','moment','aside')),
  level smallint check (level in (2, 3)),
  language text not null,
  text text not null default '' check (length(text) <= 20000),
  content jsonb not null default '[]',
  moment uuid,
  said_day date,
  said_precision text check (said_precision in ('day','month','year','around','at-latest','unknown')),
  media uuid,
  hash bytea not null check (length(hash) = 32),
  primary key (telling, version, block),
  unique (telling, version, place),
  foreign key (telling, version) references core.telling_version on delete cascade
);
comment on table core.telling_block is 'The blocks of a version, each with a key that stays while the block does.';
comment on column core.telling_block.telling is '[person] of which telling';
comment on column core.telling_block.version is '[person] of which version';
comment on column core.telling_block.block is '[person] key of the block';
comment on column core.telling_block.place is '[person] order';
comment on column core.telling_block.kind is '[person] what kind of block';
comment on column core.telling_block.level is '[person] level of a heading';
comment on column core.telling_block.language is '[person] language of this block';
comment on column core.telling_block.text is '[person] its words without marks, in UTF-16 as it counts for quotes';
comment on column core.telling_block.content is '[person] its words with marks';
comment on column core.telling_block.moment is '[person] for a moment break: the moment that is told from here on, a life event or a key of moments tied together; null when it has no name here';
comment on column core.telling_block.said_day is '[person] when it was, as this voice tells it';
comment on column core.telling_block.said_precision is '[person] how precise that is';
comment on column core.telling_block.media is '[person] the photo or the voice';
comment on column core.telling_block.hash is '[machine] SHA-256 of kind, language and words; what was made of the block names it';
create trigger telling_version_stays before update on core.telling_version for each row execute function core.never_changes();
create trigger telling_block_stays before update on core.telling_block for each row execute function core.never_changes();

create table vault.teller_name (
  telling uuid primary key references core.telling on delete cascade,
  full_name text check (length(full_name) between 1 and 120),
  first_name text check (length(first_name) between 1 and 80),
  other_name text check (length(other_name) between 1 and 80)
);
comment on table vault.teller_name is 'The names a teller gave for this telling; which of them is shown, if any, stands in the consent.';
comment on column vault.teller_name.telling is '[person] of which telling';
comment on column vault.teller_name.full_name is '[secret] full name';
comment on column vault.teller_name.first_name is '[secret] first name';
comment on column vault.teller_name.other_name is '[person] another name, of the teller’s choice';

create table core.media (
  id uuid primary key default uuidv7(),
  telling uuid not null references core.telling on delete cascade,
  kind text not null check (kind in ('photo','voice')),
  type text not null check (type in ('image/webp','image/jpeg','image/avif','audio/webm','audio/mp4','audio/mpeg','audio/ogg','audio/wav')),
  bytes bytea not null check (length(bytes) between 1 and 26214400),
  width integer,
  height integer,
  seconds real check (seconds >= 0),
  alt text check (length(alt) between 1 and 1000),
  made_at timestamptz not null default now(),
  check ((kind = 'photo') = (width is not null and height is not null))
);
comment on table core.media is 'A photo or a voice, made anew without anything that says where, when or with what it was made. The original is not kept.';
comment on column core.media.id is '[person] lasting key, drawn by time and lot';
comment on column core.media.telling is '[person] of which telling';
comment on column core.media.kind is '[person] photo or voice';
comment on column core.media.type is '[machine] what kind of bytes';
comment on column core.media.bytes is '[person] the bytes';
comment on column core.media.width is '[machine] width in pixels';
comment on column core.media.height is '[machine] height in pixels';
comment on column core.media.seconds is '[machine] how long it takes';
comment on column core.media.alt is '[person] what can be seen, in the words of the teller';
comment on column core.media.made_at is '[person] when it was brought';
-- Parts of a voice are read from where they lie; what is packed already is not packed again.
alter table core.media alter column bytes set storage external;
create index media_of on core.media (telling);

create table core.telling_flag (
  id uuid primary key default uuidv7(),
  telling uuid not null references core.telling on delete cascade,
  block uuid not null,
  kind text not null check (kind in ('name','phone','mail','iban','bsn','address','postcode')),
  start_at integer not null check (start_at >= 0),
  end_at integer not null check (end_at > start_at),
  exact_hash bytea not null check (length(exact_hash) = 32),
  answer text check (answer in ('kept','changed')),
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null))
);
comment on table core.telling_flag is 'Where a telling may name someone else; each has to be answered before release.';
comment on column core.telling_flag.id is '[person] lasting key';
comment on column core.telling_flag.telling is '[person] in which telling';
comment on column core.telling_flag.block is '[person] in which block of the draft';
comment on column core.telling_flag.kind is '[person] what was found';
comment on column core.telling_flag.start_at is '[person] where it begins, counted in UTF-16';
comment on column core.telling_flag.end_at is '[person] where it ends';
comment on column core.telling_flag.exact_hash is '[machine] fingerprint of what was found, so that an answer is not asked twice';
comment on column core.telling_flag.answer is '[person] kept on purpose, or changed';
comment on column core.telling_flag.answered_at is '[person] when it was answered';
create index telling_flag_of on core.telling_flag (telling);

create table core.telling_proposal (
  id uuid primary key default uuidv7(),
  telling uuid not null references core.telling on delete cascade,
  version integer not null,
  doc jsonb not null check (jsonb_typeof(doc) = 'object'),
  why text not null check (length(why) between 3 and 1000),
  brought_by uuid not null references core.person,
  brought_at timestamptz not null default now(),
  standing text not null default 'waiting' check (standing in ('waiting','accepted','declined','withdrawn')),
  decided_at timestamptz,
  check ((standing = 'waiting') = (decided_at is null))
);
comment on table core.telling_proposal is 'What an editor would change in a telling. Only the teller’s yes changes it.';
comment on column core.telling_proposal.id is '[person] lasting key';
comment on column core.telling_proposal.telling is '[person] of which telling';
comment on column core.telling_proposal.version is '[person] of which version';
comment on column core.telling_proposal.doc is '[person] the tree of blocks as it would be';
comment on column core.telling_proposal.why is '[person] why';
comment on column core.telling_proposal.brought_by is '[person] the editor';
comment on column core.telling_proposal.brought_at is '[person] when';
comment on column core.telling_proposal.standing is '[person] what became of it';
comment on column core.telling_proposal.decided_at is '[person] when';
create index telling_proposal_of on core.telling_proposal (telling);

create table core.rendering (
  id uuid primary key default uuidv7(),
  telling uuid not null references core.telling on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  made_how text not null check (made_how in ('person','machine')),
  translator uuid references core.person,
  signed_as text check (length(signed_as) between 1 and 80),
  standing text not null default 'draft' check (standing in ('draft','done','checked-by-teller','checked-by-other')),
  checked_by uuid references core.person,
  made_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (checked_by is distinct from translator or standing <> 'checked-by-other')
);
comment on table core.rendering is 'One telling in another language: signed work of someone, or a marked draft of a machine.';
comment on column core.rendering.id is '[inside] lasting key';
comment on column core.rendering.telling is '[inside] of which telling';
comment on column core.rendering.language is '[inside] in which language';
comment on column core.rendering.made_how is '[inside] by a person or a machine; a machine’s stays one until a person has gone through it';
comment on column core.rendering.translator is '[person] who made it';
comment on column core.rendering.signed_as is '[person] the name under which they sign; null is none';
comment on column core.rendering.standing is '[inside] draft, done, checked by the teller, or by another';
comment on column core.rendering.checked_by is '[person] who checked it';
comment on column core.rendering.made_at is '[inside] when it was begun';
comment on column core.rendering.changed_at is '[inside] when it last changed';
create index rendering_of on core.rendering (telling);

create table core.rendering_block (
  rendering uuid not null references core.rendering on delete cascade,
  block uuid not null,
  text text not null check (length(text) between 1 and 20000),
  source_hash bytea not null check (length(source_hash) = 32),
  primary key (rendering, block)
);
comment on table core.rendering_block is 'One block in another language, and the fingerprint of what it was made from: when that differs, it is stale.';
comment on column core.rendering_block.rendering is '[inside] of which rendering';
comment on column core.rendering_block.block is '[inside] of which block';
comment on column core.rendering_block.text is '[person] its words';
comment on column core.rendering_block.source_hash is '[machine] fingerprint of the block it was made from';

create table core.quote (
  id uuid primary key default uuidv7(),
  telling uuid not null references core.telling on delete cascade,
  version integer not null,
  block uuid not null,
  start_at integer not null check (start_at >= 0),
  end_at integer not null check (end_at > start_at),
  exact text not null check (length(exact) between 1 and 5000),
  exact_hash bytea not null check (length(exact_hash) = 32),
  standing text not null default 'held' check (standing in ('held','asked','let-go')),
  made_by uuid references core.person,
  made_at timestamptz not null default now(),
  foreign key (telling, version, block) references core.telling_block on delete cascade
);
comment on table core.quote is 'Words of one voice that are used elsewhere, held by where they stand in one version. Never sought in another block or voice.';
comment on column core.quote.id is '[inside] lasting key';
comment on column core.quote.telling is '[person] whose words';
comment on column core.quote.version is '[person] in which version';
comment on column core.quote.block is '[person] in which block';
comment on column core.quote.start_at is '[person] where they begin, counted in UTF-16';
comment on column core.quote.end_at is '[person] where they end';
comment on column core.quote.exact is '[person] the words themselves';
comment on column core.quote.exact_hash is '[machine] SHA-256 of the words';
comment on column core.quote.standing is '[person] held; asked: the teller changed the block and is asked; let go';
comment on column core.quote.made_by is '[person] who quotes';
comment on column core.quote.made_at is '[person] when';
create index quote_of on core.quote (telling);

create table core.signification (
  telling uuid not null references core.telling on delete cascade,
  frame text not null check (length(frame) between 1 and 60),
  fits boolean not null,
  a smallint, b smallint, c smallint,
  primary key (telling, frame),
  check ((fits and a >= 0 and b >= 0 and coalesce(c, 0) >= 0 and a + b + coalesce(c, 0) = 1000) or (not fits and a is null and b is null and c is null))
);
comment on table core.signification is 'Where the teller places their own telling, between three corners or two poles.';
comment on column core.signification.telling is '[person] which telling';
comment on column core.signification.frame is '[inside] which triad or poles';
comment on column core.signification.fits is '[person] whether it fits there at all; that it does not is an answer of its own';
comment on column core.signification.a is '[person] share of the first corner or pole, of 1000';
comment on column core.signification.b is '[person] share of the second';
comment on column core.signification.c is '[person] share of the third; null between poles';

create table core.reading (
  id uuid primary key default uuidv7(),
  telling uuid not null references core.telling on delete cascade,
  reader uuid not null references core.person,
  prompt text not null check (prompt in ('from-where','not-mine','other-place')),
  words text not null check (length(words) between 1 and 5000),
  language text not null,
  for_teller boolean not null default false,
  made_at timestamptz not null default now()
);
comment on table core.reading is 'What a reader answers to a question about a telling. A reading is never a telling; it is the reader’s own unless they send it to the teller.';
comment on column core.reading.id is '[person] lasting key';
comment on column core.reading.telling is '[person] of which telling';
comment on column core.reading.reader is '[person] who read';
comment on column core.reading.prompt is '[person] which question';
comment on column core.reading.words is '[person] the answer';
comment on column core.reading.language is '[person] language of the answer';
comment on column core.reading.for_teller is '[person] whether the teller may read it';
comment on column core.reading.made_at is '[person] when';
create index reading_of on core.reading (telling);

create table core.telling_look (
  telling uuid not null references core.telling on delete cascade,
  day date not null default core.today(),
  seen_as text not null check (seen_as in ('table','network','editor','translator','researcher')),
  times integer not null default 1,
  primary key (telling, day, seen_as)
);
comment on table core.telling_look is 'How often a telling that is not open to everyone was read, and as what; the teller can read this.';
comment on column core.telling_look.telling is '[person] which telling';
comment on column core.telling_look.day is '[person] on which day';
comment on column core.telling_look.seen_as is '[person] as what';
comment on column core.telling_look.times is '[person] how often';

create table core.story (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  kind text not null check (kind in ('shared','series','blog')),
  title text not null check (length(title) between 1 and 200),
  opening text not null default '' check (length(opening) <= 5000),
  language text not null check (language ~ '^[a-z]{2,3}$'),
  link text check (link ~ '^https?://'),
  standing text not null default 'draft' check (standing in ('draft','open')),
  made_by uuid references core.person,
  made_at timestamptz not null default now()
);
comment on table core.story is 'Tellings brought together: the shared history of several initiatives, a series, a blog, or a story published elsewhere that is described and linked here.';
comment on column core.story.id is '[open] lasting key';
comment on column core.story.slug is '[open] its word in the address';
comment on column core.story.kind is '[open] shared history, series or blog';
comment on column core.story.title is '[open] title';
comment on column core.story.opening is '[open] a few words about it, never a summary of voices';
comment on column core.story.language is '[open] language of title and opening';
comment on column core.story.link is '[open] where it can be read, when that is elsewhere';
comment on column core.story.standing is '[inside] draft or open';
comment on column core.story.made_by is '[person] who brought it together';
comment on column core.story.made_at is '[inside] when';

create table core.story_initiative (
  story uuid not null references core.story on delete cascade,
  initiative_id uuid not null references core.initiative on delete cascade,
  primary key (story, initiative_id)
);
comment on table core.story_initiative is 'Whose history a story is about.';
comment on column core.story_initiative.story is '[open] the story';
comment on column core.story_initiative.initiative_id is '[open] the initiative';
create table core.story_telling (
  story uuid not null references core.story on delete cascade,
  telling uuid not null references core.telling on delete cascade,
  place integer not null default 0,
  primary key (story, telling)
);
comment on table core.story_telling is 'Which tellings a story brings together.';
comment on column core.story_telling.story is '[open] the story';
comment on column core.story_telling.telling is '[inside] the telling';
comment on column core.story_telling.place is '[inside] order';

-- The rights.
create function core.tells(of_telling uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.consent_item i where i.id = of_telling and i.taken_back_at is null and core.viewer_person() in (i.teller, i.recorded_by))
$$;
comment on function core.tells is 'Whether who is asking tells this telling, or wrote it down for the teller.';

create function core.reads(of_telling uuid) returns text stable security definer set search_path = pg_catalog, core language sql as $$
  -- Only the version its teller saw when they said so.
  select case
    when core.reach(c.audience) >= core.reach('public') then 'public'
    when core.reach(c.audience) >= core.reach('network') and core.holds(array['member','verifier','editor','facilitator','partner','pool-member','researcher']) then 'network'
    when core.reach(c.audience) >= core.reach('table') and exists (select from core.telling_about a where a.telling = of_telling and core.may_know(a.initiative_id, 'table') and core.holds(array['facilitator','partner','verifier','editor','member'])) then 'table'
  end
  from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
  cross join lateral core.consent_now(t.id, 'read') c
  where t.id = of_telling and t.standing = 'released' and t.open_from <= now() and c.number is not null and c.seen_hash = v.hash
$$;
comment on function core.reads is 'As what who is asking may read a released telling: public, network or table; null when they may not, and then it is not there for them.';

create function core.edits(of_telling uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.reads(of_telling) is not null and not core.tells(of_telling) and (core.holds_in(array['editor'], 'all', '')
    or exists (select from core.telling t where t.id = of_telling and t.province is not null and core.holds_in(array['editor'], 'province', t.province))
    or exists (select from core.telling_about a where a.telling = of_telling and core.watches(a.initiative_id)))
$$;
comment on function core.edits is 'Whether who is asking may propose changes to this telling: an editor where it took place, never of their own.';

create function core.renders(of_telling uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.tells(of_telling) or (core.reads(of_telling) is not null and core.allows(of_telling, 'translate-people')
    and core.holds(array['member','verifier','editor','facilitator','partner','pool-member','researcher']))
$$;
comment on function core.renders is 'Whether who is asking may put this telling into another language.';

create function core.codes(of_telling uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  -- Consent names the version that was seen: a later one is not coded until that is consented to as well.
  select exists (select from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
      cross join lateral core.consent_now(t.id, 'coding') c
      where t.id = of_telling and t.standing = 'released' and t.open_from <= now() and c.seen_hash = v.hash)
    and core.allows(of_telling, 'coding') and core.holds(array['researcher'])
$$;
comment on function core.codes is 'Whether who is asking may code this telling: a researcher with a grant, and the teller’s consent to that use.';

create function core.note_look(of_telling uuid, looked_as text) returns void security definer set search_path = pg_catalog, core language sql as $$
  insert into core.telling_look (telling, seen_as) select of_telling, looked_as
    where not core.tells(of_telling) and not core.allows(of_telling, 'read', 'public') and (core.reads(of_telling) is not null or core.codes(of_telling))
    on conflict (telling, day, seen_as) do update set times = core.telling_look.times + 1
$$;
comment on function core.note_look is 'Writes down that a telling that is not open to everyone was read, for the teller to see; never who.';

revoke all on function core.tells, core.reads, core.edits, core.renders, core.codes, core.note_look from public;
grant execute on function core.tells, core.reads, core.edits, core.renders, core.codes, core.note_look to steppingstones_app;

-- What anyone may read.
create table pub.telling (
  id uuid primary key,
  slug text not null unique,
  language text not null,
  title text not null,
  voice text,
  role_then text,
  themes text[] not null,
  province text,
  told_how text not null,
  invented boolean not null,
  findable boolean not null,
  version integer not null,
  opened_on date not null,
  open_until date,
  languages text[]
);
comment on table pub.telling is 'Tellings that anyone may read, on a consent that holds today.';
comment on column pub.telling.id is '[open] lasting key';
comment on column pub.telling.slug is '[open] its word in the address';
comment on column pub.telling.language is '[open] language it is told in';
comment on column pub.telling.title is '[open] what the teller calls it';
comment on column pub.telling.voice is '[open] the name the teller chose to be shown; null is none';
comment on column pub.telling.role_then is '[open] what the teller was then';
comment on column pub.telling.themes is '[open] what it is about';
comment on column pub.telling.province is '[open] in which province it took place';
comment on column pub.telling.told_how is '[open] alone, or told to someone';
comment on column pub.telling.invented is '[open] invented, to show how it works';
comment on column pub.telling.findable is '[open] whether search engines outside may be told of it';
comment on column pub.telling.version is '[open] which version';
comment on column pub.telling.opened_on is '[open] since when it can be read';
comment on column pub.telling.open_until is '[open] first day on which it can no longer be read';
comment on column pub.telling.languages is '[open] in which languages it may be read; null is any';

create table pub.telling_about (
  telling uuid not null references pub.telling on delete cascade,
  initiative_id uuid not null,
  primary key (telling, initiative_id)
);
comment on table pub.telling_about is 'Which initiatives of the open field an open telling is about.';
comment on column pub.telling_about.telling is '[open] the telling';
comment on column pub.telling_about.initiative_id is '[open] the initiative; it may have left the street since';
create index open_telling_about on pub.telling_about (initiative_id);

create table pub.telling_block (
  telling uuid not null references pub.telling on delete cascade,
  block uuid not null,
  place integer not null,
  kind text not null,
  level smallint,
  language text not null,
  text text not null,
  content jsonb not null,
  moment uuid,
  said_day date,
  said_precision text,
  media uuid,
  hash bytea not null,
  primary key (telling, block)
);
comment on table pub.telling_block is 'The blocks of open tellings.';
comment on column pub.telling_block.telling is '[open] of which telling';
comment on column pub.telling_block.block is '[open] key of the block';
comment on column pub.telling_block.place is '[open] order';
comment on column pub.telling_block.kind is '[open] what kind of block';
comment on column pub.telling_block.level is '[open] level of a heading';
comment on column pub.telling_block.language is '[open] language of the block';
comment on column pub.telling_block.text is '[open] its words without marks';
comment on column pub.telling_block.content is '[open] its words with marks';
comment on column pub.telling_block.moment is '[open] the moment that is told from here on';
comment on column pub.telling_block.said_day is '[open] when it was, as this voice tells it';
comment on column pub.telling_block.said_precision is '[open] how precise that is';
comment on column pub.telling_block.media is '[open] the photo or the voice';
comment on column pub.telling_block.hash is '[open] fingerprint of the block';
create index open_block_moment on pub.telling_block (moment) where moment is not null;

create table pub.media (
  id uuid primary key,
  telling uuid not null references pub.telling on delete cascade,
  kind text not null,
  type text not null,
  bytes bytea not null,
  width integer,
  height integer,
  seconds real,
  alt text
);
comment on table pub.media is 'Photos and voices of open tellings.';
comment on column pub.media.id is '[open] lasting key';
comment on column pub.media.telling is '[open] of which telling';
comment on column pub.media.kind is '[open] photo or voice';
comment on column pub.media.type is '[open] what kind of bytes';
comment on column pub.media.bytes is '[open] the bytes';
comment on column pub.media.width is '[open] width in pixels';
comment on column pub.media.height is '[open] height in pixels';
comment on column pub.media.seconds is '[open] how long it takes';
comment on column pub.media.alt is '[open] what can be seen';
alter table pub.media alter column bytes set storage external;
create index open_media_of on pub.media (telling);

create table pub.rendering (
  id uuid primary key,
  telling uuid not null references pub.telling on delete cascade,
  language text not null,
  made_how text not null,
  signed_as text,
  standing text not null
);
comment on table pub.rendering is 'Open tellings in other languages.';
comment on column pub.rendering.id is '[open] lasting key';
comment on column pub.rendering.telling is '[open] of which telling';
comment on column pub.rendering.language is '[open] in which language';
comment on column pub.rendering.made_how is '[open] by a person or a machine';
comment on column pub.rendering.signed_as is '[open] the name under which the translator signs';
comment on column pub.rendering.standing is '[open] done, checked by the teller, or by another';
create index open_rendering_of on pub.rendering (telling);
create table pub.rendering_block (
  rendering uuid not null references pub.rendering on delete cascade,
  block uuid not null,
  text text not null,
  stale boolean not null,
  primary key (rendering, block)
);
comment on table pub.rendering_block is 'Blocks of open tellings in other languages.';
comment on column pub.rendering_block.rendering is '[open] of which rendering';
comment on column pub.rendering_block.block is '[open] of which block';
comment on column pub.rendering_block.text is '[open] its words';
comment on column pub.rendering_block.stale is '[open] whether the block it was made from has changed since';

create table pub.signification (
  telling uuid not null references pub.telling on delete cascade,
  frame text not null,
  fits boolean not null,
  a smallint, b smallint, c smallint,
  primary key (telling, frame)
);
comment on table pub.signification is 'Where tellers of open tellings place them.';
comment on column pub.signification.telling is '[open] which telling';
comment on column pub.signification.frame is '[open] which triad or poles';
comment on column pub.signification.fits is '[open] whether it fits there at all';
comment on column pub.signification.a is '[open] share of the first, of 1000';
comment on column pub.signification.b is '[open] share of the second';
comment on column pub.signification.c is '[open] share of the third';

create table pub.moment_fact (
  fact uuid primary key,
  moment uuid not null
);
comment on table pub.moment_fact is 'Which open life events of several initiatives are one moment.';
comment on column pub.moment_fact.fact is '[open] the life event';
comment on column pub.moment_fact.moment is '[open] key of the moment';
create index open_moment_fact_of on pub.moment_fact (moment);

create table pub.story (
  id uuid primary key,
  slug text not null unique,
  kind text not null,
  title text not null,
  opening text not null,
  language text not null,
  link text,
  initiatives uuid[] not null,
  tellings uuid[] not null
);
comment on table pub.story is 'Open stories: which initiatives and which open tellings they bring together, in order.';
comment on column pub.story.id is '[open] lasting key';
comment on column pub.story.slug is '[open] its word in the address';
comment on column pub.story.kind is '[open] shared history, series or blog';
comment on column pub.story.title is '[open] title';
comment on column pub.story.opening is '[open] a few words about it';
comment on column pub.story.language is '[open] language of title and opening';
comment on column pub.story.link is '[open] where it can be read, when that is elsewhere';
comment on column pub.story.initiatives is '[open] whose history';
comment on column pub.story.tellings is '[open] which tellings, in order';

-- The last wall: a row comes into pub.telling only on a consent that holds, whoever writes it.
create function core.insist_on_consent() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  held core.consent;
begin
  held := core.consent_now(new.id, 'read');
  if held.number is null or held.audience <> 'public' then
    raise exception 'Nobody consented that everyone may read this.' using errcode = '42501';
  end if;
  if not exists (select from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
      where t.id = new.id and t.standing = 'released' and t.open_from <= now() and t.version = new.version and v.hash = held.seen_hash) then
    raise exception 'This version was not released, or not seen by its teller, or it is still being slept on.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger telling_has_consent before insert or update on pub.telling for each row execute function core.insist_on_consent();

create function core.lay_tellings_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub, core language plpgsql as $$
begin
  delete from pub.telling where id = any(ids);
  insert into pub.telling (id, slug, language, title, voice, role_then, themes, province, told_how, invented, findable, version, opened_on, open_until, languages)
    select t.id, t.slug, t.language, v.title,
      case c.name_form when 'full' then n.full_name when 'first' then n.first_name when 'other' then n.other_name end,
      t.role_then, t.themes, t.province, t.told_how, t.invented, t.findable, t.version, (t.open_from at time zone 'Europe/Amsterdam')::date, c.until_day, c.languages
    from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
    cross join lateral core.consent_now(t.id, 'read') c
    left join vault.teller_name n on n.telling = t.id
    where t.id = any(ids) and t.standing = 'released' and t.open_from <= now() and c.number is not null and c.audience = 'public' and c.seen_hash = v.hash;
  -- What is not open has nothing to lay out.
  if exists (select from pub.telling where id = any(ids)) then
    insert into pub.telling_about select a.telling, a.initiative_id from core.telling_about a join pub.telling t on t.id = a.telling
      join pub.initiative i on i.id = a.initiative_id where a.telling = any(ids);
    insert into pub.media (id, telling, kind, type, bytes, width, height, seconds, alt)
      select m.id, m.telling, m.kind, m.type, m.bytes, m.width, m.height, m.seconds, m.alt
      from core.media m join pub.telling t on t.id = m.telling cross join lateral core.consent_now(m.telling, 'read') c
      where m.telling = any(ids) and case m.kind when 'photo' then c.with_image and m.alt is not null else c.with_voice end
        and exists (select from core.telling_block b where b.telling = t.id and b.version = t.version and b.media = m.id);
    insert into pub.telling_block (telling, block, place, kind, level, language, text, content, moment, said_day, said_precision, media, hash)
      select b.telling, b.block, b.place, b.kind, b.level, b.language, b.text, b.content, b.moment, b.said_day, b.said_precision, b.media, b.hash
      from core.telling_block b join pub.telling t on t.id = b.telling and t.version = b.version
      where b.telling = any(ids) and (b.media is null or exists (select from pub.media m where m.id = b.media));
    insert into pub.rendering (id, telling, language, made_how, signed_as, standing)
      select r.id, r.telling, r.language, r.made_how, r.signed_as, r.standing from core.rendering r join pub.telling t on t.id = r.telling
      where r.telling = any(ids) and r.standing <> 'draft' and (t.languages is null or r.language = any(t.languages))
        and core.allows(r.telling, case r.made_how when 'person' then 'translate-people' else 'translate-machine' end, 'public', r.language);
    insert into pub.rendering_block (rendering, block, text, stale)
      select x.rendering, x.block, x.text, x.source_hash <> b.hash
      from core.rendering_block x join pub.rendering r on r.id = x.rendering join pub.telling_block b on b.telling = r.telling and b.block = x.block
      where r.telling = any(ids);
    insert into pub.signification select s.telling, s.frame, s.fits, s.a, s.b, s.c from core.signification s join pub.telling t on t.id = s.telling where s.telling = any(ids);
  end if;
  delete from pub.search_text s where s.subject_kind = 'telling' and s.subject_id = any(ids::text[]) and not exists (select from pub.telling t where t.id::text = s.subject_id);
  update pub.story s set tellings = array(select st.telling from core.story_telling st join pub.telling t on t.id = st.telling where st.story = s.id order by st.place, st.telling)
    where s.id in (select st.story from core.story_telling st where st.telling = any(ids)) or s.tellings && ids;
end $$;
-- What anyone finds goes in the transaction that closes it; only the house makes it findable.
create policy search_text_goes_with_its_telling on pub.search_text for delete to steppingstones_owner using (subject_kind = 'telling');
comment on function core.lay_tellings_open is 'Makes what anyone may read of these tellings equal to what their tellers consent to now. Safe to ask at any time, by anyone: it can only ever follow consent.';

create function core.settle_item() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  -- What was found by a name or in a language that no longer may, is not found until the house has read it anew.
  delete from pub.search_text where subject_kind = 'telling' and subject_id = new.item::text;
  perform core.lay_tellings_open(array[new.item]);
  return null;
end $$;
create trigger consent_is_followed after insert on core.consent for each row execute function core.settle_item();

create function core.erase_telling() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from core.telling where id = new.id;
  perform core.lay_tellings_open(array[new.id]);
  return null;
end $$;
create trigger telling_goes after update of taken_back_at on core.consent_item for each row when (old.taken_back_at is null and new.taken_back_at is not null) execute function core.erase_telling();

create trigger rendering_has_consent before insert or delete on core.rendering for each row execute function core.note_lineage('rendering', 'translate-people');
create trigger quote_has_consent before insert or delete on core.quote for each row execute function core.note_lineage('quote', 'quote-report');

create function core.insist_on_release() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.standing = 'released' and (old.standing <> 'released' or new.version is distinct from old.version) then
    if exists (select from core.telling_flag f where f.telling = new.id and f.answer is null) then
      raise exception 'Someone else may be named in it; that has to be answered first.' using errcode = '42501';
    end if;
    if not exists (select from core.telling_version v where v.telling = new.id and v.number = new.version) then
      raise exception 'There is no such version.' using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
create trigger telling_is_released before update on core.telling for each row execute function core.insist_on_release();

create function core.lay_stories_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub, core language sql as $$
  delete from pub.story where id = any(ids);
  insert into pub.story (id, slug, kind, title, opening, language, link, initiatives, tellings)
    select s.id, s.slug, s.kind, s.title, s.opening, s.language, s.link,
      array(select i.initiative_id from core.story_initiative i join pub.initiative p on p.id = i.initiative_id where i.story = s.id order by i.initiative_id),
      array(select st.telling from core.story_telling st join pub.telling t on t.id = st.telling where st.story = s.id order by st.place, st.telling)
    from core.story s where s.id = any(ids) and s.standing = 'open'
$$;
comment on function core.lay_stories_open is 'Makes what anyone may read of these stories equal to what is held; it can only ever show what is open.';
create function core.lay_moments_open(moments uuid[]) returns void security definer set search_path = pg_catalog, pub, core language sql as $$
  delete from pub.moment_fact where moment = any(moments) or fact = any(moments);
  insert into pub.moment_fact select m.fact, m.moment from core.moment_fact m where m.moment = any(moments) and exists (select from pub.life_event e where e.fact = m.fact)
    on conflict (fact) do update set moment = excluded.moment
$$;
comment on function core.lay_moments_open is 'Makes which open life events are one moment equal to what is held.';
revoke all on function core.insist_on_consent, core.lay_tellings_open, core.settle_item, core.erase_telling, core.insist_on_release, core.lay_stories_open, core.lay_moments_open from public;
grant execute on function core.lay_tellings_open, core.lay_stories_open, core.lay_moments_open to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['telling','telling_about','telling_block','media','rendering','rendering_block','signification','moment_fact','story'] loop
    execute format('grant select on pub.%I to steppingstones_public, steppingstones_app', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_changed', t);
  end loop;
  foreach t in array array['core.moment_fact','core.telling','core.telling_about','core.telling_draft','core.telling_version','core.telling_block','vault.teller_name','core.media',
      'core.telling_flag','core.telling_proposal','core.rendering','core.rendering_block','core.quote','core.signification','core.reading','core.telling_look',
      'core.story','core.story_initiative','core.story_telling'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy %I on %s to steppingstones_owner using (true) with check (true)', split_part(t, '.', 2) || '_of_the_owner', t);
    execute format('create policy %I on %s to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', split_part(t, '.', 2) || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on %s to steppingstones_app', t);
  end loop;
  -- What belongs to the telling itself: the teller has it whole; whoever may read the telling reads what was released.
  foreach t in array array['core.telling_about','core.telling_draft','core.telling_flag','core.signification','core.media','vault.teller_name'] loop
    execute format('create policy %I on %s to steppingstones_app using (core.tells(telling)) with check (core.tells(telling))', split_part(t, '.', 2) || '_is_told', t);
  end loop;
end $$;
revoke update on core.telling_version, core.telling_block from steppingstones_app;

create policy telling_is_told on core.telling to steppingstones_app using (core.tells(id)) with check (core.tells(id));
create policy telling_is_read on core.telling for select to steppingstones_app using (core.reads(id) is not null or core.codes(id));
create policy telling_about_is_read on core.telling_about for select to steppingstones_app using (core.reads(telling) is not null or core.codes(telling));
create policy telling_version_is_told on core.telling_version to steppingstones_app using (core.tells(telling)) with check (core.tells(telling));
create policy telling_block_is_told on core.telling_block to steppingstones_app using (core.tells(telling)) with check (core.tells(telling));
-- Of the versions, others read only the one that was released.
create function core.released_version(of_telling uuid) returns integer stable security definer set search_path = pg_catalog, core language sql as $$
  select t.version from core.telling t where t.id = of_telling and t.standing = 'released'
$$;
comment on function core.released_version is 'Which version of a telling was released; null when none.';
revoke all on function core.released_version from public;
grant execute on function core.released_version to steppingstones_app;
create policy telling_block_is_read on core.telling_block for select to steppingstones_app
  using (version = core.released_version(telling) and (core.reads(telling) is not null or core.codes(telling)));
create policy telling_version_is_read on core.telling_version for select to steppingstones_app
  using (number = core.released_version(telling) and (core.reads(telling) is not null or core.codes(telling)));
create policy media_is_seen on core.media for select to steppingstones_app using (core.reads(telling) is not null
  and exists (select from core.consent_now(telling, 'read') c where case media.kind when 'photo' then c.with_image and media.alt is not null else c.with_voice end)
  and exists (select from core.telling_block b where b.telling = media.telling and b.version = core.released_version(media.telling) and b.media = media.id));
create policy telling_proposal_is_brought on core.telling_proposal for insert to steppingstones_app with check (brought_by = (select core.viewer_person()) and core.edits(telling) and standing = 'waiting');
create policy telling_proposal_is_seen on core.telling_proposal for select to steppingstones_app using (brought_by = (select core.viewer_person()) or core.tells(telling));
create policy telling_proposal_is_decided on core.telling_proposal for update to steppingstones_app using (core.tells(telling) or brought_by = (select core.viewer_person()))
  with check ((core.tells(telling) and standing in ('accepted','declined')) or (brought_by = (select core.viewer_person()) and standing = 'withdrawn'));
create policy rendering_is_made on core.rendering to steppingstones_app using (translator = (select core.viewer_person()) and core.renders(telling)) with check (translator = (select core.viewer_person()) and core.renders(telling) and standing in ('draft','done'));
create policy rendering_is_seen on core.rendering for select to steppingstones_app using (core.tells(telling) or (standing <> 'draft' and core.reads(telling) is not null) or core.renders(telling));
create policy rendering_is_checked on core.rendering for update to steppingstones_app
  using (standing <> 'draft' and (core.tells(telling) or core.renders(telling)))
  with check (checked_by = (select core.viewer_person()) and ((standing = 'checked-by-teller' and core.tells(telling)) or (standing = 'checked-by-other' and core.renders(telling) and checked_by is distinct from translator) or (standing = 'done' and core.tells(telling))));
create policy rendering_block_is_seen on core.rendering_block for select to steppingstones_app using (exists (select from core.rendering r where r.id = rendering));
create policy rendering_block_is_made on core.rendering_block to steppingstones_app
  using (exists (select from core.rendering r where r.id = rendering and r.translator = core.viewer_person() and core.renders(r.telling)))
  with check (exists (select from core.rendering r where r.id = rendering and r.translator = core.viewer_person() and core.renders(r.telling)));
create policy quote_is_made on core.quote to steppingstones_app using (made_by = (select core.viewer_person()))
  with check (made_by = (select core.viewer_person()) and (core.tells(telling) or (core.reads(telling) is not null and core.allows(telling, 'quote-report'))));
create policy quote_is_seen on core.quote for select to steppingstones_app using (core.tells(telling));
create policy quote_is_answered on core.quote for update to steppingstones_app using (core.tells(telling)) with check (core.tells(telling));
create policy reading_is_ones_own on core.reading to steppingstones_app using (reader = (select core.viewer_person()))
  with check (reader = (select core.viewer_person()) and core.reads(telling) is not null);
create policy reading_reaches_the_teller on core.reading for select to steppingstones_app using (for_teller and core.tells(telling));
create policy telling_look_is_seen on core.telling_look for select to steppingstones_app using (core.tells(telling));
create policy moment_fact_is_seen on core.moment_fact for select to steppingstones_app using ((select core.viewer()) is not null);
create policy moment_fact_is_tied on core.moment_fact to steppingstones_app
  using (exists (select from core.life_event e where e.fact = moment_fact.fact and upper_inf(e.recorded) and core.may_change(e.initiative_id)))
  with check (exists (select from core.life_event e where e.fact = moment_fact.fact and upper_inf(e.recorded) and core.may_change(e.initiative_id)));
create policy story_is_seen on core.story for select to steppingstones_app using (standing = 'open' or made_by = (select core.viewer_person()));
create policy story_is_made on core.story to steppingstones_app using (made_by = (select core.viewer_person()) and (select core.holds(array['editor','facilitator','member'])))
  with check (made_by = (select core.viewer_person()) and (select core.holds(array['editor','facilitator','member'])));
create policy story_initiative_is_seen on core.story_initiative for select to steppingstones_app using (exists (select from core.story s where s.id = story));
create policy story_initiative_is_made on core.story_initiative to steppingstones_app
  using (exists (select from core.story s where s.id = story and s.made_by = core.viewer_person())) with check (exists (select from core.story s where s.id = story and s.made_by = core.viewer_person()) and core.may_see_entry(initiative_id));
create policy story_telling_is_seen on core.story_telling for select to steppingstones_app using (core.reads(telling) is not null or core.tells(telling));
create policy story_telling_is_made on core.story_telling to steppingstones_app
  using (exists (select from core.story s where s.id = story and s.made_by = core.viewer_person()) or core.tells(telling))
  with check (exists (select from core.story s where s.id = story and s.made_by = core.viewer_person()) and core.reads(telling) is not null);

-- Whoever tells without an account gets a card of their own: they are a person of whom nothing is known, and their card is renewed by themselves.
create function core.renews_own_card(for_person uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.person p where p.id = for_person and p.id = core.viewer_person() and p.came_by = 'card' and p.left_on is null)
    and not exists (select from core.role_grant g where g.person_id = for_person and g.ended_on is null and core.today() < g.until_day)
$$;
comment on function core.renews_own_card is 'Whether who is asking came by card, holds no role, and may make themselves a new card.';
revoke all on function core.renews_own_card from public;
grant execute on function core.renews_own_card to steppingstones_app;
create policy card_is_renewed on vault.card for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and core.renews_own_card(person_id) and last_used_on is null);
