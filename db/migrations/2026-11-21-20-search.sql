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
-- Read for every candidate, so they stay in the row however long the text is.
alter table search_text alter terms set storage main, alter counts set storage main, alter marks set storage main;
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

-- From here: one question, one trip. The settings keep the way through the indexes also while the tables are so new
-- that nobody counted them; inside functions the plans are made once for each connection.

create function search_one_letter_apart(one text, other text) returns boolean immutable parallel safe language sql
return case pub.levenshtein_less_equal(one, other, 2)
  when 0 then true
  when 1 then true
  when 2 then char_length(one) = char_length(other) and exists (
    select from generate_series(1, char_length(one) - 1) at
    where overlay(one placing substr(one, at + 1, 1) || substr(one, at, 1) from at for 2) = other)
  else false end;
comment on function search_one_letter_apart(text, text) is
  'Whether one letter more, less, other, or two neighbours swapped make one word of the other.';

create type search_clue as (
  place int, tongue text, term int, weight float8, how text, texts int, rarity float8, mean float8);
comment on type search_clue is 'A word of the texts that may answer a word of the question, and what finding it is worth.';

create function search_rarity(texts float8, among float8) returns float8 immutable parallel safe language sql
return ln(1 + (greatest(among, texts, 10) - texts + 0.5) / (texts + 0.5));
comment on function search_rarity(float8, float8) is 'Inverse document frequency after Robertson and Sparck Jones, never below zero.';

create function search_clues(places int[], tongues text[], words text[], stems text[], terms int[], reader text)
returns search_clue[]
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  -- Found by trying on questions in German and English; the ranking changes little around these.
  kin_weight constant float8 := 0.5;
  part_weight constant float8 := 0.4;
  shortest constant int := 4;
  most constant int := 12;
  -- A word that many texts have needs no help from its kin.
  common constant int := 200;
begin
  return (
    with asked as materialized (
      select a.*, reverse(a.stem) as mets, char_length(a.stem) as size,
        a.tongue <> 'xx' and char_length(a.stem) >= shortest and coalesce(c.texts, 0) < common as wants_kin
      from unnest(places, tongues, words, stems, terms) as a (place, tongue, word, stem, term)
      left join pub.search_count c on c.key = a.term
    ), kin as (
      select a.place, a.tongue, s.term, 1::float8 as weight, 'form' as how
      from asked a join pub.search_stem s on s.tongue = a.tongue and s.stem = a.stem
      union all
      select a.place, a.tongue, w.term, 1, 'word'
      from asked a join pub.search_word w on w.word = a.word and w.tongue = a.tongue
      union all
      select a.place, a.tongue, s.term, kin_weight * sqrt(a.size::float8 / s.size), 'beginning'
      from asked a cross join lateral (
        select i.term, char_length(i.stem) as size from pub.search_stem i
        where i.tongue = a.tongue and i.stem > a.stem and i.stem < a.stem || U&'\+10FFFF'
        order by 2, i.stem limit most) s
      where a.wants_kin
      union all
      select a.place, a.tongue, s.term, kin_weight * sqrt(a.size::float8 / s.size), 'part'
      from asked a cross join lateral (
        select i.term, char_length(i.stem) as size from pub.search_stem i
        where i.tongue = a.tongue and i.mets > a.mets and i.mets < a.mets || U&'\+10FFFF'
        order by 2, i.stem limit most) s
      where a.wants_kin
      union all
      select a.place, a.tongue, s.term, part_weight * sqrt(part.size::float8 / a.size), 'part'
      from (select * from asked where wants_kin) a
      cross join lateral generate_series(shortest, a.size - 1) part (size)
      cross join lateral (values (left(a.stem, part.size)), (right(a.stem, part.size))) piece (stem)
      join pub.search_stem s on s.tongue = a.tongue and s.stem = piece.stem
    ), clue as (
      select distinct on (k.place, k.term) k.place, k.tongue, k.term, k.how,
        k.weight * case when k.tongue in ('xx', reader) or reader is null then 1 else 0.8 end as weight
      from kin k order by k.place, k.term, k.weight desc, k.how desc
    ), counted as (
      select c.*, coalesce(n.texts, 1) as texts, coalesce(l.texts, 0) as among,
        coalesce(l.words::float8 / nullif(l.texts, 0), 100) as mean
      from clue c left join pub.search_count n on n.key = c.term left join pub.search_language l on l.language = c.tongue
    ), ranked as (
      select c.*, row_number() over (partition by c.place, c.tongue order by c.weight desc, c.texts desc, c.term) as rank,
        coalesce(sum(c.texts) filter (where c.how in ('word', 'form')) over (partition by c.place, c.tongue), 0) as exact
      from counted c
    )
    select array_agg((r.place, r.tongue, r.term, r.weight, r.how, r.texts,
      pub.search_rarity(r.exact, r.among), r.mean)::pub.search_clue order by r.place, r.weight desc)
    from ranked r where r.rank <= 8
  );
