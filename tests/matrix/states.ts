import { randomUUID } from 'node:crypto';
import { aField, asAdmin, layField } from '../../src/modules/initiatives/testing.ts';
import { layOpen } from '../../src/modules/initiatives/commands.server.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator } from '../../src/platform/viewer.ts';
import { states, type State } from './personas.ts';

export const slugOf = (state: State) => `entry-${state}`;

/** Lays one entry for every state of the matrix and answers their keys; the one that is absent has a key nobody knows. */
export async function layStates(adminUrl: string): Promise<Record<State, string>> {
  const laid = states.filter((state) => state !== 'absent');
  const far = { municipality: 'Rotterdam', province: 'Zuid-Holland' };
  await layField(aField(laid.map((state) => ({ id: slugOf(state), ...(state === 'far' ? far : {}) }))));
  const rows = await asAdmin<{ id: string; slug: string }>(
    adminUrl,
    'select id, slug from core.initiative where slug = any($1)',
    [laid.map(slugOf)],
  );
  const ids = Object.fromEntries(
    states.map((state) => [state, rows.find(({ slug }) => slug === slugOf(state))?.id ?? randomUUID()]),
  ) as Record<State, string>;
  for (const visibility of ['hidden', 'network', 'table'] as const)
    await asAdmin(adminUrl, 'update core.initiative set visibility = $2 where id = $1', [
      ids[visibility],
      visibility,
    ]);
  for (const standing of ['proposed', 'withdrawn'] as const)
    await asAdmin(adminUrl, 'update core.initiative set standing = $2 where id = $1', [
      ids[standing],
      standing,
    ]);
  await asAdmin(adminUrl, `update core.initiative set standing = 'merged', merged_into = $2 where id = $1`, [
    ids.merged,
    ids.other,
  ]);
  await withViewer(operator, (tx) =>
    layOpen(
      tx,
      laid.map((state) => ids[state]),
    ),
  );
  return ids;
}

/** The codes of the provinces that are near and far in the matrix. */
export async function provinceCodes(adminUrl: string): Promise<{ near: string; far: string }> {
  const [codes] = await asAdmin<{ near: string; far: string }>(
    adminUrl,
    `select (select code from pub.province where name = 'Gelderland') as near, (select code from pub.province where name = 'Zuid-Holland') as far`,
  );
  if (!codes) throw new Error('The provinces are missing.');
  return codes;
}
