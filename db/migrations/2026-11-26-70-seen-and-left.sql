-- What was seen is what goes out, and who leaves leaves nothing: walls that hold whoever writes, at whatever moment.

-- How somebody is used is everything they look at: the words around them, what stands above those, their words in other languages, and by which
-- ways it goes out. What of it changed has to be shown anew.
create or replace function core.how_used(of_piece uuid) returns bytea stable security definer set search_path = pg_catalog, core language sql as $$
  select sha256(coalesce((select q.exact_hash from core.piece p join core.quote q on q.id = p.quote where p.id = of_piece),
      (select w.hash from core.piece p join core.own_word w on w.id = p.own_word where p.id = of_piece), ''::bytea)
    || convert_to((select b.printed::text from core.piece p join core.publication b on b.id = p.publication where p.id = of_piece) || E'\n'
      || coalesce((select string_agg(r.language || ' ' || r.made_how || ' ' || length(coalesce(r.signed_as, '')) || ':' || coalesce(r.signed_as, '') || ' ' || length(r.words) || ':' || r.words, E'\n' order by r.language)
        from core.piece_rendering r where r.piece = of_piece and core.may_render(r.piece, r.language, r.made_how)), '') || E'\n'
      || string_agg(a.id || ' ' || length(a.title) || ':' || a.title || ' ' || length(a.opening) || ':' || a.opening || ' '
        || b.id || ' ' || b.kind || ' ' || b.language || ' ' || length(b.text) || ':' || b.text || ' '
        || coalesce((select string_agg(d.way, ' ' order by d.way) from core.draw d where d.paragraph = b.id and d.piece = of_piece), ''), E'\n' order by a.place, a.id, b.place, b.id), 'UTF8'))
  from core.paragraph b join core.article a on a.id = b.article
  where b.gone_at is null and (b.piece = of_piece or exists (select from core.draw d where d.paragraph = b.id and d.piece = of_piece))
$$;
comment on function core.how_used is 'Fingerprint of everything that rests on a piece as it stands now: its words and their renderings, what stands above and in the blocks, how they rest on it, and whether it is printed. Null when nothing does.';

-- Who writes while a voice leaves waits until it has left, or is waited for: nothing made of it comes after.
create or replace function core.leave_desk(of_piece uuid, goes_by_itself boolean default false) returns void set search_path = pg_catalog, core language plpgsql as $$
declare
  named jsonb := jsonb_build_array(jsonb_build_object('piece', of_piece));
begin
  perform from core.article a where a.publication = (select p.publication from core.piece p where p.id = of_piece) order by a.id for update;
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
create function core.wait_for_leaving() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform from core.article a where a.id = (select b.article from core.paragraph b where b.id = new.paragraph) for update;
  if exists (select from jsonb_array_elements(new.draws) d where core.leaves_with(d ->> 'way') and not exists (select from core.piece p where p.id::text = d ->> 'piece')) then
    raise exception 'What is made of a voice does not stay without it.' using errcode = '23503', constraint = 'made_of_a_piece';
  end if;
  return new;
end $$;
comment on function core.wait_for_leaving is 'Takes the lock of the article before words are written down that rest on a piece, and refuses them when the piece is gone.';
create trigger paragraph_wording_waits before insert on core.paragraph_wording for each row execute function core.wait_for_leaving();
create trigger paragraph_version_waits before insert on core.paragraph_version for each row execute function core.wait_for_leaving();

create or replace function core.telling_of_voice(of_item uuid, web text, paper text, for_web boolean, for_paper boolean) returns text stable security definer set search_path = pg_catalog, core language sql as $$
  -- Neither says who the other is: a quote under no name does not point at a page that says one, nor a quote under a name at a page that says none.
  select t.slug from pub.telling t where t.id = of_item
    and (not for_web or web is not distinct from t.voice) and (not for_paper or paper is not distinct from t.voice)
$$;

-- Who is told is known to them and who speaks for them; who edits learns what was answered, and nobody whose it is.
drop policy told_back_is_seen on core.told_back;
create policy told_back_is_seen on core.told_back for select to steppingstones_app using (core.was_told(piece));
create function core.answers_in(of_publication uuid) returns table (piece uuid, language text, asked_at timestamptz, shown_at timestamptz, changed boolean, answer text)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select t.piece, t.language, t.asked_at, t.shown_at, t.shown_at is not null and t.shown_hash is distinct from core.how_used(t.piece), t.answer
  from core.told_back t join core.piece p on p.id = t.piece where p.publication = of_publication and core.works_on(of_publication, array['editor'])
$$;
comment on function core.answers_in is 'What was asked about each piece of a publication, whether it was seen, whether it changed since, and what was answered, for who edits it; never of whom.';

-- Everyone says themselves what they are called and where they work.
create function core.keep_whose() returns trigger set search_path = pg_catalog, core language plpgsql as $$
begin
  if current_user <> 'steppingstones_app' or core.is_operator() then return new; end if;
  if tg_op = 'UPDATE' and (new.publication, new.person_id) is distinct from (old.publication, old.person_id) then
    raise exception 'Who works on a publication works on that one, and is who they are.' using errcode = '42501';
  end if;
  if new.person_id is distinct from core.viewer_person() and new.called is not null and (tg_op = 'INSERT' or new.called is distinct from old.called) then
    raise exception 'Everyone says themselves under which name they sign.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger publication_person_keeps_whose before insert or update on core.publication_person for each row execute function core.keep_whose();