end $$;
comment on function search_clues(int[], text[], text[], text[], int[], text) is
  'Words of the texts that are kin to the asked ones: the same letters, the same stem, a beginning, an end or a part of a compound.';

create function search_near(places int[], words text[], probes text[], reader text) returns search_clue[]
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return (
    with kin as (
      select a.place, w.*
      from unnest(places, words, probes) as a (place, word, probes)
      cross join lateral (
        (select n.tongue, n.term, 'spelling' as how, case when left(n.word, 1) = left(a.word, 1) then 0.6 else 0.55 end as weight
         from (select * from pub.search_word i where i.near operator(pg_catalog.&&) a.probes::int[] limit 200) n
         where pub.search_one_letter_apart(n.word, a.word))
        union all
        (select b.tongue, b.term, 'beginning', 0.5 * sqrt(char_length(a.word)::float8 / char_length(b.word))
         from (select * from pub.search_word i
               where i.word > a.word and i.word < a.word || U&'\+10FFFF' and char_length(a.word) > 1
               order by char_length(i.word), i.word limit 12) b)
      ) w
    ), clue as (
      select distinct on (k.place, k.term) k.* from kin k order by k.place, k.term, k.weight desc
    ), ranked as (
      select c.*, coalesce(n.texts, 1) as texts, coalesce(l.texts, 0) as among,
        coalesce(l.words::float8 / nullif(l.texts, 0), 100) as mean,
        row_number() over (partition by c.place order by c.weight desc, n.texts desc nulls last, c.term) as rank
      from clue c left join pub.search_count n on n.key = c.term left join pub.search_language l on l.language = c.tongue
    )
    select array_agg((r.place, r.tongue, r.term,
      r.weight * case when r.tongue in ('xx', reader) or reader is null then 1 else 0.8 end,
      r.how, r.texts, pub.search_rarity(0, r.among), r.mean)::pub.search_clue order by r.place, r.weight desc)
    from ranked r where r.rank <= 12
  );
end $$;
comment on function search_near(int[], text[], text[], text) is
  'Words of the texts that differ in one letter from the asked ones, or begin with them: for words that no text has.';

create type search_filter as (
  required int[], one_of int[], other_choices text[], lat float8, lon float8, within_km float8, on_day date);
comment on type search_filter is
  'What a text must be besides its words: marks it must have, marks of which it must have one, more such choices, place and day.';

create function search_within(lat float8, lon float8, to_lat float8, to_lon float8, km float8) returns boolean
immutable parallel safe language sql
return 12742 * asin(least(1, sqrt(power(sin(radians(lat - to_lat) / 2), 2)
  + cos(radians(lat)) * cos(radians(to_lat)) * power(sin(radians(lon - to_lon) / 2), 2)))) <= km;
comment on function search_within(float8, float8, float8, float8, float8) is 'Whether two points lie within so many kilometres (haversine, radius 6371 km).';

