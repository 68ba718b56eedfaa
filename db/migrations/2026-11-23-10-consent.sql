-- Consent: what a person allowed to be done with what they told, for which use, for whom, until when. Written once, never changed,
-- each entry sealed with the one before it. Everything that leaves the house asks one function: core.allows.

create table core.consent_item (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('telling')),
  teller uuid not null references core.person,
  recorded_by uuid references core.person,
  made_at timestamptz not null default now(),
  taken_back_at timestamptz,
  check (recorded_by is distinct from teller)
);
comment on table core.consent_item is 'Something of a person that nobody may use without their consent. It stays when its content is taken back, so that what was allowed can still be shown.';
comment on column core.consent_item.id is '[inside] lasting key, the same as that of the telling';
comment on column core.consent_item.kind is '[inside] what kind of thing it is';
comment on column core.consent_item.teller is '[person] whose it is';
comment on column core.consent_item.recorded_by is '[person] who wrote it down for them and may speak for them by their word; null is nobody';
comment on column core.consent_item.made_at is '[person] since when it is here';
comment on column core.consent_item.taken_back_at is '[person] when it was taken back; its content is gone since then';
create index consent_item_of on core.consent_item (teller);

create table core.consent (
  number bigint generated always as identity primary key,
  item uuid not null references core.consent_item,
  use text not null check (use in ('all','read','quote-report','print','web-book','open-count','open-theme','open-text','coding','translate-people','translate-machine','teaching','press')),
  verdict text not null check (verdict in ('given','ask-me','taken-back')),
  audience text not null default 'public' check (audience in ('circle','table','network','public')),
  languages text[] check (cardinality(languages) between 1 and 40),
  name_form text not null default 'none' check (name_form in ('full','first','other','none')),
  with_image boolean not null default false,
  with_voice boolean not null default false,
  from_day date not null default core.today(),
  until_day date check (until_day > from_day),
  seen_hash bytea check (length(seen_hash) = 32),
  shown_in text not null check (shown_in ~ '^[a-z]{2}$'),
  how text not null check (how in ('screen','voice','paper','word')),
  said_by uuid not null,
  at timestamptz not null default clock_timestamp(),
  before bytea not null default ''::bytea,
  seal bytea not null default ''::bytea,
  check (use <> 'all' or verdict = 'taken-back'),
  check (verdict <> 'given' or seen_hash is not null)
);
comment on table core.consent is 'What was said about one use of one item, in the order in which it was said. The last word counts. Rows are added, never changed or removed.';
comment on column core.consent.number is '[person] order in which it was said';
comment on column core.consent.item is '[person] about what';
comment on column core.consent.use is '[person] for which use; all is every use at once, and can only be taken back';
comment on column core.consent.verdict is '[person] given, ask me each time, or taken back';
comment on column core.consent.audience is '[person] who may be reached by this use: the circle, the table, the network, everyone';
comment on column core.consent.languages is '[person] in which languages; null is any';
comment on column core.consent.name_form is '[person] under which name: full, first, another one, none';
comment on column core.consent.with_image is '[person] whether photos may be shown';
comment on column core.consent.with_voice is '[person] whether the voice may be heard';
comment on column core.consent.from_day is '[person] first day';
comment on column core.consent.until_day is '[person] first day on which it no longer holds; null is until it is taken back';
comment on column core.consent.seen_hash is '[machine] fingerprint of the version that the teller saw as it will appear';
comment on column core.consent.shown_in is '[person] language in which it was asked';
comment on column core.consent.how is '[person] on a screen, by voice, on paper, or by word to who wrote it down';
comment on column core.consent.said_by is '[person] who said it: the teller, or who speaks for them by their word';
comment on column core.consent.at is '[person] when';
comment on column core.consent.before is '[machine] seal of what was said of this item before';
comment on column core.consent.seal is '[machine] SHA-256 over the seal before and everything in this row';
create index consent_of on core.consent (item, number desc);

