-- The people desk: that somebody looked whether a grant is still needed, and that broken glass stays as it was asked.

create table core.grant_look (
  grant_id uuid not null references core.role_grant on delete cascade,
  looked_on date not null default core.today(),
  looked_by uuid references core.person,
  primary key (grant_id, looked_on)
);
comment on table core.grant_look is 'That somebody looked at a grant and found that it is still needed.';
comment on column core.grant_look.grant_id is '[inside] which grant';
comment on column core.grant_look.looked_on is '[inside] when';
comment on column core.grant_look.looked_by is '[person] who looked; null is the operator';
alter table core.grant_look enable row level security;
alter table core.grant_look force row level security;
create policy grant_look_of_the_owner on core.grant_look to steppingstones_owner using (true) with check (true);
create policy grant_look_for_the_operator on core.grant_look to steppingstones_app
  using ((select core.is_operator())) with check ((select core.is_operator()));
create policy grant_look_is_seen on core.grant_look for select to steppingstones_app
  using ((select core.holds(array['admin'])) or exists (select from core.role_grant g where g.id = grant_id and g.person_id = (select core.viewer_person())));
-- Nobody finds their own grant still needed.
create policy grant_look_is_written on core.grant_look for insert to steppingstones_app
  with check ((select core.holds(array['admin'])) and looked_by = (select core.viewer_person())
    and exists (select from core.role_grant g where g.id = grant_id and g.person_id <> (select core.viewer_person())));
grant select, insert on core.grant_look to steppingstones_app;

create function core.only_its_breaking() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['agreed_by','agreed_at','open_until','told_at']) <> (to_jsonb(old) - array['agreed_by','agreed_at','open_until','told_at'])
    or (old.agreed_by is not null and (new.agreed_by, new.agreed_at, new.open_until) is distinct from (old.agreed_by, old.agreed_at, old.open_until)) then
    raise exception 'What was asked and agreed of glass does not change.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.only_its_breaking() is 'Holds broken glass to how it was asked and agreed; only that those it concerns were told is added.';
create trigger glass_stays before update on core.glass for each row execute function core.only_its_breaking();
