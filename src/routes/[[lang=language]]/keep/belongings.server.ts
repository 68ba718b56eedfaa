import { error, type RequestEvent } from '@sveltejs/kit';
import type { KeptTable } from '#modules/initiatives/belongings/model.ts';
import { belongingsOf } from '#modules/initiatives/belongings/queries.server.ts';
import { entriesWith } from '#modules/initiatives/members/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Comes } from './keeping.server.ts';

/** All that is kept of an entry, for who keeps it; an entry that one does not keep is one that is not there. */
async function kept({ viewer, id }: Comes): Promise<{ slug: string; name: string; tables: KeptTable[] }> {
  return withViewer(viewer, async (tx) => {
    const tables = await belongingsOf(tx, id);
    const [entry] = await entriesWith(tx, [id]);
    if (!tables.ok || !entry) error(404, 'not found');
    return { ...entry, tables: tables.value };
  });
}

export const belongingsLoad = async (comes: Comes) => ({ ...(await kept(comes)), day: today() });

/** The same as a file, each table and column with what it means. */
export async function belongingsFile(comes: Comes, { url }: Pick<RequestEvent, 'url'>): Promise<Response> {
  const { slug, name, tables } = await kept(comes);
  const madeOn = today();
  const file = {
    initiative: name,
    slug,
    madeOn,
    house: url.origin,
    about: 'All that this house keeps of this initiative, also what nobody else may see. Keep it well.',
    tables: Object.fromEntries(tables.map(({ name: table, group: _, ...rest }) => [table, rest])),
  };
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${slug}-${madeOn}.json"`,
    },
  });
}
