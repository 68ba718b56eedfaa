import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf } from '../../sessions/access.ts';
import { openAgendaTo } from '../commands/draw-up.server.ts';
import { anAgenda, said } from '../testing.ts';
import { agendaOfSession, openAgenda, openAgendas } from './queries.server.ts';

ownDatabase();
let facilitator: Viewer;
beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
});
const asVisitor = <Value>(ask: Parameters<typeof withViewer<Value>>[1]) => withViewer(visitor, ask);

test('an agenda is for the room until who leads the session opens it, and again after it is closed', async () => {
  const leads = facilitatorOf(facilitator);
  if (!leads) throw new Error('Nobody leads.');
  const { agenda, slug } = await anAgenda(facilitator, '2026-11-24', [said({}, '2027-06-01')]);
  expect(await asVisitor((tx) => openAgenda(tx, slug))).toBeNull();
  await withViewer(leads, (tx) => openAgendaTo(tx, leads, agenda, 'everyone'));
  expect(await asVisitor((tx) => openAgenda(tx, slug))).toMatchObject({
    waiting: 1,
    told: [],
    sessionSlug: null,
  });
  expect(await asVisitor((tx) => openAgendas(tx))).toHaveLength(1);
  await withViewer(leads, (tx) => openAgendaTo(tx, leads, agenda, 'room'));
  expect(await asVisitor((tx) => openAgenda(tx, slug))).toBeNull();
});

test('once the minutes are public the agenda leads to its session, and the session to its agenda', async () => {
  const leads = facilitatorOf(facilitator);
  if (!leads) throw new Error('Nobody leads.');
  const { agenda, slug, session } = await anAgenda(facilitator, '2026-11-24', [said({}, '2027-06-01')]);
  await withViewer(leads, (tx) => openAgendaTo(tx, leads, agenda, 'everyone'));
  expect(await asVisitor((tx) => agendaOfSession(tx, slug))).toBeNull();
  await withViewer(operator, async (tx) => {
    await tx.updateTable('core.session').set({ announced: true }).where('id', '=', session).execute();
    await sql`select core.lay_session_open(${session}::uuid)`.execute(tx);
  });
  expect(await asVisitor((tx) => agendaOfSession(tx, slug))).toMatchObject({ slug, sessionSlug: slug });
});
