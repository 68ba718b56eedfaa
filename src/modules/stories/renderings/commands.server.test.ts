import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { machineAtHand, type Machine } from '#platform/translation/machine.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../../initiatives/testing.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { tellerOf, translatorOf, type Teller, type Translator } from '../access.ts';
import { aTelling } from '../testing.ts';
import { checkAsOther, checkAsTeller } from './checking/commands.server.ts';
import { remarksOn } from './checking/queries.server.ts';
import { draftByMachine, saveRendering } from './commands.server.ts';
import { bothSides, renderingsOf, sourceOf, tellingsToRender } from './queries.server.ts';
import { releasedAnew } from './testing.ts';

ownDatabase();
let teller: Viewer;
let translator: Viewer;
let other: Viewer;
let machine: Machine;
const libre = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { q } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { q: string[] };
    response.end(JSON.stringify({ translatedText: q.map((_text, at) => `Van een machine ${at}`) }));
  });
});

beforeAll(async () => {
  await layField(aField([{ id: 'taalcafe' }]));
  const { rows } = await withViewer(operator, (tx) =>
    sql<{ id: string }>`select id from core.initiative`.execute(tx),
  );
  const initiative = rows[0]?.id ?? '';
  teller = await aPerson('Noor');
  translator = await aMember('Bahar', initiative);
  other = await aMember('Omar', initiative);
  await new Promise<void>((resolve) => libre.listen(0, '127.0.0.1', resolve));
  const { port } = libre.address() as AddressInfo;
  machine = machineAtHand({ TRANSLATE_URL: `http://127.0.0.1:${port}` }) as Machine;
});
afterAll(() => libre.close());

const given = (use: 'read' | 'translate-people' | 'translate-machine', languages: string[] | null = null) =>
  ({ use, verdict: 'given', audience: 'public', languages }) as const;
const both = [given('read'), given('translate-people')];
const arabic = (consents: Parameters<typeof aTelling>[0]['consents'] = both) =>
  aTelling({ teller, language: 'ar', says: ['كنا نجلس معا.', 'ثم ذهبنا.'], consents });
const hand = (viewer: Viewer) => translatorOf(viewer) as Translator;
const mouth = () => tellerOf(teller) as Teller;

/** Saves these words, in the order of the blocks, as made from the words that stand there now. */
const save = (
  viewer: Viewer,
  telling: string,
  words: readonly string[],
  standing: 'draft' | 'done',
  through = false,
  language = 'nl',
) =>
  withViewer(viewer, async (tx) => {
    const source = await sourceOf(tx, telling);
    const blocks = words.map((text, at) => ({
      block: source[at]?.block ?? '',
      text,
      seen: source[at]?.hash ?? '',
      through,
    }));
    return saveRendering(tx, hand(viewer), { telling, language }, { blocks, signedAs: 'B.' }, standing);
  });
const keyOf = async (saving: ReturnType<typeof save>) => {
  const made = await saving;
  return made.ok ? made.value.rendering : expect.unreachable(made.reason);
};
const onTheStreet = (telling: string) =>
  withViewer(visitor, (tx) =>
    sql<{
      text: string;
      stale: boolean;
      how: string;
      signed: string;
      standing: string;
    }>`select b.text, b.stale, r.made_how as how, r.signed_as as signed, r.standing
      from pub.rendering r join pub.rendering_block b on b.rendering = r.id join pub.telling_block t on t.block = b.block where r.telling = ${telling} order by t.place`.execute(
      tx,
    ),
  ).then(({ rows }) => rows);

test('a rendering stands beside the original once it is done, signed as its translator wishes', async () => {
  const { id } = await arabic();
  await save(translator, id, ['We zaten samen.'], 'draft');
  expect(await onTheStreet(id)).toEqual([]);
  await save(translator, id, ['We zaten samen.', 'Toen gingen we.'], 'done');
  const block = { stale: false, how: 'person', signed: 'B.', standing: 'done' };
  expect(await onTheStreet(id)).toEqual([
    { text: 'We zaten samen.', ...block },
    { text: 'Toen gingen we.', ...block },
  ]);
});

