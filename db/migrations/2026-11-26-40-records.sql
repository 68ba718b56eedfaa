-- A record of what stands elsewhere is open as soon as it is brought, and leaves the street with it.
create function core.lay_record_open() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from pub.record where id = old.id;
    return old;
  end if;
  insert into pub.record (id, slug, csl, about, source) values (new.id, new.slug, new.csl, new.about, new.source)
    on conflict (id) do update set slug = excluded.slug, csl = excluded.csl, about = excluded.about, source = excluded.source;
  return new;
end $$;
comment on function core.lay_record_open is 'Keeps the open record of a publication that stands elsewhere equal to what was brought.';
revoke all on function core.lay_record_open from public;
create trigger record_is_laid_open after insert or update or delete on core.record for each row execute function core.lay_record_open();
