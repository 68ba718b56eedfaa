-- Release and withdrawal: what goes out of a publication, on which consents, and how it leaves again. An edition cannot hold a voice without
-- a line in its manifest whose consent holds, whoever writes it; and what consent no longer carries is gone in the transaction that says so.

alter table core.manifest_line add column left_at timestamptz;
comment on column core.manifest_line.left_at is '[inside] when the voice left this way out; it does not come back into this edition';

create table core.edition_piece (
  edition uuid not null references core.edition on delete cascade,
  piece uuid not null,
  kind text not null check (kind in ('voice','insight','promise','figure')),
  key uuid not null,
  primary key (edition, piece)
);
comment on table core.edition_piece is 'What the pieces were that an edition rests on. The desk may lay others since; what went out stays as it was.';
comment on column core.edition_piece.edition is '[open] of which edition';
comment on column core.edition_piece.piece is '[inside] which piece';
comment on column core.edition_piece.kind is '[open] a voice, an insight, a promise, a picture of the house';
comment on column core.edition_piece.key is '[inside] key of the quote, the own words, the insight, the promise or the picture';
create index edition_piece_of on core.edition_piece (key);
create index edition_voice_telling on pub.edition_voice (telling) where telling is not null;
create index edition_voice_key on pub.edition_voice (key);

create function core.utf16_cut(of_text text, from_at integer, to_at integer) returns text immutable set search_path = pg_catalog language sql as $$
  select coalesce(string_agg(c, '' order by n), '') from (
    select c, n, sum(case when ascii(c) > 65535 then 2 else 1 end) over (order by n) - case when ascii(c) > 65535 then 2 else 1 end as at
    from string_to_table(of_text, null) with ordinality x(c, n)) y where at >= from_at and at < to_at
$$;
comment on function core.utf16_cut is 'The words between two places counted in UTF-16, as quotes count.';

create function core.words_of_line(l core.manifest_line) returns text stable security definer set search_path = pg_catalog, core language sql as $$
  select case when (l).quote is null then (select w.words from core.own_word w where w.id = (l).own_word)
    else (select core.utf16_cut(b.text, (l).start_at, (l).end_at) from core.telling_block b where b.telling = (l).item and b.version = (l).version and b.block = (l).block) end
$$;
comment on function core.words_of_line is 'The words a line of a manifest speaks of, read where they stand: in the version that went out, or as they were given.';

create function core.put_off(job text, data jsonb, only_once text, not_before timestamptz default now()) returns void set search_path = pg_catalog language plpgsql as $$
declare
  -- The same key as deeds of the house give it, so that of the same job at most one waits.
  waits text := job || ' only ' || only_once;
begin
  -- Touching the job that waits holds it until this transaction is over.
  update jobs.job j set data = jsonb_build_object('job', job, 'data', put_off.data) where j.name = 'put-off' and j.singleton_key = waits and j.state = 'created';
  if not found then
    insert into jobs.job (name, data, singleton_key, start_after, keep_until, expire_seconds, deletion_seconds, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy)
      select q.name, jsonb_build_object('job', job, 'data', put_off.data), waits, not_before, not_before + q.retention_seconds * interval '1 second',
        q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay, coalesce(q.retry_backoff, false), q.retry_delay_max, q.policy
      from jobs.queue q where q.name = 'put-off' on conflict do nothing;
  end if;
end $$;
comment on function core.put_off is 'Puts a job off from within the database, in this transaction; once the transaction holds, it is done as any other.';

-- Walls.
create function core.insist_on_line() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  held core.consent;
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - array['left_at','key'] <> to_jsonb(old) - array['left_at','key'] or old.left_at is not null then
      raise exception 'A line of a manifest stays as it was written.' using errcode = '42501';
    end if;
    return new;
  end if;
  -- Who takes back waits for who releases, and the other way round.
  perform pg_advisory_xact_lock(hashtextextended('consent ' || new.item, 0));
  held := core.consent_now(new.item, new.use);
  if held.number is null or held.number <> new.consent or not core.allows(new.item, new.use) or new.item is distinct from core.item_of(new.quote, new.own_word) then
    raise exception 'No consent that holds covers this use of these words.' using errcode = '42501';
  end if;
  if new.left_at is not null or sha256(convert_to(core.words_of_line(new), 'UTF8')) is distinct from new.exact_hash
    or (new.quote is not null and not exists (select from core.quote q where q.id = new.quote and q.standing = 'held' and q.version = new.version and q.block = new.block
      and q.start_at = new.start_at and q.end_at = new.end_at and q.exact_hash = new.exact_hash)) then
    raise exception 'These are not the words that were consented to.' using errcode = '42501';
  end if;
  if not exists (select from core.edition e where e.id = new.edition and new.use = any(core.uses_of(e.publication))
      and (new.own_word is null or exists (select from core.own_word w where w.id = new.own_word and w.publication = e.publication))) then
    raise exception 'These words do not go out this way.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger manifest_line_has_consent before insert or update on core.manifest_line for each row execute function core.insist_on_line();

