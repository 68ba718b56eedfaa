import type { Work } from '../../learning/citing/model.ts';
import {
  leavesWith,
  type Book,
  type BookArticle,
  type BookBlock,
  type Exit,
  type FigureShown,
  type Inline,
  type RestsOn,
  type Voice,
} from '../model.ts';
import type { ArticleRow, DrawRow, EditionRows, FigureRow, ParagraphRow, PictureRow } from './rows/model.ts';
import { inlinesOf, isOrdered, itemsOf, notebook, tableOf, type NoteTaker } from '../text/model.ts';

/** Says a work of the library in a note, in the language of its article; `at` is where in the work, or empty. */
export type Cite = (work: Work, at: string, language: string) => readonly Inline[];

const byPlace = (one: { readonly place: number }, other: { readonly place: number }): number =>
  one.place - other.place;

function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** The voices that may go out this way, under the name each chose for it; the others are as if they were never there. */
function voicesOf({ voices, renderings }: EditionRows, exit: Exit): ReadonlyMap<string, Voice> {
  const rendered = groupedBy(renderings, ({ key }) => key);
  return new Map(
    voices
      .filter((voice) => (exit === 'web' ? voice.on_web : voice.on_paper))
      .map(({ key, kind, stance, words, language, role_then, telling, ...voice }): [string, Voice] => [
        key,
        {
          ...{ key, kind, stance, words, language, telling },
          called: exit === 'web' ? voice.called : voice.called_on_paper,
          roleThen: role_then,
          renderings: (rendered.get(key) ?? [])
            .map(({ signed_as, made_how, ...one }) => ({
              ...{ language: one.language, words: one.words },
              signedAs: signed_as,
              madeHow: made_how,
            }))
            .sort((one, other) => (one.language < other.language ? -1 : 1)),
        },
      ]),
  );
}

const figureOf = ({ taken_on, slug, kind, title, alt, language, address, drawing, facts }: FigureRow) => ({
  ...{ slug, kind, title, alt, language, address, drawing, facts },
  takenOn: taken_on,
});

/** On what a block rests, as far as it may be shown this way out. */
function restsOf(
  draws: readonly DrawRow[],
  voices: ReadonlyMap<string, Voice>,
  names: ReadonlyMap<string, { readonly name: string; readonly address: string }>,
): RestsOn[] {
  return draws.flatMap(({ kind, key, way }): RestsOn[] => {
    if (way === 'margin') return [];
    if (kind !== 'voice') {
      const named = names.get(`${kind} ${key}`);
      return [{ kind, key, way, name: named?.name ?? null, address: named?.address ?? null }];
    }
    const voice = voices.get(key);
    if (!voice) return [];
    const address = voice.telling === null ? null : `/tellings/${voice.telling}`;
    return [{ kind, key, way, name: voice.called, address }];
  });
}

/**
 * Makes the one tree of an edition for a way out: what web, PDF and e-book are all made of. A voice that may not go out this way is left
 * out, and so is a block that retells it; one that only answers it or differs from it stays and no longer names it. Addresses are paths
 * within the house. Works that `rows` do not hold stay as they were typed.
 */
export function assemble(rows: EditionRows, exit: Exit, cite: Cite): Book {
  const { publication, edition } = rows;
  const voices = voicesOf(rows, exit);
  const figures = new Map(rows.figures.map((row) => [row.id, figureOf(row)]));
  const pictures = new Map(rows.pictures.map((row) => [row.id, row]));
  const works = new Map(rows.works.map((work) => [work.id, work]));
  const draws = groupedBy(rows.draws, ({ paragraph }) => paragraph);
  const paragraphs = groupedBy(rows.paragraphs, ({ article }) => article);
  const names = new Map([
    ...rows.named.map(({ kind, key, ...one }) => [`${kind} ${key}`, one] as const),
    ...rows.figures.map(
      ({ slug, title }) =>
        [`figure ${slug}`, { name: title, address: `/publications/figures/${slug}` }] as const,
    ),
  ]);

  const articleOf = ({ article: id, place: _, ...article }: ArticleRow): BookArticle => {
    const taker = notebook((key, at) => {
      const work = works.get(key);
      return work ? cite(work, at, article.language) : null;
    });
    const blockOf = (row: ParagraphRow): BookBlock[] => {
      const drawn = draws.get(row.paragraph) ?? [];
      const restsOnWhoLeft = drawn.some(
        ({ kind, key, way }) => kind === 'voice' && way !== 'margin' && leavesWith(way) && !voices.has(key),
      );
      if (restsOnWhoLeft) return [];
      const head = {
        id: row.paragraph,
        language: row.language,
        restsOn: restsOf(drawn, voices, names),
        // Keys follow the clock, so this is the order in which people said it.
        margin: drawn
          .flatMap(({ key, way }) => (way === 'margin' ? (voices.get(key) ?? []) : []))
          .sort((one, other) => (one.key < other.key ? -1 : 1)),
      };
      return withWords(row, { voices, figures, pictures, taker }).map((body) => ({ ...head, ...body }));
    };
    const blocks = [...(paragraphs.get(id) ?? [])].sort(byPlace).flatMap(blockOf);
    return { id, ...article, blocks, notes: taker.notes };
  };

  return {
    ...publication,
    exit,
    title: edition.title,
    subtitle: edition.subtitle,
    opening: edition.opening,
    edition: edition.number,
    releasedOn: edition.released_on,
    address: `/publications/${publication.slug}${edition.number === null ? '' : `/${edition.number}`}`,
    changed: edition.changed,
    credits: edition.credits,
    articles: [...rows.articles].sort(byPlace).map(articleOf),
    errata: rows.errata,
    pictures: Object.fromEntries(
      rows.pictures.flatMap(({ id, type, bytes }) => (bytes ? [[id, { type, bytes }] as const] : [])),
    ),
  };
}

type Bare<Block> = Block extends unknown ? Omit<Block, 'id' | 'language' | 'restsOn' | 'margin'> : never;

interface Shown {
  readonly voices: ReadonlyMap<string, Voice>;
  readonly figures: ReadonlyMap<string, FigureShown>;
  readonly pictures: ReadonlyMap<string, PictureRow>;
  readonly taker: NoteTaker;
}

/** What a block says; nothing when what it shows is not there. */
function withWords(row: ParagraphRow, { voices, figures, pictures, taker }: Shown): Bare<BookBlock>[] {
  switch (row.kind) {
    case 'heading':
      return [{ type: 'heading', level: row.level === 3 ? 3 : 2, inlines: inlinesOf(row.text, taker) }];
    case 'paragraph':
    case 'aside':
      return [{ type: row.kind, inlines: inlinesOf(row.text, taker) }];
    case 'list':
      return [
        {
          type: 'list',
          ordered: isOrdered(row.text),
          items: itemsOf(row.text).map((item) => inlinesOf(item, taker)),
        },
      ];
    case 'table':
      return [{ type: 'table', ...tableOf(row.text) }];
    case 'quote': {
      const voice = row.voice === null ? undefined : voices.get(row.voice);
      return voice ? [{ type: 'quote', voice }] : [];
    }
    case 'image': {
      const picture = row.picture === null ? undefined : pictures.get(row.picture);
      if (!picture) return [];
      const { id, width, height, alt, credit } = picture;
      return [{ type: 'image', picture: id, width, height, alt, credit }];
    }
    case 'figure': {
      const figure = row.figure === null ? undefined : figures.get(row.figure);
      return figure ? [{ type: 'figure', figure }] : [];
    }
  }
}