test('who may not read a telling, or may not put it into a language, finds nothing there', async () => {
  const stranger = await aPerson('Vreemde');
  const [network, none, onlyFrench] = await Promise.all([
    arabic([{ ...given('read'), audience: 'network' }]),
    arabic([given('read')]),
    arabic([given('read'), given('translate-people', ['fr'])]),
  ]);
  for (const { id } of [network, none]) {
    expect(await save(translator, id, ['x'], 'done')).toMatchObject({ reason: 'rendering_unknown' });
    expect(await withViewer(translator, (tx) => renderingsOf(tx, id))).toEqual([]);
  }
  expect(await save(translator, onlyFrench.id, ['x'], 'done')).toMatchObject({
    reason: 'rendering_not_wished',
  });
  const desk = await withViewer(translator, (tx) =>
    tellingsToRender(tx, hand(translator), { into: 'nl', from: 'ar', filter: 'all' }),
  );
  expect(desk.map(({ id }) => id)).not.toContain(onlyFrench.id);
  expect(desk.map(({ id }) => id)).not.toContain(none.id);
  const made = await keyOf(save(translator, onlyFrench.id, ['x'], 'draft', false, 'fr'));
  expect(await withViewer(stranger, (tx) => bothSides(tx, onlyFrench.id, made))).toBeNull();
});

test('two hands render the same telling each in their own way, and neither touches the other’s', async () => {
  const { id } = await arabic();
  const sign = (viewer: Viewer, signedAs: string | null, text: string) =>
    withViewer(viewer, async (tx) => {
      const [first] = await sourceOf(tx, id);
      const blocks = [{ block: first?.block ?? '', text, seen: first?.hash ?? '', through: false }];
      return saveRendering(tx, hand(viewer), { telling: id, language: 'nl' }, { blocks, signedAs }, 'done');
    });
  await sign(translator, null, 'We zaten samen.');
  await sign(other, 'Omar', 'Wij zaten bij elkaar.');
  await sign(translator, 'Bahar', 'We zaten samen.');
  expect((await onTheStreet(id)).map(({ text, signed }) => [signed, text]).sort()).toEqual([
    ['Bahar', 'We zaten samen.'],
    ['Omar', 'Wij zaten bij elkaar.'],
  ]);
});

test('a draft of one is not read by another of the network', async () => {
  const { id } = await arabic();
  await save(translator, id, ['Nog niet goed.'], 'draft');
  expect(await withViewer(other, (tx) => renderingsOf(tx, id))).toEqual([]);
  await save(translator, id, ['Nu wel.'], 'done');
  expect((await withViewer(other, (tx) => renderingsOf(tx, id))).map(({ mine }) => mine)).toEqual([false]);
});

test('the teller checks it; other words have to be checked anew', async () => {
  const { id } = await arabic();
  const rendering = await keyOf(save(translator, id, ['We zaten samen.'], 'done'));
  const right = { isRight: true, words: null };
  expect(
    await withViewer(teller, (tx) => checkAsTeller(tx, mouth(), { telling: id, rendering }, right)),
  ).toMatchObject({ ok: true });
  expect((await onTheStreet(id))[0]?.standing).toBe('checked-by-teller');
  await save(translator, id, ['We zaten samen.'], 'done');
  expect((await onTheStreet(id))[0]?.standing).toBe('checked-by-teller');
  await save(translator, id, ['We zaten bij elkaar.'], 'done');
  expect((await onTheStreet(id))[0]?.standing).toBe('done');
});

test('what the teller says is not right leaves the street, and the translator reads why', async () => {
  const { id } = await arabic();
  const rendering = await keyOf(save(translator, id, ['We stonden samen.'], 'done'));
  const wrong = { isRight: false, words: 'جلسنا، لم نقف' };
  await withViewer(teller, (tx) => checkAsTeller(tx, mouth(), { telling: id, rendering }, wrong));
  expect(await onTheStreet(id)).toEqual([]);
  expect(await withViewer(translator, (tx) => remarksOn(tx, rendering))).toEqual([
    { ...wrong, byTeller: true },
  ]);
  const stranger = await aPerson('Vreemde');
  for (const viewer of [stranger, other])
    expect(await withViewer(viewer, (tx) => remarksOn(tx, rendering))).toEqual([]);
});

test('another of the network checks it, never their own, and never in the name of the teller', async () => {
  const { id } = await arabic();
  const rendering = await keyOf(save(translator, id, ['We zaten samen.'], 'done'));
  const check = (viewer: Viewer) =>
    withViewer(viewer, (tx) =>
      checkAsOther(tx, hand(viewer), { telling: id, rendering }, { isRight: true, words: null }),
    );
  expect(await check(translator)).toMatchObject({ reason: 'rendering_own' });
  expect(await check(other)).toMatchObject({ ok: true });
  expect((await onTheStreet(id))[0]?.standing).toBe('checked-by-other');
  const asTeller = withViewer(other, (tx) =>
    tx
      .updateTable('core.rendering')
      .set({ standing: 'checked-by-teller', checked_by: other.id })
      .where('id', '=', rendering)
      .execute(),
  );
  await expect(asTeller).rejects.toMatchObject({ code: '42501' });
  const signing = withViewer(other, (tx) =>
    tx
      .updateTable('core.rendering')
      .set({ standing: 'checked-by-other', checked_by: other.id, signed_as: 'Iemand anders' })
      .where('id', '=', rendering)
      .execute(),
  );
  await expect(signing).rejects.toMatchObject({ code: '42501' });
  const forged = withViewer(other, (tx) =>
    tx
      .insertInto('core.rendering_remark')
      .values({ rendering, said_by: other.id ?? '', by_teller: true, is_right: true, words: null })
      .execute(),
  );
  await expect(forged).rejects.toMatchObject({ code: '42501' });
});

