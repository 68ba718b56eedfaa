import { Schema, type MarkSpec, type NodeSpec } from 'prosemirror-model';
import { ok, refused, type Result } from '#platform/result.ts';
import { precisions, type Doc } from './model.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const language = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/;
const mostBlocks = 1_000;
const mostLetters = 100_000;
const mostInBlock = 20_000;

/** An attribute that must answer to this; prosemirror throws when it does not. */
const must = (holds: (value: unknown) => boolean) => ({
  validate: (value: unknown) => {
    if (!holds(value)) throw new RangeError('This attribute cannot be.');
  },
});
const text = (most: number, least = 0) =>
  must((value) => typeof value === 'string' && value.length >= least && value.length <= most);
const like = (pattern: RegExp) => must((value) => typeof value === 'string' && pattern.test(value));
const among = (...words: readonly unknown[]) => must((value) => words.includes(value));
const spoken = { id: like(uuid), lang: like(language), dir: among('ltr', 'rtl', 'auto') };
const words = (attrs: NodeSpec['attrs'] = {}): NodeSpec => ({
  group: 'block',
  content: 'text*',
  attrs: { ...spoken, ...attrs },
});

const nodes = {
  doc: { content: 'block*' },
  paragraph: words(),
  heading: words({ level: among(2, 3) }),
  quote: words({ voice: text(80) }),
  aside: words(),
  list: { group: 'block', content: 'item+', attrs: { ...spoken, ordered: among(true, false) } },
  item: { content: 'text*' },
  image: { group: 'block', attrs: { ...spoken, media: like(uuid), alt: text(1_000, 1) } },
  voice: { group: 'block', attrs: { ...spoken, media: like(uuid) } },
  moment: {
    group: 'block',
    attrs: {
      ...spoken,
      moment: must((value) => value === null || (typeof value === 'string' && uuid.test(value))),
      title: text(200),
      day: must(
        (value) => value === null || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)),
      ),
      precision: among(...precisions),
    },
  },
  text: {},
} satisfies Record<string, NodeSpec>;

// Only what leads elsewhere by itself: no script, no data, no address of this machine.
const leadsElsewhere = /^(https?:\/\/[^\s"<>\\]{1,1900}|mailto:[^\s"<>\\]{3,250})$/i;
const marks = {
  strong: {},
  em: {},
  link: { attrs: { href: like(leadsElsewhere) } },
  foreign: { attrs: { lang: like(language) } },
  term: { attrs: { word: text(80, 1) } },
} satisfies Record<string, MarkSpec>;

const schema = new Schema<keyof typeof nodes, keyof typeof marks>({ nodes, marks });

export type DocRefusal = 'telling_unreadable' | 'telling_too_long';

/** Reads a document from untrusted JSON; refuses what the schema does not know, keys that stand twice, and more than 1,000 blocks or 100,000 letters. */
export function parseDoc(given: unknown): Result<Doc, DocRefusal> {
  try {
    const node = schema.nodeFromJSON(given);
    node.check();
    const doc: { readonly type: string; readonly content?: Doc['content'] } = node.toJSON();
    if (doc.type !== 'doc') return refused('telling_unreadable');
    const content = doc.content ?? [];
    const keys = new Set(content.map(({ attrs }) => attrs.id));
    if (keys.size !== content.length) return refused('telling_unreadable');
    const longest = Math.max(0, ...node.children.map((block) => block.textContent.length));
    if (content.length > mostBlocks || node.textContent.length > mostLetters || longest > mostInBlock) {
      return refused('telling_too_long');
    }
    return ok({ type: 'doc', content });
  } catch {
    // A document is read from what anyone may send: whatever cannot be read is refused, in whichever way it cannot.
    return refused('telling_unreadable');
  }
}
