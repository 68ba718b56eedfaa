import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { byPhone } from '#platform/viewer.ts';
import type { AtCircle } from './access.ts';
import type { Circle } from './model.ts';
import './tables.ts';

/** Whoever comes with the word of a circle: to the walls a phone of which nothing is known. */
export const withWordOnly = byPhone(null);

/** 192 random bits in the signs of an address: the word of a circle, or a phone's own. */
export const newWord = (): string => randomBytes(24).toString('base64url');

/** The fingerprint by which a circle is found; the word itself is never kept. */
export const fingerprintOf = (word: string): Buffer => createHash('sha256').update(`circle ${word}`).digest();

/** How a phone is known within its circle, and in no other. */
export const seatOf = ({ word, own }: AtCircle): string =>
  createHash('sha256').update(`seat ${word} ${own}`).digest('hex').slice(0, 20);

interface Place {
  readonly word: string;
  /** The key of the circle's row, and the how many-eth writing: a letter of before does not open as one of now. */
  readonly id: string;
  readonly news: number;
}

const keyOf = ({ word, id }: Place) => Buffer.from(hkdfSync('sha256', word, id, 'letter of a circle', 32));
const bound = ({ id, news }: Place) => Buffer.from(`${id} ${news}`);
const version = 1;
const [nonceSize, tagSize, page] = [12, 16, 4_096];

/** Seals what a circle holds: version, nonce, tag and ciphertext. It is made as long as whole pages, so that its length tells little. */
export function sealed(circle: Circle, place: Place): Buffer {
  const words = Buffer.from(JSON.stringify(circle));
  const whole = Buffer.concat([words, Buffer.alloc((page - (words.length % page)) % page, ' ')]);
  const nonce = randomBytes(nonceSize);
  const cipher = createCipheriv('aes-256-gcm', keyOf(place), nonce).setAAD(bound(place));
  const letter = Buffer.concat([cipher.update(whole), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), letter]);
}

/** What was sealed for this word, row and writing; anything else throws, without a word of what it held. */
export function unsealed(letter: Buffer, place: Place): Circle {
  try {
    if (letter[0] !== version) throw new Error('unknown');
    const nonce = letter.subarray(1, 1 + nonceSize);
    const tag = letter.subarray(1 + nonceSize, 1 + nonceSize + tagSize);
    const decipher = createDecipheriv('aes-256-gcm', keyOf(place), nonce)
      .setAAD(bound(place))
      .setAuthTag(tag);
    const words = Buffer.concat([
      decipher.update(letter.subarray(1 + nonceSize + tagSize)),
      decipher.final(),
    ]);
    return JSON.parse(words.toString()) as Circle;
  } catch {
    throw new Error('The letter of a circle could not be opened.');
  }
}

export interface Opened {
  readonly circle: Circle;
  readonly id: string;
  readonly news: number;
  /** When it is gone at the latest. */
  readonly until: Date;
}

interface Row {
  readonly id: string;
  readonly news: number;
  readonly until: Date;
  readonly sealed: Buffer;
}

/** The circle with this word, or null; `hold` keeps others waiting until the transaction is over. */
export async function openedBy(tx: Tx, word: string, hold = false): Promise<Opened | null> {
  const from = hold ? sql`core.hold_circle` : sql`core.open_circle`;
  const { rows } =
    await sql<Row>`select id, news, until, sealed from ${from}(${fingerprintOf(word)})`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const { id, news, until } = row;
  return { id, news, until, circle: unsealed(row.sealed, { word, id, news }) };
}

/** What stands in the circle of this phone now, or null when there is no such circle any more. */
export const circleOf = ({ word }: Pick<AtCircle, 'word'>): Promise<Opened | null> =>
  withViewer(withWordOnly, (tx) => openedBy(tx, word));

/** The how many-eth writing of the circle this is, or null when it is over: the letter stays shut. */
export const newsOf = ({ word }: AtCircle): Promise<number | null> =>
  withViewer(withWordOnly, async (tx) => {
    const { rows } = await sql<{
      news: number;
    }>`select news from core.open_circle(${fingerprintOf(word)})`.execute(tx);
    return rows[0]?.news ?? null;
  });

export interface KeptNotes {
  readonly id: string;
  readonly language: string;
  readonly words: string;
  readonly on: string;
}

/** The notes of circles that who is asking kept for themselves, newest first. */
export async function myKeptNotes(tx: Tx): Promise<KeptNotes[]> {
  return tx
    .selectFrom('core.kept_notes')
    .select(['id', 'language', 'words', 'kept_on as on'])
    .orderBy('kept_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
