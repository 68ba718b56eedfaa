-- One index for every open text, in whatever language. Nothing that is not open ever comes here.
create table search_text (
  id bigint generated always as identity primary key,
  subject_kind text collate "C" not null,
  subject_id text collate "C" not null,
  language text collate "C" not null,
  title text not null,
  names text[] not null,
  body text not null,
  terms int[] not null,
  counts smallint[] not null,
  length int not null,
  marks int[] not null,
  lat double precision,
  lon double precision,
  day_from date,
  day_until date,
  unique (subject_kind, subject_id, language)
);
comment on table search_text is 'Open texts as they are found: one row for each language of a subject, gone the moment the text is withdrawn.';
comment on column search_text.id is '[machine] number of this text in the index';
comment on column search_text.subject_kind is '[open] what kind of thing the text is about';
comment on column search_text.subject_id is '[open] which thing the text is about';
comment on column search_text.language is '[open] language of the text';
comment on column search_text.title is '[open] its title or name';
comment on column search_text.names is '[open] other names it goes by';
comment on column search_text.body is '[open] the text itself, to tell why it was found';
comment on column search_text.terms is '[machine] its different words, each as a number';
comment on column search_text.counts is '[machine] beside each word twice how often the text has it, plus one when a name has it';
comment on column search_text.length is '[machine] how many words the text has';
comment on column search_text.marks is '[machine] kind, facets, cells of its place and weighty words, each as a number';
comment on column search_text.lat is '[open] latitude of its open, coarsened place';
comment on column search_text.lon is '[open] longitude of its open, coarsened place';
comment on column search_text.day_from is '[open] first day it holds; null when open';
comment on column search_text.day_until is '[open] last day it holds; null when open';
-- The waiting list of the index is kept short: a search has to read all of it.
create index search_text_found on search_text using gin (terms, marks) with (gin_pending_list_limit = 256);
create index search_text_language on search_text (language);

create table search_name (
  text_id bigint not null references search_text on delete cascade,
  name text collate "C" not null,
  near int[] not null
);
comment on table search_name is 'Whole names without spaces and signs, to be found with one letter wrong.';
comment on column search_name.text_id is '[machine] the text whose name it is';
comment on column search_name.name is '[open] the name as it is compared';
comment on column search_name.near is '[machine] the name with pieces left out, each as a number';
create index search_name_text on search_name (text_id);
create index search_name_near on search_name using gin (near) with (gin_pending_list_limit = 256);

create table search_stem (
  tongue text collate "C" not null,
  stem text collate "C" not null,
  mets text collate "C" not null generated always as (reverse(stem)) stored,
  term int not null
);
comment on table search_stem is 'The different words of the open texts in their shortest form. Two writers may add the same one; the recount removes the double.';
comment on column search_stem.tongue is '[machine] language whose rules made this form';
comment on column search_stem.stem is '[open] the form';
comment on column search_stem.mets is '[machine] the form backwards, to find the end of compounds';
comment on column search_stem.term is '[machine] the number of this word in the index';
create index search_stem_begins on search_stem (tongue, stem);
create index search_stem_ends on search_stem (tongue, mets);

create table search_word (
  tongue text collate "C" not null,
  word text collate "C" not null,
  term int not null,
  near int[] not null
);
comment on table search_word is 'The different words of the open texts as they are written, to explain a find and to help with spelling.';
comment on column search_word.tongue is '[machine] language whose rules it follows';
comment on column search_word.word is '[open] the word as it is compared';
comment on column search_word.term is '[machine] the number of its shortest form in the index';
comment on column search_word.near is '[machine] the word with pieces left out, and its consonants, each as a number';
create index search_word_written on search_word (word, tongue);
create index search_word_term on search_word (term);
create index search_word_near on search_word using gin (near) with (gin_pending_list_limit = 256);

create table search_count (
  key int primary key,
  texts int not null
);
comment on table search_count is 'In how many texts each word or mark is; recounted now and then, so it may lag.';
comment on column search_count.key is '[machine] number of the word or mark';
comment on column search_count.texts is '[machine] how many texts have it';

create table search_language (
  language text collate "C" primary key,
  texts int not null,
  words bigint not null
);
comment on table search_language is 'How many texts and words each language has; recounted together with the words.';
comment on column search_language.language is '[open] the language; xx counts all';
comment on column search_language.texts is '[machine] how many texts';
comment on column search_language.words is '[machine] how many words in all of them';