create function core.consent_words(c core.consent) returns bytea immutable language sql as $$
  -- Field by field, each with its length, so that no two rows are written the same.
  select convert_to(string_agg(coalesce(length(v)::text || ':' || v, '-'), ',' order by n), 'UTF8')
  from unnest(array[c.number::text, c.item::text, c.use, c.verdict, c.audience, array_to_string(c.languages, ' '), c.name_form, c.with_image::text, c.with_voice::text,
    to_char(c.from_day, 'YYYY-MM-DD'), to_char(c.until_day, 'YYYY-MM-DD'), encode(c.seen_hash, 'hex'), c.shown_in, c.how, c.said_by::text,
    to_char(c.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), encode(c.before, 'hex')]) with ordinality as x(v, n)
$$;
comment on function core.consent_words is 'What is sealed of a row of consent, always written the same way.';

create function core.seal_consent() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  -- One at a time per item: the chain has no forks.
  perform pg_advisory_xact_lock(hashtextextended('consent ' || new.item, 0));
  if exists (select from core.consent_item i where i.id = new.item and i.taken_back_at is not null) then
    raise exception 'What was taken back is not given again; it has to be told anew.' using errcode = '42501';
  end if;
  -- Numbered once its turn has come: whoever waited for another comes after them, also in the count.
  new.number := nextval(pg_get_serial_sequence('core.consent', 'number'));
  new.at := clock_timestamp();
  new.before := coalesce((select c.seal from core.consent c where c.item = new.item order by c.number desc limit 1), ''::bytea);
  new.seal := sha256(new.before || core.consent_words(new));
  return new;
end $$;
create trigger consent_is_sealed before insert on core.consent for each row execute function core.seal_consent();

create function core.never_changes() returns trigger language plpgsql as $$
begin
  raise exception '% is only ever added to.', tg_table_name using errcode = '42501';
end $$;
create trigger consent_stays before update or delete on core.consent for each row execute function core.never_changes();
create trigger consent_stays_whole before truncate on core.consent for each statement execute function core.never_changes();

create function core.broken_seals() returns table (item uuid, number bigint) stable security definer set search_path = pg_catalog, core language sql as $$
  select c.item, c.number from (
    select x.*, lag(x.seal, 1, ''::bytea) over (partition by x.item order by x.number) as expected from core.consent x) c
  join core.consent r on r.number = c.number
  where c.before <> c.expected or c.seal <> sha256(c.before || core.consent_words(r))
  order by c.number
$$;
comment on function core.broken_seals is 'Which rows of consent no longer fit their seal; no row when all is as it was written.';

create function core.reach(audience text) returns integer immutable language sql return array_position(array['circle','table','network','public'], audience);
comment on function core.reach is 'How far an audience reaches: circle 1, table 2, network 3, public 4.';

create function core.consent_now(of_item uuid, for_use text, on_day date default core.today()) returns core.consent
  stable security definer set search_path = pg_catalog, core language sql as $$
  select c from core.consent c join core.consent_item i on i.id = c.item
  where c.item = of_item and i.taken_back_at is null
    and c.number = (select max(l.number) from core.consent l where l.item = of_item and l.use in (for_use, 'all'))
    and c.use = for_use and c.verdict = 'given' and c.from_day <= on_day and (c.until_day is null or on_day < c.until_day)
$$;
comment on function core.consent_now is 'The consent that holds for this use of this item on this day; null when none does. Asking each time is none.';

create function core.allows(of_item uuid, for_use text, for_audience text default 'public', in_language text default null, on_day date default core.today()) returns boolean
  stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce((select core.reach(c.audience) >= core.reach(for_audience) and (in_language is null or c.languages is null or in_language = any(c.languages))
    from core.consent_now(of_item, for_use, on_day) c where c.number is not null), false)
$$;
comment on function core.allows is 'Whether this use of this item, for this audience and in this language, is consented to on this day. Every exit asks this and nothing else.';

