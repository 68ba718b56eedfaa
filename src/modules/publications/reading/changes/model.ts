import type { Book, BookArticle, BookBlock, Inline, Voice } from '../../model.ts';

/** What became of one block between two editions; `because` are the voices that came along with it. */
export interface BlockChange {
  readonly kind: 'came' | 'changed' | 'moved' | 'left';
  readonly block: BookBlock;
  /** What it said before, when its own words changed. */
  readonly before: readonly Inline[] | null;
  readonly because: readonly Voice[];
}

export interface ArticleChange {
  readonly article: Pick<BookArticle, 'slug' | 'title' | 'language'>;
  /** The whole article came or left; its blocks are then not told one by one. */
  readonly whole: 'came' | 'left' | null;
  readonly blocks: readonly BlockChange[];
}

const voicesOf = (block: BookBlock): readonly Voice[] => [
  ...(block.type === 'quote' ? [block.voice] : []),
  ...block.margin,
];

const wordsOf = (block: BookBlock): readonly Inline[] | null =>
  block.type === 'heading' || block.type === 'paragraph' || block.type === 'aside' ? block.inlines : null;

/** What a block says, without the voices beside it and without where it stands. */
const saidBy = ({ margin: _, restsOn: __, ...block }: BookBlock): string =>
  JSON.stringify(block.type === 'quote' ? { ...block, voice: block.voice.key } : block);

/** The blocks that both have, in the longest order they share: what is not among them moved. */
function keptOrder(old: readonly string[], now: readonly string[]): ReadonlySet<string> {
  const at = new Map(old.map((id, place) => [id, place]));
  const places = now.flatMap((id) => at.get(id) ?? []);
  const ends: number[] = [];
  const from: number[] = [];
  places.forEach((place, index) => {
    const length = ends.findIndex((end) => (places[end] ?? 0) > place);
    const to = length === -1 ? ends.length : length;
    from[index] = ends[to - 1] ?? -1;
    ends[to] = index;
  });
  const kept = new Set<string>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = from[index] ?? -1) {
    const id = old[places[index] ?? -1];
    if (id !== undefined) kept.add(id);
  }
  return kept;
}

function blocksBetween(old: BookArticle, now: BookArticle): BlockChange[] {
  const before = new Map(old.blocks.map((block) => [block.id, block]));
  const after = new Set(now.blocks.map(({ id }) => id));
  const known = new Set(old.blocks.flatMap((block) => voicesOf(block).map(({ key }) => key)));
  const kept = keptOrder(
    old.blocks.map(({ id }) => id),
    now.blocks.map(({ id }) => id),
  );
  const changed = now.blocks.flatMap((block): BlockChange[] => {
    const was = before.get(block.id);
    const because = voicesOf(block).filter(({ key }) => !known.has(key));
    if (!was) return [{ kind: 'came', block, before: null, because }];
    if (saidBy(was) !== saidBy(block) || because.length > 0)
      return [
        { kind: 'changed', block, before: saidBy(was) === saidBy(block) ? null : wordsOf(was), because },
      ];
    return kept.has(block.id) ? [] : [{ kind: 'moved', block, before: null, because }];
  });
  // Words of a voice that is no longer quoted are not shown a second time.
  const left = old.blocks
    .filter(({ id, type }) => !after.has(id) && type !== 'quote')
    .map((block): BlockChange => ({
      kind: 'left',
      block: { ...block, margin: [] },
      before: null,
      because: [],
    }));
  return [...changed, ...left];
}

/** What changed from one edition of a publication to another, article by article in the order of the newer; nothing where nothing did. */
export function changesBetween(old: Book, now: Book): ArticleChange[] {
  const before = new Map(old.articles.map((article) => [article.id, article]));
  const after = new Set(now.articles.map(({ id }) => id));
  const of = ({ slug, title, language }: BookArticle) => ({ slug, title, language });
  return [
    ...now.articles.flatMap((article): ArticleChange[] => {
      const was = before.get(article.id);
      if (!was) return [{ article: of(article), whole: 'came', blocks: [] }];
      const blocks = blocksBetween(was, article);
      return blocks.length > 0 ? [{ article: of(article), whole: null, blocks }] : [];
    }),
    ...old.articles
      .filter(({ id }) => !after.has(id))
      .map((article): ArticleChange => ({ article: of(article), whole: 'left', blocks: [] })),
  ];
}
