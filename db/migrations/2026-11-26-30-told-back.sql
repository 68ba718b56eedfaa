-- Telling back: each person whose words are used sees how, before it goes out, and answers. What they answer is theirs: nobody else can write it,
-- and the words they give are an item of their own that can be taken back like any other.

create function core.hears_by(of_piece uuid) returns text stable security definer set search_path = pg_catalog, core language sql as $$
  select case when 'mail' in (t.came_by, r.came_by) then 'mail' else 'card' end
  from core.consent_item i join core.person t on t.id = i.teller left join core.person r on r.id = i.recorded_by
  where i.id = core.item_of_piece(of_piece) and core.works_on_piece(of_piece, array['editor'])
$$;
comment on function core.hears_by is 'Whether whoever is used in this piece, or who speaks for them, can be mailed; for who edits the publication, and never whom.';

-- Who wrote it down for the teller answers by their word.
create or replace function core.was_told(of_piece uuid) returns boolean
  stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.told_back t left join core.consent_item i on i.id = core.item_of_piece(t.piece)
    where t.piece = of_piece and core.viewer_person() in (t.person_id, i.recorded_by))
$$;
create or replace function core.is_used_in(of_publication uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.piece p join core.told_back t on t.piece = p.id where p.publication = of_publication and core.was_told(p.id))
$$;
create or replace function core.is_used_in_article(of_article uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.paragraph b join core.told_back t on t.piece = b.piece or t.piece in (select d.piece from core.draw d where d.paragraph = b.id)
    where b.article = of_article and b.gone_at is null and core.was_told(t.piece))
$$;

create function core.how_used(of_piece uuid) returns bytea stable security definer set search_path = pg_catalog, core language sql as $$
  select sha256(coalesce((select q.exact_hash from core.piece p join core.quote q on q.id = p.quote where p.id = of_piece),
      (select w.hash from core.piece p join core.own_word w on w.id = p.own_word where p.id = of_piece), ''::bytea)
    || convert_to(string_agg(b.id || ' ' || b.kind || ' ' || b.language || ' ' || length(b.text) || ':' || b.text || ' '
      || coalesce((select string_agg(d.way, ' ' order by d.way) from core.draw d where d.paragraph = b.id and d.piece = of_piece), ''), E'\n' order by a.place, a.id, b.place, b.id), 'UTF8'))
  from core.paragraph b join core.article a on a.id = b.article
  where b.gone_at is null and (b.piece = of_piece or exists (select from core.draw d where d.paragraph = b.id and d.piece = of_piece))
$$;
comment on function core.how_used is 'Fingerprint of everything that rests on a piece as it stands now: its words, the blocks and how they rest on it. Null when nothing does.';

create function core.tell_back(of_piece uuid) returns uuid security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_item core.consent_item;
  made uuid;
begin
  if not core.works_on_piece(of_piece, array['editor']) or core.how_used(of_piece) is null
    or not core.is_worked_on((select p.publication from core.piece p where p.id = of_piece)) then return null; end if;
  select * into of_item from core.consent_item i where i.id = core.item_of_piece(of_piece) and i.taken_back_at is null;
  if of_item.id is null then return null; end if;
  insert into core.told_back (piece, person_id, language, asked_by)
    select of_piece, of_item.teller, coalesce(p.language, (select t.language from core.telling t where t.id = of_item.id and t.language in ('nl','en','ar','ti','fa','uk','tr','fr')), 'nl'), core.viewer_person()
    from core.person p where p.id = of_item.teller
    on conflict (piece) do update set asked_at = now(), asked_by = excluded.asked_by, language = excluded.language,
      -- What they answered was about what they saw.
      answer = case when told_back.shown_hash = core.how_used(of_piece) then told_back.answer end,
      answered_at = case when told_back.shown_hash = core.how_used(of_piece) then told_back.answered_at end,
      shown_at = case when told_back.shown_hash = core.how_used(of_piece) then told_back.shown_at end,
      shown_hash = case when told_back.shown_hash = core.how_used(of_piece) then told_back.shown_hash end
    returning id into made;
  return made;
end $$;
comment on function core.tell_back is 'Notes that whoever is used in this piece is to be told how; again when it is used otherwise than they saw. Answers the key of the telling back, null when there is nothing to tell. For who edits the publication.';

drop policy told_back_is_ones_own on core.told_back;
drop policy told_back_is_asked on core.told_back;
create policy told_back_is_seen on core.told_back for select to steppingstones_app using (core.works_on_piece(piece, array['editor','writer']) or core.was_told(piece));
create policy told_back_is_answered on core.told_back for update to steppingstones_app using (core.was_told(piece)) with check (core.was_told(piece));
revoke update on core.told_back from steppingstones_app;
grant update (word_hash, shown_hash, shown_at, answer, answered_at, own_word) on core.told_back to steppingstones_app;

-- Whoever is told sees the article around their words, and of other voices nothing.
create policy draw_is_told_back on core.draw for select to steppingstones_app using (core.was_told(piece));
create policy picture_is_told_back on core.picture for select to steppingstones_app using (core.is_used_in(publication));
create policy manifest_line_is_ones_own on core.manifest_line for select to steppingstones_app using (core.speaks_for(item));

-- Words are given to a publication by who works on it or is used in it, and stand beside a block of it. Nobody else takes them away from there.
create policy own_word_is_given on core.own_word as restrictive for insert to steppingstones_app
  with check ((select core.is_operator()) or (core.works_on(publication) and core.is_worked_on(publication)) or core.is_used_in(publication));
