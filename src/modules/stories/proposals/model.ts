import { textOf, type Block, type Doc, type Inline } from '../document/model.ts';

export type ProposalStanding = 'waiting' | 'accepted' | 'declined' | 'withdrawn';

const plain = (text: string): readonly Inline[] => (text === '' ? [] : [{ type: 'text', text }]);

/** A block with other words, as plain as they were typed; null when it would be left without any. */
function worded(block: Block, text: string): Block | null {
  if (text === '') return null;
  switch (block.type) {
    case 'list':
      return {
        ...block,
        content: text
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => ({ type: 'item', content: plain(line) })),
      };
    case 'image':
      return { ...block, attrs: { ...block.attrs, alt: text } };
    case 'moment':
      return { ...block, attrs: { ...block.attrs, title: text } };
    case 'voice':
      return block;
    default:
      return { ...block, content: plain(text) };
  }
}

/**
 * A document with other words in some of its blocks, by key. A block whose words did not change stays as it is, marks and all; one
 * without words is left out; a photo, a voice and a moment always stay.
 */
export function reworded(doc: Doc, words: ReadonlyMap<string, string>): Doc {
  const content = doc.content.flatMap((block) => {
    const text = words.get(block.attrs.id);
    if (text === undefined || text === textOf(block)) return [block];
    const always = block.type === 'image' || block.type === 'moment';
    return worded(block, text) ?? (always ? [block] : []);
  });
  return { type: 'doc', content };
}

export interface Compared {
  readonly block: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl' | 'auto';
  /** The words now. */
  readonly now: string;
  /** The words as they would be; null when the block would be gone. */
  readonly then: string | null;
  readonly changed: boolean;
}

/** The blocks with words of a document beside what would become of them, in order. */
export function compared(now: Doc, then: Doc): Compared[] {
  const next = new Map(then.content.map((block) => [block.attrs.id, textOf(block)]));
  return now.content
    .filter((block) => textOf(block) !== '')
    .map((block) => {
      const [mine, theirs] = [textOf(block), next.get(block.attrs.id) ?? null];
      const { id, lang, dir } = block.attrs;
      return { block: id, language: lang, direction: dir, now: mine, then: theirs, changed: mine !== theirs };
    });
}

/** Whether two documents say the same, word for word and mark for mark. */
export const saysTheSameAs = (one: Doc, other: Doc): boolean => JSON.stringify(one) === JSON.stringify(other);
