-- Renderings, quotes and proposals: what the hands of others may do with a telling, and what only its teller may.

create or replace function core.renders(of_telling uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.tells(of_telling) or (core.reads(of_telling) is not null and core.allows(of_telling, 'translate-people', core.reads(of_telling))
    and core.holds(array['member','verifier','editor','facilitator','partner','pool-member','researcher']))
$$;

alter table core.rendering_block add column gone_through boolean not null default true;
comment on column core.rendering_block.gone_through is '[inside] whether a person went through these words; those of a machine wait for that';

-- One hand renders a telling into a language once; drafts of two taps would otherwise part ways.
create unique index rendering_by_hand on core.rendering (telling, language, translator);

create function core.keep_rendering() returns trigger set search_path = pg_catalog, core language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (new.telling, new.language, new.made_at) is distinct from (old.telling, old.language, old.made_at)
      or new.translator is distinct from old.translator and not core.is_operator() then
      raise exception 'A rendering stays of the same telling, in the same language, by the same hand.' using errcode = '42501';
    end if;
    if (new.signed_as is distinct from old.signed_as or new.made_how <> old.made_how)
      and core.viewer_person() is not null and core.viewer_person() is distinct from old.translator then
      raise exception 'Only the translator signs.' using errcode = '42501';
    end if;
    if old.made_how = 'machine' and new.made_how = 'person' and exists (select from core.rendering_block b where b.rendering = new.id and not b.gone_through) then
      raise exception 'Nobody went through these words yet.' using errcode = '42501';
    end if;
    new.changed_at := now();
  elsif not core.tells(new.telling) and core.viewer_person() is not null and not core.allows(new.telling, 'translate-people', 'circle', new.language) then
    raise exception 'The teller did not consent to this language.' using errcode = '42501';
  end if;
  if new.made_how = 'machine' and (tg_op = 'INSERT' or old.made_how = 'person') and not core.allows(new.telling, 'translate-machine', 'circle', new.language) then
    raise exception 'The teller did not consent to a machine.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger rendering_is_kept before insert or update on core.rendering for each row execute function core.keep_rendering();

create function core.weigh_rendering() returns trigger set search_path = pg_catalog, core language plpgsql as $$
declare
  of_rendering uuid := case tg_op when 'DELETE' then old.rendering else new.rendering end;
begin
  -- What was checked was these words; other words have to be checked anew. Words nobody went through make it a machine's.
  if tg_op <> 'UPDATE' or (new.text, new.source_hash, new.gone_through) is distinct from (old.text, old.source_hash, old.gone_through) then
    update core.rendering r set made_how = x.how, standing = case when r.standing like 'checked-%' then 'done' else r.standing end,
        checked_by = case when r.standing like 'checked-%' then null else r.checked_by end
      from (select case when exists (select from core.rendering_block b where b.rendering = of_rendering and not b.gone_through) then 'machine' else 'person' end as how) x
      where r.id = of_rendering and (r.made_how <> x.how or r.standing like 'checked-%');
  end if;
  return null;
end $$;
create trigger rendering_block_weighs after insert or update or delete on core.rendering_block for each row execute function core.weigh_rendering();

drop policy rendering_is_seen on core.rendering;
create policy rendering_is_seen on core.rendering for select to steppingstones_app
  using (core.tells(telling) or (standing <> 'draft' and (core.renders(telling) or (core.reads(telling) is not null
    and core.allows(telling, case made_how when 'person' then 'translate-people' else 'translate-machine' end, core.reads(telling), language)))));
drop policy rendering_is_checked on core.rendering;
-- A teller who says that it is not right takes it off the street.
create policy rendering_is_checked on core.rendering for update to steppingstones_app
  using (standing <> 'draft' and (core.tells(telling) or core.renders(telling)))
  with check (checked_by = (select core.viewer_person()) and ((standing in ('checked-by-teller','draft') and core.tells(telling))
    or (standing = 'checked-by-other' and core.renders(telling) and checked_by is distinct from translator)));

create table core.rendering_remark (
  id uuid primary key default uuidv7(),
  rendering uuid not null references core.rendering on delete cascade,
  said_by uuid not null references core.person,
  by_teller boolean not null default false,
  is_right boolean not null,
  words text check (length(words) between 1 and 2000),
  said_at timestamptz not null default now()
);
comment on table core.rendering_remark is 'What the teller, or another of the network, said of a rendering to its translator.';
comment on column core.rendering_remark.id is '[person] lasting key';
comment on column core.rendering_remark.rendering is '[person] of which rendering';
comment on column core.rendering_remark.said_by is '[person] who said it';
comment on column core.rendering_remark.by_teller is '[person] whether it was the teller, or who speaks by their word';
comment on column core.rendering_remark.is_right is '[person] whether they found it right';
comment on column core.rendering_remark.words is '[person] what they said to the translator';
comment on column core.rendering_remark.said_at is '[person] when';
create index rendering_remark_of on core.rendering_remark (rendering);
alter table core.rendering_remark enable row level security;
alter table core.rendering_remark force row level security;
grant select, insert on core.rendering_remark to steppingstones_app;
create policy rendering_remark_of_the_owner on core.rendering_remark to steppingstones_owner using (true) with check (true);
create policy rendering_remark_with_the_operator on core.rendering_remark to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
-- The rendering itself is asked through its own walls: a remark is never seen by who may not see what it is about.
create policy rendering_remark_is_seen on core.rendering_remark for select to steppingstones_app
  using (exists (select from core.rendering r where r.id = rendering and (core.tells(r.telling) or core.viewer_person() in (r.translator, said_by))));
create policy rendering_remark_is_said on core.rendering_remark for insert to steppingstones_app
  with check (said_by = (select core.viewer_person()) and exists (select from core.rendering r where r.id = rendering and by_teller = core.tells(r.telling)
    and r.translator is distinct from core.viewer_person() and (core.tells(r.telling) or (core.renders(r.telling) and r.standing <> 'draft'))));

create function core.utf16_slice(words text, from_at integer, to_at integer) returns text immutable set search_path = pg_catalog language sql as $$
  -- PostgreSQL counts signs and a quote counts in UTF-16, where a sign past the first plane counts twice.
  select case when sum(width) = to_at - from_at then string_agg(sign, '' order by n) end
  from (select sign, n, width, sum(width) over (order by n) as upto from (
    select sign, n, case when ascii(sign) > 65535 then 2 else 1 end as width from string_to_table(words, null) with ordinality as s(sign, n)) x) y
  where upto - width >= from_at and upto <= to_at
$$;
comment on function core.utf16_slice is 'The words from here to there, counted in UTF-16; null where that would halve a sign or reach past the end.';

create function core.keep_quote() returns trigger set search_path = pg_catalog, core language plpgsql as $$
declare
  words text;
begin
  if tg_op = 'UPDATE' and core.viewer_person() is not null and not core.tells(old.telling)
    and (new.telling, new.version, new.block, new.start_at, new.end_at, new.exact, new.exact_hash) is distinct from
        (old.telling, old.version, old.block, old.start_at, old.end_at, old.exact, old.exact_hash) then
    raise exception 'Only the teller says where their words stand.' using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' and new.telling <> old.telling then
    raise exception 'A quote stays with its voice.' using errcode = '42501';
  end if;
  select b.text into words from core.telling_block b where b.telling = new.telling and b.version = new.version and b.block = new.block
    and b.kind in ('paragraph','heading','aside','list');
  if core.utf16_slice(words, new.start_at, new.end_at) is distinct from new.exact or new.exact_hash <> sha256(convert_to(new.exact, 'UTF8')) then
    raise exception 'These words do not stand there.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger quote_is_kept before insert or update on core.quote for each row execute function core.keep_quote();

drop policy quote_is_made on core.quote;
create policy quote_is_made on core.quote for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and standing = 'held' and (core.tells(telling)
    or (version = core.released_version(telling) and core.reads(telling) is not null and core.allows(telling, 'quote-report', core.reads(telling)))));
