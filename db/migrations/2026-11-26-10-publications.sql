-- Publications: common stories made of pieces, reports, and issues of a magazine. Who works on one sees its pieces as far as each voice consents;
-- what anyone reads is laid open per edition by one function (2026-11-26-20), and knows of every sentence whose voice it rests on.
-- No table of an edition holds the words of a voice: it holds the key of a quote, and the words are laid beside it for as long as consent holds.

create table core.publication (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 100 and slug not in ('figures','records','new')),
  kind text not null check (kind in ('common-story','report','magazine')),
  title text not null check (length(title) between 2 and 200),
  subtitle text not null default '' check (length(subtitle) <= 300),
  opening text not null default '' check (length(opening) <= 5000),
  language text not null check (language ~ '^[a-z]{2}$'),
  issue integer check (issue between 1 and 9999),
  printed boolean not null default true,
  invented boolean not null default false,
  made_by uuid references core.person on delete set null,
  made_at timestamptz not null default now(),
  ended_on date,
  check (issue is null or kind = 'magazine')
);
comment on table core.publication is 'Something people make together and send out: a common story, a report, or an issue of a magazine.';
comment on column core.publication.id is '[open] lasting key';
comment on column core.publication.slug is '[open] its name in the address';
comment on column core.publication.kind is '[open] common story, report or magazine';
comment on column core.publication.title is '[open] title';
comment on column core.publication.subtitle is '[open] what stands under the title';
comment on column core.publication.opening is '[open] a few words about it';
comment on column core.publication.language is '[open] its first language';
comment on column core.publication.issue is '[open] number of the issue of a magazine';
comment on column core.publication.printed is '[open] whether it goes out as PDF and on paper too, besides the web and e-book';
comment on column core.publication.invented is '[open] invented, to show how it works; always said beside it';
comment on column core.publication.made_by is '[person] who began it; null after they left';
comment on column core.publication.made_at is '[inside] when it was begun';
comment on column core.publication.ended_on is '[inside] day since which nobody works on it any more';

create table core.publication_person (
  publication uuid not null references core.publication on delete cascade,
  person_id uuid not null references core.person on delete cascade,
  part text not null check (part in ('editor','writer','layer')),
  called text check (length(called) between 1 and 80),
  since date not null default core.today(),
  invited_by uuid references core.person on delete set null,
  left_on date,
  primary key (publication, person_id)
);
comment on table core.publication_person is 'Who works on a publication: an editor decides what goes out, a writer writes and lays pieces, a layer lays pieces.';
comment on column core.publication_person.publication is '[inside] on which';
comment on column core.publication_person.person_id is '[person] who';
comment on column core.publication_person.part is '[inside] as what';
comment on column core.publication_person.called is '[person] name under which they sign, as they choose; null is no name';
comment on column core.publication_person.since is '[inside] since when';
comment on column core.publication_person.invited_by is '[person] who invited them';
comment on column core.publication_person.left_on is '[inside] since when no more';
create index publication_person_of on core.publication_person (person_id);

create table core.publication_invitation (
  id uuid primary key default uuidv7(),
  publication uuid not null references core.publication on delete cascade,
  part text not null check (part in ('writer','layer')),
  word_hash bytea not null unique check (length(word_hash) = 32),
  language text not null check (language ~ '^[a-z]{2}$'),
  made_by uuid references core.person on delete set null,
  made_at timestamptz not null default now(),
  until_day date not null,
  taken_by uuid references core.person on delete set null,
  taken_at timestamptz
);
comment on table core.publication_invitation is 'An invitation to work on a publication, by a link or a square that holds a word; only its fingerprint is kept.';
comment on column core.publication_invitation.id is '[inside] lasting key';
comment on column core.publication_invitation.publication is '[inside] on which';
comment on column core.publication_invitation.part is '[inside] as what';
comment on column core.publication_invitation.word_hash is '[secret] SHA-256 of the word';
comment on column core.publication_invitation.language is '[inside] language it is shown in first';
comment on column core.publication_invitation.made_by is '[person] who invites';
comment on column core.publication_invitation.made_at is '[inside] when';
comment on column core.publication_invitation.until_day is '[inside] first day on which it no longer opens';
comment on column core.publication_invitation.taken_by is '[person] who came in with it';
comment on column core.publication_invitation.taken_at is '[inside] when';

create table core.article (
  id uuid primary key default uuidv7(),
  publication uuid not null references core.publication on delete cascade,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 1 and 100),
  kind text not null check (kind in ('section','chapter','essay','interview','practical','story-page','harvest','letter')),
  title text not null check (length(title) between 2 and 200),
  opening text not null default '' check (length(opening) <= 1000),
  language text not null check (language ~ '^[a-z]{2}$'),
  byline text[] not null default '{}' check (cardinality(byline) <= 12),
  place integer not null default 0,
  standing text not null default 'pitch' check (standing in ('pitch','draft','told-back','ready','released')),
  told_back_on date,
  made_by uuid references core.person on delete set null,
  made_at timestamptz not null default now(),
  unique (publication, slug)
);
comment on table core.article is 'A part of a publication: a section of a common story, a chapter of a report, an article of a magazine.';
comment on column core.article.id is '[open] lasting key';
comment on column core.article.publication is '[inside] of which publication';
comment on column core.article.slug is '[open] its name in the address';
comment on column core.article.kind is '[open] section, chapter, essay, interview, practical article, story page, harvest of a session, letter';
comment on column core.article.title is '[open] title';
comment on column core.article.opening is '[open] what stands under the title';
comment on column core.article.language is '[open] language it is written in';
comment on column core.article.byline is '[open] names under which it is written, as each chose';
comment on column core.article.place is '[open] order';
comment on column core.article.standing is '[inside] pitch, draft, told back to who is used, ready, released';
comment on column core.article.told_back_on is '[inside] day it was last told back';
comment on column core.article.made_by is '[person] who began it';
comment on column core.article.made_at is '[inside] when';

