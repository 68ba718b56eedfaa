-- Writing: what is being written is shown as it would go out, with each voice as far as it consented, to who works on it; to who was told how
-- they are used, with their own words alone.

create function core.voices_in_proof(of_publication uuid) returns table (piece uuid, key uuid, kind text, stance text, words text, language text, called text,
    role_then text, telling text, on_web boolean, on_paper boolean, called_on_paper text)
  stable security definer set search_path = pg_catalog, core language sql as $$
  with ways as (select case when p.kind = 'magazine' then 'web-book' else 'quote-report' end as web, case when p.kind = 'magazine' then 'print' else 'quote-report' end as paper
    from core.publication p where p.id = of_publication),
  shown as (
    select p.id as piece, p.quote, p.own_word from core.piece p where p.publication = of_publication and num_nonnulls(p.quote, p.own_word) = 1
      and (core.works_on(of_publication) or core.was_told(p.id))
    union all select null, null, w.id from core.own_word w where w.publication = of_publication and w.kind = 'margin' and (core.works_on(of_publication) or core.tells(w.id))),
  said as (
    select s.piece, coalesce(q.id, w.id) as key, coalesce(q.telling, w.id) as item, coalesce(w.kind, 'quote') as kind, case w.kind when 'margin' then w.stance end as stance,
      coalesce(w.words, q.exact) as words, coalesce(w.language, b.language) as language, w.called, t.role_then, t.id as telling, x.web, x.paper,
      core.consent_now(coalesce(q.telling, w.id), x.web) as for_web, core.consent_now(coalesce(q.telling, w.id), x.paper) as for_paper
    from shown s cross join ways x left join core.own_word w on w.id = s.own_word
    left join core.quote q on q.id = s.quote and q.standing = 'held' left join core.telling t on t.id = q.telling
    left join core.telling_block b on b.telling = q.telling and b.version = q.version and b.block = q.block
    where num_nonnulls(q.id, w.id) = 1),
  named as (
    select s.*, core.allows(s.item, s.web) as on_web, core.allows(s.item, s.paper) as on_paper,
      case when s.telling is null then case when (s.for_web).name_form <> 'none' then s.called end
        else case (s.for_web).name_form when 'full' then n.full_name when 'first' then n.first_name when 'other' then n.other_name end end as web_name,
      case when s.telling is null then case when (s.for_paper).name_form <> 'none' then s.called end
        else case (s.for_paper).name_form when 'full' then n.full_name when 'first' then n.first_name when 'other' then n.other_name end end as paper_name
    from said s left join vault.teller_name n on n.telling = s.telling)
  select n.piece, n.key, n.kind, n.stance, n.words, n.language, n.web_name, n.role_then,
    case when n.telling is not null then core.telling_of_voice(n.telling, n.web_name, n.paper_name, n.on_web, n.on_paper) end, n.on_web, n.on_paper, n.paper_name
  from named n where n.on_web or n.on_paper
$$;
comment on function core.voices_in_proof is 'The voices of a publication as they would go out today, with the name each chose: all of them for who works on it, and for who was told how they are used their own.';
revoke all on function core.voices_in_proof from public;
grant execute on function core.voices_in_proof to steppingstones_app;

create function core.who_wrote(of_article uuid) returns table (person uuid, called text)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select w.person_id, w.called from core.article a join core.publication_person w on w.publication = a.publication
  where a.id = of_article and core.works_on(a.publication)
$$;
comment on function core.who_wrote is 'Who works or worked on the publication of an article, under the name they chose, for who works on it.';
revoke all on function core.who_wrote from public;
grant execute on function core.who_wrote to steppingstones_app;
