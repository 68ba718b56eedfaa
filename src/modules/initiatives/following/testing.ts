import { house } from '#platform/viewer.ts';
import { withViewer } from '#platform/db.server.ts';
import { layOpen } from '../commands.server.ts';
import { asAdmin } from '../testing.ts';
import { askToFollow } from './commands/ask.server.ts';
import { confirmFollowing } from './commands/answer.server.ts';
import { askFollower } from './jobs.server.ts';
import { everything, type Wish } from './model.ts';

export const home = 'https://stenen.example';

/** Changes something of these entries that anyone can see. */
export async function changeOpenly(adminUrl: string, ...slugs: readonly string[]): Promise<void> {
  const rows = await asAdmin<{ id: string }>(
    adminUrl,
    `update core.initiative set website = 'https://example.org/' || uuidv7() where slug = any($1) returning id`,
    [slugs],
  );
  await withViewer(house, (tx) =>
    layOpen(
      tx,
      rows.map(({ id }) => id),
    ),
  );
}

/** A letter as it waits in the outbox of a test. */
export interface PostedLetter {
  readonly name: string;
  readonly language: string;
  readonly to_address: string | null;
  readonly to_person: string | null;
  readonly words: {
    readonly values: Readonly<Record<string, string | number>>;
    readonly buttons: readonly { readonly url: string }[];
    readonly unsubscribe?: string;
  };
}

/** The letters that wait, in the order they were posted. */
export const lettersIn = (adminUrl: string) =>
  asAdmin<PostedLetter>(
    adminUrl,
    'select name, language, to_address, to_person, words from vault.letter order by posted_at, id',
  );

/** The word at the end of an address in a letter. */
export const wordIn = (url: string | undefined): string => (url ?? '').split('?')[0]?.split('/').at(-1) ?? '';

/** Asks to follow as the door does, and does at once what that put off. */
export async function ask(
  adminUrl: string,
  mail: string,
  wish: Partial<Wish> = {},
  language: 'nl' | 'ar' | 'en' = 'nl',
): Promise<void> {
  await withViewer(house, (tx) =>
    askToFollow(tx, { mail, wish: { ...everything, ...wish }, language, home }),
  );
  const [asked] = await asAdmin<{ id: string }>(
    adminUrl,
    'select id from vault.following where confirmed_at is null order by asked_at desc, id desc limit 1',
  );
  if (asked) await askFollower({ following: asked.id });
}

/** Follows with an address, from asking to yes; answers nothing, as the mail has it all. */
export async function follow(
  adminUrl: string,
  mail: string,
  wish: Partial<Wish> = {},
  language: 'nl' | 'ar' | 'en' = 'nl',
): Promise<void> {
  await ask(adminUrl, mail, wish, language);
  const letter = (await lettersIn(adminUrl)).findLast((each) => each.to_address === mail);
  const said = await withViewer(house, (tx) => confirmFollowing(tx, wordIn(letter?.words.buttons[0]?.url)));
  if (!said) throw new Error('Nobody could say yes.');
}

/** Lets so many days pass for every follower. */
export const letPass = (adminUrl: string, days: number) =>
  asAdmin(
    adminUrl,
    `update vault.follower set told_at = told_at - make_interval(days => ${days});
     update vault.following set confirmed_at = confirmed_at - make_interval(days => ${days}), asked_at = asked_at - make_interval(days => ${days});
     update vault.follower_word set made_at = made_at - make_interval(days => ${days}), until = until - make_interval(days => ${days})`,
  );

/** A part of an XML document, as far as a feed has parts. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string => {
  if (/[<]|&(?!(amp|lt|gt|quot|apos);)/.test(text))
    throw new Error(`This is not well-formed: ${text.slice(0, 60)}`);
  return text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '');
};

/** Reads an XML document without a document type, strictly; throws where it is not well-formed. */
export function parsedXml(xml: string): XmlNode {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) || !xml.isWellFormed())
    throw new Error('XML cannot hold these signs.');
  const body = xml.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\s*/, '');
  const open: XmlNode[] = [];
  let root: XmlNode | undefined;
  for (const [, text = '', tag] of body.matchAll(/([^<]*)(?:<([^>]*)>|$)/g)) {
    const inside = open.at(-1);
    if (inside) inside.text += decoded(text);
    else if (text.trim() !== '') throw new Error('There are words outside the document.');
    if (tag === undefined) continue;
    if (tag.startsWith('/')) {
      if (open.pop()?.name !== tag.slice(1)) throw new Error(`</${tag.slice(1)}> closes nothing.`);
      continue;
    }
    const whole = /^([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)$/.exec(tag);
    if (!whole) throw new Error(`<${tag}> is no tag.`);
    const [, name = '', given = '', closed] = whole;
    const attributes = [...given.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
      ([, key = '', value = '']) => [key, decoded(value)] as const,
    );
    if (new Set(attributes.map(([key]) => key)).size !== attributes.length)
      throw new Error(`<${tag}> says something twice.`);
    const node: XmlNode = { name, attributes: Object.fromEntries(attributes), children: [], text: '' };
    if (inside) inside.children.push(node);
    else if (root) throw new Error('There are two roots.');
    else root = node;
    if (closed !== '/') open.push(node);
  }
  if (!root || open.length > 0) throw new Error('The document is not whole.');
  return root;
}