create function core.has_lines(of_edition uuid, of_key uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select bool_and(exists (select from core.manifest_line l where l.edition = of_edition and l.key = of_key and l.use = u and l.left_at is null and core.allows(l.item, l.use)))
  from core.edition e cross join unnest(core.uses_of(e.publication)) u where e.id = of_edition
$$;
comment on function core.has_lines is 'Whether the manifest of an edition has a line whose consent holds for these words, for each way out.';

create function core.insist_on_manifest() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  rests core.edition_piece;
begin
  if tg_op = 'UPDATE' and to_jsonb(new) <> to_jsonb(old) then
    raise exception 'What went out stays as it was, or goes.' using errcode = '42501';
  end if;
  if tg_table_name = 'edition_draw' and to_jsonb(new) ->> 'way' = 'margin' then
    if not coalesce(core.has_lines(new.edition, new.piece), false) then
      raise exception 'A voice goes out on its consent, or not at all.' using errcode = '42501';
    end if;
    return new;
  end if;
  if new.piece is null then
    return new;
  end if;
  select * into rests from core.edition_piece p where p.edition = new.edition and p.piece = new.piece;
  if rests.piece is null or (rests.kind = 'voice' and not coalesce(core.has_lines(new.edition, rests.key), false)) then
    raise exception 'A voice goes out on its consent, or not at all.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger edition_paragraph_has_manifest before insert or update on core.edition_paragraph for each row execute function core.insist_on_manifest();
create trigger edition_draw_has_manifest before insert or update on core.edition_draw for each row execute function core.insist_on_manifest();

create function core.insist_on_piece() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if tg_op = 'UPDATE' or not exists (select from core.piece p join core.edition e on e.publication = p.publication where p.id = new.piece and e.id = new.edition
      and new.key = coalesce(p.quote, p.own_word, p.insight, p.promise, p.figure)
      and new.kind = case when p.quote is not null or p.own_word is not null then 'voice' else p.kind end) then
    raise exception 'An edition rests on the pieces of its publication.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger edition_piece_is_a_piece before insert or update on core.edition_piece for each row execute function core.insist_on_piece();

create function core.insist_on_voice() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not exists (select from core.manifest_line l where l.edition = new.edition and l.key = new.key and (new.words = '' or l.exact_hash = sha256(convert_to(new.words, 'UTF8'))))
    or new.hash <> sha256(convert_to(new.words, 'UTF8'))
    or (new.on_web and not exists (select from core.manifest_line l where l.edition = new.edition and l.key = new.key and l.left_at is null and l.use in ('quote-report','web-book') and core.allows(l.item, l.use)))
    or (new.on_paper and not exists (select from core.manifest_line l where l.edition = new.edition and l.key = new.key and l.left_at is null and l.use in ('quote-report','print') and core.allows(l.item, l.use))) then
    raise exception 'Words of a voice stand in an edition as they were consented to, or not at all.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger edition_voice_has_manifest before insert or update of edition, key, words, hash, on_web, on_paper on pub.edition_voice for each row execute function core.insist_on_voice();

create function core.goes_out_in(of_edition uuid, of_key uuid, in_language text, how text) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce(bool_and(core.allows(l.item, l.use, 'public', in_language) and core.allows(l.item, case how when 'person' then 'translate-people' else 'translate-machine' end, 'public', in_language)), false)
  from core.manifest_line l where l.edition = of_edition and l.key = of_key and l.left_at is null
$$;
comment on function core.goes_out_in is 'Whether these words may stand in an edition in another language too: by each use they stand there for, and by the consent to translating.';
create function core.insist_on_rendering() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.goes_out_in(new.edition, new.key, new.language, new.made_how) then
    raise exception 'Nobody consented that these words stand here in this language.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger edition_voice_rendering_has_consent before insert or update on pub.edition_voice_rendering for each row execute function core.insist_on_rendering();

create function core.insist_on_edition() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not exists (select from core.edition_paragraph p where p.edition = new.edition and p.paragraph = new.paragraph and p.article = new.article and p.kind = new.kind and p.text = new.text) then
    raise exception 'Anyone reads what went out, and nothing else.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger edition_paragraph_went_out before insert or update on pub.edition_paragraph for each row execute function core.insist_on_edition();

-- What anyone may read.
create function core.telling_of_voice(of_item uuid, web text, paper text, for_web boolean, for_paper boolean) returns text stable security definer set search_path = pg_catalog, core language sql as $$
  -- A quote under no name does not point at a page that says one.
  select t.slug from pub.telling t where t.id = of_item and (t.voice is null
    or ((not for_web or web is not distinct from t.voice) and (not for_paper or paper is not distinct from t.voice)))
$$;
comment on function core.telling_of_voice is 'The telling words stand in, as its address names it, when anyone may read that and it says no more of who it is than the words do.';

create function core.lay_voices(of_edition uuid) returns boolean set search_path = pg_catalog, core language plpgsql as $$
declare
  before jsonb;
  ins record;
begin
  select jsonb_agg(to_jsonb(v) - 'telling' order by v.key) into before from pub.edition_voice v where v.edition = of_edition;
  for ins in
    with alive as (
      select l.key, (array_agg(l))[1] as line, (array_agg(l.item))[1] as item, (array_agg(l.own_word))[1] as own_word,
        (array_agg(l.use) filter (where l.use in ('quote-report','web-book')))[1] as web_use,
        (array_agg(l.use) filter (where l.use in ('quote-report','print') and e.printed))[1] as paper_use
      from core.manifest_line l join core.edition e on e.id = l.edition
      where l.edition = of_edition and l.left_at is null and core.allows(l.item, l.use) group by l.key),
    shown as (
      select p.key from core.edition_paragraph b join core.edition_piece p on p.edition = b.edition and p.piece = b.piece where b.edition = of_edition and b.kind = 'quote' and p.kind = 'voice'
      union select d.piece from core.edition_draw d where d.edition = of_edition and d.way = 'margin')
    select a.key, coalesce(w.kind, 'quote') as kind, case w.kind when 'margin' then w.stance end as stance,
      case when exists (select from shown s where s.key = a.key) then core.words_of_line(a.line) else '' end as words,
      coalesce(w.language, b.language) as language, t.role_then, a.item, a.web_use is not null as on_web, a.paper_use is not null as on_paper,
      case when w.id is not null then case when c.name_form <> 'none' then w.called end
        else case c.name_form when 'full' then n.full_name when 'first' then n.first_name when 'other' then n.other_name end end as called,
      case when w.id is not null then case when p.name_form <> 'none' then w.called end
        else case p.name_form when 'full' then n.full_name when 'first' then n.first_name when 'other' then n.other_name end end as called_on_paper
    from alive a left join core.own_word w on w.id = a.own_word
    left join core.telling t on t.id = a.item and a.own_word is null
    left join core.telling_block b on b.telling = (a.line).item and b.version = (a.line).version and b.block = (a.line).block
    left join vault.teller_name n on n.telling = t.id
    left join lateral core.consent_now(a.item, a.web_use) c on a.web_use is not null
    left join lateral core.consent_now(a.item, a.paper_use) p on a.paper_use is not null
    where a.web_use is not null or a.paper_use is not null
  loop
    insert into pub.edition_voice as v (edition, key, kind, stance, words, language, called, role_then, telling, on_web, on_paper, called_on_paper, hash)
      values (of_edition, ins.key, ins.kind, ins.stance, ins.words, ins.language, ins.called, ins.role_then,
        core.telling_of_voice(ins.item, ins.called, ins.called_on_paper, ins.on_web, ins.on_paper), ins.on_web, ins.on_paper, ins.called_on_paper, sha256(convert_to(ins.words, 'UTF8')))
      on conflict (edition, key) do update set words = excluded.words, language = excluded.language, called = excluded.called, role_then = excluded.role_then, telling = excluded.telling,
        on_web = excluded.on_web, on_paper = excluded.on_paper, called_on_paper = excluded.called_on_paper, hash = excluded.hash;
  end loop;
  delete from pub.edition_voice v where v.edition = of_edition
    and not exists (select from core.manifest_line l where l.edition = v.edition and l.key = v.key and l.left_at is null and core.allows(l.item, l.use));
  delete from pub.edition_voice_rendering r where r.edition = of_edition and not core.goes_out_in(r.edition, r.key, r.language, r.made_how);
  return found or before is distinct from (select jsonb_agg(to_jsonb(v) - 'telling' order by v.key) from pub.edition_voice v where v.edition = of_edition);
end $$;
comment on function core.lay_voices is 'Lays the words of the voices of an edition open as far as each consents now, and answers whether that changed anything.';

create function core.lay_editions_open(ids uuid[]) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  one uuid;
begin
  delete from pub.edition o where o.id = any(ids) and not exists (select from core.edition e where e.id = o.id);
  insert into pub.publication as o (id, slug, kind, title, subtitle, opening, language, issue, printed, invented, latest)
    select distinct on (p.id) p.id, p.slug, p.kind, e.title, e.subtitle, e.opening, p.language, p.issue, e.printed, p.invented, e.number
    from core.publication p join core.edition e on e.publication = p.id
    where p.id in (select x.publication from core.edition x where x.id = any(ids)) order by p.id, e.number desc
    on conflict (id) do update set slug = excluded.slug, title = excluded.title, subtitle = excluded.subtitle, opening = excluded.opening, language = excluded.language,
      issue = excluded.issue, printed = excluded.printed, invented = excluded.invented, latest = excluded.latest;
  insert into pub.edition (id, publication, number, title, subtitle, opening, printed, changed, credits, released_at, state)
    select e.id, e.publication, e.number, e.title, e.subtitle, e.opening, e.printed, e.changed, e.credits, e.released_at, e.state from core.edition e where e.id = any(ids)
    on conflict (id) do update set credits = excluded.credits, state = excluded.state;
  delete from pub.publication o where not exists (select from pub.edition e where e.publication = o.id);
  insert into pub.edition_article select a.* from core.edition_article a where a.edition = any(ids) on conflict (edition, article) do nothing;
  foreach one in array ids loop
    perform core.lay_voices(one) where exists (select from core.edition e where e.id = one);
  end loop;
  insert into pub.figure select f.id, f.slug, f.kind, f.asked, f.address, f.taken_on, f.language, f.title, f.alt, f.facts, f.drawing, f.hash from core.figure f
    where f.id in (select p.key from core.edition_piece p where p.edition = any(ids) and p.kind = 'figure') on conflict (id) do nothing;
  insert into pub.picture select c.id, c.type, c.bytes, c.width, c.height, c.alt, c.credit from core.picture c
    where c.id in (select b.picture from core.edition_paragraph b where b.edition = any(ids)) on conflict (id) do nothing;
  delete from pub.edition_paragraph o where o.edition = any(ids) and not exists (select from core.edition_paragraph b where b.edition = o.edition and b.paragraph = o.paragraph);
  insert into pub.edition_paragraph (edition, paragraph, article, place, kind, level, language, text, voice, figure, picture, version)
    select b.edition, b.paragraph, b.article, b.place, b.kind, b.level, b.language, b.text, case p.kind when 'voice' then p.key end, case p.kind when 'figure' then p.key end, b.picture, b.version
    from core.edition_paragraph b left join core.edition_piece p on p.edition = b.edition and p.piece = b.piece
    where b.edition = any(ids) on conflict (edition, paragraph) do nothing;
  delete from pub.edition_draw where edition = any(ids);
  insert into pub.edition_draw (edition, paragraph, kind, key, way)
    select distinct d.edition, d.paragraph, coalesce(p.kind, 'voice'), case p.kind when 'insight' then i.slug when 'promise' then r.id::text when 'figure' then f.slug else v.key::text end, d.way
    from core.edition_draw d left join core.edition_piece p on p.edition = d.edition and p.piece = d.piece and d.way <> 'margin'
    left join pub.edition_voice v on v.edition = d.edition and v.key = case d.way when 'margin' then d.piece else p.key end
    left join pub.insight_card i on i.id = p.key and p.kind = 'insight' left join pub.promise r on r.id = p.key and p.kind = 'promise' left join pub.figure f on f.id = p.key and p.kind = 'figure'
    where d.edition = any(ids) and num_nonnulls(v.key, i.id, r.id, f.id) > 0;
  delete from pub.picture c where not exists (select from pub.edition_paragraph b where b.picture = c.id);
  insert into pub.erratum select x.id, x.edition, x.article, x.at, x.kind, x.printed from core.erratum x where x.edition = any(ids) on conflict (id) do nothing;
  delete from pub.edition_file o where o.edition = any(ids)
    and not exists (select from core.edition_file f join core.edition e on e.id = f.edition and e.state = f.state where f.edition = o.edition and f.kind = o.kind and f.standing = 'ready' and f.sha256 = o.sha256);
end $$;
comment on function core.lay_editions_open is 'Makes what anyone may read of these editions equal to what went out and is still consented to. Safe to ask at any time, by anyone: it can only ever follow consent.';

-- Release.
create function core.saw_how(of_piece uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.told_back t where t.piece = of_piece and t.shown_at is not null)
$$;
comment on function core.saw_how is 'Whether whoever is used in a piece saw how.';
create function core.hindrances(of_publication uuid) returns table (reason text, article uuid, paragraph uuid, piece uuid) stable security definer set search_path = pg_catalog, core language sql as $$
  with going as (select a.id from core.article a where a.publication = of_publication and a.standing in ('ready','released')),
  blocks as (select b.* from core.paragraph b join going g on g.id = b.article where b.gone_at is null),
  used as (select distinct b.article, b.id as block, x.piece from blocks b cross join lateral (select b.piece union select d.piece from core.draw d where d.paragraph = b.id) x where x.piece is not null),
  voices as (select u.article, u.block, p.id, p.quote, p.own_word, core.item_of(p.quote, p.own_word) as item, q.standing, q.telling, q.version
    from used u join core.piece p on p.id = u.piece left join core.quote q on q.id = p.quote where p.quote is not null or p.own_word is not null)
  select 'nothing_ready', null::uuid, null::uuid, null::uuid where not exists (select from core.article a where a.publication = of_publication and a.standing = 'ready')
  union all select 'voice_without_consent', v.article, v.block, v.id from voices v where not core.may_stand_in(v.item, of_publication)
  union all select 'voice_without_consent', b.article, b.id, m.own_word from core.margin m join blocks b on b.id = m.paragraph where not core.may_stand_in(m.own_word, of_publication)
  union all select 'voice_changed', v.article, v.block, v.id from voices v where v.quote is not null and v.standing <> 'held'
  union all select 'voice_unseen', v.article, v.block, v.id from voices v where v.quote is not null and core.may_stand_in(v.item, of_publication) and exists (
    select from unnest(core.uses_of(of_publication)) u where not exists (select from core.consent c join core.telling_version t on t.telling = c.item and t.number = v.version
      where c.item = v.telling and c.use = u and c.verdict = 'given' and c.seen_hash = t.hash))
  union all select 'voice_out', v.article, v.block, v.id from voices v join core.told_back t on t.piece = v.id where t.answer = 'out' or (t.answer = 'own-words' and v.quote is not null)
  union all select 'voice_not_shown', v.article, v.block, v.id from voices v where not core.saw_how(v.id)
  union all select 'picture_without_alt', b.article, b.id, null from blocks b join core.picture c on c.id = b.picture where btrim(c.alt) = ''
  union all select 'wording_open', b.article, b.id, null from blocks b where exists (select from core.paragraph_wording w where w.paragraph = b.id and w.settled_at is null)
  union all select 'piece_closed', u.article, u.block, p.id from used u join core.piece p on p.id = u.piece
    where (p.insight is not null and not exists (select from pub.insight_card i where i.id = p.insight)) or (p.promise is not null and not exists (select from pub.promise r where r.id = p.promise))
$$;
comment on function core.hindrances is 'Why a publication cannot go out as it stands: nothing ready, a voice without consent to a way out, changed, of a version never consented to, not shown or that said out; a picture without words; a wording still open; a piece that is closed.';

create function core.release_edition(of_publication uuid, as_changed text) returns uuid security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  made uuid;
  hindered text;
  one uuid;
begin
  if not core.works_on(of_publication, array['editor']) or not core.is_worked_on(of_publication) then
    raise exception 'Only an editor of a publication that is worked on sends it out.' using errcode = '42501';
  end if;
  perform from core.publication p where p.id = of_publication for update;
  -- Whoever takes back, lets go or says out at this moment is waited for, or waits; items before their chains, as taking back has it.
  perform from core.consent_item i where i.id in (select core.item_of(p.quote, p.own_word) from core.piece p where p.publication = of_publication union all select w.id from core.own_word w where w.publication = of_publication)
    order by i.id for share;
  for one in select distinct core.item_of(p.quote, p.own_word) as item from core.piece p where p.publication = of_publication and (p.quote is not null or p.own_word is not null)
      union select w.id from core.own_word w where w.publication = of_publication order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended('consent ' || one, 0));
  end loop;
  perform from core.quote q where q.id in (select p.quote from core.piece p where p.publication = of_publication) order by q.id for share;
  perform from core.told_back t where t.piece in (select p.id from core.piece p where p.publication = of_publication) order by t.id for share;
  select h.reason into hindered from core.hindrances(of_publication) h
    order by array_position(array['nothing_ready','voice_without_consent','voice_changed','voice_unseen','voice_out','voice_not_shown'], h.reason) nulls last, h.reason limit 1;
  if hindered is not null then
    raise exception 'This does not go out: %.', hindered using errcode = '23514', constraint = hindered;
  end if;
  insert into core.edition (publication, number, title, subtitle, opening, printed, changed, credits, released_by)
    select p.id, 1 + coalesce((select max(e.number) from core.edition e where e.publication = p.id), 0), p.title, p.subtitle, p.opening, p.printed, coalesce(as_changed, ''),
      coalesce((select jsonb_agg(jsonb_build_object('called', w.called, 'part', w.part) order by array_position(array['editor','writer','layer'], w.part), w.since, w.called)
        from core.publication_person w where w.publication = p.id and w.called is not null), '[]'), core.viewer_person()
    from core.publication p where p.id = of_publication returning id into made;
  insert into core.edition_article (edition, article, slug, kind, title, opening, language, byline, place)
    select made, a.id, a.slug, a.kind, a.title, a.opening, a.language, a.byline, row_number() over (order by a.place, a.id)
    from core.article a where a.publication = of_publication and a.standing in ('ready','released');
  insert into core.edition_piece (edition, piece, kind, key)
    select distinct made, p.id, case when p.quote is not null or p.own_word is not null then 'voice' else p.kind end, coalesce(p.quote, p.own_word, p.insight, p.promise, p.figure)
    from core.edition_article a join core.paragraph b on b.article = a.article and b.gone_at is null
    join core.piece p on p.id = b.piece or exists (select from core.draw d where d.paragraph = b.id and d.piece = p.id)
    where a.edition = made;
  insert into core.manifest_line (edition, item, quote, own_word, use, version, block, start_at, end_at, exact_hash, consent)
    select made, x.item, x.quote, x.own_word, u, q.version, q.block, q.start_at, q.end_at, coalesce(q.exact_hash, sha256(convert_to(w.words, 'UTF8'))), (core.consent_now(x.item, u)).number
    from (select distinct core.item_of(p.quote, p.own_word) as item, p.quote, p.own_word from core.edition_piece e join core.piece p on p.id = e.piece where e.edition = made and e.kind = 'voice'
      union select m.own_word, null, m.own_word from core.margin m join core.paragraph b on b.id = m.paragraph and b.gone_at is null join core.edition_article a on a.article = b.article where a.edition = made) x
    left join core.quote q on q.id = x.quote left join core.own_word w on w.id = x.own_word
    cross join unnest(core.uses_of(of_publication)) u;
  insert into core.edition_paragraph (edition, paragraph, article, place, kind, level, language, text, piece, picture, version)
    select made, b.id, b.article, row_number() over (partition by b.article order by b.place, b.id), b.kind, b.level, b.language, b.text, b.piece, b.picture, b.version
    from core.edition_article a join core.paragraph b on b.article = a.article and b.gone_at is null where a.edition = made;
  insert into core.edition_draw (edition, paragraph, piece, way)
    select made, d.paragraph, d.piece, d.way from core.draw d join core.edition_paragraph b on b.paragraph = d.paragraph where b.edition = made
    union select made, b.paragraph, b.piece, 'quotes' from core.edition_paragraph b join core.edition_piece p on p.edition = made and p.piece = b.piece and p.kind = 'voice' where b.edition = made and b.kind = 'quote'
    union select made, m.paragraph, m.own_word, 'margin' from core.margin m join core.edition_paragraph b on b.paragraph = m.paragraph where b.edition = made;
  insert into core.lineage (derivative, item, kind, use, consent) select uuidv7(), l.item, 'issue', l.use, l.consent from core.manifest_line l where l.edition = made;
  update core.article set standing = 'released' where publication = of_publication and standing = 'ready';
  insert into core.edition_file (edition, kind, state) select made, k, 1 from unnest(array['book.epub','reading.pdf','archive.pdf']) k
    where k = 'book.epub' or (select e.printed from core.edition e where e.id = made);
  perform core.lay_editions_open(array[made]);
  insert into pub.edition_voice_rendering (edition, key, language, words, signed_as, made_how)
    select distinct on (p.key, r.language) made, p.key, r.language, r.words, r.signed_as, r.made_how
    from core.edition_piece p join core.piece_rendering r on r.piece = p.piece join pub.edition_voice v on v.edition = made and v.key = p.key
    where p.edition = made and p.kind = 'voice' and v.words <> '' and core.goes_out_in(made, p.key, r.language, r.made_how) order by p.key, r.language, r.made_how = 'machine', r.made_at desc;
  perform core.put_off('make-files', jsonb_build_object('edition', made), made::text);
  perform core.turn_later(made);
  return made;
