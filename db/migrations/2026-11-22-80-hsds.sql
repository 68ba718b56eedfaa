-- Open data in the form of HSDS: keys that are worked out of other keys, and the moment an open entry last changed, to the letter.
create extension if not exists "uuid-ossp" with schema pub;

create function pub.lasting_key(initiative uuid, thing text) returns uuid immutable strict parallel safe language sql
  return pub.uuid_generate_v5('69417f32-d38e-4597-90a1-a8b022333289', initiative::text || '/' || thing);
comment on function pub.lasting_key is 'The key of what belongs to an initiative, such as its service; the same as lastingKey in platform/ids.ts.';
create index initiative_service on pub.initiative (pub.lasting_key(id, 'service'));
create index initiative_location on pub.initiative (pub.lasting_key(id, 'location'));
create index initiative_service_at_location on pub.initiative (pub.lasting_key(id, 'service-at-location'));

create table core.open_mark (
  initiative_id uuid primary key references core.initiative on delete cascade,
  mark text not null,
  changed_at timestamptz not null
);
comment on table core.open_mark is 'What the street knew of an entry when it was last laid open, as a fingerprint, and since when: laying the same open again is no change.';
comment on column core.open_mark.initiative_id is '[machine] of which entry';
comment on column core.open_mark.mark is '[machine] fingerprint of all that is open of it and of the relations that go out from it';
comment on column core.open_mark.changed_at is '[open] when that last became different, to the millisecond';
create index open_mark_changed on core.open_mark (changed_at);
alter table core.open_mark enable row level security;
alter table core.open_mark force row level security;
create policy open_mark_of_the_owner on core.open_mark to steppingstones_owner using (true) with check (true);
create policy open_mark_for_the_operator on core.open_mark to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.open_mark to steppingstones_app;

create function core.mark_changed(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
declare touched uuid[];
begin
  touched := array(select unnest(ids) union select r.from_id from core.relation r where r.id = any(ids) union select r.from_id from core.relation r where r.to_id = any(ids));
  delete from core.open_mark m where m.initiative_id = any(touched) and not exists (select from pub.initiative i where i.id = m.initiative_id);
  insert into core.open_mark as held (initiative_id, mark, changed_at)
    select i.id, md5(jsonb_build_array(
        to_jsonb(i) - array['changed_at','recorded_at'],
        (select jsonb_agg(to_jsonb(p) - 'recorded_at' order by p.valid) from pub.initiative_period p where p.initiative_id = i.id),
        (select jsonb_agg(to_jsonb(t) - 'checked' order by t.language) from pub.initiative_text t where t.initiative_id = i.id),
        (select jsonb_agg(to_jsonb(e) - array['recorded_at','corrected'] order by e.fact) from pub.life_event e where e.initiative_id = i.id),
        (select jsonb_agg(to_jsonb(w) order by w.fact, w.language) from pub.life_event e join pub.life_event_text w on w.fact = e.fact where e.initiative_id = i.id),
        (select jsonb_agg(to_jsonb(r) - 'recorded_at' order by r.id) from pub.relation r where r.from_id = i.id),
        (select jsonb_agg(to_jsonb(w) order by w.relation_id, w.language) from pub.relation r join pub.relation_text w on w.relation_id = r.id where r.from_id = i.id),
        (select jsonb_agg(to_jsonb(v) order by v.relation_id, v.who) from pub.relation r join pub.relation_voice v on v.relation_id = r.id where r.from_id = i.id)
      )::text),
      -- Never earlier than what anyone was told before, also when the clock of the machine was set back.
      greatest(date_trunc('milliseconds', clock_timestamp()), (select max(o.changed_at) from core.open_mark o))
    from pub.initiative i where i.id = any(touched)
    on conflict (initiative_id) do update set mark = excluded.mark,
      changed_at = case when held.mark = excluded.mark then held.changed_at else excluded.changed_at end;
  update pub.initiative i set changed_at = m.changed_at
    from core.open_mark m where m.initiative_id = i.id and i.id = any(touched) and i.changed_at <> m.changed_at;
end $$;
comment on function core.mark_changed is 'Notes of these entries, and of those with a relation to them, whether what is open of them changed; takes entry keys and relation keys alike.';

-- Whoever lays open does so as before; what changed is noted at the end, when entries and relations both lie there.
alter function core.lay_relations_open(uuid[]) rename to lay_relation_rows;
create function core.lay_relations_open(ids uuid[]) returns void security definer set search_path = pg_catalog, pub language plpgsql as $$
begin
  -- Moments of change are given in the order of the commits, as the numbers of the diary are; see lay_open.
  perform pg_advisory_xact_lock(20151127);
  perform core.lay_relation_rows(ids);
  perform core.mark_changed(ids);
end $$;
comment on function core.lay_relations_open is 'Copies relations to pub where both sides are open, and notes which entries changed by it; takes relation keys and entry keys alike.';
revoke all on function core.lay_relation_rows, core.lay_relations_open, core.mark_changed from public, steppingstones_app;
grant execute on function core.lay_relations_open to steppingstones_app;

select core.mark_changed(array(select id from pub.initiative));