-- What is shown of the house itself: taken on a day, with the question that made it; it never changes afterwards.
create table core.figure (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]{10}$'),
  kind text not null check (kind in ('field','shoreline','chain','trajectory','landscape','promises','silence')),
  asked jsonb not null check (jsonb_typeof(asked) = 'object'),
  address text not null check (address like '/%'),
  taken_on date not null default core.today(),
  language text not null check (language ~ '^[a-z]{2}$'),
  title text not null check (length(title) between 2 and 200),
  alt text not null check (length(alt) between 2 and 2000),
  facts jsonb not null check (jsonb_typeof(facts) = 'object'),
  drawing text not null check (length(drawing) between 20 and 400000 and drawing like '<svg%'),
  hash bytea not null check (length(hash) = 32),
  made_by uuid references core.person on delete set null,
  made_at timestamptz not null default now()
);
comment on table core.figure is 'A picture of the house as anyone could see it on a day: the question asked, the facts, the drawing. Made of the open field only, so it stays.';
comment on column core.figure.id is '[open] lasting key';
comment on column core.figure.slug is '[open] its word in the address under which it is cited';
comment on column core.figure.kind is '[open] field on a day, shoreline between two days, chain, trajectory, landscape of a session, year of promises, silence after an advice';
comment on column core.figure.asked is '[open] the question that made it, as values anyone can ask again';
comment on column core.figure.address is '[open] page of the house where the same is asked';
comment on column core.figure.taken_on is '[open] day it was taken';
comment on column core.figure.language is '[open] language of title and alt';
comment on column core.figure.title is '[open] title';
comment on column core.figure.alt is '[open] what can be seen, in words';
comment on column core.figure.facts is '[open] the facts of the drawing: {columns: [..], rows: [[..]]}';
comment on column core.figure.drawing is '[open] the drawing as SVG with nothing in it from outside';
comment on column core.figure.hash is '[open] SHA-256 of question, facts and drawing';
comment on column core.figure.made_by is '[person] who took it';
comment on column core.figure.made_at is '[inside] when';
create trigger figure_stays before update on core.figure for each row execute function core.never_changes();

create table core.picture (
  id uuid primary key default uuidv7(),
  publication uuid not null references core.publication on delete cascade,
  type text not null check (type in ('image/webp','image/jpeg')),
  bytes bytea not null check (length(bytes) between 1 and 8388608),
  width integer not null check (width between 1 and 8000),
  height integer not null check (height between 1 and 8000),
  alt text not null check (length(alt) between 2 and 1000),
  credit text not null default '' check (length(credit) <= 200),
  made_by uuid references core.person on delete set null,
  made_at timestamptz not null default now()
);
comment on table core.picture is 'A picture brought for a publication, made anew without anything that says where or with what it was made. Never without words for who cannot see it.';
comment on column core.picture.id is '[open] lasting key';
comment on column core.picture.publication is '[inside] for which';
comment on column core.picture.type is '[machine] what kind of bytes';
comment on column core.picture.bytes is '[inside] the bytes';
comment on column core.picture.width is '[machine] width in pixels';
comment on column core.picture.height is '[machine] height in pixels';
comment on column core.picture.alt is '[open] what can be seen';
comment on column core.picture.credit is '[open] who made it';
comment on column core.picture.made_by is '[person] who brought it';
comment on column core.picture.made_at is '[inside] when';
alter table core.picture alter column bytes set storage external;

-- Words someone gives to a publication themselves: own words in place of a quote, a remark in the margin, a voice that sees it otherwise.
alter table core.consent_item drop constraint consent_item_kind_check;
alter table core.consent_item add constraint consent_item_kind_check check (kind in ('telling','own-words','margin'));
create table core.own_word (
  id uuid primary key references core.consent_item on delete cascade,
  publication uuid not null references core.publication on delete cascade,
  kind text not null check (kind in ('own-words','margin')),
  stance text not null default 'remark' check (stance in ('remark','differs')),
  words text not null check (length(words) between 1 and 3000),
  language text not null check (language ~ '^[a-z]{2,3}$'),
  called text check (length(called) between 1 and 80),
  hash bytea not null check (length(hash) = 32),
  made_at timestamptz not null default now()
);
comment on table core.own_word is 'Words someone gives to a publication themselves, on their own consent: own words instead of how they were used, or words in its margin.';
comment on column core.own_word.id is '[inside] lasting key, the same as that of the item consent is about';
comment on column core.own_word.publication is '[inside] to which publication';
comment on column core.own_word.kind is '[inside] own words, or in the margin';
comment on column core.own_word.stance is '[inside] a remark, or someone who sees it otherwise';
comment on column core.own_word.words is '[person] the words';
comment on column core.own_word.language is '[person] their language';
comment on column core.own_word.called is '[person] the name that stands beside them; null is none';
comment on column core.own_word.hash is '[machine] SHA-256 of language and words';
comment on column core.own_word.made_at is '[person] when';
create index own_word_in on core.own_word (publication);
create trigger own_word_stays before update on core.own_word for each row execute function core.never_changes();

-- Pieces of the puzzle.
create table core.piece (
  id uuid primary key default uuidv7(),
  publication uuid not null references core.publication on delete cascade,
  kind text not null check (kind in ('passage','quote','telling','own-words','insight','promise','figure')),
  quote uuid references core.quote on delete cascade,
  own_word uuid references core.own_word on delete cascade,
  insight uuid,
  promise uuid,
  figure uuid references core.figure,
  why text not null default '' check (length(why) <= 500),
  laid_by uuid references core.person on delete set null,
  laid_at timestamptz not null default now(),
  check (case kind when 'own-words' then own_word is not null when 'insight' then insight is not null when 'promise' then promise is not null
    when 'figure' then figure is not null else quote is not null end),
  check (num_nonnulls(quote, own_word, insight, promise, figure) = 1)
);
comment on table core.piece is 'Something somebody lays into a publication for others to build on: words of a voice, an insight, a promise kept, a picture of the field.';
comment on column core.piece.id is '[inside] lasting key';
comment on column core.piece.publication is '[inside] into which';
comment on column core.piece.kind is '[inside] what kind of piece';
comment on column core.piece.quote is '[person] the words of a voice, held where they stand';
comment on column core.piece.own_word is '[person] words somebody gave instead';
comment on column core.piece.insight is '[open] the insight';
comment on column core.piece.promise is '[open] the promise';
comment on column core.piece.figure is '[open] the picture of the house';
comment on column core.piece.why is '[inside] why it was laid';
comment on column core.piece.laid_by is '[person] who laid it';
comment on column core.piece.laid_at is '[inside] when';
create index piece_in on core.piece (publication);
create index piece_of_quote on core.piece (quote);

create table core.piece_rendering (
  piece uuid not null references core.piece on delete cascade,
  language text not null check (language ~ '^[a-z]{2}$'),
  words text not null check (length(words) between 1 and 5000),
  signed_as text check (length(signed_as) between 1 and 80),
  made_how text not null check (made_how in ('person','machine')),
  made_by uuid references core.person on delete set null,
  made_at timestamptz not null default now(),
  primary key (piece, language)
);
comment on table core.piece_rendering is 'The words of a piece in another language: signed work beside the original, never in its place.';
comment on column core.piece_rendering.piece is '[inside] of which piece';
comment on column core.piece_rendering.language is '[inside] in which language';
comment on column core.piece_rendering.words is '[person] the words';
comment on column core.piece_rendering.signed_as is '[inside] name under which the translator signs; null is none';
comment on column core.piece_rendering.made_how is '[inside] by a person or a machine';
comment on column core.piece_rendering.made_by is '[person] the translator';
comment on column core.piece_rendering.made_at is '[inside] when';