end $$;
comment on function core.release_edition is 'Sends out what is ready of a publication as its next edition, with a manifest of every voice in it, or says by name why not.';

-- Withdrawal.
create function core.turn_later(of_edition uuid) returns void set search_path = pg_catalog, core language sql as $$
  select core.put_off('turn-editions', '{}', 'turn of ' || d.until_day, (d.until_day::timestamp at time zone 'Europe/Amsterdam') + interval '1 second')
  from (select distinct c.until_day from core.manifest_line l cross join lateral core.consent_now(l.item, l.use) c where l.edition = of_edition and l.left_at is null and c.until_day is not null) d
$$;
comment on function core.turn_later is 'Has the house come back to an edition at the first moment at which a consent in it no longer holds.';

create function core.leaves_with(way text) returns boolean immutable set search_path = pg_catalog language sql return way in ('quotes','paraphrases','joins');
comment on function core.leaves_with is 'Whether a block that rests on a voice this way is made of it, and leaves with it.';

create function core.leans_on(draws jsonb, of_piece uuid) returns boolean immutable set search_path = pg_catalog, core language sql as $$
  select exists (select from jsonb_array_elements(case jsonb_typeof(draws) when 'array' then draws else '[]' end) d where d ->> 'piece' = of_piece::text and core.leaves_with(d ->> 'way'))
