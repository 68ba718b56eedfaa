import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { nothingSaid } from '../../consent/model.ts';
import { say } from '../../consent/commands.server.ts';
import { aPerson } from '../../people/testing.ts';
import { tellerOf, type Teller } from '../access.ts';
import { settleTelling } from '../opening/jobs.server.ts';
import { answerOthers, lookForOthers } from '../third-persons/commands.server.ts';
import { othersOf } from '../third-persons/queries.server.ts';
import { beginTelling, freezeVersion, release, saveMore, saveParts } from './commands.server.ts';
import type { Sheet } from './input.ts';
import { newestVersion, tellingToWrite } from './queries.server.ts';

ownDatabase();

let samira: Viewer;
beforeAll(async () => {
  samira = await aPerson('Samira');
});

const tells = (viewer: Viewer): Teller => tellerOf(viewer) ?? { person: '', speaks: true, tells: true };
const as = <Answer>(viewer: Viewer, deed: (tx: Tx, teller: Teller) => Promise<Answer>) =>
  withViewer(viewer, (tx) => deed(tx, tells(viewer)));
const sheet = (text: string, more: Partial<Sheet> = {}): Sheet => ({
  title: '',
  prompt: null,
  runs: [{ after: null, of: [], text }],
  moments: [],
  remove: [],
  add: false,
  ...more,
});
const begin = (viewer: Viewer, about = '') =>
  as(viewer, (tx, teller) => beginTelling(tx, teller, { language: 'ar', toldBy: null, about }));
const openTo = (id: string) =>
  withViewer(visitor, async (tx) => {
    const { rows } = await sql<{ text: string }>`
      select b.text from pub.telling_block b where b.telling = ${id} order by b.place`.execute(tx);
    return rows.map(({ text }) => text);
  });

/** A telling of this viewer with these words, not yet released. */
async function aDraft(text: string, viewer = samira): Promise<string> {
  const id = await begin(viewer);
  await as(viewer, (tx, teller) => saveParts(tx, teller, id, sheet(text)));
  return id;
}

/** Writes over everything that stands in the draft. */
const writeAnew = (id: string, text: string) =>
  as(samira, async (tx, teller) => {
    const of = (await tellingToWrite(tx, id))?.doc.content.map(({ attrs }) => attrs.id) ?? [];
    return saveParts(tx, teller, id, sheet(text, { runs: [{ after: null, of, text }] }));
  });

async function releaseToAll(id: string, days = 0): Promise<void> {
  await as(samira, async (tx, teller) => {
    const frozen = await freezeVersion(tx, teller, id);
    if (!frozen.ok) throw new Error(frozen.reason);
    await release(tx, teller, id, days);
    await say(tx, teller, {
      item: id,
      sayings: [{ ...nothingSaid('read'), verdict: 'given', audience: 'public' }],
      seenHash: frozen.value.hash,
      shownIn: 'ar',
      how: 'screen',
    });
    await settleTelling(tx, id);
  });
}

test('what was begun and has no word yet is gone on with; what has words is never begun over', async () => {
  const first = await begin(samira);
  expect(await begin(samira)).toBe(first);
  await as(samira, (tx, teller) => saveParts(tx, teller, first, sheet('مرحبا')));
  expect(await begin(samira)).not.toBe(first);
});

test('a draft is read by its teller alone: for anyone else it is not there', async () => {
  const id = await aDraft('سر');
  const other = await aPerson('Omar', [{ role: 'editor' }]);
  expect(await as(samira, (tx) => tellingToWrite(tx, id))).toMatchObject({ id, standing: 'draft' });
  for (const viewer of [other, await aPerson('Ada', [{ role: 'admin' }])]) {
    expect(await as(viewer, (tx) => tellingToWrite(tx, id))).toBeNull();
    expect(await as(viewer, (tx) => newestVersion(tx, id))).toBeNull();
    expect(await as(viewer, (tx, teller) => saveParts(tx, teller, id, sheet('weg')))).toMatchObject({
      reason: 'telling_unknown',
    });
    expect(await as(viewer, (tx, teller) => freezeVersion(tx, teller, id))).toMatchObject({
      reason: 'telling_unknown',
    });
    expect(await as(viewer, (tx, teller) => release(tx, teller, id, 0))).toMatchObject({ ok: false });
    const more = {
      roleThen: null,
      themes: [],
      province: null,
      findable: true,
      names: { full: 'x', first: '', other: '' },
    };
    expect(await as(viewer, (tx, teller) => saveMore(tx, teller, id, more))).toMatchObject({
      reason: 'telling_unknown',
    });
    expect(await as(viewer, (tx) => othersOf(tx, id))).toEqual([]);
    expect(await as(viewer, (tx, teller) => lookForOthers(tx, teller, id))).toBe(0);
  }
  expect(await as(samira, (tx) => tellingToWrite(tx, 'geen-sleutel'))).toBeNull();
});

