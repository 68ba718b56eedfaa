import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '../../people/access.ts';
import { belongingsOf } from '../../people/export/queries.server.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../testing.ts';

ownDatabase();

test('what someone told, allowed and got back goes along with them; what a reader kept to themselves does not', async () => {
  const teller = await aPerson('Noor');
  const reader = await aPerson('Lezer', [{ role: 'researcher' }]);
  const { id } = await aTelling({
    teller,
    says: ['Mijn eigen woorden.'],
    consents: [{ use: 'read', verdict: 'given', audience: 'network' }],
  });
  await withViewer(reader, (tx) => sql`select core.note_look(${id}, 'network')`.execute(tx));
  await withViewer(operator, (tx) =>
    sql`insert into core.reading (telling, reader, prompt, words, language) values (${id}, ${reader.id}, 'not-mine', 'Alleen voor mij', 'nl')`.execute(
      tx,
    ),
  );
  const mine = JSON.stringify(await belongingsOf(oneself(teller) ?? { person: '' }));
  for (const word of [
    'Mijn eigen woorden.',
    'core.consent',
    'core.telling_look',
    '"network"',
    'core.telling_version',
  ])
    expect(mine).toContain(word);
  expect(mine).not.toContain('Alleen voor mij');
  expect(mine).not.toContain(reader.id);
  const theirs = JSON.stringify(await belongingsOf(oneself(reader) ?? { person: '' }));
  expect(theirs).toContain('Alleen voor mij');
  expect(theirs).not.toContain('Mijn eigen woorden.');
});