create policy quote_is_ones_own on core.quote for select to steppingstones_app
  using (made_by = (select core.viewer_person()) and core.reads(telling) is not null and core.allows(telling, 'quote-report', core.reads(telling)));
create policy quote_is_let_go on core.quote for update to steppingstones_app
  using (made_by = (select core.viewer_person()) and core.reads(telling) is not null) with check (made_by = (select core.viewer_person()) and standing = 'let-go');

create function core.quote_may_be_shown(of_quote uuid, for_audience text default 'public') returns boolean
  stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.quote q join core.telling t on t.id = q.telling join core.telling_version v on v.telling = q.telling and v.number = q.version
    where q.id = of_quote and q.standing = 'held' and t.standing = 'released' and t.open_from <= now() and q.version = t.version
      and core.allows(q.telling, 'quote-report', for_audience)
      and exists (select from core.consent c where c.item = q.telling and c.verdict = 'given' and c.seen_hash = v.hash))
$$;
comment on function core.quote_may_be_shown is 'Whether a quote may be shown to this audience today: held in the version that was released, which its teller saw and consented to.';

create function core.keep_proposal() returns trigger set search_path = pg_catalog, core language plpgsql as $$
begin
  if old.standing <> 'waiting' or (new.telling, new.version, new.doc, new.why, new.brought_by, new.brought_at) is distinct from
      (old.telling, old.version, old.doc, old.why, old.brought_by, old.brought_at) then
    raise exception 'A proposal stays as it was brought, and is decided once.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger telling_proposal_is_kept before update on core.telling_proposal for each row execute function core.keep_proposal();
drop policy telling_proposal_is_brought on core.telling_proposal;
create policy telling_proposal_is_brought on core.telling_proposal for insert to steppingstones_app
  with check (brought_by = (select core.viewer_person()) and core.edits(telling) and standing = 'waiting' and version = core.released_version(telling));
drop policy telling_proposal_is_seen on core.telling_proposal;
create policy telling_proposal_is_seen on core.telling_proposal for select to steppingstones_app
  using (core.tells(telling) or (brought_by = (select core.viewer_person()) and core.edits(telling)));
drop policy telling_proposal_is_decided on core.telling_proposal;
create policy telling_proposal_is_decided on core.telling_proposal for update to steppingstones_app
  using (core.tells(telling) or (brought_by = (select core.viewer_person()) and core.edits(telling)))
  with check ((core.tells(telling) and standing in ('accepted','declined')) or (brought_by = (select core.viewer_person()) and standing = 'withdrawn'));

revoke all on function core.keep_rendering, core.weigh_rendering, core.keep_quote, core.keep_proposal, core.utf16_slice, core.quote_may_be_shown from public;
grant execute on function core.utf16_slice, core.quote_may_be_shown to steppingstones_app;
