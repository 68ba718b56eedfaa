-- Who works on a publication and comes in by a word, and the pieces they lay: a quote is made for the use of the publication it is laid in.

alter table core.quote add column use text not null default 'quote-report' check (use in ('quote-report','web-book','print'));
comment on column core.quote.use is '[person] for which use the words were taken';

create function core.note_quote_lineage() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  held core.consent;
begin
  if tg_op = 'DELETE' then
    update core.lineage l set ended_at = now() where l.derivative = old.id and l.ended_at is null;
    return old;
  end if;
  held := core.consent_now(new.telling, new.use);
  if held.number is null and not core.speaks_for(new.telling) then
    raise exception 'The teller did not consent to this use.' using errcode = '42501';
  end if;
  insert into core.lineage (derivative, item, kind, use, consent) values (new.id, new.telling, 'quote', new.use, held.number);
  return new;
end $$;
comment on function core.note_quote_lineage is 'Refuses a quote for a use nobody consented to, and otherwise notes on which consent it was made.';
drop trigger quote_has_consent on core.quote;
create trigger quote_has_consent before insert or delete on core.quote for each row execute function core.note_quote_lineage();

create function core.keep_use() returns trigger language plpgsql as $$
begin
  raise exception 'Words that were taken for one use are not taken for another.' using errcode = '42501';
end $$;
create trigger quote_keeps_use before update on core.quote for each row when (old.use <> new.use) execute function core.keep_use();

drop policy quote_is_made on core.quote;
create policy quote_is_made on core.quote for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and standing = 'held' and (core.tells(telling)
    or (version = core.released_version(telling) and core.reads(telling) is not null and core.allows(telling, use, core.reads(telling)))));
drop policy quote_is_ones_own on core.quote;
create policy quote_is_ones_own on core.quote for select to steppingstones_app
  using (made_by = (select core.viewer_person()) and core.reads(telling) is not null and core.allows(telling, use, core.reads(telling)));
-- What its teller let go is nobody's piece any more.
drop policy quote_is_a_piece on core.quote;
create policy quote_is_a_piece on core.quote for select to steppingstones_app
  using (standing <> 'let-go' and exists (select from core.piece p where p.quote = quote.id and core.works_on(p.publication) and core.may_stand_in(quote.telling, p.publication)));

-- A piece that is a voice is found back along the lines of what was made of it.
create function core.note_piece_lineage() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_item uuid;
  of_use text;
begin
  if tg_op = 'DELETE' then
    update core.lineage l set ended_at = now() where l.derivative = old.id and l.ended_at is null;
    -- Words that nobody uses any more, and that never went out, are not held either.
    delete from core.quote q where q.id = old.quote and not exists (select from core.piece p where p.quote = q.id)
      and not exists (select from core.advice_voice a where a.quote = q.id) and not exists (select from core.manifest_line m where m.quote = q.id);
    return null;
  end if;
  of_item := core.item_of(new.quote, new.own_word);
  if of_item is not null then
    of_use := (core.uses_of(new.publication))[1];
    insert into core.lineage (derivative, item, kind, use, consent) values (new.id, of_item, 'piece', of_use, (core.consent_now(of_item, of_use)).number);
  end if;
  return null;
end $$;
create trigger piece_has_lineage after insert or delete on core.piece for each row execute function core.note_piece_lineage();

-- Only a release says that something went out, and what went out is not lost with the desk it was written at.
create function core.keep_article() returns trigger set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.standing = 'released' and (tg_op = 'INSERT' or old.standing <> 'released') and current_user = 'steppingstones_app' and not core.is_operator() then
    raise exception 'Only a release sends an article out.' using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' and new.publication <> old.publication then
    raise exception 'An article stays in its publication.' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger article_is_kept before insert or update on core.article for each row execute function core.keep_article();
create policy article_stays on core.article as restrictive for delete to steppingstones_app
  using (not exists (select from core.edition_article e where e.article = article.id) and not exists (select from core.paragraph b where b.article = article.id));
-- A block is taken out, never away: its history stays.
create policy paragraph_stays on core.paragraph as restrictive for delete to steppingstones_app using ((select core.is_operator()));

-- Who worked on something may always see that they did.
create policy publication_person_is_ones_own on core.publication_person for select to steppingstones_app using (person_id = (select core.viewer_person()));

create function core.publication_word_opens(hash bytea) returns table (publication uuid, slug text, title text, kind text, invented boolean, part text, language text, invited_by text, mine boolean)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select b.id, b.slug, b.title, b.kind, b.invented, i.part, b.language, w.called, exists (select from core.publication_person p
      where p.publication = b.id and p.person_id = core.viewer_person() and p.left_on is null)
  from core.publication_invitation i join core.publication b on b.id = i.publication
  left join core.publication_person w on w.publication = b.id and w.person_id = i.made_by
  where i.word_hash = hash and core.viewer_person() is not null and b.ended_on is null
    and (i.taken_by = core.viewer_person() or (i.taken_by is null and core.today() < i.until_day))
$$;
comment on function core.publication_word_opens is 'What an invitation says, to who is signed in and holds its word, for as long as it opens.';

create function core.take_publication_word(hash bytea, as_called text) returns text security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  opened core.publication_invitation;
  found_slug text;