test('a photo that came into the draft while someone wrote stays, and so do the words', async () => {
  const id = await aDraft('Eén.\n\nTwee.');
  const doc = await as(samira, async (tx) => (await tellingToWrite(tx, id))?.doc);
  const [one, two] = doc?.content.map(({ attrs }) => attrs.id) ?? [];
  const media = '0193a000-0000-7000-8000-0000000000aa';
  await withViewer(operator, (tx) =>
    sql`update core.telling_draft set doc = jsonb_insert(doc, '{content,1}', ${JSON.stringify({ type: 'image', attrs: { id: media, lang: 'ar', dir: 'rtl', media, alt: 'Een deur' } })}::jsonb) where telling = ${id}`.execute(
      tx,
    ),
  );
  const saved = await as(samira, (tx, teller) =>
    saveParts(
      tx,
      teller,
      id,
      sheet('', { runs: [{ after: null, of: [one ?? '', two ?? ''], text: 'Eén!\n\nTwee.' }] }),
    ),
  );
  expect(saved.ok && saved.value.content.map(({ type }) => type).sort()).toEqual([
    'image',
    'paragraph',
    'paragraph',
  ]);
});

test('a telling that may name someone is not released before its teller answered that', async () => {
  const id = await aDraft('أخي محمد كان معي. رقمي 06-12345678');
  expect(await as(samira, (tx, teller) => freezeVersion(tx, teller, id))).toMatchObject({
    reason: 'others_unanswered',
  });
  const [text] = await as(samira, (tx) => othersOf(tx, id)).then(async (found) =>
    found.length > 0
      ? found
      : as(samira, async (tx, teller) => (await lookForOthers(tx, teller, id), othersOf(tx, id))),
  );
  expect(text?.flags.map(({ kind }) => kind)).toEqual(['name', 'phone']);
  const [name, phone] = text?.flags ?? [];
  const left = await as(samira, (tx, teller) =>
    answerOthers(tx, teller, id, [
      { flag: name?.id ?? '', answer: 'kept' },
      { flag: phone?.id ?? '', answer: 'changed', words: 'رقم' },
    ]),
  );
  expect(left).toEqual({ ok: true, value: { left: 0 } });
  const doc = await as(samira, async (tx) => (await tellingToWrite(tx, id))?.doc);
  expect(JSON.stringify(doc)).toContain('أخي محمد كان معي. رقمي رقم');
  // Kept on purpose stays so, wherever it is written again; what was never asked is asked.
  await writeAnew(id, 'ثم جاء. أخي محمد كان معي.');
  expect(await as(samira, (tx, teller) => freezeVersion(tx, teller, id))).toMatchObject({
    ok: true,
    value: { number: 1 },
  });
  await writeAnew(id, 'أخي محمد وأختي فاطمة');
  expect(await as(samira, (tx, teller) => lookForOthers(tx, teller, id))).toBe(1);
});

test('the database itself refuses a release while someone may be named', async () => {
  const id = await aDraft('Bel 06-12345678');
  await as(samira, (tx, teller) => lookForOthers(tx, teller, id));
  await withViewer(operator, (tx) =>
    sql`insert into core.telling_version (telling, number, doc, hash) values (${id}, 1, '{}', sha256('x'))`.execute(
      tx,
    ),
  );
  await expect(as(samira, (tx, teller) => release(tx, teller, id, 0))).rejects.toMatchObject({
    code: '42501',
  });
});

test('nothing is released that nobody saw, and nothing empty is', async () => {
  const empty = await begin(samira);
  expect(await as(samira, (tx, teller) => freezeVersion(tx, teller, empty))).toMatchObject({
    reason: 'telling_empty',
  });
  expect(await as(samira, (tx, teller) => release(tx, teller, empty, 0))).toMatchObject({
    reason: 'not_seen',
  });
});

test('what is released is read by others only after the days to think again', async () => {
  const id = await aDraft('بعد أيام');
  await releaseToAll(id, 14);
  expect(await openTo(id)).toEqual([]);
  await withViewer(operator, (tx) =>
    sql`update core.telling set released_at = now() - interval '15 days', open_from = now() - interval '1 day' where id = ${id}`.execute(
      tx,
    ),
  );
  await as(samira, (tx) => settleTelling(tx, id));
  expect(await openTo(id)).toEqual(['بعد أيام']);
});

test('after a release the old version is read until the new one is released, and what was not changed keeps its key', async () => {
  const id = await aDraft('أول\n\nثانٍ');
  await releaseToAll(id);
  const before = await withViewer(visitor, (tx) =>
    sql<{ block: string }>`select block from pub.telling_block where telling = ${id} order by place`.execute(
      tx,
    ),
  );
  await writeAnew(id, 'أول\n\nغير هذا');
  expect(await openTo(id)).toEqual(['أول', 'ثانٍ']);
  const frozen = await as(samira, (tx, teller) => freezeVersion(tx, teller, id));
  expect(frozen).toMatchObject({ value: { number: 2 } });
  expect(await openTo(id)).toEqual(['أول', 'ثانٍ']);
  await releaseToAll(id, 14);
  expect(await openTo(id)).toEqual(['أول', 'غير هذا']);
  const after = await withViewer(visitor, (tx) =>
    sql<{ block: string }>`select block from pub.telling_block where telling = ${id} order by place`.execute(
      tx,
    ),
  );
  expect(after.rows).toEqual(before.rows);
  expect(await as(samira, (tx, teller) => freezeVersion(tx, teller, id))).toMatchObject({
    value: { number: 2 },
  });
});
