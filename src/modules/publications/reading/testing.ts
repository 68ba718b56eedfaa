import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { ParagraphRow } from '../assembling/rows/model.ts';
import type { ListedEdition } from './library/model.ts';

interface LaidVoice {
  readonly kind?: 'quote' | 'own-words' | 'margin';
  readonly stance?: 'remark' | 'differs';
  readonly words: string;
  readonly language: string;
  readonly called?: string;
  readonly onWeb?: boolean;
  readonly onPaper?: boolean;
  readonly renderings?: readonly { language: string; words: string; by: string | null; machine?: boolean }[];
}

interface LaidBlock {
  readonly kind?: ParagraphRow['kind'];
  readonly level?: number;
  readonly text?: string;
  readonly language?: string;
  readonly quotes?: LaidVoice;
  readonly paraphrases?: LaidVoice;
  readonly margin?: readonly LaidVoice[];
}

/** An edition as a test wants it: articles of blocks, each with its voices. */
export interface LaidEdition {
  readonly slug: string;
  readonly kind?: 'common-story' | 'report' | 'magazine';
  readonly number?: number;
  readonly title?: string;
  readonly opening?: string;
  readonly changed?: string;
  readonly language?: string;
  readonly articles: readonly {
    readonly slug: string;
    readonly kind?: string;
    readonly title: string;
    readonly opening?: string;
    readonly language?: string;
    readonly byline?: readonly string[];
    readonly blocks: readonly LaidBlock[];
  }[];
}

type Rows = Record<string, Record<string, unknown>[]>;

const hashOf = (words: string) => `\\x${createHash('sha256').update(words).digest('hex')}`;

function rowsOf(laid: LaidEdition): Rows {
  const [publication, edition] = [randomUUID(), randomUUID()];
  const { slug, kind = 'magazine', number = 1, language = 'nl', title = 'Stenen in het water' } = laid;
  const head = { title, subtitle: '', opening: laid.opening ?? '', printed: true };
  const rows: Rows = {
    publication: [
      {
        ...{ id: publication, slug, kind, language, invented: false, latest: number, ...head },
        issue: kind === 'magazine' ? 1 : null,
      },
    ],
    edition: [
      {
        ...{ id: edition, publication, number, changed: laid.changed ?? '', state: 1, ...head },
        credits: [{ called: 'Noor', part: 'editor' }],
        released_at: '2026-11-20T10:00:00Z',
      },
    ],
    edition_article: [],
    edition_paragraph: [],
    edition_draw: [],
    edition_voice: [],
    edition_voice_rendering: [],
  };
  const lay = (paragraph: string, voice: LaidVoice, way: string, kind = voice.kind ?? 'quote'): string => {
    const key = randomUUID();
    rows.edition_voice?.push({
      ...{ edition, key, kind, stance: voice.stance ?? null, words: voice.words, language: voice.language },
      ...{ called: voice.called ?? null, called_on_paper: voice.called ?? null, role_then: 'newcomer' },
      ...{ telling: null, on_web: voice.onWeb ?? true, on_paper: voice.onPaper ?? true },
      hash: hashOf(voice.words),
    });
    for (const { by, machine, ...one } of voice.renderings ?? [])
      rows.edition_voice_rendering?.push({
        ...{ edition, key, ...one },
        ...{ signed_as: by, made_how: machine ? 'machine' : 'person' },
      });
    rows.edition_draw?.push({ edition, paragraph, kind: 'voice', key, way });
    return key;
  };
  laid.articles.forEach(({ blocks, ...one }, place) => {
    const article = randomUUID();
    const spoken = one.language ?? language;
    rows.edition_article?.push({
      ...{ kind: 'essay', opening: '', byline: [], ...one },
      ...{ edition, article, place, language: spoken },
    });
    blocks.forEach((block, at) => {
      const paragraph = randomUUID();
      const quoted = block.quotes ? lay(paragraph, block.quotes, 'quotes') : null;
      if (block.paraphrases) lay(paragraph, block.paraphrases, 'paraphrases');
      for (const voice of block.margin ?? []) lay(paragraph, voice, 'margin', 'margin');
      rows.edition_paragraph?.push({
        ...{ edition, paragraph, article, place: at, kind: block.kind ?? (quoted ? 'quote' : 'paragraph') },
        ...{ level: block.level ?? null, language: block.language ?? spoken, text: block.text ?? '' },
        ...{ voice: quoted, figure: null, picture: null, version: 1 },
      });
    });
  });
  return rows;
}

/**
 * Lays an edition on the street of a test as it would lie there after its release, past what a release asks first. Answers its key. A
 * second edition of the same publication takes the place of the first as the newest.
 */
export async function anOpenEdition(adminUrl: string, laid: LaidEdition): Promise<string> {
  const rows = rowsOf(laid);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('alter table pub.edition_paragraph disable trigger edition_paragraph_went_out');
    const [known] = (
      await client.query<{ id: string }>(
        'update pub.publication set latest = $2 where slug = $1 returning id',
        [laid.slug, laid.number ?? 1],
      )
    ).rows;
    if (known) {
      rows.publication = [];
      for (const edition of rows.edition ?? []) edition.publication = known.id;
    }
    for (const [table, each] of Object.entries(rows)) {
      // What guards the street asks consent; a test of reading begins after that. The works that notes cite are laid by the house itself.
      await client.query(
        `set local session_replication_role = ${table === 'edition_paragraph' ? 'origin' : 'replica'}`,
      );
      await client.query(
        `insert into pub.${table} select * from jsonb_populate_recordset(null::pub.${table}, $1::jsonb)`,
        [JSON.stringify(each)],
      );
    }
    await client.query('alter table pub.edition_paragraph enable trigger edition_paragraph_went_out');
    await client.query('commit');
  } finally {
    await client.end();
  }
  return String(rows.edition?.[0]?.id);
}

/** An edition as a list shows it, without a database. */
export const aListedEdition = (words: Partial<ListedEdition> = {}): ListedEdition => ({
  id: '0199a000-0000-7000-8000-000000000001',
  slug: 'stenen-in-het-water',
  kind: 'magazine',
  language: 'nl',
  issue: null,
  invented: false,
  latest: 1,
  number: 1,
  title: 'Stenen in het water',
  subtitle: 'Over wonen naast elkaar',
  opening: 'Gemaakt door veertien mensen.',
  changed: '',
  printed: true,
  credits: [{ called: 'Bas', part: 'editor' }],
  releasedOn: '2026-11-20',
  releasedAt: '2026-11-20T10:00:00Z',
  articles: [
    { slug: 'de-deur', title: 'De deur', language: 'nl', byline: ['Noor', 'Anna de Vries', 'سميرة'] },
    { slug: 'risala', title: 'رسالة', language: 'ar', byline: ['سميرة'] },
  ].map((article, at) => ({ id: `${at}`, kind: 'essay', opening: '', signs: 100, ...article })),
  files: [{ kind: 'reading.pdf', size: 100_000, pages: 12 }],
  errata: [],
  works: [],
  ...words,
});