-- What is written.
create table core.paragraph (
  id uuid primary key default uuidv7(),
  article uuid not null references core.article on delete cascade,
  place numeric not null,
  kind text not null check (kind in ('paragraph','heading','quote','list','image','figure','table','aside')),
  level smallint check (level in (2, 3)),
  language text not null check (language ~ '^[a-z]{2,3}$'),
  text text not null default '' check (length(text) <= 20000),
  piece uuid references core.piece on delete cascade,
  picture uuid references core.picture on delete cascade,
  version integer not null default 1 check (version > 0),
  changed_by uuid references core.person on delete set null,
  changed_at timestamptz not null default now(),
  gone_at timestamptz,
  check (case kind when 'quote' then piece is not null when 'figure' then piece is not null when 'image' then picture is not null else piece is null and picture is null end),
  check ((level is not null) = (kind = 'heading'))
);
comment on table core.paragraph is 'A block of an article as it is being written. A block that quotes holds no words of its own, only the piece.';
comment on column core.paragraph.id is '[open] lasting key';
comment on column core.paragraph.article is '[inside] of which article';
comment on column core.paragraph.place is '[inside] order; a block between two others stands halfway';
comment on column core.paragraph.kind is '[inside] what kind of block';
comment on column core.paragraph.level is '[inside] level of a heading';
comment on column core.paragraph.language is '[inside] language';
comment on column core.paragraph.text is '[inside] its words, with light marks; rows of a table on lines of their own, cells between |';
comment on column core.paragraph.piece is '[inside] the piece a quote or figure shows';
comment on column core.paragraph.picture is '[inside] the picture an image shows';
comment on column core.paragraph.version is '[inside] how often it was written';
comment on column core.paragraph.changed_by is '[person] who wrote last';
comment on column core.paragraph.changed_at is '[inside] when';
comment on column core.paragraph.gone_at is '[inside] when it was taken out; its history stays';
create index paragraph_in on core.paragraph (article, place);

create table core.draw (
  paragraph uuid not null references core.paragraph on delete cascade,
  piece uuid not null references core.piece on delete cascade,
  way text not null check (way in ('quotes','paraphrases','joins','answers','differs')),
  primary key (paragraph, piece, way)
);
comment on table core.draw is 'On which pieces a paragraph rests, and how: quotes, paraphrases, joins, answers, differs from.';
comment on column core.draw.paragraph is '[inside] which paragraph';
comment on column core.draw.piece is '[inside] which piece';
comment on column core.draw.way is '[inside] how';
create index draw_of on core.draw (piece);

create table core.paragraph_version (
  paragraph uuid not null references core.paragraph on delete cascade,
  number integer not null check (number > 0),
  deed text not null check (deed in ('begun','written','moved','taken-out','brought-back','joined')),
  text text not null,
  draws jsonb not null default '[]' check (jsonb_typeof(draws) = 'array'),
  typed jsonb check (jsonb_typeof(typed) = 'object'),
  op uuid not null unique,
  by_person uuid references core.person on delete set null,
  because uuid references core.own_word on delete set null,
  at timestamptz not null default clock_timestamp(),
  primary key (paragraph, number)
);
comment on table core.paragraph_version is 'How a paragraph came to be: each deed once, in the order in which it reached the house.';
comment on column core.paragraph_version.paragraph is '[inside] which paragraph';
comment on column core.paragraph_version.number is '[inside] the how-manieth';
comment on column core.paragraph_version.deed is '[inside] begun, written, moved, taken out, brought back, two wordings joined';
comment on column core.paragraph_version.text is '[inside] its words after it';
comment on column core.paragraph_version.draws is '[inside] on which pieces it rested then: [{piece, way}]';
comment on column core.paragraph_version.typed is '[inside] what its writer typed, where that was joined word by word with what another wrote meanwhile: {text, draws}';
comment on column core.paragraph_version.op is '[machine] the key the writer’s own device gave the deed, so that a deed that comes twice is done once';
comment on column core.paragraph_version.by_person is '[person] who';
comment on column core.paragraph_version.because is '[inside] whose remark or own words it follows';
comment on column core.paragraph_version.at is '[inside] when';

create table core.paragraph_wording (
  id uuid primary key default uuidv7(),
  paragraph uuid not null references core.paragraph on delete cascade,
  base integer not null,
  text text not null check (length(text) <= 20000),
  draws jsonb not null default '[]' check (jsonb_typeof(draws) = 'array'),
  op uuid not null unique,
  by_person uuid references core.person on delete set null,
  at timestamptz not null default clock_timestamp(),
  settled_at timestamptz
);
comment on table core.paragraph_wording is 'Another wording of a paragraph, written at the same time by someone else: it stands beside the first until people join them or choose.';
comment on column core.paragraph_wording.id is '[inside] lasting key';
comment on column core.paragraph_wording.paragraph is '[inside] of which paragraph';
comment on column core.paragraph_wording.base is '[inside] the version its writer saw';
comment on column core.paragraph_wording.text is '[inside] the words';
comment on column core.paragraph_wording.draws is '[inside] on which pieces it rests';
comment on column core.paragraph_wording.op is '[machine] the key the writer’s own device gave the deed';
comment on column core.paragraph_wording.by_person is '[person] who';
comment on column core.paragraph_wording.at is '[inside] when';
comment on column core.paragraph_wording.settled_at is '[inside] when it was joined or let go';
create index paragraph_wording_of on core.paragraph_wording (paragraph);

create table core.margin (
  own_word uuid primary key references core.own_word on delete cascade,
  paragraph uuid not null references core.paragraph on delete cascade
);
comment on table core.margin is 'Beside which paragraph words in the margin stand.';
comment on column core.margin.own_word is '[inside] which words';
comment on column core.margin.paragraph is '[inside] beside which paragraph';
create index margin_of on core.margin (paragraph);

create table core.told_back (
  id uuid primary key default uuidv7(),
  piece uuid not null unique references core.piece on delete cascade,
  person_id uuid not null references core.person on delete cascade,
  word_hash bytea unique check (length(word_hash) = 32),
  language text not null check (language ~ '^[a-z]{2}$'),
  asked_at timestamptz not null default now(),
  asked_by uuid references core.person on delete set null,
  shown_hash bytea check (length(shown_hash) = 32),
  shown_at timestamptz,
  answer text check (answer in ('agree','remark','own-words','out')),
  answered_at timestamptz,
  own_word uuid references core.own_word on delete set null,
  check ((answer is null) = (answered_at is null))
);
comment on table core.told_back is 'This is how you are used: asked of each person whose piece is used, and what they answered.';
comment on column core.told_back.id is '[person] lasting key';
comment on column core.told_back.piece is '[person] which piece';
comment on column core.told_back.person_id is '[person] whose voice';
comment on column core.told_back.word_hash is '[secret] SHA-256 of the word in the link they were given; null when they answer with their card or account';
comment on column core.told_back.language is '[person] language it is asked in';
comment on column core.told_back.asked_at is '[person] when it was asked';
comment on column core.told_back.asked_by is '[person] who asked';
comment on column core.told_back.shown_hash is '[machine] fingerprint of what they saw around their words';
comment on column core.told_back.shown_at is '[person] when they saw it as it will appear';
comment on column core.told_back.answer is '[person] agree, remark, own words, out';
comment on column core.told_back.answered_at is '[person] when';
comment on column core.told_back.own_word is '[person] the words they gave with it';
create index told_back_of on core.told_back (person_id);

