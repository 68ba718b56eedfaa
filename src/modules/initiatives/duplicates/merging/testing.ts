import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { entryNamed } from '../../entry/queries.server.ts';
import { aField, asAdmin, layField, type Row } from '../../testing.ts';
import { merge } from './commands/merge.server.ts';
import type { MergeWish } from './model.ts';

let made = 0;

export interface APair {
  readonly at: number;
  readonly a: string;
  readonly b: string;
  /** Their keys, in that order. */
  readonly ids: [string, string];
}

/** Two near-copies with an event and a relation each; the second has another name, form and source. */
export async function aPair(adminUrl: string, a: Partial<Row> = {}, b: Partial<Row> = {}): Promise<APair> {
  const at = ++made;
  const [one, other] = [`tuin-${at}`, `de-tuin-${at}`];
  await layField(
    aField(
      [
        { id: one, name: `Tuin Zonneschijn ${at}`, startYear: 2015, website: `https://tuin${at}.nl`, ...a },
        {
          id: other,
          name: `Stichting Tuin Zonneschijn ${at}`,
          startYear: 2016,
          aka: [`TZ ${at}`],
          formality: 3,
          sources: ['https://example.org/other'],
          ...b,
        },
        { id: `buur-${at}`, name: `Buur nummer ${at}` },
        { id: 'gemeente', name: 'Gemeente Arnhem', kind: 'municipality' },
      ],
      {
        events: [
          { id: `e1-${at}`, organisation: one, kind: 'grew', date: '2018' },
          { id: `e2-${at}`, organisation: other, kind: 'award', date: '2019' },
        ],
        relations: [
          { id: `r1-${at}`, from: other, to: `buur-${at}`, type: 'partners-with' },
          { id: `r2-${at}`, from: one, to: 'gemeente', type: 'funded-by' },
          { id: `r3-${at}`, from: other, to: 'gemeente', type: 'funded-by' },
        ],
      },
    ),
  );
  return { at, a: one, b: other, ids: [await keyOf(adminUrl, one), await keyOf(adminUrl, other)] };
}

export async function keyOf(adminUrl: string, slug: string): Promise<string> {
  const [row] = await asAdmin<{ id: string }>(adminUrl, 'select id from core.initiative where slug = $1', [
    slug,
  ]);
  return row?.id ?? '';
}

/** The wish that the first lives on, as it is unless `more` says otherwise. */
export const wishFor = (
  [kept, gone]: readonly [string, string],
  more: Partial<MergeWish> = {},
): MergeWish => ({
  kept,
  gone,
  choices: {},
  why: 'Zelfde mensen, zelfde tuin.',
  keepers: false,
  ...more,
});

export const merged = (who: Viewer, wish: MergeWish) => withViewer(who, (tx) => merge(tx, wish, 'nl'));
/** An entry as the street sees it. */
export const entryOf = (slug: string) => withViewer(visitor, (tx) => entryNamed(tx, slug, 'nl'));
/** All that is told now of lives and relations, as text. */
export const toldNow = (adminUrl: string) =>
  asAdmin<{ all: string }>(
    adminUrl,
    `select (select string_agg(e::text, '|' order by e.fact) from core.life_event e where upper_inf(e.recorded))
      || (select string_agg(r.from_id || r.type || r.to_id, '|' order by r.id) from core.relation r where upper_inf(r.recorded)) as all`,
  );
