import { createHash } from 'node:crypto';

// Drawn once; every key that is worked out of another rests on it, here and in the database.
const house = Buffer.from('69417f32d38e459790a1a8b022333289', 'hex');

/** The same key for the same words in every house, ever: a UUID of version 5 (RFC 9562, section 5.5) over the words, joined by '/'. */
export function lastingKey(...words: readonly string[]): string {
  const bytes = createHash('sha1').update(house).update(words.join('/')).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whether a word has the shape of a UUID, of any version and in any case. */
export function isKey(word: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word);
}

/** The fingerprint under which a word that opens something is kept (SHA-256 of its letters in UTF-8). */
export const wordHash = (word: string): Buffer => createHash('sha256').update(word, 'utf8').digest();
