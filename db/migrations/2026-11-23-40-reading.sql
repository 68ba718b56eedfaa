-- What someone of the network or of the table needs to read a telling that is not for everyone: as what they read it, and under which name it is told.

create function core.read_limited(of_telling uuid) returns table (read_as text, voice text)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select r.read_as, case c.name_form when 'full' then n.full_name when 'first' then n.first_name when 'other' then n.other_name end
  from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
  cross join lateral core.consent_now(t.id, 'read') c
  cross join lateral (select core.reads(t.id) as read_as) r
  left join vault.teller_name n on n.telling = t.id
  where t.id = of_telling and r.read_as in ('network', 'table') and c.seen_hash = v.hash
$$;
comment on function core.read_limited is 'As what who is asking reads a telling that is not for everyone, and the name the teller chose to be shown; no row when they may not.';
revoke all on function core.read_limited from public;
grant execute on function core.read_limited to steppingstones_app;
create index telling_block_moment on core.telling_block (moment) where moment is not null;
comment on column core.moment_fact.moment is '[open] key of the moment, of its own: any of its facts may leave without taking it along';
