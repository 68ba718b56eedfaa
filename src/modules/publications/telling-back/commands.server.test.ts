import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { house, operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { whereItStands } from '../../consent/withdrawal/queries.server.ts';
import { layerOf } from '../access.ts';
import { putInMargin, takeWordsAway } from '../margin/commands.server.ts';
import { withMargin } from '../margin/queries.server.ts';
import { answerUse, leave, showUse, tellBack } from './commands.server.ts';
import { tellOfUse } from './jobs.server.ts';
import { toldBackIn, useOfMine, usedWith, usesOfMine, wordsIGave } from './queries.server.ts';
import { aUse, used, words } from './testing.ts';

ownDatabase();
const own = { words: 'Ik zeg het liever zo.', language: 'nl', called: 'S.', renderable: false };

const count = async (query: ReturnType<typeof sql<{ n: number }>>) =>
  withViewer(operator, async (tx) => (await query.execute(tx)).rows[0]?.n);
const standing = (made: { quoted: { id: string }; retold: string; joined: string; answered: string }) =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from core.paragraph where gone_at is null`.execute(
      tx,
    );
    const there = new Set(rows.map(({ id }) => id));
    const names = {
      quoted: made.quoted.id,
      retold: made.retold,
      joined: made.joined,
      answered: made.answered,
    };
    return Object.entries(names).flatMap(([name, id]) => (there.has(id) ? [name] : []));
  });

test('whoever is used gets one letter in their own language, and its word opens what is theirs and nothing of anybody else', async () => {
  const made = await aUse();
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.person')
      .set({ language: 'ti' })
      .where('id', '=', made.teller.id ?? '')
      .execute(),
  );
  const again = await withViewer(made.by, (tx) =>
    tellBack(tx, made.editor, [made.piece.id], 'https://huis.example'),
  );
  expect(again).toEqual({ told: 1, byHand: 0 });
  const told = await withViewer(house, (tx) =>
    tx.selectFrom('core.told_back').select('id').where('piece', '=', made.piece.id).execute(),
  );
  await tellOfUse({ told: told.map(({ id }) => id), home: 'https://huis.example' });
  const letter = await withViewer(operator, (tx) =>
    tx
      .selectFrom('vault.letter')
      .select(['language', 'words'])
      .where('to_person', '=', made.teller.id)
      .executeTakeFirstOrThrow(),
  );
  expect(letter.language).toBe('ti');
  const word = /\/ti\/used\/([\w-]+)/.exec(JSON.stringify(letter.words))?.[1] ?? '';
  const opened = await withViewer(house, (tx) => usedWith(tx, word));
  expect(opened).toEqual({ person: made.teller.id, piece: made.piece.id, publication: made.publication.id });
  expect(await withViewer(house, (tx) => usedWith(tx, `${word}x`))).toBeNull();
  const [stand] = await withViewer(made.by, (tx) => toldBackIn(tx, made.publication.id));
  expect(stand).toMatchObject({ words, hears: 'mail', told: 'ti', shownOn: null, answer: null });
});

test('only whoever is used sees it as theirs and answers; an editor, a stranger or another teller does not', async () => {
  const made = await aUse();
  const stranger = await aPerson('Ander');
  await made.show();
  for (const who of [made.by, stranger]) {
    const tried = await withViewer(who, (tx) =>
      answerUse(tx, used(who), made.piece.id, { answer: 'agree' }, 'nl'),
    );
    expect(tried).toMatchObject({ ok: false, reason: 'used_unknown' });
    expect(await withViewer(who, (tx) => usesOfMine(tx))).toEqual([]);
    expect(await withViewer(who, (tx) => leave(tx, used(who), made.piece.quote ?? '', 'nl'))).toMatchObject({
      ok: false,
    });
    const forged = (tx: Tx) =>
      sql`insert into core.told_back (piece, person_id, language) values (${made.piece.id}, ${who.id}, 'nl')`.execute(
        tx,
      );
    await expect(withViewer(who, forged)).rejects.toMatchObject({ code: '42501' });
    const changed = await withViewer(who, (tx) =>
      sql`update core.told_back set answer = 'agree', answered_at = now() where piece = ${made.piece.id}`.execute(
        tx,
      ),
    );
    expect(changed.numAffectedRows).toBe(0n);
  }
  const agreed = await withViewer(made.teller, (tx) =>
    answerUse(tx, used(made.teller), made.piece.id, { answer: 'agree' }, 'nl'),
  );
  expect(agreed.ok).toBe(true);
  const [stand] = await withViewer(made.by, (tx) => toldBackIn(tx, made.publication.id));
  expect(stand?.answer).toBe('agree');
});

test('what somebody did not see as it stands they cannot agree to, and what was agreed to is asked again when it changes', async () => {
  const made = await aUse();
  const agree = () =>
    withViewer(made.teller, (tx) =>
      answerUse(tx, used(made.teller), made.piece.id, { answer: 'agree' }, 'nl'),
    );
  expect(await agree()).toMatchObject({ reason: 'used_changed' });
  await made.show();
  expect((await agree()).ok).toBe(true);
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.paragraph')
      .set({ text: 'Zij vertelt van korte avonden.', version: 2 })
      .where('id', '=', made.retold)
      .execute(),
  );
  expect(await withViewer(made.teller, (tx) => useOfMine(tx, made.piece.id))).toMatchObject({
    seen: false,
    changed: true,
  });
  await withViewer(made.by, (tx) => tellBack(tx, made.editor, [made.piece.id], 'https://huis.example'));
  expect(await withViewer(made.teller, (tx) => useOfMine(tx, made.piece.id))).toMatchObject({
    answer: null,
    changed: false,
  });
});

test('a remark stands in the margin on the consent of who made it, and goes with another answer', async () => {
  const made = await aUse();
  await made.show();
  const answer = { answer: 'remark', given: own, stance: 'differs', paragraph: made.retold } as const;
  await withViewer(made.teller, (tx) => answerUse(tx, used(made.teller), made.piece.id, answer, 'nl'));
  const block = await withViewer(made.by, (tx) => withMargin(tx, made.publication.id, made.retold));
  expect(block?.beside).toMatchObject([{ words: own.words, stance: 'differs', called: 'S.', mine: false }]);
  const item = block?.beside[0]?.id ?? '';
  expect(
    await count(
      sql`select count(*)::int as n from core.consent where item = ${item} and use = 'quote-report' and verdict = 'given'`,
    ),
  ).toBe(1);
  // Nobody who writes takes it away from there.
  const taken = await withViewer(made.by, (tx) =>
    sql`delete from core.margin where own_word = ${item}`.execute(tx),
  );
  expect(taken.numAffectedRows).toBe(0n);
  expect(await withViewer(made.by, (tx) => takeWordsAway(tx, made.editor, item, 'nl'))).toMatchObject({
    ok: false,
  });
  await withViewer(made.teller, (tx) =>
    answerUse(tx, used(made.teller), made.piece.id, { answer: 'agree' }, 'nl'),
  );
  expect(
    (await withViewer(made.by, (tx) => withMargin(tx, made.publication.id, made.retold)))?.beside,
  ).toEqual([]);
  expect(await withViewer(house, (tx) => whereItStands(tx, item))).toEqual([]);
});

test('own words take the place of the quote, what paraphrased them is taken out, and what joined them rests on the new words', async () => {
  const made = await aUse();
  await made.show();
  const answered = await withViewer(made.teller, (tx) =>
    answerUse(tx, used(made.teller), made.piece.id, { answer: 'own-words', given: own }, 'nl'),
  );
  expect(await standing(made)).toEqual(['quoted', 'joined', 'answered']);
  const piece = answered.ok ? answered.value.piece : null;
  const [stand, ...others] = await withViewer(made.by, (tx) => toldBackIn(tx, made.publication.id));
  expect([stand, others]).toMatchObject([
    { piece, words: own.words, answer: 'own-words', changed: false },
    [],
  ]);
  expect(
    await count(
      sql`select count(*)::int as n from core.paragraph_version where paragraph = ${made.retold} and because is not null and deed = 'taken-out'`,
    ),
  ).toBe(1);
  // And their own words in the place of those.
  const anew = await withViewer(made.teller, (tx) =>
    answerUse(
      tx,
      used(made.teller),
      piece ?? '',
      { answer: 'own-words', given: { ...own, words: 'Of zo.' } },
      'nl',
    ),
  );
  expect(anew.ok).toBe(true);
  const gave = await withViewer(made.teller, (tx) => wordsIGave(tx));
  expect(gave).toMatchObject([{ words: 'Of zo.' }]);
  await withViewer(made.teller, async (tx) => {
    const [use] = await usesOfMine(tx);
    await leave(tx, used(made.teller), use?.voice ?? '', 'nl');
  });
  expect(await standing(made)).toEqual(['answered']);
  expect(await withViewer(house, (tx) => whereItStands(tx, gave[0]?.id ?? ''))).toEqual([]);
});

test('who is out is out at once with what retells them, and their telling stays theirs', async () => {
  const made = await aUse();
  await withViewer(made.teller, (tx) =>
    answerUse(tx, used(made.teller), made.piece.id, { answer: 'out' }, 'nl'),
  );
  expect(await standing(made)).toEqual(['answered']);
  expect(
    await count(sql`select count(*)::int as n from core.paragraph_version where paragraph = ${made.retold}`),
  ).toBe(0);
  expect(await count(sql`select count(*)::int as n from core.telling where id = ${made.telling.id}`)).toBe(1);
  expect(await withViewer(made.teller, (tx) => usesOfMine(tx))).toEqual([]);
});

test('who wrote it down for someone answers by their word, and the words stay the teller’s', async () => {
  const helper = await aPerson('Helper', [{ role: 'facilitator' }]);
  const made = await aUse({ recordedBy: helper });
  await withViewer(operator, (tx) =>
    sql`update core.person set made_by = ${helper.id}, came_by = 'card' where id = ${made.teller.id}`.execute(
      tx,
    ),
  );
  const [use] = await withViewer(helper, (tx) => usesOfMine(tx));
  expect(use).toMatchObject({ piece: made.piece.id, mine: false, words });
  await withViewer(helper, (tx) => showUse(tx, used(helper), made.piece.id));
  const answer = { answer: 'remark', given: own, stance: 'remark', paragraph: made.retold } as const;
  expect(
    (await withViewer(helper, (tx) => answerUse(tx, used(helper), made.piece.id, answer, 'nl'))).ok,
  ).toBe(true);
  expect(
    await count(sql`select count(*)::int as n from core.consent c join core.consent_item i on i.id = c.item
      where i.kind = 'margin' and i.teller = ${made.teller.id} and i.recorded_by = ${helper.id} and c.how = 'word'`),
  ).toBe(1);
});

test('who works on a publication may put words beside a block of it, and who does not may not', async () => {
  const made = await aUse();
  const other = await aUse();
  const layer = layerOf(made.by, { publication: made.publication.id, part: 'editor' });
  if (!layer) throw new Error('no layer');
  const beside = { ...own, stance: 'differs' as const };
  expect(
    (await withViewer(made.by, (tx) => putInMargin(tx, layer, { ...beside, paragraph: made.joined }, 'nl')))
      .ok,
  ).toBe(true);
  expect(
    await withViewer(made.by, (tx) => putInMargin(tx, layer, { ...beside, paragraph: other.joined }, 'nl')),
  ).toMatchObject({ ok: false });
  const stranger = await aPerson('Ander');
  const forged = {
    person: stranger.id ?? '',
    speaks: true,
    publication: made.publication.id,
    part: 'layer',
    belongs: true,
    lays: true,
  } as const;
  const tried = withViewer(stranger, (tx) =>
    putInMargin(tx, forged, { ...beside, paragraph: made.joined }, 'nl'),
  );
  expect(
    await tried.then(
      (answer) => answer.ok,
      () => false,
    ),
  ).toBe(false);
});

test('words go beside what rests on them and beside nothing else, and by its way out nobody takes back a whole telling', async () => {
  const made = await aUse();
  const other = await aUse();
  await made.show();
  const answer = { answer: 'remark', given: own, stance: 'remark', paragraph: other.retold } as const;
  expect(
    await withViewer(made.teller, (tx) => answerUse(tx, used(made.teller), made.piece.id, answer, 'nl')),
  ).toMatchObject({ reason: 'used_changed' });
  expect(
    await withViewer(made.teller, (tx) => leave(tx, used(made.teller), made.telling.id, 'nl')),
  ).toMatchObject({ reason: 'used_unknown' });
  expect(await standing(made)).toHaveLength(4);
});