test('when the original changes, what was made of it is stale until someone goes through it', async () => {
  const { id } = await arabic();
  await save(translator, id, ['We zaten samen.', 'Toen gingen we.'], 'done');
  await releasedAnew(id, teller, 'كنا نقف معا.');
  expect((await onTheStreet(id)).map(({ stale }) => stale)).toEqual([true, false]);
  const stale = await withViewer(translator, (tx) =>
    tellingsToRender(tx, hand(translator), { into: 'nl', from: null, filter: 'stale' }),
  );
  expect(stale.find((each) => each.id === id)?.mine).toEqual({ standing: 'done', done: 2, stale: 1 });
  await save(translator, id, ['We zaten samen.', 'Toen gingen we.'], 'done');
  expect((await onTheStreet(id)).map((block) => block.stale)).toEqual([true, false]);
  await save(translator, id, ['We zaten samen.', 'Toen gingen we.'], 'done', true);
  expect((await onTheStreet(id)).map((block) => block.stale)).toEqual([false, false]);
});

test('a machine is never asked without the teller’s consent to that use, nor where none is named', async () => {
  const { id } = await arabic();
  expect(await draftByMachine(translator, machine, { telling: id, language: 'nl' })).toMatchObject({
    reason: 'rendering_not_wished',
  });
  expect(await draftByMachine(translator, null, { telling: id, language: 'nl' })).toMatchObject({
    reason: 'machine_none',
  });
  expect(
    await draftByMachine(await aPerson('Vreemde'), machine, { telling: id, language: 'nl' }),
  ).toMatchObject({ reason: 'rendering_unknown' });
});

test('a machine’s draft is marked as one until a person went through every block', async () => {
  const { id } = await arabic([...both, given('translate-machine')]);
  await save(translator, id, ['We zaten samen.'], 'draft');
  expect(await draftByMachine(translator, machine, { telling: id, language: 'nl' })).toEqual({
    ok: true,
    value: { many: 1 },
  });
  await save(translator, id, ['We zaten samen.', 'Van een machine 0'], 'done');
  expect((await onTheStreet(id)).map(({ text, how }) => [text, how])).toEqual([
    ['We zaten samen.', 'machine'],
    ['Van een machine 0', 'machine'],
  ]);
  const passing = withViewer(translator, (tx) =>
    tx.updateTable('core.rendering').set({ made_how: 'person' }).where('telling', '=', id).execute(),
  );
  await expect(passing).rejects.toMatchObject({ code: '42501' });
  await save(translator, id, ['We zaten samen.', 'Toen gingen we.'], 'done');
  expect((await onTheStreet(id)).map(({ how }) => how)).toEqual(['person', 'person']);
});

test('what a machine made leaves the street with the consent to it, and a person’s with theirs', async () => {
  const { id } = await arabic([...both, given('translate-machine')]);
  await draftByMachine(translator, machine, { telling: id, language: 'nl' });
  await save(translator, id, ['Van een machine 0', 'Van een machine 1'], 'done');
  expect(await onTheStreet(id)).toHaveLength(2);
  await withViewer(teller, (tx) =>
    sql`insert into core.consent (item, use, verdict, audience, shown_in, how, said_by) values (${id}, 'translate-machine', 'taken-back', 'circle', 'nl', 'screen', ${teller.id})`.execute(
      tx,
    ),
  );
  expect(await onTheStreet(id)).toEqual([]);
});

test('taking the telling back takes every rendering and every word about it', async () => {
  const { id } = await arabic();
  const rendering = await keyOf(save(translator, id, ['We zaten samen.'], 'done'));
  await withViewer(teller, (tx) =>
    checkAsTeller(tx, mouth(), { telling: id, rendering }, { isRight: true, words: 'شكرا' }),
  );
  await withViewer(teller, (tx) => sql`select core.take_back(${id}, 'nl', 'screen')`.execute(tx));
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      n: number;
    }>`select (select count(*) from core.rendering where id = ${rendering}) + (select count(*) from core.rendering_block where rendering = ${rendering})
      + (select count(*) from core.rendering_remark where rendering = ${rendering}) as n`.execute(tx),
  );
  expect(rows).toEqual([{ n: 0 }]);
});