-- What went out.
create table core.edition (
  id uuid primary key default uuidv7(),
  publication uuid not null references core.publication on delete cascade,
  number integer not null check (number > 0),
  title text not null,
  subtitle text not null,
  opening text not null,
  printed boolean not null,
  changed text not null default '' check (length(changed) <= 2000),
  credits jsonb not null default '[]' check (jsonb_typeof(credits) = 'array'),
  released_by uuid references core.person on delete set null,
  released_at timestamptz not null default now(),
  state integer not null default 1,
  unique (publication, number)
);
comment on table core.edition is 'A publication as it was released: the words of its writers as they stood, and the keys of the voices it rests on.';
comment on column core.edition.id is '[open] lasting key';
comment on column core.edition.publication is '[open] of which publication';
comment on column core.edition.number is '[open] the how-manieth; its address never points at another';
comment on column core.edition.title is '[open] title then';
comment on column core.edition.subtitle is '[open] what stood under it';
comment on column core.edition.opening is '[open] a few words about it then';
comment on column core.edition.printed is '[open] whether it went out as PDF and on paper too';
comment on column core.edition.changed is '[open] what changed since the one before, in words';
comment on column core.edition.credits is '[open] who worked on it, as each chose to be named: [{called, part}]';
comment on column core.edition.released_by is '[person] who released it';
comment on column core.edition.released_at is '[open] when';
comment on column core.edition.state is '[machine] goes up each time something is taken out of it; a file made of an older state is not handed out';

create table core.edition_article (
  edition uuid not null references core.edition on delete cascade,
  article uuid not null references core.article on delete cascade,
  slug text not null,
  kind text not null,
  title text not null,
  opening text not null,
  language text not null,
  byline text[] not null,
  place integer not null,
  primary key (edition, article)
);
comment on table core.edition_article is 'The articles of an edition.';
comment on column core.edition_article.edition is '[open] of which edition';
comment on column core.edition_article.article is '[open] which article';
comment on column core.edition_article.slug is '[open] its name in the address';
comment on column core.edition_article.kind is '[open] what kind';
comment on column core.edition_article.title is '[open] title';
comment on column core.edition_article.opening is '[open] what stands under the title';
comment on column core.edition_article.language is '[open] language';
comment on column core.edition_article.byline is '[open] names under which it is written';
comment on column core.edition_article.place is '[open] order';

create table core.edition_paragraph (
  edition uuid not null,
  paragraph uuid not null,
  article uuid not null,
  place integer not null,
  kind text not null,
  level smallint,
  language text not null,
  text text not null,
  piece uuid,
  picture uuid references core.picture,
  version integer not null,
  primary key (edition, paragraph),
  foreign key (edition, article) references core.edition_article on delete cascade
);
comment on table core.edition_paragraph is 'The blocks of an edition, as they stood. A block that quotes holds a piece and no words.';
comment on column core.edition_paragraph.edition is '[open] of which edition';
comment on column core.edition_paragraph.paragraph is '[open] which block';
comment on column core.edition_paragraph.article is '[open] of which article';
comment on column core.edition_paragraph.place is '[open] order';
comment on column core.edition_paragraph.kind is '[open] what kind';
comment on column core.edition_paragraph.level is '[open] level of a heading';
comment on column core.edition_paragraph.language is '[open] language';
comment on column core.edition_paragraph.text is '[open] the writers’ words';
comment on column core.edition_paragraph.piece is '[inside] the piece a quote or figure shows';
comment on column core.edition_paragraph.picture is '[open] the picture an image shows';
comment on column core.edition_paragraph.version is '[open] which version of the block';

create table core.edition_draw (
  edition uuid not null,
  paragraph uuid not null,
  piece uuid not null,
  way text not null check (way in ('quotes','paraphrases','joins','answers','differs','margin')),
  primary key (edition, paragraph, piece, way),
  foreign key (edition, paragraph) references core.edition_paragraph on delete cascade
);
comment on table core.edition_draw is 'On which pieces a block of an edition rests, and which words stand in its margin.';
comment on column core.edition_draw.edition is '[open] of which edition';
comment on column core.edition_draw.paragraph is '[open] which block';
comment on column core.edition_draw.piece is '[inside] which piece; for words in the margin their own key';
comment on column core.edition_draw.way is '[open] how';

create table core.manifest_line (
  edition uuid not null references core.edition on delete cascade,
  item uuid not null references core.consent_item,
  quote uuid,
  own_word uuid,
  use text not null check (use in ('quote-report','print','web-book')),
  version integer,
  block uuid,
  start_at integer,
  end_at integer,
  exact_hash bytea not null check (length(exact_hash) = 32),
  consent bigint not null references core.consent,
  key uuid not null generated always as (coalesce(quote, own_word)) stored,
  primary key (edition, key, use),
  check (num_nonnulls(quote, own_word) = 1),
  check ((quote is null) = (version is null) and (quote is null) = (block is null))
);
comment on table core.manifest_line is 'Each voice in an edition, for each way out: which words of which version, held where, and on which consent. No words; a line stays when its voice has left.';
comment on column core.manifest_line.edition is '[inside] of which edition';
comment on column core.manifest_line.item is '[person] whose words';
comment on column core.manifest_line.quote is '[person] the quote';
comment on column core.manifest_line.own_word is '[person] or words given to the publication itself';
comment on column core.manifest_line.use is '[person] for which way out';
comment on column core.manifest_line.version is '[person] version of the telling';
comment on column core.manifest_line.block is '[person] block of it';
comment on column core.manifest_line.start_at is '[person] where the words begin';
comment on column core.manifest_line.end_at is '[person] where they end';
comment on column core.manifest_line.exact_hash is '[machine] SHA-256 of the words';
comment on column core.manifest_line.consent is '[person] the consent it went out on';
comment on column core.manifest_line.key is '[machine] the quote or the own words';
create index manifest_line_of on core.manifest_line (item);

create table core.erratum (
  id uuid primary key default uuidv7(),
  edition uuid not null references core.edition on delete cascade,
  article uuid,
  at timestamptz not null default now(),
  kind text not null check (kind in ('voice-left','paragraph-left','mended')),
  printed boolean not null
);
comment on table core.erratum is 'That something was taken out of an edition after it went out; never what, and never whose.';
comment on column core.erratum.id is '[open] lasting key';
comment on column core.erratum.edition is '[open] of which edition';
comment on column core.erratum.article is '[open] of which article';
comment on column core.erratum.at is '[open] when';
comment on column core.erratum.kind is '[open] a voice left, a paragraph that rested on it left, or a mistake was mended';
comment on column core.erratum.printed is '[open] whether copies on paper may still hold it';

