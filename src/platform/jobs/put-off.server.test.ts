import pg from 'pg';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '../db.server.ts';
import { house } from '../viewer.ts';
import { putOff } from './put-off.server.ts';

const database = ownDatabase();

async function waiting(): Promise<{ mark: string; key: string }[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const { rows } = await client
    .query<{ mark: string; key: string }>(
      `select data->'data'->>'letter' as mark, singleton_key as key from jobs.job where state = 'created' order by created_on`,
    )
    .finally(() => client.end());
  return rows;
}

test('a deed and what it put off stand or fall together', async () => {
  await expect(
    withViewer(house, async (tx) => {
      await putOff(tx, 'send-mail', { letter: 'fallen' });
      throw new Error('on second thoughts');
    }),
  ).rejects.toThrow('on second thoughts');
  await withViewer(house, (tx) => putOff(tx, 'send-mail', { letter: 'stands' }));
  await withViewer(house, (tx) => putOff(tx, 'send-mail', { letter: 'stands too' }));
  expect((await waiting()).map(({ mark }) => mark)).toEqual(['stands', 'stands too']);
});

test('of what is wanted only once, one waits however many ask at the same moment', async () => {
  await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      withViewer(house, (tx) => putOff(tx, 'send-mail', { letter: `once ${at}` }, { onlyOnce: 'field' })),
    ),
  );
  const once = (await waiting()).filter(({ key }) => key === 'send-mail only field');
  expect(once).toHaveLength(1);
});
