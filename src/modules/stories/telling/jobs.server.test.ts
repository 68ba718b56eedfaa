import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aTelling } from '../testing.ts';
import { daysToBegin, forgetNewcomers } from './jobs.server.ts';

ownDatabase();

/** Someone of whom nothing is known, who came in so many days ago. */
async function aNewcomer(days: number): Promise<Viewer> {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      id: string;
    }>`insert into core.person (came_by, made_at) values ('card', now() - make_interval(days => ${days})) returning id`.execute(
      tx,
    ),
  );
  return { kind: 'person', id: rows[0]?.id ?? '', entrusted: [], sure: false };
}

const hasLeft = (viewer: Viewer) =>
  withViewer(operator, (tx) =>
    sql<{
      left: boolean;
    }>`select left_on is not null as left from core.person where id = ${viewer.id}`.execute(tx),
  ).then(({ rows }) => rows[0]?.left);

test('whoever came in to tell and wrote nothing is forgotten after a while; whoever wrote one word stays', async () => {
  const [silent, fresh, writer] = [
    await aNewcomer(daysToBegin + 1),
    await aNewcomer(daysToBegin - 1),
    await aNewcomer(daysToBegin + 1),
  ];
  await aTelling({ teller: writer, says: ['Eén woord.'], openIn: null });
  await forgetNewcomers();
  expect([await hasLeft(silent), await hasLeft(fresh), await hasLeft(writer)]).toEqual([true, false, false]);
});
