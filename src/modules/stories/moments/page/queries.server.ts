import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';
import { readerOf } from '../../reading/access.ts';
import { noteLook } from '../../reading/commands.server.ts';
import { voicesAtOnce } from '../../reading/model.ts';
import { tellingsFor, voicesOf } from '../../reading/queries.server.ts';
import { momentsWithVoices } from '../model.ts';
import { keysOf, momentsOf } from '../queries.server.ts';
import type { MomentsPage } from './model.ts';

/**
 * One page of voices over the moments of initiatives: first the tellings that were brought together, then every other one this viewer may
 * read that tells of them, so that bringing together leaves nobody out. `asked` is the page as an address words it.
 */
export async function momentsWithVoicesFor(
  tx: Tx,
  viewer: Viewer,
  {
    initiatives,
    tellings,
  }: { readonly initiatives: readonly string[]; readonly tellings: readonly string[] },
  asked: string | null,
  language: Language,
): Promise<MomentsPage> {
  const moments = await momentsOf(tx, initiatives, language);
  const all =
    initiatives.length === 0
      ? []
      : await tellingsFor(tx, viewer, { about: initiatives, moments: keysOf(moments) });
  const ids = [...new Set([...tellings, ...all])];
  const pages = Math.max(1, Math.ceil(ids.length / voicesAtOnce));
  const page = Math.min(pages, /^[1-9]\d{0,5}$/.test(asked ?? '') ? Number(asked) : 1);
  const here = ids.slice((page - 1) * voicesAtOnce, page * voicesAtOnce);
  const voices = await voicesOf(tx, viewer, here, language);
  for (const voice of voices) {
    const reader = voice.readAs === 'public' ? null : readerOf(viewer, voice);
    if (reader) await noteLook(tx, reader, voice.readAs);
  }
  const elsewhere =
    pages === 1
      ? []
      : await toldIn(
          tx,
          viewer,
          ids.filter((id) => !here.includes(id)),
        );
  const { rows, beside } = momentsWithVoices(moments, voices);
  return {
    rows: rows.map((row) => {
      const keys = new Set([row.key, ...(row.moment?.facts.map(({ fact }) => fact) ?? [])]);
      return {
        ...row,
        more: new Set(elsewhere.filter(({ moment }) => keys.has(moment)).map(({ telling }) => telling)).size,
      };
    }),
    beside,
    voices: ids.length,
    page,
    pages,
  };
}

/** Which moments these tellings name; only tellings that this viewer was found to read are asked about. */
async function toldIn(
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
): Promise<{ telling: string; moment: string }[]> {
  const source =
    viewer.kind === 'visitor'
      ? sql`pub.telling_block`
      : sql`(select telling, moment from pub.telling_block union select telling, moment from core.telling_block)`;
  const { rows } = await sql<{ telling: string; moment: string }>`
    select distinct b.telling, b.moment from ${source} b where b.telling = any(${[...ids]}::uuid[]) and b.moment is not null`.execute(
    tx,
  );
  return rows;
}