-- The settings keep the way through the indexes also while the tables are so new that nobody counted them.
create function search_standing(asked int[]) returns table (language text, key int, texts int, words bigint)
language plpgsql stable rows 20 set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query
  with recursive present (language) as (
    (select t.language from pub.search_text t order by t.language limit 1)
    union all
    select (select later.language from pub.search_text later where later.language > present.language
            order by later.language limit 1)
    from present where present.language is not null
  )
  select p.language, null::int, coalesce(l.texts, 0), coalesce(l.words, 0)
  from (select present.language from present where present.language is not null union all select 'xx') p
  left join pub.search_language l on l.language = p.language
  union all
  select null, c.key, c.texts, null from pub.search_count c where c.key = any(asked);
end $$;
comment on function search_standing(int[]) is 'Which languages the texts have, with their sizes, and how common the asked marks are.';

create function search_kin(places int[], tongues text[], words text[], stems text[], shortest int, most int)
returns table (place int, tongue text, kinship text, term int, form text, texts int, written text[])
language plpgsql stable rows 50 set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query
  with asked as materialized (
    select a.*, reverse(a.stem) as mets from unnest(places, tongues, words, stems) as a (place, tongue, word, stem)
  ), kin as materialized (
    select a.place, a.tongue, 'stem' as kinship, s.term, s.stem as form
    from asked a join pub.search_stem s on s.tongue = a.tongue and s.stem = a.stem
    union
    select a.place, a.tongue, 'word', w.term, w.word
    from asked a join pub.search_word w on w.word = a.word and w.tongue = a.tongue
    union
    select a.place, a.tongue, 'begins', s.term, s.stem
    from asked a cross join lateral (
      select i.term, i.stem from pub.search_stem i
      where i.tongue = a.tongue and i.stem > a.stem and i.stem < a.stem || U&'\+10FFFF'
      order by char_length(i.stem), i.stem limit most) s
    where char_length(a.stem) >= shortest
    union
    select a.place, a.tongue, 'ends', s.term, s.stem
    from asked a cross join lateral (
      select i.term, i.stem from pub.search_stem i
      where i.tongue = a.tongue and i.mets > a.mets and i.mets < a.mets || U&'\+10FFFF'
      order by char_length(i.stem), i.stem limit most) s
    where char_length(a.stem) >= shortest
    union
    select a.place, a.tongue, 'within', s.term, s.stem
    from asked a
    cross join lateral generate_series(shortest, char_length(a.stem) - 1) size
    cross join lateral (values (left(a.stem, size)), (right(a.stem, size))) part (stem)
    join pub.search_stem s on s.tongue = a.tongue and s.stem = part.stem
  )
  select k.place, k.tongue, k.kinship, k.term, k.form, coalesce(c.texts, 0),
    array(select w.word from pub.search_word w where w.term = k.term limit 12)
  from kin k left join pub.search_count c on c.key = k.term;
end $$;
comment on function search_kin(int[], text[], text[], text[], int, int) is
  'Words of the texts that are kin to the asked ones: the same stem, the same letters, a beginning, an end or a part of a compound.';

create function search_near(places int[], probes text[], begins text[], most int)
returns table (place int, tongue text, kinship text, term int, form text, texts int, written text[])
language plpgsql stable rows 50 set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query
  select a.place, w.tongue, w.kinship, w.term, w.word, coalesce(c.texts, 0), array[w.word]
  from unnest(places, probes, begins) as a (place, probes, begins)
  cross join lateral (
    (select n.tongue, n.term, n.word, 'near' as kinship from pub.search_word n
     where n.near operator(pg_catalog.&&) a.probes::int[] limit 200)
    union all
    (select b.tongue, b.term, b.word, 'begins' from pub.search_word b
     where b.word > a.begins and b.word < a.begins || U&'\+10FFFF' and a.begins <> ''
     order by char_length(b.word), b.word limit most)
  ) w left join pub.search_count c on c.key = w.term;
end $$;
comment on function search_near(int[], text[], text[], int) is
  'Words of the texts that share a spelling key with the asked ones, or begin with them; letters are still to be compared.';

grant execute on function search_standing(int[]), search_kin(int[], text[], text[], text[], int, int),
  search_near(int[], text[], text[], int) to steppingstones_public, steppingstones_app;
grant select on search_text, search_name, search_stem, search_word, search_count, search_language
  to steppingstones_public, steppingstones_app;
grant insert, update, delete on search_text, search_name, search_stem, search_word, search_count, search_language
  to steppingstones_app;
