-- Whoever is used sees it as it goes out: what was written anew since they saw it has to be shown anew.

create or replace function core.saw_how(of_piece uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.told_back t where t.piece = of_piece and t.shown_at is not null and t.shown_hash = core.how_used(of_piece))
$$;
comment on function core.saw_how is 'Whether whoever is used in a piece saw how, as it stands now.';
