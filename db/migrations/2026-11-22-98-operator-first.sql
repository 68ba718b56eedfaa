-- Of the policies of a table PostgreSQL asks the last by name first, and stops at the first that says yes. The operator's costs
-- nothing; those of keepers and verifiers ask a function for every row. So the operator's has to come last by name.
do $$
declare p record;
begin
  for p in
    select n.nspname, c.relname, o.polname from pg_policy o join pg_class c on c.oid = o.polrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('pub', 'core', 'vault') and o.polname like '%\_for\_the\_operator'
  loop
    execute format('alter policy %I on %I.%I rename to %I', p.polname, p.nspname, p.relname,
      replace(p.polname, '_for_the_operator', '_with_the_operator'));
  end loop;
end $$;
