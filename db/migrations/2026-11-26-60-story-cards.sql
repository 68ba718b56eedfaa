-- A telling on a card for the wall: only for as long as its teller allows paper for everyone, and noted as made on that consent.
create table core.story_card (
  id uuid primary key default uuidv7(),
  telling uuid not null unique references core.telling on delete cascade,
  first_on date not null default core.today()
);
comment on table core.story_card is 'That a card of this telling was printed for the wall, on the consent of that day. What hangs on a wall cannot be called back; the next one is not made any more.';
comment on column core.story_card.id is '[inside] lasting key, under which the lineage knows it';
comment on column core.story_card.telling is '[person] of which telling';
comment on column core.story_card.first_on is '[inside] day on which the first was made';
create trigger story_card_has_consent before insert or delete on core.story_card for each row execute function core.note_lineage('export', 'print');

alter table core.story_card enable row level security;
alter table core.story_card force row level security;
create policy story_card_of_the_owner on core.story_card to steppingstones_owner using (true) with check (true);
create policy story_card_with_the_operator on core.story_card to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, delete on core.story_card to steppingstones_app;

create function core.make_story_card(of_slug text) returns table (called text, languages text[]) volatile security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  of_telling uuid := (select t.id from pub.telling t where t.slug = of_slug);
  held core.consent;
begin
  if of_telling is null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('story card ' || of_telling, 0));
  held := core.consent_now(of_telling, 'print');
  if held.number is null or held.audience <> 'public' then
    delete from core.story_card c where c.telling = of_telling;
    return;
  end if;
  if not exists (select from core.story_card c where c.telling = of_telling) then
    insert into core.story_card (telling) values (of_telling);
  end if;
  return query select case held.name_form when 'full' then n.full_name when 'first' then n.first_name when 'other' then n.other_name end, held.languages
    from (select) as one left join vault.teller_name n on n.telling = of_telling;
end $$;
comment on function core.make_story_card is 'Notes that a card of an open telling is made, and answers the name and languages its teller allows on paper; no row when they do not allow it for everyone.';
revoke all on function core.make_story_card from public;
grant execute on function core.make_story_card to steppingstones_app;