create table core.edition_file (
  edition uuid not null references core.edition on delete cascade,
  kind text not null check (kind in ('reading.pdf','archive.pdf','book.epub')),
  state integer not null,
  standing text not null default 'waiting' check (standing in ('waiting','making','ready','failed')),
  step smallint not null default 0 check (step between 0 and 100),
  bytes bytea,
  sha256 bytea check (length(sha256) = 32),
  pages integer,
  why text check (length(why) <= 500),
  changed_at timestamptz not null default now(),
  primary key (edition, kind),
  check ((standing = 'ready') = (bytes is not null)),
  check ((standing = 'failed') = (why is not null))
);
comment on table core.edition_file is 'The files of an edition: made by a job, taken away at once when a voice leaves, and made anew.';
comment on column core.edition_file.edition is '[open] of which edition';
comment on column core.edition_file.kind is '[open] PDF for reading, PDF for the archive, or e-book';
comment on column core.edition_file.state is '[machine] of which state of the edition it is made';
comment on column core.edition_file.standing is '[inside] waits, is being made, ready, failed';
comment on column core.edition_file.step is '[inside] how far it is, of 100';
comment on column core.edition_file.bytes is '[open] the file';
comment on column core.edition_file.sha256 is '[open] SHA-256 of the file';
comment on column core.edition_file.pages is '[open] how many pages';
comment on column core.edition_file.why is '[inside] why it failed, for the editor';
comment on column core.edition_file.changed_at is '[inside] when that last changed';
alter table core.edition_file alter column bytes set storage external;

-- What was published before, here or elsewhere: the library.
create table core.record (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 100),
  csl jsonb not null check (jsonb_typeof(csl) = 'object'),
  about jsonb not null default '{}' check (jsonb_typeof(about) = 'object'),
  source text not null check (length(source) between 2 and 500),
  brought_by uuid references core.person on delete set null,
  brought_on date not null default core.today()
);
comment on table core.record is 'A publication that stands elsewhere, as a record: who made it, when, and where it can be found.';
comment on column core.record.id is '[open] lasting key';
comment on column core.record.slug is '[open] its name in the address';
comment on column core.record.csl is '[open] the record as CSL-JSON';
comment on column core.record.about is '[open] what it is about, per language, in our own words';
comment on column core.record.source is '[open] where the record comes from';
comment on column core.record.brought_by is '[person] who brought it';
comment on column core.record.brought_on is '[open] when';

-- What anyone may read.
create table pub.publication (
  id uuid primary key,
  slug text not null unique,
  kind text not null,
  title text not null,
  subtitle text not null,
  opening text not null,
  language text not null,
  issue integer,
  printed boolean not null,
  invented boolean not null,
  latest integer not null
);
comment on table pub.publication is 'Publications with at least one edition out.';
comment on column pub.publication.id is '[open] lasting key';
comment on column pub.publication.slug is '[open] its name in the address';
comment on column pub.publication.kind is '[open] common story, report or magazine';
comment on column pub.publication.title is '[open] title of the newest edition';
comment on column pub.publication.subtitle is '[open] what stands under it';
comment on column pub.publication.opening is '[open] a few words about it';
comment on column pub.publication.language is '[open] its first language';
comment on column pub.publication.issue is '[open] number of the issue of a magazine';
comment on column pub.publication.printed is '[open] whether it goes out as PDF and on paper too';
comment on column pub.publication.invented is '[open] invented, to show how it works';
comment on column pub.publication.latest is '[open] number of the newest edition';

create table pub.edition (
  id uuid primary key,
  publication uuid not null references pub.publication on delete cascade,
  number integer not null,
  title text not null,
  subtitle text not null,
  opening text not null,
  printed boolean not null,
  changed text not null,
  credits jsonb not null,
  released_at timestamptz not null,
  state integer not null,
  unique (publication, number)
);
comment on table pub.edition is 'Editions that went out.';
comment on column pub.edition.id is '[open] lasting key';
comment on column pub.edition.publication is '[open] of which publication';
comment on column pub.edition.number is '[open] the how-manieth';
comment on column pub.edition.title is '[open] title';
comment on column pub.edition.subtitle is '[open] what stands under it';
comment on column pub.edition.opening is '[open] a few words about it';
comment on column pub.edition.printed is '[open] whether it goes out as PDF and on paper too';
comment on column pub.edition.changed is '[open] what changed since the one before';
comment on column pub.edition.credits is '[open] who worked on it, as each chose: [{called, part}]';
comment on column pub.edition.released_at is '[open] when it went out';
comment on column pub.edition.state is '[open] goes up each time something is taken out of it';

create table pub.edition_article (
  edition uuid not null references pub.edition on delete cascade,
  article uuid not null,
  slug text not null,
  kind text not null,
  title text not null,
  opening text not null,
  language text not null,
  byline text[] not null,
  place integer not null,
  primary key (edition, article),
  unique (edition, slug)
);
comment on table pub.edition_article is 'Articles of editions that went out.';
comment on column pub.edition_article.edition is '[open] of which edition';
comment on column pub.edition_article.article is '[open] which article';
comment on column pub.edition_article.slug is '[open] its name in the address';
comment on column pub.edition_article.kind is '[open] what kind';
comment on column pub.edition_article.title is '[open] title';
comment on column pub.edition_article.opening is '[open] what stands under it';
comment on column pub.edition_article.language is '[open] language';
comment on column pub.edition_article.byline is '[open] names under which it is written';
comment on column pub.edition_article.place is '[open] order';

create table pub.figure (
  id uuid primary key,
  slug text not null unique,
  kind text not null,
  asked jsonb not null,
  address text not null,
  taken_on date not null,
  language text not null,
  title text not null,
  alt text not null,
  facts jsonb not null,
  drawing text not null,
  hash bytea not null
);
comment on table pub.figure is 'Pictures of the house that stand in an edition, with the day and the question that made them.';
comment on column pub.figure.id is '[open] lasting key';
comment on column pub.figure.slug is '[open] its word in the address';
comment on column pub.figure.kind is '[open] what it shows';
comment on column pub.figure.asked is '[open] the question that made it';
comment on column pub.figure.address is '[open] page of the house where the same is asked';
comment on column pub.figure.taken_on is '[open] day it was taken';
comment on column pub.figure.language is '[open] language of title and alt';
comment on column pub.figure.title is '[open] title';
comment on column pub.figure.alt is '[open] what can be seen, in words';
comment on column pub.figure.facts is '[open] the facts of the drawing: {columns, rows}';
comment on column pub.figure.drawing is '[open] the drawing as SVG';
comment on column pub.figure.hash is '[open] SHA-256 of question, facts and drawing';