create function core.speaks_for(of_item uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or exists (select from core.consent_item i where i.id = of_item and core.viewer_person() in (i.teller, i.recorded_by))
$$;
comment on function core.speaks_for is 'Whether who is asking is the teller, or wrote it down for them.';

create table core.lineage (
  derivative uuid primary key,
  item uuid not null references core.consent_item,
  kind text not null check (kind in ('rendering','quote','coded-passage','memo','export','index','mail','piece','article','issue')),
  use text not null,
  consent bigint references core.consent,
  made_at timestamptz not null default now(),
  ended_at timestamptz
);
comment on table core.lineage is 'What was made of an item, and on which consent: withdrawal finds its way along these lines.';
comment on column core.lineage.derivative is '[inside] key of what was made';
comment on column core.lineage.item is '[person] of what';
comment on column core.lineage.kind is '[inside] what was made of it';
comment on column core.lineage.use is '[inside] which use that is';
comment on column core.lineage.consent is '[person] the consent it was made on; null when the teller made it themselves';
comment on column core.lineage.made_at is '[inside] when';
comment on column core.lineage.ended_at is '[inside] when it was taken away';
create index lineage_of on core.lineage (item);

-- For the tables of what is made of an item: args are kind and use; the table has columns id and telling.
create function core.note_lineage() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  held core.consent;
begin
  if tg_op = 'DELETE' then
    update core.lineage l set ended_at = now() where l.derivative = old.id and l.ended_at is null;
    return old;
  end if;
  held := core.consent_now(new.telling, tg_argv[1]);
  if held.number is null and not core.speaks_for(new.telling) then
    raise exception 'The teller did not consent to this use.' using errcode = '42501';
  end if;
  insert into core.lineage (derivative, item, kind, use, consent) values (new.id, new.telling, tg_argv[0], tg_argv[1], held.number);
  return new;
end $$;
comment on function core.note_lineage is 'Refuses what is made of an item without consent to that use, and otherwise notes on which consent it was made.';

create table core.receipt (
  id uuid primary key default uuidv7(),
  item uuid not null references core.consent_item,
  kind text not null check (kind in ('consent','taken-back')),
  upto bigint not null,
  language text not null check (language ~ '^[a-z]{2}$'),
  made_at timestamptz not null default now(),
  places jsonb not null default '{}' check (jsonb_typeof(places) = 'object'),
  done_at timestamptz
);
comment on table core.receipt is 'A paper the teller can keep: what was allowed up to here, or that everything was taken away and where it stood.';
comment on column core.receipt.id is '[person] lasting key';
comment on column core.receipt.item is '[person] of what';
comment on column core.receipt.kind is '[person] of consent, or of taking back';
comment on column core.receipt.upto is '[person] last row of consent it speaks of';
comment on column core.receipt.language is '[person] language it was asked in';
comment on column core.receipt.made_at is '[person] when';
comment on column core.receipt.places is '[person] where it stood and how many were taken away: {place: count}; never what it said';
comment on column core.receipt.done_at is '[person] when every place was looked at again and nothing was found';
create index receipt_of on core.receipt (item);

create table core.tombstone (
  kind text not null check (kind in ('telling','person')),
  id_hash bytea not null check (length(id_hash) = 32),
  at timestamptz not null default now(),
  reason text not null check (reason in ('taken-back','left','rights')),
  primary key (kind, id_hash)
);
comment on table core.tombstone is 'What must never come back, also not with an older backup: only a fingerprint of its key.';
comment on column core.tombstone.kind is '[machine] what kind of thing it was';
comment on column core.tombstone.id_hash is '[machine] SHA-256 of its key';
comment on column core.tombstone.at is '[inside] when it was taken away';
comment on column core.tombstone.reason is '[inside] why';
create trigger tombstone_stays before update or delete on core.tombstone for each row execute function core.never_changes();

-- The one way back. What hangs on the item goes with it: each room that keeps content adds a trigger on taken_back_at.
create function core.take_back(of_item uuid, in_language text, how_said text) returns uuid security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  made uuid;
  last bigint;
begin
  -- One at a time; who comes second finds the receipt of the first.
  perform from core.consent_item i where i.id = of_item for update;
  if not core.speaks_for(of_item) then
    raise exception 'Only the teller takes back what they told.' using errcode = '42501';
  end if;
  if how_said <> 'word' and not core.is_operator() and not exists (select from core.consent_item i where i.id = of_item and i.teller = core.viewer_person()) then
    raise exception 'Whoever is not the teller only passes on their word.' using errcode = '42501';
  end if;
  select r.id into made from core.receipt r join core.consent_item i on i.id = r.item
    where r.item = of_item and r.kind = 'taken-back' and i.taken_back_at is not null;
  if made is not null then
    return made;
  end if;
  insert into core.consent (item, use, verdict, audience, shown_in, how, said_by)
    values (of_item, 'all', 'taken-back', 'circle', in_language, how_said,
      coalesce(core.viewer_person(), (select i.teller from core.consent_item i where i.id = of_item))) returning number into last;
  insert into core.receipt (item, kind, upto, language, places)
    select of_item, 'taken-back', last, in_language, coalesce((select jsonb_object_agg(x.kind, x.many) from (
      select l.kind, count(*) as many from core.lineage l where l.item = of_item and l.ended_at is null group by l.kind) x), '{}')
    returning id into made;
  insert into core.tombstone (kind, id_hash, reason) values ('telling', sha256(convert_to(of_item::text, 'UTF8')), 'taken-back') on conflict do nothing;
  update core.consent_item set taken_back_at = now() where id = of_item;
  update core.lineage set ended_at = now() where item = of_item and ended_at is null;
  return made;
end $$;
comment on function core.take_back is 'Takes an item back from everywhere in one transaction, and answers the receipt; the receipt it has when it was taken back before. For the teller, or who wrote it down and speaks by their word.';

revoke all on function core.seal_consent, core.broken_seals, core.consent_now, core.allows, core.speaks_for, core.note_lineage, core.take_back from public;
grant execute on function core.broken_seals, core.consent_now, core.allows, core.speaks_for, core.take_back to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['consent_item','consent','lineage','receipt','tombstone'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_with_the_operator', t);
  end loop;
end $$;
grant select, insert on core.consent_item, core.consent, core.receipt, core.tombstone to steppingstones_app;
grant select on core.lineage to steppingstones_app;
grant update (done_at, places) on core.receipt to steppingstones_app;
grant update (recorded_by) on core.consent_item to steppingstones_app;

create policy consent_item_is_seen on core.consent_item for select to steppingstones_app using (core.viewer_person() in (teller, recorded_by));
create policy consent_item_is_begun on core.consent_item for insert to steppingstones_app
  with check (taken_back_at is null and (teller = (select core.viewer_person()) or (recorded_by = (select core.viewer_person())
    and exists (select from core.person p where p.id = teller and p.made_by = core.viewer_person()))));
-- The teller may end that someone else speaks for them.
create policy consent_item_is_ones_own on core.consent_item for update to steppingstones_app
  using (teller = (select core.viewer_person())) with check (teller = (select core.viewer_person()) and recorded_by is null);
create policy consent_is_seen on core.consent for select to steppingstones_app
  using (core.speaks_for(item) or (select core.holds(array['privacy-officer'])));
create policy consent_is_said on core.consent for insert to steppingstones_app with check (core.speaks_for(item) and said_by = (select core.viewer_person())
  and (how = 'word' or exists (select from core.consent_item i where i.id = item and i.teller = core.viewer_person())));
create policy lineage_is_seen on core.lineage for select to steppingstones_app using (core.speaks_for(item));
create policy receipt_is_seen on core.receipt for select to steppingstones_app using (core.speaks_for(item));
create policy receipt_is_made on core.receipt for insert to steppingstones_app with check (core.speaks_for(item) and kind = 'consent');
