import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { knowByMail } from './persons.server.ts';
import { beginSession, sessionsOf } from './sessions.server.ts';
import { forgetWhatIsOver } from './tidy.server.ts';
import { mayTry } from './tries.server.ts';
import { signInWay } from './way.server.ts';
import { makeWords, openByLink } from './words.server.ts';

ownDatabase();
const limit = { atOnce: 1, anHour: 1 };

test('what is over is forgotten, and what still opens stays', async () => {
  const { tables } = signInWay();
  const person = await knowByMail('samira@example.org');
  await beginSession(person, false);
  await sql`update session set last_used_at = now() - interval '13 hours'`.execute(tables);
  await beginSession(person, false);
  await makeWords('old@example.org');
  await sql`update waiting_word set until = now() - interval '1 minute'`.execute(tables);
  const { link } = await makeWords('new@example.org');
  await mayTry('old', limit);
  await sql`update tries set at = now() - interval '2 days'`.execute(tables);
  await mayTry('new', limit);
  await forgetWhatIsOver();
  const { rows } =
    await sql`select (select count(*) from session)::int as sessions, (select count(*) from waiting_word)::int as words,
    (select count(*) from tries)::int as tries`.execute(tables);
  expect(rows).toEqual([{ sessions: 1, words: 2, tries: 1 }]);
  expect(await sessionsOf(person)).toHaveLength(1);
  expect((await mayTry('new', limit)).ok).toBe(false);
  expect(await openByLink(link)).not.toBeNull();
});
