import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { byTheirWord, usedOf } from './access.ts';
import { answerUse, showUse } from './commands.server.ts';
import { tellOfUse } from './jobs.server.ts';
import { usedWith, usesOfMine } from './queries.server.ts';
import { aUse, used, words } from './testing.ts';

ownDatabase();
const own = { words: 'Zij zegt het liever zo.', language: 'nl', called: null, renderable: false };

/** A use of what somebody wrote down for a teller who has no mail, with the word of the letter that went to who wrote it down. */
async function byLetter(helper: Viewer) {
  const made = await aUse({ recordedBy: helper });
  await withViewer(operator, (tx) =>
    sql`update core.person set made_by = ${helper.id}, came_by = 'card' where id = ${made.teller.id}`.execute(
      tx,
    ),
  );
  const told = await withViewer(house, (tx) =>
    tx.selectFrom('core.told_back').select('id').where('piece', '=', made.piece.id).execute(),
  );
  await tellOfUse({ told: told.map(({ id }) => id), home: 'https://huis.example' });
  const letter = await withViewer(operator, (tx) =>
    tx
      .selectFrom('vault.letter')
      .select('words')
      .where('to_person', '=', helper.id)
      .executeTakeFirstOrThrow(),
  );
  const word = /\/used\/([\w-]+)/.exec(JSON.stringify(letter.words))?.[1] ?? '';
  return { ...made, word };
}
const opens = (word: string) => withViewer(house, (tx) => usedWith(tx, word));

test('the letter to who wrote words down for somebody opens as them, and what they answer with it is the teller’s word and no more', async () => {
  const helper = await aPerson('Helper');
  const { word, teller, piece, retold } = await byLetter(helper);
  const opened = await opens(word);
  expect(opened).toMatchObject({ person: helper.id, piece: piece.id });
  const viewer = byTheirWord(opened?.person ?? '');
  const proof = usedOf(viewer) ?? used(helper);
  expect(await withViewer(viewer, (tx) => usesOfMine(tx))).toMatchObject([{ mine: false, words }]);
  await withViewer(viewer, (tx) => showUse(tx, proof, piece.id));
  const remark = { answer: 'remark', given: own, stance: 'remark', paragraph: retold } as const;
  expect((await withViewer(viewer, (tx) => answerUse(tx, proof, piece.id, remark, 'nl'))).ok).toBe(true);
  const said = await withViewer(operator, (tx) =>
    sql<{
      how: string;
    }>`select distinct c.how, i.teller, i.recorded_by, c.said_by from core.consent c join core.consent_item i on i.id = c.item where i.kind = 'margin'`.execute(
      tx,
    ),
  );
  expect(said.rows).toEqual([{ how: 'word', teller: teller.id, recorded_by: helper.id, said_by: helper.id }]);
});

test('own words come in the place of what somebody saw, and not of what was written since', async () => {
  const made = await aUse();
  await made.show();
  const answer = (answered: Parameters<typeof answerUse>[3]) =>
    withViewer(made.teller, (tx) => answerUse(tx, used(made.teller), made.piece.id, answered, 'nl'));
  const { promise: turn, resolve: goOn } = Promise.withResolvers<null>();
  const { promise: begun, resolve: begins } = Promise.withResolvers<null>();
  const writing = withViewer(made.by, async (tx) => {
    await sql`select from core.article where publication = ${made.publication.id} for update`.execute(tx);
    await sql`update core.paragraph set text = 'Iets heel anders.' where id = ${made.answered}`.execute(tx);
    begins(null);
    await turn;
  });
  await begun;
  const answering = answer({ answer: 'own-words', given: own });
  goOn(null);
  await writing;
  expect(await answering).toMatchObject({ ok: false, reason: 'used_changed' });
  const gave = await withViewer(made.teller, (tx) => sql`select from core.own_word`.execute(tx));
  expect(gave.rows).toEqual([]);
});

test('the word of a letter opens nothing any more once who it went to has left or speaks for the teller no more, and nobody gives a word to themselves', async () => {
  const one = await byLetter(await aPerson('Helper'));
  await withViewer(one.teller, (tx) =>
    sql`update core.consent_item set recorded_by = null where id = ${one.telling.id}`.execute(tx),
  );
  expect(await opens(one.word)).toBeNull();
  const helper = await aPerson('Helper');
  const another = await byLetter(helper);
  const forged = withViewer(helper, (tx) =>
    sql`update core.told_back set word_hash = sha256('mine'), word_for = ${another.teller.id}`.execute(tx),
  );
  await expect(forged).rejects.toThrow(/permission denied/);
  await withViewer(operator, (tx) =>
    sql`update core.person set left_on = core.today() where id = ${helper.id}`.execute(tx),
  );
  expect(await opens(another.word)).toBeNull();
});