create function core.may_stand_beside(of_word uuid, of_paragraph uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.tells(of_word) and exists (select from core.own_word w join core.paragraph b on b.id = of_paragraph join core.article a on a.id = b.article
    where w.id = of_word and w.kind = 'margin' and a.publication = w.publication and ((core.works_on(a.publication) and core.is_worked_on(a.publication)) or core.is_used_in_article(a.id)))
$$;
comment on function core.may_stand_beside is 'Whether who is asking may put these words of theirs in the margin of this block.';
drop policy margin_is_written on core.margin;
create policy margin_is_put on core.margin for insert to steppingstones_app with check (core.may_stand_beside(own_word, paragraph));
create policy margin_is_ones_own on core.margin for select to steppingstones_app using (core.tells(own_word));

create function core.leave_with_quote(of_quote uuid) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_item uuid;
begin
  select q.telling into of_item from core.quote q where q.id = of_quote and core.tells(q.telling);
  if of_item is null then return false; end if;
  perform core.follow_item(of_item, of_quote);
  delete from core.quote q where q.id = of_quote;
  return true;
end $$;
comment on function core.leave_with_quote is 'The teller takes words of theirs out of a publication: the quote, its pieces and every block that retells it, also out of what went out. False when they are not theirs.';

create function core.erase_own_word() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from core.own_word w where w.id = new.id;
  return null;
end $$;
create trigger own_word_goes after update of taken_back_at on core.consent_item for each row
  when (old.taken_back_at is null and new.taken_back_at is not null and old.kind <> 'telling') execute function core.erase_own_word();

create function core.own_words_instead(of_piece uuid, with_word uuid) returns uuid security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  was core.piece;
  told core.told_back;
  given core.own_word;
  made uuid;
  b core.paragraph;
  beside core.paragraph;
  retells boolean;
begin
  select * into was from core.piece p where p.id = of_piece for update;
  select * into told from core.told_back t where t.piece = of_piece;
  select * into given from core.own_word w where w.id = with_word and w.kind = 'own-words' and w.publication = was.publication;
  if given.id is null or not core.was_told(of_piece) or not core.tells(with_word)
    or not exists (select from core.consent_item i where i.id = with_word and i.teller = told.person_id) then return null; end if;
  insert into core.piece (publication, kind, own_word, why, laid_by) values (was.publication, 'own-words', with_word, was.why, was.laid_by) returning id into made;
  for b in select x.* from core.paragraph x join core.article a on a.id = x.article
      where x.gone_at is null and (x.piece = of_piece or exists (select from core.draw d where d.paragraph = x.id and d.piece = of_piece)) order by a.place, x.place, x.id loop
    if beside.id is null then beside := b; end if;
    -- What retold them is taken out and still rests on what it retold; who wrote it can bring it back, and it is then told back anew.
    retells := exists (select from core.draw d where d.paragraph = b.id and d.piece = of_piece and d.way = 'paraphrases');
    if not retells then update core.draw d set piece = made where d.paragraph = b.id and d.piece = of_piece; end if;
    update core.paragraph x set piece = case when x.piece = of_piece then made else x.piece end, language = case when x.piece = of_piece then given.language else x.language end,
        gone_at = case when retells then now() end, version = x.version + 1, changed_by = core.viewer_person(), changed_at = now() where x.id = b.id;
    insert into core.paragraph_version (paragraph, number, deed, text, draws, op, by_person, because)
      select x.id, x.version, case when retells then 'taken-out' else 'written' end, x.text,
        coalesce((select jsonb_agg(jsonb_build_object('piece', d.piece, 'way', d.way) order by d.way, d.piece) from core.draw d where d.paragraph = x.id), '[]'), gen_random_uuid(), core.viewer_person(), with_word
      from core.paragraph x where x.id = b.id;
  end loop;
  if beside.id is not null and not exists (select from core.paragraph x where x.piece = made and x.gone_at is null) then
    insert into core.paragraph (article, place, kind, language, piece, changed_by)
      values (beside.article, coalesce((beside.place + (select min(x.place) from core.paragraph x where x.article = beside.article and x.place > beside.place)) * 0.5, beside.place + 1),
        'quote', given.language, made, core.viewer_person()) returning * into b;
    insert into core.draw values (b.id, made, 'quotes');
    insert into core.paragraph_version (paragraph, number, deed, text, draws, op, by_person, because)
      values (b.id, 1, 'begun', '', jsonb_build_array(jsonb_build_object('piece', made, 'way', 'quotes')), gen_random_uuid(), core.viewer_person(), with_word);
  end if;
  update core.told_back t set piece = made, answer = 'own-words', answered_at = now(), own_word = with_word, shown_hash = core.how_used(made), shown_at = coalesce(t.shown_at, now()) where t.id = told.id;
  return made;
end $$;
comment on function core.own_words_instead is 'Puts words somebody gave themselves in the place of how they were used: what quoted them shows those, what paraphrased them is taken out. The piece they were in stays for who laid it, and is told back anew when it is used again. Answers the new piece; null when the words or the use are not theirs.';

revoke all on function core.hears_by, core.how_used, core.tell_back, core.may_stand_beside, core.leave_with_quote, core.erase_own_word, core.own_words_instead from public;
grant execute on function core.hears_by, core.how_used, core.tell_back, core.may_stand_beside, core.leave_with_quote, core.own_words_instead to steppingstones_app;