$$;
comment on function core.leans_on is 'Whether draws as they are kept say that something was made of this piece.';

create function core.leave_desk(of_piece uuid, goes_by_itself boolean default false) returns void set search_path = pg_catalog, core language plpgsql as $$
declare
  named jsonb := jsonb_build_array(jsonb_build_object('piece', of_piece));
begin
  delete from core.paragraph b where b.piece = of_piece or exists (select from core.draw d where d.paragraph = b.id and d.piece = of_piece and core.leaves_with(d.way));
  delete from core.paragraph_wording w where core.leans_on(w.draws, of_piece);
  -- Of a block that once rested on it, that it was written stays, and what was written then does not.
  update core.paragraph_version v set text = '', typed = null where core.leans_on(v.draws, of_piece) or core.leans_on(v.typed -> 'draws', of_piece);
  update core.paragraph_version v set draws = coalesce((select jsonb_agg(d) from jsonb_array_elements(v.draws) d where d ->> 'piece' <> of_piece::text), '[]'),
    typed = case when v.typed::text like '%' || of_piece || '%' then null else v.typed end where v.draws @> named or v.typed::text like '%' || of_piece || '%';
  update core.paragraph_wording w set draws = coalesce((select jsonb_agg(d) from jsonb_array_elements(w.draws) d where d ->> 'piece' <> of_piece::text), '[]') where w.draws @> named;
  -- When its words are being deleted, the piece goes with them.
  delete from core.piece p where p.id = of_piece and not goes_by_itself;
