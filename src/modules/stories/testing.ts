import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { directionOf } from '#platform/i18n/languages.ts';
import { nothingSaid, type Saying, type Use } from '../consent/model.ts';
import '../consent/tables.ts';
import { blocksOf, sealedWords, type Block, type Doc } from './document/model.ts';
import type { RoleThen } from './model.ts';
import './tables.ts';

interface Made {
  readonly teller: Viewer;
  readonly language?: string;
  readonly title?: string;
  /** Paragraphs, or whole blocks. */
  readonly says?: readonly (string | Block)[];
  /** Keys of initiatives. */
  readonly about?: readonly string[];
  readonly roleThen?: RoleThen;
  readonly recordedBy?: Viewer;
  /** Empty is nothing consented; each lacks what differs from nothing. Given sayings name the version that was made. */
  readonly consents?: readonly (Partial<Saying> & { readonly use: Use })[];
  /** Days until others may read it; null leaves it a draft. */
  readonly openIn?: number | null;
  readonly otherName?: string;
}

const hashed = (words: string) => createHash('sha256').update(words).digest();

/** A paragraph in a language, with a key of its own. */
export const aParagraph = (text: string, language = 'nl'): Block => ({
  type: 'paragraph',
  attrs: { id: randomUUID(), lang: language, dir: directionOf(language) },
  content: [{ type: 'text', text }],
});

/** A telling in the database of this test, released and open to whom its consents say: `aTelling({ teller, says: ['Hallo'], consents: [{ use: 'read', verdict: 'given', audience: 'public' }] })`. */
export async function aTelling(made: Made): Promise<{ id: string; slug: string; doc: Doc }> {
  const language = made.language ?? 'nl';
  const content = (made.says ?? ['Dit is wat ik vertel.']).map((each) =>
    typeof each === 'string' ? aParagraph(each, language) : each,
  );
  const doc: Doc = { type: 'doc', content };
  const title = made.title ?? '';
  const hash = hashed(JSON.stringify([title, doc]));
  const slug = BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-10);
  return withViewer(operator, async (tx) => {
    const teller = made.teller.id ?? '';
    const item = await tx
      .insertInto('core.consent_item')
      .values({ kind: 'telling', teller, recorded_by: made.recordedBy?.id ?? null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const telling = item.id;
    await tx
      .insertInto('core.telling')
      .values({ id: telling, slug, language, title, role_then: made.roleThen ?? null })
      .execute();
    await tx.insertInto('core.telling_draft').values({ telling, doc }).execute();
    await tx.insertInto('core.telling_version').values({ telling, number: 1, title, doc, hash }).execute();
    const blocks = blocksOf(doc);
    if (blocks.length > 0)
      await tx
        .insertInto('core.telling_block')
        .values(
          blocks.map(({ saidDay, saidPrecision, content: words, ...block }) => ({
            ...block,
            telling,
            version: 1,
            content: JSON.stringify(words),
            said_day: saidDay,
            said_precision: saidPrecision,
            hash: hashed(sealedWords(block)),
          })),
        )
        .execute();
    for (const initiative of made.about ?? [])
      await tx.insertInto('core.telling_about').values({ telling, initiative_id: initiative }).execute();
    if (made.otherName)
      await tx
        .insertInto('vault.teller_name')
        .values({ telling, full_name: null, first_name: null, other_name: made.otherName })
        .execute();
    if (made.openIn !== null)
      await sql`update core.telling set standing = 'released', version = 1, released_at = now(),
        open_from = now() + make_interval(days => ${made.openIn ?? 0}) where id = ${telling}`.execute(tx);
    for (const said of made.consents ?? []) {
      const { use, verdict, audience, languages, nameForm, withImage, withVoice, untilDay } = {
        ...nothingSaid(said.use),
        ...said,
      };
      await tx
        .insertInto('core.consent')
        .values({
          item: telling,
          use,
          verdict,
          audience,
          languages: languages ? [...languages] : null,
          name_form: nameForm,
          with_image: withImage,
          with_voice: withVoice,
          until_day: untilDay,
          seen_hash: hash,
          shown_in: 'nl',
          how: 'screen',
          said_by: teller,
        })
        .execute();
    }
    return { id: telling, slug, doc };
  });
}