drop policy publication_person_is_begun on core.publication_person;
create policy publication_person_is_begun on core.publication_person for insert to steppingstones_app
  with check (person_id = (select core.viewer_person()) and part = 'editor' and exists (select from core.publication p where p.id = publication and p.made_by = core.viewer_person()));

-- What is laid in one publication is used in that one.
create function core.insist_on_same_publication() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if tg_table_name = 'draw' then
    if not exists (select from core.piece p join core.article a on a.publication = p.publication join core.paragraph b on b.article = a.id where p.id = new.piece and b.id = new.paragraph) then
      raise exception 'A block rests on pieces of its own publication.' using errcode = '42501';
    end if;
  elsif exists (select from core.article a where a.id = new.article
      and ((new.piece is not null and not exists (select from core.piece p where p.id = new.piece and p.publication = a.publication))
        or (new.picture is not null and not exists (select from core.picture c where c.id = new.picture and c.publication = a.publication)))) then
    raise exception 'A block shows pieces and pictures of its own publication.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.insist_on_same_publication is 'Refuses a block that rests on, or shows, what was laid in another publication.';
create trigger draw_is_of_its_publication before insert or update on core.draw for each row execute function core.insist_on_same_publication();
create trigger paragraph_is_of_its_publication before insert or update of article, piece, picture on core.paragraph for each row execute function core.insist_on_same_publication();

-- Words are read at a desk for as long as consent lets them go out of it.
create policy piece_rendering_is_consented on core.piece_rendering as restrictive for select to steppingstones_app
  using ((select core.is_operator()) or core.may_render(piece, language, made_how));
drop policy own_word_is_seen on core.own_word;
create policy own_word_is_seen on core.own_word for select to steppingstones_app using (core.works_on(publication) and core.may_stand_in(id, publication));

-- Another name, or none, is followed at once wherever words stand under it.
create function core.follow_name() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from pub.search_text where subject_kind = 'telling' and subject_id = old.telling::text;
  perform core.follow_item(old.telling);
  perform core.lay_tellings_open(array[old.telling]);
  return null;
end $$;
comment on function core.follow_name is 'Lays a telling and the editions its words stand in anew under the name its teller goes by now.';
create trigger teller_name_is_followed after update on vault.teller_name for each row when (old.* is distinct from new.*) execute function core.follow_name();
create trigger teller_name_goes after delete on vault.teller_name for each row execute function core.follow_name();

create or replace function core.keep_article() returns trigger set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.standing = 'released' and (tg_op = 'INSERT' or old.standing <> 'released') and current_user = 'steppingstones_app' and not core.is_operator() then
    raise exception 'Only a release sends an article out.' using errcode = '42501';
  end if;
  if new.standing in ('told-back', 'ready') and (tg_op = 'INSERT' or old.standing <> new.standing) and current_user = 'steppingstones_app' and not core.works_on(new.publication, array['editor']) then
    raise exception 'Only an editor says that an article was told back or is ready.' using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' and new.publication <> old.publication then
    raise exception 'An article stays in its publication.' using errcode = '42501';
  end if;
  return new;
end $$;

-- Who edits sees on what an edition stands; of a voice that left, where its words stood is nobody's but theirs.
drop policy manifest_line_is_seen on core.manifest_line;
create policy manifest_line_is_seen on core.manifest_line for select to steppingstones_app
  using (left_at is null and exists (select from core.edition e where e.id = edition and core.works_on(e.publication, array['editor'])));

-- What anyone reads is laid after who leaves at this moment, and does not tell by the minute who left.
create or replace function core.lay_editions_open(ids uuid[]) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  one uuid;
begin
  -- Who takes out of an edition is waited for, and what is laid open is read after that.
  perform from core.edition e where e.id = any(ids) order by e.id for update;
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
  -- A key here says no moment, and the moment no more than the hour.
  insert into pub.erratum select md5(x.id::text)::uuid, x.edition, x.article, date_trunc('hour', x.at), x.kind, x.printed from core.erratum x where x.edition = any(ids) on conflict (id) do nothing;
  delete from pub.edition_file o where o.edition = any(ids)
    and not exists (select from core.edition_file f join core.edition e on e.id = f.edition and e.state = f.state where f.edition = o.edition and f.kind = o.kind and f.standing = 'ready' and f.sha256 = o.sha256);
end $$;
comment on column pub.erratum.id is '[open] key that says nothing of the moment';
comment on column pub.erratum.at is '[open] in which hour';

revoke all on function core.how_used, core.leave_desk, core.wait_for_leaving, core.telling_of_voice, core.answers_in, core.keep_whose, core.insist_on_same_publication, core.follow_name, core.keep_article, core.lay_editions_open from public;
grant execute on function core.answers_in to steppingstones_app;