end $$;
comment on function core.leave_desk is 'Takes a piece from the desk of a publication, with what was written of it: blocks, other wordings and earlier versions.';

create function core.follow_item(of_item uuid, of_key uuid default null, said_use text default null, key_goes boolean default false) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  e record;
  p record;
  lost uuid[];
  gone uuid[];
  lost_paper boolean;
begin
  for e in select x.* from core.edition x where x.id in (select l.edition from core.manifest_line l where l.item = of_item and l.left_at is null) order by x.id for update loop
    with left_now as (
      update core.manifest_line l set left_at = now() where l.edition = e.id and l.item = of_item and l.left_at is null
        and case when of_key is null then not core.allows(l.item, l.use) else l.key = of_key end returning l.key, l.use)
    select coalesce(array_agg(distinct key), '{}'), coalesce(bool_or(use in ('quote-report','print')), false) and e.printed into lost, lost_paper from left_now;
    if cardinality(lost) > 0 then
      gone := array(select k from unnest(lost) k where not exists (select from core.manifest_line l where l.edition = e.id and l.key = k and l.left_at is null));
      insert into core.erratum (edition, article, kind, printed)
        select e.id, b.article, case when bool_or(b.kind <> 'quote' and r.key = any(gone) and core.leaves_with(r.way)) then 'paragraph-left' else 'voice-left' end, lost_paper
        from core.edition_paragraph b cross join lateral (
          select coalesce(x.key, d.piece) as key, d.way from core.edition_draw d left join core.edition_piece x on x.edition = d.edition and x.piece = d.piece
          where d.edition = b.edition and d.paragraph = b.paragraph) r
        where b.edition = e.id and r.key = any(lost) group by b.article;
      delete from core.edition_paragraph b where b.edition = e.id and exists (select from core.edition_draw d join core.edition_piece x on x.edition = d.edition and x.piece = d.piece
        where d.edition = b.edition and d.paragraph = b.paragraph and x.key = any(gone) and core.leaves_with(d.way));
      delete from core.edition_draw d where d.edition = e.id and coalesce((select x.key from core.edition_piece x where x.edition = d.edition and x.piece = d.piece), d.piece) = any(gone);
      delete from core.edition_piece x where x.edition = e.id and x.key = any(gone);
      update core.lineage l set ended_at = now() where l.item = of_item and l.kind = 'issue' and l.ended_at is null and not core.allows(l.item, l.use);
    end if;
    -- The name someone chose, or the languages, may have changed although the words stay.
    if core.lay_voices(e.id) or cardinality(lost) > 0 then
      update core.edition set state = state + 1 where id = e.id;
      update core.edition_file f set state = e.state + 1, standing = 'waiting', step = 0, bytes = null, sha256 = null, pages = null, why = null, changed_at = now() where f.edition = e.id;
      perform core.lay_editions_open(array[e.id]);
      perform core.put_off('make-files', jsonb_build_object('edition', e.id), e.id::text);
    end if;
    perform core.turn_later(e.id);
  end loop;
  for p in select x.id, core.uses_of(x.publication) as uses from core.piece x
      where (x.quote in (select q.id from core.quote q where q.telling = of_item) or x.own_word = of_item) and (of_key is null or of_key in (x.quote, x.own_word)) loop
    if of_key is not null or ((said_use is null or said_use = 'all' or said_use = any(p.uses)) and not exists (select from unnest(p.uses) u where core.allows(of_item, u))) then
      perform core.leave_desk(p.id, key_goes);
    end if;
  end loop;
