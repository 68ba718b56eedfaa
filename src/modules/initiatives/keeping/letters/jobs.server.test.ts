import { beforeAll, beforeEach, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { linkNamed } from '../../links/queries.server.ts';
import { aField, asAdmin, layField } from '../../testing.ts';
import { beginDraft } from '../drafts/commands.server.ts';
import { entryToKeep } from '../queries.server.ts';
import { askForAddLink, askForKeepLink } from './commands.server.ts';
import { mailAddLink, mailKeepLink } from './jobs.server.ts';

const database = ownDatabase();
const home = 'https://stenen.example';
interface Letter {
  name: string;
  language: string;
  to_address: string;
  words: { values: Record<string, unknown>; buttons: { url: string }[] };
}
const letters = () =>
  asAdmin<Letter>(
    database.adminUrl,
    'select name, language, to_address, words from vault.letter order by posted_at',
  );
const waitingJobs = () =>
  asAdmin<{ data: { job: string } }>(
    database.adminUrl,
    `select data from jobs.job where data ->> 'job' in ('mail-keep-link', 'mail-add-link')`,
  );

beforeAll(async () => {
  await layField(aField([{ id: 'with-mail' }, { id: 'without' }, { id: 'hidden' }]));
  await asAdmin(
    database.adminUrl,
    `update core.initiative set mail = slug || '@brug.example' where slug <> 'without'`,
  );
  await asAdmin(database.adminUrl, `update core.initiative set visibility = 'hidden' where slug = 'hidden'`);
}, 120_000);

beforeEach(() => asAdmin(database.adminUrl, 'delete from vault.letter; delete from vault.entry_link;'));

test('the link goes to the address we hold, in the language of who asked, and opens that one entry', async () => {
  await mailKeepLink({ slug: 'with-mail', language: 'ar', home });
  const [letter, ...more] = await letters();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ name: 'keep-link', language: 'ar', to_address: 'with-mail@brug.example' });
  const url = letter?.words.buttons[0]?.url ?? '';
  expect(url).toMatch(/^https:\/\/stenen\.example\/ar\/keep\/[\w-]{43}$/);
  const link = await linkNamed(url.split('/').at(-1) ?? '', 'keep');
  const entry = link && (await withViewer(link.viewer, (tx) => entryToKeep(tx, link.initiative ?? '', 'nl')));
  expect(entry).toMatchObject({ slug: 'with-mail', own: true });
});

test('the keeper of a hidden entry gets their link too', async () => {
  await mailKeepLink({ slug: 'hidden', language: 'nl', home });
  expect(await letters()).toMatchObject([{ to_address: 'hidden@brug.example' }]);
});

test('where there is no address, or no such entry, nothing is mailed', async () => {
  for (const slug of ['without', 'never-was', "' or 1=1 --"])
    await mailKeepLink({ slug, language: 'nl', home });
  expect(await letters()).toEqual([]);
});

test('an entry gets two links a day and no third', async () => {
  for (let times = 0; times < 4; times++) await mailKeepLink({ slug: 'with-mail', language: 'nl', home });
  expect(await letters()).toHaveLength(2);
});

test('asking does the same, whether there is such an entry and an address or not', async () => {
  for (const slug of ['with-mail', 'without', 'hidden', 'never-was']) {
    const before = (await waitingJobs()).length;
    await askForKeepLink(slug, 'nl', home);
    expect((await waitingJobs()).length, slug).toBe(before + 1);
  }
  expect(await letters()).toEqual([]);
});

test('the link that lays a draft goes to the address that was typed, at most three times a day', async () => {
  const typed = {
    name: ['Kijk op https://kwaad.example en www.kwaad.example'],
    place: ['Ede'],
    mail: ['Post@Nieuw.example'],
  };
  const { holder } = await beginDraft(typed, 'nl', visitor);
  const before = (await waitingJobs()).length;
  await askForAddLink(holder, home);
  expect((await waitingJobs()).length).toBe(before + 1);
  for (let times = 0; times < 5; times++) await mailAddLink({ draft: holder.draft, home });
  const sent = await letters();
  expect(sent).toHaveLength(3);
  expect(sent[0]).toMatchObject({ name: 'add-link', to_address: 'post@nieuw.example' });
  expect(sent[0]?.words.values.name).toBe('Kijk op … en …');
  const link = await linkNamed(sent[0]?.words.buttons[0]?.url.split('/').at(-1) ?? '', 'add');
  expect(link).toMatchObject({ initiative: null, about: holder.draft });
});

test('a draft that is gone is not mailed', async () => {
  await mailAddLink({ draft: crypto.randomUUID(), home });
  expect(await letters()).toEqual([]);
});