begin
  if core.viewer_person() is null then return null; end if;
  select * into opened from core.publication_invitation i where i.word_hash = hash for update;
  select b.slug into found_slug from core.publication b where b.id = opened.publication and b.ended_on is null;
  if found_slug is null then return null; end if;
  -- Who comes twice by the same word came once.
  if opened.taken_by is not null then
    return case when opened.taken_by = core.viewer_person() and exists (select from core.publication_person p
      where p.publication = opened.publication and p.person_id = core.viewer_person() and p.left_on is null) then found_slug end;
  end if;
  if core.today() >= opened.until_day then return null; end if;
  insert into core.publication_person (publication, person_id, part, called, invited_by) values (opened.publication, core.viewer_person(), opened.part, as_called, opened.made_by)
    on conflict (publication, person_id) do update set called = excluded.called, left_on = null,
      -- Nobody becomes less by an invitation to more.
      part = case when core.publication_person.left_on is null and array_position(array['editor','writer','layer'], core.publication_person.part) < array_position(array['editor','writer','layer'], excluded.part)
        then core.publication_person.part else excluded.part end,
      since = case when core.publication_person.left_on is null then core.publication_person.since else core.today() end;
  update core.publication_invitation set taken_by = core.viewer_person(), taken_at = now() where id = opened.id;
  return found_slug;
end $$;
comment on function core.take_publication_word is 'Who is signed in comes to work on a publication by a word, which then opens for nobody else; answers its name in the address, or null.';

-- The last editor cannot leave a publication without anyone who answers for it; but nobody is kept in the house by it.
create function core.keep_an_editor() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  perform from core.publication b where b.id = old.publication for update;
  if old.part = 'editor' and old.left_on is null and (new.part <> 'editor' or new.left_on is not null)
    and not exists (select from core.person n where n.id = old.person_id and n.left_on is not null)
    and not exists (select from core.publication_person p where p.publication = old.publication and p.person_id <> old.person_id and p.part = 'editor' and p.left_on is null) then
    raise exception 'A publication keeps an editor.' using errcode = '23514', constraint = 'publication_keeps_an_editor';
  end if;
  return new;
end $$;
create trigger publication_person_keeps_an_editor before update on core.publication_person for each row execute function core.keep_an_editor();

create function core.leave_publications() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  -- The name in what went out stays there; at the desks it goes with them.
  update core.publication_person set left_on = coalesce(left_on, core.today()), called = null where person_id = new.id;
  delete from core.publication_invitation where made_by = new.id and taken_at is null;
  return null;
end $$;
create trigger person_leaves_publications after update of left_on on core.person for each row
  when (old.left_on is null and new.left_on is not null) execute function core.leave_publications();

-- The voices of a publication.
create function core.may_render(of_piece uuid, in_language text, how text) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce((select core.allows(i.item, case how when 'machine' then 'translate-machine' else 'translate-people' end, 'public', in_language)
      and (select bool_and(core.allows(i.item, u, 'public', in_language)) from unnest(core.uses_of(p.publication)) u)
    from core.piece p cross join lateral (select core.item_of(p.quote, p.own_word) as item) i where p.id = of_piece and i.item is not null), false)
$$;
comment on function core.may_render is 'Whether the words of this piece may stand in this language beside the original, made by a person or a machine.';
drop policy piece_rendering_is_made on core.piece_rendering;
create policy piece_rendering_is_made on core.piece_rendering to steppingstones_app
  using (core.works_on_piece(piece) and (made_by = (select core.viewer_person()) or core.works_on_piece(piece, array['editor'])))
  with check (made_by = (select core.viewer_person()) and core.works_on_piece(piece) and core.may_render(piece, language, made_how));

create function core.voices_laid(of_publication uuid) returns table (piece uuid, words text, language text, role_then text, telling text, whole boolean, province text, initiatives uuid[], ready jsonb)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select p.id, coalesce(q.exact, w.words), coalesce(b.language, w.language), t.role_then, case when r.reads then t.slug end, q.exact is null or q.exact = b.text,
    case when r.reads then t.province end, case when r.reads then array(select a.initiative_id from core.telling_about a where a.telling = t.id order by 1) else '{}' end,
    coalesce((select jsonb_agg(jsonb_build_object('language', m.language, 'words', x.text, 'signedAs', m.signed_as, 'madeHow', m.made_how) order by m.language, m.made_how desc)
      from core.rendering m join core.rendering_block x on x.rendering = m.id
      where m.telling = q.telling and m.standing <> 'draft' and x.block = q.block and q.exact = b.text and x.source_hash = b.hash and core.may_render(p.id, m.language, m.made_how)), '[]')
  from core.piece p
  left join core.quote q on q.id = p.quote left join core.telling t on t.id = q.telling
  left join core.telling_block b on b.telling = q.telling and b.version = q.version and b.block = q.block
  left join core.own_word w on w.id = p.own_word
  cross join lateral (select coalesce(t.id is not null and core.reads(t.id) is not null, false) as reads) r
  where p.publication = of_publication and core.works_on(of_publication) and num_nonnulls(q.id, w.id) = 1 and q.standing is distinct from 'let-go'
    and core.may_stand_in(core.item_of(p.quote, p.own_word), of_publication)
$$;
comment on function core.voices_laid is 'The words of the pieces of a publication that are voices, for who works on it, as far as consent covers every way out of it today; where a telling took place and about whom only to who may read it.';

revoke all on function core.note_quote_lineage, core.keep_use, core.note_piece_lineage, core.keep_article, core.publication_word_opens, core.take_publication_word, core.keep_an_editor, core.leave_publications, core.may_render, core.voices_laid from public;
grant execute on function core.publication_word_opens, core.take_publication_word, core.may_render, core.voices_laid to steppingstones_app;
