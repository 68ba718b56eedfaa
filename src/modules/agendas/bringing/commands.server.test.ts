import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { layToldSessions } from '../../sessions/bringing/commands.server.ts';
import { parseToldSessions } from '../../sessions/bringing/input.ts';
import { openAgenda, openAgendas } from '../reading/queries.server.ts';
import { layToldAgendas } from './commands.server.ts';

ownDatabase();

test('what was agreed in the gatherings of Gelderland stands as agendas of which nobody knows what came, a second time the same', async () => {
  const read = parseToldSessions(await readFile('db/field/sessions.json', 'utf8'), {}, '2026-11-22');
  if (!read.ok) throw new Error('The gatherings cannot be read.');
  // Without the field itself: who invited and who agreed are then not known, the agendas are.
  const told = read.sessions.map((each) => ({ ...each, organisers: [], agreed: [] }));
  const lay = () =>
    withViewer(operator, async (tx) => {
      expect((await layToldSessions(tx, told)).ok).toBe(true);
      return layToldAgendas(tx, read.sessions);
    });
  expect(await lay()).toBe(18);
  const first = await withViewer(visitor, (tx) => openAgenda(tx, 'make-session-gelderland-11-meedenken'));
  expect(first).toMatchObject({ origin: 'sources', drawnOn: '2020-03-05', untilDay: null, promises: 2 });
  expect(first?.told.map(({ state, stones, byDay }) => [state, stones, byDay])).toEqual([
    ['not-known', [], null],
    ['not-known', [], null],
  ]);
  expect(await lay()).toBe(18);
  const again = await withViewer(visitor, (tx) => openAgenda(tx, 'make-session-gelderland-11-meedenken'));
  expect(again?.told.map(({ id }) => id)).toEqual(first?.told.map(({ id }) => id));
  expect(await withViewer(visitor, (tx) => openAgendas(tx))).toHaveLength(18);
});