end $$;
comment on function core.follow_item is 'Takes what consent to an item no longer carries out of every edition and from every desk, in this transaction: words, what was made of them, files; and writes errata that say neither what nor whose.';

create function core.follow_consent() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.follow_item(new.item, null, new.use);
  return null;
end $$;
-- Before the tellings themselves are laid anew.
create trigger consent_binds_editions after insert on core.consent for each row execute function core.follow_consent();
create function core.follow_taken_back() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.follow_item(new.id);
  return null;
end $$;
create trigger consent_item_leaves_editions after update of taken_back_at on core.consent_item for each row when (old.taken_back_at is null and new.taken_back_at is not null) execute function core.follow_taken_back();

create function core.follow_quote() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    -- What went out is called back by whose words they are, not by who quoted them.
    if core.viewer_person() is not null and not core.speaks_for(old.telling)
      and exists (select from core.manifest_line l where l.quote = old.id and l.left_at is null) then
      raise exception 'These words went out; only their teller calls them back.' using errcode = '42501';
    end if;
    perform core.follow_item(old.telling, old.id, null, true);
    return old;
  end if;
  perform core.follow_item(new.telling, new.id);
  return null;
end $$;
create trigger quote_binds_editions before delete on core.quote for each row execute function core.follow_quote();
create trigger quote_let_go_binds_editions after update of standing on core.quote for each row when (new.standing = 'let-go' and old.standing <> 'let-go') execute function core.follow_quote();
create function core.follow_own_word() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform core.follow_item(old.id, old.id, null, true);
  return old;