-- Few texts with the words: look at each. Many: let the index narrow them first; "is true" keeps a condition out of it.
create function search_ids(terms_a int[], terms_b int[], more_terms text[], weighty int[], f search_filter, narrow boolean, most int)
returns bigint[] language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  found bigint[];
  place constant text := ' and ($5.lat is null or pub.search_within(t.lat, t.lon, $5.lat, $5.lon, $5.within_km) is true)
    and ($5.on_day is null or (coalesce(t.day_from <= $5.on_day, true) and coalesce(t.day_until >= $5.on_day, true)))
    and ($5.other_choices is null or not exists (
      select from unnest($5.other_choices) choice where not t.marks operator(pg_catalog.&&) choice::int[]))
    and ($3 is null or not exists (select from unnest($3) m where not t.terms operator(pg_catalog.&&) m::int[]))';
begin
  if narrow then
    execute 'select array(select t.id from pub.search_text t where '
      || case when weighty is not null then 't.marks operator(pg_catalog.&&) $4'
              when terms_b is not null then 't.terms operator(pg_catalog.&&) $1 and t.terms operator(pg_catalog.&&) $2'
              else 't.terms operator(pg_catalog.&&) $1' end
      || case when cardinality(f.required) > 0 then ' and t.marks operator(pg_catalog.@>) $5.required' else '' end
      || case when f.one_of is not null then ' and t.marks operator(pg_catalog.&&) $5.one_of' else '' end
      || place || ' limit $6)'
      into found using terms_a, terms_b, more_terms, weighty, f, most;
    return found;
  end if;
  if weighty is not null then
    return array(
      select t.id from pub.search_text t
      where t.marks operator(pg_catalog.&&) weighty
        and (t.marks operator(pg_catalog.@>) f.required) is true
        and (f.one_of is null or (t.marks operator(pg_catalog.&&) f.one_of) is true)
        and (f.lat is null or pub.search_within(t.lat, t.lon, f.lat, f.lon, f.within_km) is true)
        and (f.on_day is null or (coalesce(t.day_from <= f.on_day, true) and coalesce(t.day_until >= f.on_day, true)))
        and (f.other_choices is null or not exists (
          select from unnest(f.other_choices) choice where not t.marks operator(pg_catalog.&&) choice::int[]))
      limit most);
  end if;
  if terms_b is not null then
    return array(
      select t.id from pub.search_text t
      where t.terms operator(pg_catalog.&&) terms_a and t.terms operator(pg_catalog.&&) terms_b
        and (more_terms is null or not exists (
          select from unnest(more_terms) m where not t.terms operator(pg_catalog.&&) m::int[]))
        and (t.marks operator(pg_catalog.@>) f.required) is true
        and (f.one_of is null or (t.marks operator(pg_catalog.&&) f.one_of) is true)
        and (f.lat is null or pub.search_within(t.lat, t.lon, f.lat, f.lon, f.within_km) is true)
        and (f.on_day is null or (coalesce(t.day_from <= f.on_day, true) and coalesce(t.day_until >= f.on_day, true)))
        and (f.other_choices is null or not exists (
          select from unnest(f.other_choices) choice where not t.marks operator(pg_catalog.&&) choice::int[]))
      limit most);
  end if;
  return array(
    select t.id from pub.search_text t
    where t.terms operator(pg_catalog.&&) terms_a
      and (t.marks operator(pg_catalog.@>) f.required) is true
      and (f.one_of is null or (t.marks operator(pg_catalog.&&) f.one_of) is true)
      and (f.lat is null or pub.search_within(t.lat, t.lon, f.lat, f.lon, f.within_km) is true)
      and (f.on_day is null or (coalesce(t.day_from <= f.on_day, true) and coalesce(t.day_until >= f.on_day, true)))
      and (f.other_choices is null or not exists (
        select from unnest(f.other_choices) choice where not t.marks operator(pg_catalog.&&) choice::int[]))
    limit most);
