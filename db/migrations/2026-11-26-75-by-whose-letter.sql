-- A letter opens what is told back as whom it went to: the teller where it went to their own mail, and else who wrote their words down, who passes on
-- what the teller says and never speaks as the teller.
alter table core.told_back add column word_for uuid references core.person on delete set null;
comment on column core.told_back.word_for is '[person] to whom the letter with the word went: the teller, or who wrote it down for them; null when there is none';

create function core.give_word(told uuid[], whom uuid, hash bytea) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.is_operator() then
    raise exception 'Only the house writes to who is used.' using errcode = '42501';
  end if;
  update core.told_back t set word_hash = case when t.id = told[1] then hash end, word_for = case when t.id = told[1] then whom end where t.id = any(told);
end $$;
comment on function core.give_word is 'Notes the word of a letter about these uses and to whom it went; the words they had open nothing any more. For the house.';
-- Nobody lets a word of their own making in as somebody else.
revoke update (word_hash) on core.told_back from steppingstones_app;

create function core.passes_on(of_teller uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.consent_item i where i.teller = of_teller and i.recorded_by = core.viewer_person() and i.taken_back_at is null)
$$;
comment on function core.passes_on is 'Whether who is asking wrote something down for this teller and still speaks by their word.';
create policy consent_item_is_passed_on on core.consent_item for insert to steppingstones_app
  with check (taken_back_at is null and kind <> 'telling' and recorded_by = (select core.viewer_person()) and core.passes_on(teller));

create function core.still_as_seen(of_piece uuid) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not core.was_told(of_piece) then return false; end if;
  -- Whoever writes is waited for, and waits: what is answered is about what was seen.
  perform from core.article a where a.publication = (select p.publication from core.piece p where p.id = of_piece) order by a.id for update;
  return core.saw_how(of_piece);
end $$;
comment on function core.still_as_seen is 'Whether how somebody is used is still as they saw it, held so until they answered; for whoever is used or speaks for them.';

-- As it was, and only of what they saw.
create or replace function core.own_words_instead(of_piece uuid, with_word uuid) returns uuid security definer set search_path = pg_catalog, core language plpgsql as $$
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
  if not core.still_as_seen(of_piece) then return null; end if;
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
comment on function core.own_words_instead is 'Puts words somebody gave themselves in the place of how they were used: what quoted them shows those, what paraphrased them is taken out. The piece they were in stays for who laid it, and is told back anew when it is used again. Answers the new piece; null when the words or the use are not theirs, or are otherwise than they saw.';

revoke all on function core.give_word, core.passes_on, core.still_as_seen, core.own_words_instead from public;
grant execute on function core.give_word, core.passes_on, core.still_as_seen, core.own_words_instead to steppingstones_app;