create table pub.picture (
  id uuid primary key,
  type text not null,
  bytes bytea not null,
  width integer not null,
  height integer not null,
  alt text not null,
  credit text not null
);
comment on table pub.picture is 'Pictures that stand in an edition.';
comment on column pub.picture.id is '[open] lasting key';
comment on column pub.picture.type is '[open] what kind of bytes';
comment on column pub.picture.bytes is '[open] the bytes';
comment on column pub.picture.width is '[open] width in pixels';
comment on column pub.picture.height is '[open] height in pixels';
comment on column pub.picture.alt is '[open] what can be seen';
comment on column pub.picture.credit is '[open] who made it';
alter table pub.picture alter column bytes set storage external;

create table pub.edition_voice (
  edition uuid not null references pub.edition on delete cascade,
  key uuid not null,
  kind text not null check (kind in ('quote','own-words','margin')),
  stance text check (stance in ('remark','differs')),
  words text not null,
  language text not null,
  called text,
  role_then text,
  telling text,
  on_web boolean not null,
  on_paper boolean not null,
  called_on_paper text,
  hash bytea not null,
  primary key (edition, key),
  check (on_web or on_paper)
);
comment on table pub.edition_voice is 'Words of a voice in an edition, laid here for as long as its consent to that way out holds, and gone in the same transaction when it does not.';
comment on column pub.edition_voice.edition is '[open] in which edition';
comment on column pub.edition_voice.key is '[open] the quote, or the own words';
comment on column pub.edition_voice.kind is '[open] a quote, own words, or in the margin';
comment on column pub.edition_voice.stance is '[open] in the margin: a remark, or someone who sees it otherwise';
comment on column pub.edition_voice.words is '[open] the words, byte for byte as they were consented to';
comment on column pub.edition_voice.language is '[open] their language';
comment on column pub.edition_voice.called is '[open] the name the voice chose for web and e-book; null is none';
comment on column pub.edition_voice.role_then is '[open] what the teller was then';
comment on column pub.edition_voice.telling is '[open] the telling it stands in, in the address, when anyone may read that';
comment on column pub.edition_voice.on_web is '[open] whether it may stand on the web and in the e-book';
comment on column pub.edition_voice.on_paper is '[open] whether it may stand in the PDF and on paper';
comment on column pub.edition_voice.called_on_paper is '[open] the name the voice chose for paper; null is none';
comment on column pub.edition_voice.hash is '[open] SHA-256 of the words';

create table pub.edition_voice_rendering (
  edition uuid not null,
  key uuid not null,
  language text not null,
  words text not null,
  signed_as text,
  made_how text not null,
  primary key (edition, key, language),
  foreign key (edition, key) references pub.edition_voice on delete cascade
);
comment on table pub.edition_voice_rendering is 'The same words in other languages, beside the original.';
comment on column pub.edition_voice_rendering.edition is '[open] in which edition';
comment on column pub.edition_voice_rendering.key is '[open] of which words';
comment on column pub.edition_voice_rendering.language is '[open] in which language';
comment on column pub.edition_voice_rendering.words is '[open] the words';
comment on column pub.edition_voice_rendering.signed_as is '[open] name under which the translator signs';
comment on column pub.edition_voice_rendering.made_how is '[open] by a person or a machine';

create table pub.edition_paragraph (
  edition uuid not null,
  paragraph uuid not null,
  article uuid not null,
  place integer not null,
  kind text not null,
  level smallint,
  language text not null,
  text text not null,
  voice uuid,
  figure uuid references pub.figure,
  picture uuid references pub.picture,
  version integer not null,
  primary key (edition, paragraph),
  foreign key (edition, article) references pub.edition_article on delete cascade
);
comment on table pub.edition_paragraph is 'Blocks of editions that went out.';
comment on column pub.edition_paragraph.edition is '[open] of which edition';
comment on column pub.edition_paragraph.paragraph is '[open] which block';
comment on column pub.edition_paragraph.article is '[open] of which article';
comment on column pub.edition_paragraph.place is '[open] order';
comment on column pub.edition_paragraph.kind is '[open] what kind';
comment on column pub.edition_paragraph.level is '[open] level of a heading';
comment on column pub.edition_paragraph.language is '[open] language';
comment on column pub.edition_paragraph.text is '[open] the writers’ words';
comment on column pub.edition_paragraph.voice is '[open] the voice a quote shows; its words lie in pub.edition_voice';
comment on column pub.edition_paragraph.figure is '[open] the picture of the house it shows';
comment on column pub.edition_paragraph.picture is '[open] the picture it shows';
comment on column pub.edition_paragraph.version is '[open] which version of the block';

create table pub.edition_draw (
  edition uuid not null,
  paragraph uuid not null,
  kind text not null check (kind in ('voice','insight','promise','figure')),
  key text not null,
  way text not null,
  primary key (edition, paragraph, kind, key, way),
  foreign key (edition, paragraph) references pub.edition_paragraph on delete cascade
);
comment on table pub.edition_draw is 'On what a block of an edition rests: voices, insights, promises, pictures of the house; and the voices in its margin.';
comment on column pub.edition_draw.edition is '[open] of which edition';
comment on column pub.edition_draw.paragraph is '[open] which block';
comment on column pub.edition_draw.kind is '[open] voice, insight, promise or figure';
comment on column pub.edition_draw.key is '[open] key of the voice, or the word in the address of the rest';
comment on column pub.edition_draw.way is '[open] quotes, paraphrases, joins, answers, differs, or in the margin';

create table pub.erratum (
  id uuid primary key,
  edition uuid not null references pub.edition on delete cascade,
  article uuid,
  at timestamptz not null,
  kind text not null,
  printed boolean not null
);
comment on table pub.erratum is 'That something was taken out of an edition; never what.';
comment on column pub.erratum.id is '[open] lasting key';
comment on column pub.erratum.edition is '[open] of which edition';
comment on column pub.erratum.article is '[open] of which article';
comment on column pub.erratum.at is '[open] when';
comment on column pub.erratum.kind is '[open] a voice left, a paragraph left with it, or a mistake was mended';
comment on column pub.erratum.printed is '[open] whether copies on paper may still hold it';

create table pub.edition_file (
  edition uuid not null references pub.edition on delete cascade,
  kind text not null,
  bytes bytea not null,
  sha256 bytea not null,
  pages integer,
  made_at timestamptz not null,
  primary key (edition, kind)
);
comment on table pub.edition_file is 'Files of editions that anyone may take along.';
comment on column pub.edition_file.edition is '[open] of which edition';
comment on column pub.edition_file.kind is '[open] PDF for reading, PDF for the archive, or e-book';
comment on column pub.edition_file.bytes is '[open] the file';
comment on column pub.edition_file.sha256 is '[open] SHA-256 of the file';
comment on column pub.edition_file.pages is '[open] how many pages';
comment on column pub.edition_file.made_at is '[open] when it was made';
alter table pub.edition_file alter column bytes set storage external;

