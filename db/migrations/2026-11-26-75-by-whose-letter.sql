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

revoke all on function core.give_word, core.passes_on from public;
grant execute on function core.give_word, core.passes_on to steppingstones_app;