end $$;
comment on function search_ids(int[], int[], text[], int[], search_filter, boolean, int) is
  'Texts that have one of each list of words, or weighty marks of a word, and pass the filter; at most so many.';

create function search_candidates(
  clues search_clue[], f search_filter, wanted int, if_plenty boolean, out ids bigint[], out partial boolean)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  budget int;
  enough int;
  few constant int := 1000;
  among float8;
  share float8;
  terms text[];
  sizes float8[];
  known int;
  taken int := 0;
  expected float8 := 0;
  left_over int;
  gathered int[] := '{}';
begin
  ids := '{}';
  partial := false;
  select l.texts into among from pub.search_language l where l.language = 'xx';
  among := greatest(coalesce(among, 0), 1);
  -- As if the filters had nothing to do with each other.
  select coalesce(exp(sum(ln(least(1, greatest(part.texts, 0.5) / among)))), 1) into share from (
    select c.texts from unnest(f.required) mark join pub.search_count c on c.key = mark
    union all
    select sum(c.texts) from pub.search_count c where c.key = any(f.one_of) having count(*) > 0
  ) part;
  select array_agg(g.terms order by g.texts), array_agg(g.texts order by g.texts), count(*) into terms, sizes, known
  from (select array_agg(c.term)::text as terms, sum(c.texts)::float8 as texts from unnest(clues) c group by c.place) g;
  if known = 0 then return; end if;
  -- A question needs many texts weighed, for its words are rarely all in one; a few keywords do not.
  budget := case when known <= 3 then greatest(60, 2 * wanted) else 600 end;
  enough := case when known <= 3 then least(wanted, 5) else greatest(wanted, budget / 4) end;

  if if_plenty and among * share * (select exp(sum(ln(least(1, size / among)))) from unnest(sizes) size) < wanted / 2.0 then
    return;
  end if;

  -- Texts that have every word. A handful of them answers keywords; a question goes on until there is a page.
  if known between 2 and 6 then
    ids := pub.search_ids(terms[1]::int[], terms[2]::int[], terms[3:], null, f, sizes[1] * sizes[2] / among > few, budget);
    if cardinality(ids) >= enough then
      partial := true;
      return;
    end if;
  end if;
  if if_plenty and known > 1 then return; end if;

  -- Texts that have any of the rarest words, as far as the budget goes; beside better answers it need not go far.
  while taken < known and expected + sizes[taken + 1] * share <= budget
    and (cardinality(ids) = 0 or known > 3 or expected + sizes[taken + 1] * share <= 1500 * share) loop
    taken := taken + 1;
    expected := expected + sizes[taken] * share;
    gathered := gathered || terms[taken]::int[];
  end loop;
  if taken > 0 then
    ids := ids || pub.search_ids(gathered, null, null, null, f, expected > few * share, budget);
  end if;
  left_over := known - taken;
  if left_over = 0 then return; end if;

  partial := true;
  if left_over > 1 and known > 3 then
    ids := ids || pub.search_ids(terms[taken + 1]::int[],
      (select array_agg(t) from unnest(terms[taken + 2 : taken + 4]) l cross join lateral unnest(l::int[]) t),
      null, null, f, true, budget / 2);
  end if;
  -- Common words: first the texts in whose name they are, then those that repeat them (marks made of the same number).
  for tier in 1..2 loop
    exit when cardinality(ids) >= enough;
    ids := ids || pub.search_ids(null, null, null,
      array(select term # case tier when 1 then 1540483477 else 668265263 end from unnest(terms[taken + 1]::int[]) term),
      f, share < 0.5, budget / 2);
  end loop;
  if cardinality(ids) < enough then
    ids := ids || pub.search_ids(terms[taken + 1]::int[], null, null, null, f, share < 0.5, budget / 2);
  end if;
end $$;
comment on function search_candidates(search_clue[], search_filter, int, boolean) is
  'The texts worth weighing for these clues, rarest words first; partial when texts that answer less well were passed by. With if_plenty only texts that have every word, and none when a page of them is not to be expected.';

create function search_find(
  places int[], tongues text[], words text[], stems text[], terms int[], probes text[], whole text, whole_probes int[], reader text,
  f search_filter, page_limit int, page_offset int)
returns table (at int, kind text, subject text, language text, title text, names text[], body text, score float8,
  exact boolean, matched int[], total int, partial boolean, clues jsonb, languages text[])
language plpgsql stable rows 20 set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  clue pub.search_clue[];
  unknown int[];
  named_ids bigint[];
  named_exact boolean[];
  found bigint[];
  passed_by boolean;
  bonus float8;
  -- A word in a name counts as so many mentions: keywords are often names, the words of a question seldom.
  named_worth float8 := case when places[cardinality(places)] < 3 then 6 else 1 end;
  -- A page is of subjects, and a subject may have a text in each language; three pages ahead, so that a total does not jump from page to page.
  wanted int := greatest(page_limit + page_offset, 60) * (
    select greatest(1, ceil(count(*)::float8 / greatest(1, count(distinct s.subject_id))))::int
    from (select t.subject_id from pub.search_text t limit 240) s);
begin
  -- A few words that plenty of texts have just so: nothing else is needed to fill a page.
  if places[cardinality(places)] < 3 then
    select array_agg((g.place, g.tongue, g.term, 1, 'form', g.texts, pub.search_rarity(g.texts, g.among), g.mean)::pub.search_clue),
      array_agg(distinct g.place)
    into clue, unknown from (
      select a.place, a.tongue, a.term, c.texts, l.texts as among, coalesce(l.words::float8 / nullif(l.texts, 0), 100) as mean
      from unnest(places, tongues, terms) a (place, tongue, term)
      join pub.search_count c on c.key = a.term join pub.search_language l on l.language = a.tongue) g;
    if cardinality(unknown) = places[cardinality(places)] + 1 then
      select c.ids, c.partial into found, passed_by from pub.search_candidates(clue, f, wanted, true) c;
      passed_by := true;
    end if;
  end if;
  if cardinality(found) is null or cardinality(found) < wanted then
    clue := pub.search_clues(places, tongues, words, stems, terms, reader);
    select array_agg(distinct p.place) into unknown from unnest(places) p (place)
      where not exists (select from unnest(clue) c where c.place = p.place and c.how in ('word', 'form'));
    if unknown is not null then
      clue := clue || pub.search_near(
        unknown,
        array(select (select w.word from unnest(places, words) w (place, word) where w.place = u limit 1) from unnest(unknown) u),
        array(select probes[u + 1] from unnest(unknown) u), reader);
    end if;
    select c.ids, c.partial into found, passed_by from pub.search_candidates(clue, f, wanted, false) c;
  end if;

  select array_agg(n.text_id), array_agg(n.exact) into named_ids, named_exact from (
    select i.text_id, bool_or(i.name = whole) as exact
    from (select * from pub.search_name k where k.near operator(pg_catalog.&&) whole_probes limit 200) i
    where pub.search_one_letter_apart(i.name, whole) group by i.text_id) n;

  if named_ids is not null then
    found := found || array(
      select t.id from pub.search_text t where t.id = any(named_ids)
        and t.marks operator(pg_catalog.@>) f.required and (f.one_of is null or t.marks operator(pg_catalog.&&) f.one_of)
        and (f.lat is null or pub.search_within(t.lat, t.lon, f.lat, f.lon, f.within_km) is true)
        and (f.on_day is null or (coalesce(t.day_from <= f.on_day, true) and coalesce(t.day_until >= f.on_day, true)))
        and (f.other_choices is null or not exists (
          select from unnest(f.other_choices) choice where not t.marks operator(pg_catalog.&&) choice::int[])));
  end if;
  -- A whole name outweighs any text that merely has its words.
  select coalesce(sum(greatest(4, g.rarity)), 4) * 2 into bonus
    from (select max(c.rarity) as rarity from unnest(clue) c group by c.place) g;

  return query
  with given as materialized (
    select c.*, (c.ordinality - 1)::int as at from unnest(clue) with ordinality c
  ), candidate as materialized (
    select t.id, t.subject_kind, t.subject_id, t.length, t.terms, t.counts
    from pub.search_text t where t.id = any(found)
  ), met as (
    select t.id, c.place, max(c.rarity) as rarity,
      sum(c.weight * (t.count >> 1) / (0.25 + 0.75 * t.length / c.mean)) + named_worth * max(c.weight * (t.count & 1)) as weight
    from (select d.id, d.length, g.at, d.counts[array_position(d.terms, g.term)]::int as count
          from candidate d cross join given g offset 0) t
    join given c on c.at = t.at
    where t.count is not null
    group by t.id, c.place
  ), scored as (
    -- BM25 with k1 = 3 and b = 0.75.
    select m.id, sum(m.rarity * 4 * m.weight / (3 + m.weight)) as score from met m group by m.id
  ), weighed as materialized (
    select d.id, d.subject_kind, d.subject_id, n.exact,
      coalesce(s.score, 0) + case when n.exact then bonus * 1.5 when not n.exact then bonus * 0.8 else 0 end as score
    from candidate d
    left join scored s on s.id = d.id
    left join unnest(named_ids, named_exact) n (id, exact) on n.id = d.id
  ), best as (
    select distinct on (w.subject_kind, w.subject_id) w.* from weighed w where w.score > 0
    order by w.subject_kind, w.subject_id, w.score desc, w.id
  ), page as (
    select b.*, count(*) over () as total, row_number() over (order by b.score desc, b.subject_kind, b.subject_id) as at
    from best b order by b.score desc, b.subject_kind, b.subject_id limit page_limit offset page_offset
  )
  select p.at::int, p.subject_kind, p.subject_id, t.language, t.title, t.names, left(t.body, 20000), p.score, p.exact,
    array(select c.at from given c where c.term = any(t.terms)), p.total::int, passed_by, null::jsonb, null::text[]
  from page p join pub.search_text t on t.id = p.id
  union all
  select 0, null, null, null, null, null, null, null, null, null, null, passed_by,
    (select jsonb_agg(jsonb_build_array(c.place, c.how,
       array(select w.word from pub.search_word w where w.term = c.term limit 12)) order by c.at) from given c),
    array(with recursive present (language) as (
        (select l.language from pub.search_text l order by l.language limit 1)
        union all
        select (select later.language from pub.search_text later where later.language > present.language
                order by later.language limit 1)
        from present where present.language is not null)
      select present.language from present where present.language is not null)
  order by 1;
end $$;
comment on function search_find(int[], text[], text[], text[], int[], text[], text, int[], text, search_filter, int, int) is
  'One page of subjects that answer the words, best first; a first row 0 tells which clues there were and which languages the texts have.';

-- Anyone reads; only the operator, at a start or an import, writes.
do $$
declare the_table text;
begin
  foreach the_table in array array['search_text', 'search_name', 'search_stem', 'search_word', 'search_count', 'search_language'] loop
    execute format('alter table pub.%I enable row level security', the_table);
    execute format('alter table pub.%I force row level security', the_table);
    execute format('create policy %I on pub.%I for select to steppingstones_app, steppingstones_public, steppingstones_owner using (true)',
      the_table || '_is_open', the_table);
    execute format('create policy %I on pub.%I to steppingstones_app using (core.is_operator()) with check (core.is_operator())',
      the_table || '_by_operator', the_table);
    execute format('grant select on pub.%I to steppingstones_app, steppingstones_public', the_table);
    execute format('grant insert, update, delete on pub.%I to steppingstones_app', the_table);
  end loop;
end $$;
do $$
declare each regprocedure;
begin
  for each in select p.oid from pg_proc p where p.pronamespace = 'pub'::regnamespace and p.proname like 'search\_%' loop
    execute format('grant execute on function %s to steppingstones_public, steppingstones_app', each);
  end loop;
end $$;