create table pub.record (
  id uuid primary key,
  slug text not null unique,
  csl jsonb not null,
  about jsonb not null,
  source text not null
);
comment on table pub.record is 'Publications that stand elsewhere.';
comment on column pub.record.id is '[open] lasting key';
comment on column pub.record.slug is '[open] its name in the address';
comment on column pub.record.csl is '[open] the record as CSL-JSON';
comment on column pub.record.about is '[open] what it is about, per language';
comment on column pub.record.source is '[open] where the record comes from';

-- The rights.
create function core.works_on(of_publication uuid, as_parts text[] default array['editor','writer','layer']) returns boolean
  stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or exists (select from core.publication_person p
    where p.publication = of_publication and p.person_id = core.viewer_person() and p.left_on is null and p.part = any(as_parts))
$$;
comment on function core.works_on is 'Whether who is asking works on this publication, in one of these parts.';
create function core.is_worked_on(of_publication uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or exists (select from core.publication p where p.id = of_publication and p.ended_on is null)
$$;
comment on function core.is_worked_on is 'Whether anything of this publication can still be changed at its desk: once the work on it has ended nothing can, until it is taken up again.';
create function core.works_on_article(of_article uuid, as_parts text[] default array['editor','writer','layer']) returns boolean
  stable security definer set search_path = pg_catalog, core language sql as $$
  select core.works_on(a.publication, as_parts) from core.article a where a.id = of_article
$$;
comment on function core.works_on_article is 'Whether who is asking works on the publication of this article, in one of these parts.';
create function core.works_on_paragraph(of_paragraph uuid, as_parts text[] default array['editor','writer','layer']) returns boolean
  stable security definer set search_path = pg_catalog, core language sql as $$
  select core.works_on(a.publication, as_parts) from core.paragraph p join core.article a on a.id = p.article where p.id = of_paragraph
$$;
comment on function core.works_on_paragraph is 'Whether who is asking works on the publication of this block, in one of these parts.';
create function core.works_somewhere() returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or core.holds(array['editor','facilitator']) or exists (select from core.publication_person p where p.person_id = core.viewer_person() and p.left_on is null)
$$;
comment on function core.works_somewhere is 'Whether who is asking works on any publication, or may begin one.';
create function core.uses_of(of_publication uuid) returns text[] stable security definer set search_path = pg_catalog, core language sql as $$
  select case when p.kind <> 'magazine' then array['quote-report'] when p.printed then array['web-book','print'] else array['web-book'] end
  from core.publication p where p.id = of_publication
$$;
comment on function core.uses_of is 'The uses a voice must have consented to for this publication: quoted in a report, or web and e-book and print of a magazine.';
create function core.item_of_piece(of_piece uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce(q.telling, p.own_word) from core.piece p left join core.quote q on q.id = p.quote where p.id = of_piece
$$;
comment on function core.item_of_piece is 'The item consent to a piece is about; null when the piece is no voice.';
create function core.item_of(of_quote uuid, of_own_word uuid) returns uuid stable security definer set search_path = pg_catalog, core language sql as $$
  select coalesce((select q.telling from core.quote q where q.id = of_quote), of_own_word)
$$;
comment on function core.item_of is 'The item consent to these words is about: the telling they stand in, or they themselves.';
create function core.works_on_piece(of_piece uuid, as_parts text[] default array['editor','writer','layer']) returns boolean
  stable security definer set search_path = pg_catalog, core language sql as $$
  select core.works_on(p.publication, as_parts) from core.piece p where p.id = of_piece
$$;
comment on function core.works_on_piece is 'Whether who is asking works on the publication of this piece, in one of these parts.';
create function core.was_told(of_piece uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.told_back t where t.piece = of_piece and t.person_id = core.viewer_person())
$$;
comment on function core.was_told is 'Whether who is asking was told that this piece of theirs is used.';
create function core.may_stand_in(of_item uuid, of_publication uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select bool_and(core.allows(of_item, u)) from unnest(core.uses_of(of_publication)) u
$$;
comment on function core.may_stand_in is 'Whether consent to this item covers today every way out of this publication.';
create function core.is_used_in(of_publication uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.told_back t join core.piece p on p.id = t.piece where p.publication = of_publication and t.person_id = core.viewer_person())
$$;
comment on function core.is_used_in is 'Whether who is asking was told that their words are used in this publication.';
create function core.is_used_in_article(of_article uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select exists (select from core.paragraph b join core.draw d on d.paragraph = b.id join core.told_back t on t.piece = d.piece
    where b.article = of_article and b.gone_at is null and t.person_id = core.viewer_person())
$$;
comment on function core.is_used_in_article is 'Whether a block of this article rests on words of who is asking, who was told so; they may read the article around it.';
revoke all on function core.works_on, core.is_worked_on, core.works_on_article, core.works_on_paragraph, core.works_somewhere, core.uses_of, core.item_of_piece, core.item_of, core.works_on_piece, core.was_told, core.may_stand_in, core.is_used_in, core.is_used_in_article from public;
grant execute on function core.works_on, core.is_worked_on, core.works_on_article, core.works_on_paragraph, core.works_somewhere, core.uses_of, core.item_of_piece, core.item_of, core.works_on_piece, core.was_told, core.may_stand_in, core.is_used_in, core.is_used_in_article to steppingstones_app;

do $$
declare t text;
begin
  foreach t in array array['publication','publication_person','publication_invitation','article','figure','picture','own_word','piece','piece_rendering','paragraph','draw',
      'paragraph_version','paragraph_wording','margin','told_back','edition','edition_article','edition_paragraph','edition_draw','manifest_line','erratum','edition_file','record'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_with_the_operator', t);
    execute format('grant select, insert, update, delete on core.%I to steppingstones_app', t);
  end loop;
  foreach t in array array['publication','edition','edition_article','figure','picture','edition_voice','edition_voice_rendering','edition_paragraph','edition_draw','erratum','edition_file','record'] loop
    execute format('grant select on pub.%I to steppingstones_public, steppingstones_app', t);
    execute format('create trigger %I after insert or update or delete on pub.%I for each statement execute function pub.tell_change()', t || '_changed', t);
  end loop;
  -- What hangs on a publication: who works on it reads it.
  foreach t in array array['publication_person','article','picture','piece','edition','own_word'] loop
    execute format('create policy %I on core.%I for select to steppingstones_app using (core.works_on(publication))', t || '_is_seen', t);
  end loop;
  foreach t in array array['article','picture'] loop
    execute format('create policy %I on core.%I to steppingstones_app using (core.works_on(publication, array[''editor'',''writer''])) with check (core.works_on(publication, array[''editor'',''writer'']))', t || '_is_written', t);
  end loop;
  foreach t in array array['draw','paragraph_version','paragraph_wording','margin'] loop
    execute format('create policy %I on core.%I for select to steppingstones_app using (core.works_on_paragraph(paragraph))', t || '_is_seen', t);
    execute format('create policy %I on core.%I to steppingstones_app using (core.works_on_paragraph(paragraph, array[''editor'',''writer''])) with check (core.works_on_paragraph(paragraph, array[''editor'',''writer'']))', t || '_is_written', t);
  end loop;
  foreach t in array array['edition_article','edition_paragraph','edition_draw','manifest_line','erratum','edition_file'] loop
    execute format('create policy %I on core.%I for select to steppingstones_app using (exists (select from core.edition e where e.id = edition))', t || '_is_seen', t);
  end loop;
end $$;
-- Once the work on a publication has ended nobody writes in it, whatever their part. What takes voices out of it goes on: that is done by the owner.
do $$
declare
  t text;
  of_what text;
begin
  foreach t in array array['publication_invitation','article','picture','piece','piece_rendering','paragraph','draw','paragraph_version','paragraph_wording'] loop
    of_what := case when t = 'piece_rendering' then '(select p.publication from core.piece p where p.id = piece)'
      when t = 'paragraph' then '(select a.publication from core.article a where a.id = article)'
      when t in ('draw','paragraph_version','paragraph_wording') then '(select a.publication from core.article a join core.paragraph b on b.article = a.id where b.id = paragraph)'
      else 'publication' end;
    execute format('create policy %I on core.%I as restrictive for insert to steppingstones_app with check (core.is_worked_on(%s))', t || '_rests_once_ended', t, of_what);
    execute format('create policy %I on core.%I as restrictive for update to steppingstones_app using (core.is_worked_on(%s))', t || '_stays_once_ended', t, of_what);
    execute format('create policy %I on core.%I as restrictive for delete to steppingstones_app using (core.is_worked_on(%s))', t || '_is_kept_once_ended', t, of_what);
  end loop;
end $$;
-- One can always leave, or let somebody go; nobody comes, and nobody becomes another.
create policy publication_person_rests_once_ended on core.publication_person as restrictive for insert to steppingstones_app with check (core.is_worked_on(publication));
create policy publication_person_stays_once_ended on core.publication_person as restrictive for update to steppingstones_app using (true) with check (left_on is not null or core.is_worked_on(publication));
create trigger publication_rests_once_ended before update of slug, kind, title, subtitle, opening, language, issue, printed, invented on core.publication for each row
  when (old.ended_on is not null and new.ended_on is not null) execute function core.never_changes();
-- Editions are made, changed and taken away by the functions of the manifest alone.
revoke insert, update, delete on core.edition, core.edition_article, core.edition_paragraph, core.edition_draw, core.manifest_line, core.erratum from steppingstones_app;
revoke update, delete on core.paragraph_version, core.figure, core.own_word from steppingstones_app;

create policy publication_is_seen on core.publication for select to steppingstones_app using (core.works_on(id) or core.is_used_in(id) or made_by = (select core.viewer_person()));
create policy publication_is_begun on core.publication for insert to steppingstones_app with check (made_by = (select core.viewer_person()) and (select core.holds(array['editor','facilitator'])));
create policy publication_is_kept on core.publication for update to steppingstones_app using (core.works_on(id, array['editor'])) with check (core.works_on(id, array['editor']));
create policy publication_person_is_begun on core.publication_person for insert to steppingstones_app with check (core.works_on(publication, array['editor'])
  or (person_id = (select core.viewer_person()) and part = 'editor' and exists (select from core.publication p where p.id = publication and p.made_by = core.viewer_person())));
create policy publication_person_is_kept on core.publication_person for update to steppingstones_app using (core.works_on(publication, array['editor'])) with check (core.works_on(publication, array['editor']));
create policy publication_person_is_oneself on core.publication_person for update to steppingstones_app
  using (person_id = (select core.viewer_person())) with check (person_id = (select core.viewer_person()) and (left_on is not null or core.works_on(publication, array[part])));
create policy publication_invitation_is_made on core.publication_invitation to steppingstones_app using (core.works_on(publication, array['editor'])) with check (core.works_on(publication, array['editor']));
create policy article_is_told_back on core.article for select to steppingstones_app using (core.is_used_in_article(id));
create policy paragraph_is_seen on core.paragraph for select to steppingstones_app using (core.works_on_article(article) or core.is_used_in_article(article));
create policy paragraph_is_written on core.paragraph to steppingstones_app using (core.works_on_article(article, array['editor','writer'])) with check (core.works_on_article(article, array['editor','writer']));
create policy figure_is_seen on core.figure for select to steppingstones_app using ((select core.viewer_person()) is not null);
create policy figure_is_taken on core.figure for insert to steppingstones_app with check (made_by = (select core.viewer_person()) and core.works_somewhere());
create policy own_word_is_ones_own on core.own_word to steppingstones_app using (core.tells(id)) with check (core.tells(id));
create policy piece_is_laid on core.piece for insert to steppingstones_app
  with check (laid_by = (select core.viewer_person()) and core.works_on(publication) and (core.item_of(quote, own_word) is null or core.may_stand_in(core.item_of(quote, own_word), publication)));
create policy piece_is_taken_out on core.piece for delete to steppingstones_app using (laid_by = (select core.viewer_person()) or core.works_on(publication, array['editor']));
create policy piece_is_ones_own on core.piece for select to steppingstones_app using (core.was_told(id));
create policy piece_rendering_is_seen on core.piece_rendering for select to steppingstones_app using (exists (select from core.piece p where p.id = piece));
create policy piece_rendering_is_made on core.piece_rendering to steppingstones_app using (made_by = (select core.viewer_person()))
  with check (made_by = (select core.viewer_person()) and core.works_on_piece(piece)
    and core.allows(core.item_of_piece(piece), 'translate-people', 'public', language));
create policy told_back_is_ones_own on core.told_back to steppingstones_app using (person_id = (select core.viewer_person())) with check (person_id = (select core.viewer_person()));
create policy told_back_is_asked on core.told_back to steppingstones_app using (core.works_on_piece(piece, array['editor']))
  with check (core.works_on_piece(piece, array['editor']) and (answer is null or person_id = core.viewer_person()));
create policy record_is_seen on core.record for select to steppingstones_app using ((select core.viewer_person()) is not null);
create policy record_is_brought on core.record to steppingstones_app using ((select core.holds(array['editor','facilitator','researcher']))) with check ((select core.holds(array['editor','facilitator','researcher'])));

-- Who works on a publication reads the words of its pieces, for as long as consent covers every way out of it.
create policy quote_is_a_piece on core.quote for select to steppingstones_app
  using (exists (select from core.piece p where p.quote = quote.id and core.works_on(p.publication) and core.may_stand_in(quote.telling, p.publication)));
