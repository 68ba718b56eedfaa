import { sql } from 'kysely';
import { withViewer, type Tx } from '../../src/platform/db.server.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import type { Way } from './walls.ts';

export const ofTheEntry = 'initiative_id = $1::uuid';

/** A column that changes nothing when it is set to itself. */
const columnOf = (about: string) => about.split(' ', 1)[0];

class Back extends Error {}

interface Tried {
  readonly add: string;
  readonly change?: string;
  readonly about?: string;
}

/** What the database itself says to this viewer, without any of the house's own questions before it. */
export async function says(
  viewer: Viewer,
  name: string,
  wall: Tried,
  way: Way,
  id: string,
): Promise<boolean> {
  const touched = async (tx: Tx, text: string) => {
    const [before = '', ...rest] = text.split('$1');
    const whole = rest.reduce((so, part) => sql`${so}${id}${sql.raw(part)}`, sql`${sql.raw(before)}`);
    const { rows, numAffectedRows } = await whole.execute(tx);
    return rows.length > 0 || Number(numAffectedRows ?? 0) > 0;
  };
  const about = wall.about ?? ofTheEntry;
  const asked: Record<Way, (tx: Tx) => Promise<boolean>> = {
    read: (tx) => touched(tx, `select from ${name} where ${about}`),
    add: (tx) => touched(tx, wall.add),
    change: (tx) =>
      touched(tx, wall.change ?? `update ${name} set ${columnOf(about)} = ${columnOf(about)} where ${about}`),
    remove: (tx) => touched(tx, `delete from ${name} where ${about}`),
  };
  let answer = false;
  try {
    await withViewer(viewer, async (tx) => {
      answer = await asked[way](tx);
      throw new Back();
    });
  } catch (error) {
    if (error instanceof Back) return answer;
    const { code = '' } = error as { code?: string };
    // A row that may not be there for another reason got past the wall; an absent entry has no row to point to.
    if (code.startsWith('23')) return code !== '23503';
    if (code === '42501' || code === '25006') return false;
    throw error;
  }
  return answer;
}
