-- What a note in an edition cites stays readable for whoever reads the edition: the library itself is for who is signed in.
create table pub.edition_work (
  edition uuid not null,
  paragraph uuid not null,
  key text not null,
  csl jsonb not null,
  primary key (edition, paragraph, key),
  foreign key (edition, paragraph) references pub.edition_paragraph on delete cascade
);
comment on table pub.edition_work is 'Works of the library that the notes of an edition cite, as the library described them when it went out.';
comment on column pub.edition_work.edition is '[open] in which edition';
comment on column pub.edition_work.paragraph is '[open] in which block';
comment on column pub.edition_work.key is '[open] the key by which it is cited';
comment on column pub.edition_work.csl is '[open] the work as CSL-JSON';
grant select on pub.edition_work to steppingstones_public, steppingstones_app;
create trigger edition_work_changed after insert or update or delete on pub.edition_work for each statement execute function pub.tell_change();

create function core.lay_cited_works() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  delete from pub.edition_work where edition = new.edition and paragraph = new.paragraph;
  insert into pub.edition_work (edition, paragraph, key, csl)
    select distinct on (w.key) new.edition, new.paragraph, w.key, w.csl
    from regexp_matches(new.text, '\[@([^\s,{}"#%\\~[\]]{1,100})', 'g') as cited (marks) join core.work w on w.key = cited.marks[1];
  return null;
end $$;
comment on function core.lay_cited_works is 'Lays the works that a block cites open with it.';
revoke all on function core.lay_cited_works from public;
create trigger edition_paragraph_cites after insert or update of text on pub.edition_paragraph for each row execute function core.lay_cited_works();
