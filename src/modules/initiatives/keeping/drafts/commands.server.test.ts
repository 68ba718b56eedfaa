import { beforeAll, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { byLink, house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { makeLink } from '../../links/commands.server.ts';
import { linkNamed } from '../../links/queries.server.ts';
import { asAdmin } from '../../testing.ts';
import { forgetDrafts } from '../jobs.server.ts';
import type { Typed } from '../model.ts';
import { holderOf } from './access.ts';
import { beginDraft, dropDraft, keepDraft } from './commands.server.ts';
import { draftNamed, typedInDraft } from './queries.server.ts';

const database = ownDatabase();
const typed: Typed = { name: ['Brug'], place: ['Arnhem'], point: ['51.98765, 5.91234'] };
const count = async () => (await asAdmin(database.adminUrl, 'select from vault.draft')).length;
const readBy = (viewer: Viewer, draft: string) => withViewer(viewer, (tx: Tx) => typedInDraft(tx, draft));

beforeAll(() => withViewer(operator, (tx) => loadPlaces(tx)), 120_000);

test('what was typed comes back with its word, also without the hyphens, and as it was kept last', async () => {
  const { holder, word } = await beginDraft(typed, 'ar', visitor);
  expect(word).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  await keepDraft(holder, { ...typed, text: ['Thee.'] }, 'nl');
  for (const said of [word, word.replaceAll('-', '')]) {
    const found = await draftNamed(said);
    expect(found && (await readBy(found.viewer, found.draft))).toEqual({ ...typed, text: ['Thee.'] });
  }
});

test('no other word, and nobody without the word, opens it', async () => {
  const { holder, word } = await beginDraft(typed, 'nl', visitor);
  for (const said of ['', 'nonsense', word.slice(0, -1), holder.draft, `${word}x`])
    expect(await draftNamed(said), said).toBeNull();
  const { holder: other } = await beginDraft(typed, 'nl', visitor);
  const others = [
    other.viewer,
    byLink(null),
    await aPerson('Stranger'),
    await aPerson('Vera', [{ role: 'verifier' }]),
    await aPerson('Ada', [{ role: 'admin' }]),
  ];
  for (const viewer of others) expect(await readBy(viewer, holder.draft), viewer.kind).toBeNull();
  await expect(readBy(visitor, holder.draft)).rejects.toThrow(/permission denied/);
  const { word: linkWord } = await withViewer(house, (tx) =>
    makeLink(tx, {
      initiative: null,
      purpose: 'add',
      about: other.draft,
      sentTo: 'a@b.example',
      language: 'nl',
    }),
  );
  const link = await linkNamed(linkWord, 'add');
  expect(link && (await readBy(link.viewer, holder.draft))).toBeNull();
  expect(link && (await readBy(link.viewer, other.draft))).toEqual(typed);
});

test('a draft is not given to another draft’s holder by making it under their key', async () => {
  const { holder } = await beginDraft(typed, 'nl', visitor);
  await withViewer(byLink(crypto.randomUUID()), (tx) =>
    tx.updateTable('vault.draft').set({ typed: '{}' }).where('id', '=', holder.draft).execute(),
  );
  expect(await readBy(holder.viewer, holder.draft)).toEqual(typed);
});

test('after a year in which nobody came back it is gone, and coming back keeps it for another', async () => {
  const { holder, word } = await beginDraft(typed, 'nl', visitor);
  const { holder: visited, word: again } = await beginDraft(typed, 'nl', visitor);
  await asAdmin(
    database.adminUrl,
    `update vault.draft set saved_at = now() - interval '360 days', until = now() - interval '1 day'`,
  );
  expect(await draftNamed(word)).toBeNull();
  await keepDraft(holderOf(visited.draft), typed, 'nl');
  const before = await count();
  await forgetDrafts();
  expect(await count()).toBeLessThan(before);
  expect(await readBy(holder.viewer, holder.draft)).toBeNull();
  expect(await draftNamed(again)).not.toBeNull();
});

test('a draft that is thrown away leaves nothing', async () => {
  const { holder, word } = await beginDraft(typed, 'nl', visitor);
  const before = await count();
  await dropDraft(holder);
  expect([await draftNamed(word), await count()]).toEqual([null, before - 1]);
});

test('the word itself is written down nowhere', async () => {
  const { word } = await beginDraft(typed, 'nl', visitor);
  const rows = await asAdmin<{ row: string }>(database.adminUrl, 'select d::text as row from vault.draft d');
  for (const form of [word, word.replaceAll('-', '')])
    expect(rows.filter(({ row }) => row.includes(form))).toEqual([]);
});
