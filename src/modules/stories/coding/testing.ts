import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { researcherOf, type Researcher } from '../access.ts';
import { addCode, makeCodebook } from './commands/codebook.server.ts';
import './tables.ts';

export interface Studying {
  readonly viewer: Viewer;
  readonly who: Researcher;
}

/** A researcher with a grant that stands today. */
export async function aResearcher(called: string): Promise<Studying> {
  return studying(await aPerson(called, [{ role: 'researcher' }]));
}

/** A person who is a researcher already, with the proof of it. */
export function studying(viewer: Viewer): Studying {
  const who = researcherOf(viewer);
  if (!who) throw new Error('This person does no research here.');
  return { viewer, who };
}

/** A codebook of this researcher with these codes at its top; answers their keys in that order. */
export async function aCodebook(
  { viewer, who }: Studying,
  names: readonly string[],
): Promise<{ id: string; codes: string[] }> {
  return withViewer(viewer, async (tx) => {
    const id = await makeCodebook(tx, who, { name: 'Thuis zijn', about: '' });
    const codes: string[] = [];
    for (const name of names) {
      const said = { parent: null, name, definition: '', isCodable: true, colour: null };
      const made = await addCode(tx, who, id, said);
      if (made.ok) codes.push(made.value);
    }
    return { id, codes };
  });
}