end $$;
create trigger own_word_binds_editions before delete on core.own_word for each row execute function core.follow_own_word();

-- The way from words to the telling they stand in, for as long as anyone may read that.
create function core.follow_telling() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    update pub.edition_voice v set telling = null where v.telling = old.slug;
  else
    update pub.edition_voice v set telling = core.telling_of_voice(new.id, v.called, v.called_on_paper, v.on_web, v.on_paper)
      from core.manifest_line l where l.item = new.id and l.quote is not null and v.edition = l.edition and v.key = l.key;
  end if;
  return null;
end $$;
create trigger telling_is_pointed_at after insert or delete on pub.telling for each row execute function core.follow_telling();

create function core.turn_editions() returns integer security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  one uuid;
  many integer := 0;
begin
  if not core.is_operator() then
    raise exception 'Only the house turns its pages.' using errcode = '42501';
  end if;
  for one in select distinct l.item from core.manifest_line l where l.left_at is null and not core.allows(l.item, l.use)
      union select core.item_of(p.quote, p.own_word) from core.piece p where (p.quote is not null or p.own_word is not null) and not core.may_stand_in(core.item_of(p.quote, p.own_word), p.publication) order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended('consent ' || one, 0));
    perform core.follow_item(one);
    many := many + 1;
  end loop;
  return many;
end $$;
comment on function core.turn_editions is 'Takes out what a consent carried until today, and answers of how many items it looked; for the house, each night and when a day turns.';

-- Files.
create function core.keep_file(of_edition uuid, of_kind text, of_state integer, made_bytes bytea, made_pages integer) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() then
    raise exception 'Only the house makes files of editions.' using errcode = '42501';
  end if;
  -- Who takes back at this moment is waited for; a file of an older state is thrown away.
  perform from core.edition e where e.id = of_edition and e.state = of_state for update;
  if not found then
    return false;
  end if;
  update core.edition_file set standing = 'ready', step = 100, bytes = made_bytes, sha256 = sha256(made_bytes), pages = made_pages, why = null, changed_at = now()
    where edition = of_edition and kind = of_kind and state = of_state;
  if not found then
    return false;
  end if;
  insert into pub.edition_file (edition, kind, bytes, sha256, pages, made_at) values (of_edition, of_kind, made_bytes, sha256(made_bytes), made_pages, now())
    on conflict (edition, kind) do update set bytes = excluded.bytes, sha256 = excluded.sha256, pages = excluded.pages, made_at = excluded.made_at;
  return true;
end $$;
comment on function core.keep_file is 'Keeps a file that was made of an edition and lets anyone take it along, unless something was taken out of the edition since; answers whether it was kept.';

revoke all on function core.utf16_cut, core.words_of_line, core.put_off, core.insist_on_line, core.has_lines, core.insist_on_manifest, core.insist_on_piece, core.insist_on_voice, core.goes_out_in,
  core.insist_on_rendering, core.insist_on_edition, core.telling_of_voice, core.lay_voices, core.lay_editions_open, core.hindrances, core.release_edition, core.saw_how, core.turn_later, core.leaves_with, core.leans_on,
  core.leave_desk, core.follow_item, core.follow_consent, core.follow_taken_back, core.follow_quote, core.follow_own_word, core.follow_telling, core.turn_editions, core.keep_file from public;
create function core.hindrances_of(of_publication uuid) returns table (reason text, article uuid, paragraph uuid, piece uuid) stable security definer set search_path = pg_catalog, core language sql as $$
  select h.* from core.hindrances(of_publication) h where core.works_on(of_publication)
$$;
comment on function core.hindrances_of is 'Why a publication cannot go out as it stands, for who works on it.';
create function core.has_seen(of_piece uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.works_on_piece(of_piece) and core.saw_how(of_piece)
$$;
comment on function core.has_seen is 'Whether whoever is used in a piece saw how, for who works on its publication.';
revoke all on function core.hindrances_of, core.has_seen from public;
grant execute on function core.has_seen, core.lay_editions_open, core.release_edition, core.hindrances_of, core.turn_editions, core.keep_file to steppingstones_app;

alter table core.edition_piece enable row level security;
alter table core.edition_piece force row level security;
create policy edition_piece_of_the_owner on core.edition_piece to steppingstones_owner using (true) with check (true);
create policy edition_piece_with_the_operator on core.edition_piece to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select on core.edition_piece to steppingstones_app;
create policy edition_piece_is_seen on core.edition_piece for select to steppingstones_app using (exists (select from core.edition e where e.id = edition));
