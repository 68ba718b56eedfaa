import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aField, asAdmin, layField } from '../../testing.ts';
import { remindAskings, sendAskings } from '../jobs.server.ts';
import { outlooks, type CampaignWish } from '../model.ts';
import { campaigns, candidatesFor } from '../queries.server.ts';
import { lettersOf, withMail } from '../testing.ts';
import { askByHand, startCampaign, stopCampaign } from './campaign.server.ts';
import { remindNextAsking, sendNextAsking } from './send.server.ts';

const database = ownDatabase();
const gelderland = { kind: 'province', id: 'PV25' } as const;
const arnhem = { kind: 'municipality', id: 'GM0202' } as const;
const home = 'https://steppingstones.example';
const wish = (more: Partial<CampaignWish> = {}): CampaignWish => ({
  name: 'Voorjaar',
  region: gelderland,
  theme: null,
  which: 'all',
  ...more,
});

let verifier: Viewer;
let far: Viewer;
let admin: Viewer;
let member: Viewer;
let ids: Record<string, string> = {};

const sqlAdmin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);
const start = (viewer: Viewer, more: Partial<CampaignWish> = {}) =>
  withViewer(viewer, (tx) => startCampaign(tx, wish(more), home));
const standing = (slug: string) =>
  sqlAdmin<{ standing: string }>(
    `select a.standing from core.asking a join core.initiative i on i.id = a.initiative_id where i.slug = $1 order by a.laid_at desc limit 1`,
    [slug],
  ).then(([row]) => row?.standing ?? null);

beforeAll(async () => {
  await layField(
    aField([
      { id: 'in-arnhem', name: 'In Arnhem' },
      { id: 'in-ede', name: 'In Ede', municipality: 'Ede' },
      { id: 'about-work', name: 'Over werk', themes: ['work'] },
      { id: 'no-mail', name: 'Zonder adres' },
      { id: 'rather-not', name: 'Liever niet' },
      { id: 'gone', name: 'Gestopt', endYear: 2020, status: 'ended' },
      { id: 'far-away', name: 'Ver weg', municipality: 'Rotterdam', province: 'Zuid-Holland' },
    ]),
  );
  for (const slug of ['in-arnhem', 'in-ede', 'about-work', 'rather-not', 'gone', 'far-away'])
    await withMail(database.adminUrl, slug);
  const rows = await sqlAdmin<{ slug: string; id: string }>('select slug, id from core.initiative');
  ids = Object.fromEntries(rows.map(({ slug, id }) => [slug, id]));
  await sqlAdmin(`insert into core.asking_wish (initiative_id, wish) values ($1, 'never')`, [
    ids['rather-not'],
  ]);
  verifier = await aPerson('Samira', [{ role: 'verifier', scope: gelderland }]);
  far = await aPerson('Femke', [{ role: 'verifier', scope: { kind: 'province', id: 'PV28' } }]);
  admin = await aPerson('Beheer', [{ role: 'admin' }]);
  member = await aMember('Noor', ids['in-arnhem'] ?? '');
});

describe('whom a campaign reaches', () => {
  const seen = (viewer: Viewer, more: Partial<CampaignWish> = {}) =>
    withViewer(viewer, async (tx) => outlooks(await candidatesFor(tx, wish(more)), '2026-11-22'));

  test('before it starts a verifier sees how many will be asked, how many not and why; what ended is left in peace', async () => {
    expect(await seen(verifier)).toEqual({ asked: 3, 'no-address': 1, 'asked-lately': 0, 'rather-not': 1 });
    expect(await seen(verifier, { theme: 'work' })).toMatchObject({ asked: 1, 'no-address': 0 });
    expect(await seen(verifier, { region: arnhem })).toMatchObject({ asked: 2, 'no-address': 1 });
    expect(await seen(verifier, { which: 'silent' })).toMatchObject({ asked: 0 });
    expect(await seen(verifier, { which: 'never-confirmed' })).toMatchObject({ asked: 3 });
  });

  test('a verifier asks in their own region only, an admin anywhere, and nobody else', async () => {
    expect(await seen(far)).toEqual({ asked: 0, 'no-address': 0, 'asked-lately': 0, 'rather-not': 0 });
    expect(await seen(member)).toMatchObject({ asked: 0 });
    expect(await seen(admin)).toMatchObject({ asked: 3 });
    expect(await seen(admin, { region: { kind: 'all', id: '' } })).toMatchObject({ asked: 4 });
    expect(await seen(verifier, { region: { kind: 'all', id: '' } })).toMatchObject({ asked: 0 });
    for (const viewer of [far, member])
      expect(await start(viewer)).toMatchObject({ ok: false, reason: 'verifying.desk.refused.region' });
    const unsure = await aPerson('Zonder code', [{ role: 'verifier', scope: gelderland }], false);
    expect(await start(unsure)).toMatchObject({ ok: false });
  });

  test('how long it is silent in the database is how long it is silent in the rules', async () => {
    const days = await sqlAdmin<{ fading: number; faded: number; silent: number }>(
      `select core.silent_days('fading') as fading, core.silent_days('faded') as faded, core.silent_days('silent') as silent`,
    );
    expect(days).toEqual([{ fading: 366, faded: 548, silent: 731 }]);
    await sqlAdmin(`update core.initiative set confirmed_on = core.today() - 600 where slug = 'in-ede'`);
    expect(await seen(verifier, { which: 'faded' })).toMatchObject({ asked: 1 });
    expect(await seen(verifier, { which: 'silent' })).toMatchObject({ asked: 0 });
    await sqlAdmin(`update core.initiative set checked_on = core.today() - 10 where slug = 'in-ede'`);
    expect(await seen(verifier, { which: 'fading' })).toMatchObject({ asked: 0 });
    await sqlAdmin(`update core.initiative set confirmed_on = null, checked_on = null where slug = 'in-ede'`);
  });
});

describe('a campaign', () => {
  test('writes to each initiative with an address, in its own language, with three links over one word', async () => {
    await sqlAdmin(
      `insert into core.initiative_text (initiative_id, language, text, origin, checked) values ($1, 'ar', 'نحن هنا', 'own', true)`,
      [ids['in-ede']],
    );
    const begun = await start(verifier);
    expect(begun).toMatchObject({
      ok: true,
      value: { counts: { asked: 3, 'no-address': 1, 'rather-not': 1 } },
    });
    expect(await lettersOf(database.adminUrl)).toEqual([]);
    await sendAskings();
    const letters = await lettersOf(database.adminUrl);
    expect(letters.map(({ name, to_address, language }) => [name, to_address, language]).sort()).toEqual([
      ['still-true.ask', 'post@about-work.example', 'nl'],
      ['still-true.ask', 'post@in-arnhem.example', 'nl'],
      ['still-true.ask', 'post@in-ede.example', 'ar'],
    ]);
    for (const { urls, language } of letters) {
      const words = urls.map((url) =>
        /^https:\/\/steppingstones\.example\/(\w\w)\/still-true\/([\w-]{43})\?answer=(\w+)$/.exec(url),
      );
      expect(words.map((found) => found?.[3])).toEqual(['right', 'changed', 'stopped']);
      expect(new Set(words.map((found) => `${found?.[1]} ${found?.[2]}`)).size).toBe(1);
      expect(words[0]?.[1]).toBe(language);
    }
    expect(
      await Promise.all(['in-arnhem', 'no-mail', 'rather-not', 'gone', 'far-away'].map(standing)),
    ).toEqual(['sent', 'no-address', null, null, null]);
  });

  test('sending again sends nothing again, and a second campaign passes over whom was asked', async () => {
    await sendAskings();
    expect(await lettersOf(database.adminUrl)).toHaveLength(3);
    expect(await start(verifier, { theme: 'work' })).toMatchObject({
      reason: 'verifying.desk.refused.nobody-to-ask',
    });
  });

  test('how far it has come is known to who may ask there, in numbers, and to nobody else', async () => {
    const tallies = (viewer: Viewer) =>
      withViewer(viewer, async (tx) =>
        (await campaigns(tx)).map(({ name, tally }) => [name, tally.sent, tally.noAddress]),
      );
    expect(await tallies(verifier)).toEqual([['Voorjaar', 3, 1]]);
    expect(await tallies(admin)).toEqual([['Voorjaar', 3, 1]]);
    expect(await tallies(far)).toEqual([]);
    expect(await tallies(member)).toEqual([]);
    const asked = await withViewer(admin, (tx) => tx.selectFrom('core.asking').select('id').execute());
    expect(asked).toEqual([]);
  });

  test('one reminder goes out after three weeks to who did not answer, and never a second', async () => {
    await remindAskings();
    expect(await lettersOf(database.adminUrl)).toHaveLength(3);
    await sqlAdmin(`update core.asking set sent_at = sent_at - interval '22 days' where sent_at is not null`);
    await sqlAdmin(`update core.asking set answer = 'right', answered_at = now() where initiative_id = $1`, [
      ids['in-ede'],
    ]);
    await sqlAdmin(`insert into core.asking_wish (initiative_id, wish) values ($1, 'less')`, [
      ids['about-work'],
    ]);
    for (let nights = 0; nights < 3; nights++) await remindAskings();
    const letters = (await lettersOf(database.adminUrl)).filter(({ name }) => name === 'still-true.remind');
    expect(letters.map(({ to_address }) => to_address)).toEqual(['post@in-arnhem.example']);
  });

  test('who is stopped in time is not written to', async () => {
    const begun = await start(admin, { region: { kind: 'province', id: 'PV28' } });
    if (!begun.ok) throw new Error(begun.reason);
    expect(await withViewer(verifier, (tx) => stopCampaign(tx, begun.value.campaign))).toMatchObject({
      ok: false,
    });
    expect(await withViewer(far, (tx) => stopCampaign(tx, begun.value.campaign))).toMatchObject({ ok: true });
    await sendAskings();
    expect(await standing('far-away')).toBe('dropped');
    expect(
      (await lettersOf(database.adminUrl)).some(({ to_address }) => to_address?.includes('far-away')),
    ).toBe(false);
  });
});

describe('asking by hand', () => {
  const byHand = (viewer: Viewer, slug: string) =>
    withViewer(viewer, (tx) => askByHand(tx, ids[slug] ?? '', 'nl', home));

  test('a verifier there may ask again soon, but never who does not wish it, nor their own', async () => {
    expect(await byHand(verifier, 'in-arnhem')).toMatchObject({ ok: true });
    expect(await byHand(verifier, 'in-arnhem')).toMatchObject({ reason: 'verifying.desk.refused.underway' });
    expect(await byHand(verifier, 'rather-not')).toMatchObject({
      reason: 'verifying.desk.refused.rather-not',
    });
    expect(await byHand(verifier, 'no-mail')).toMatchObject({ reason: 'verifying.desk.refused.no-address' });
    const own = await aPerson('Eigen', [
      { role: 'verifier', scope: gelderland },
      { role: 'member', scope: { kind: 'initiative', id: ids['in-ede'] ?? '' } },
    ]);
    for (const viewer of [far, member, admin, own])
      expect(await byHand(viewer, 'in-ede')).toMatchObject({ reason: 'verifying.desk.refused.elsewhere' });
  });

  test('letters leave twenty at a time, and two who send at once send none twice', async () => {
    await sqlAdmin(
      `insert into core.asking (initiative_id, home, language, standing) select $1, $2, 'nl', 'waiting' from generate_series(1, 45)`,
      [ids['in-ede'], home],
    );
    const before = (await lettersOf(database.adminUrl)).length;
    // Nobody does the jobs of this test: the one that would run now is done by hand.
    await sqlAdmin('delete from jobs.job');
    await sendAskings();
    expect((await lettersOf(database.adminUrl)).length - before).toBe(20);
    const [put] = await sqlAdmin<{ later: boolean }>(
      `select start_after > now() + interval '30 seconds' as later from jobs.job where data->>'job' = 'send-askings' and state = 'created' order by created_on desc limit 1`,
    );
    expect(put).toEqual({ later: true });
    await Promise.all([sendAskings(), sendAskings(), sendAskings()]);
    expect((await lettersOf(database.adminUrl)).length - before).toBe(46);
  });

  test('an address that no letter can go to is told as none, and holds nobody else up', async () => {
    await sqlAdmin(`update core.initiative set mail = 'a<b>@x.example' where slug = 'about-work'`);
    await sqlAdmin(
      `insert into core.asking (initiative_id, home, language, standing) values ($1, $2, 'nl', 'waiting')`,
      [ids['about-work'], home],
    );
    await sendAskings();
    expect(await standing('about-work')).toBe('no-address');
  });

  test('only the house writes letters', async () => {
    for (const viewer of [verifier, admin, member]) {
      await expect(withViewer(viewer, sendNextAsking)).rejects.toThrow('operator');
      await expect(withViewer(viewer, remindNextAsking)).rejects.toThrow('operator');
    }
    for (const viewer of [house, operator]) expect(await withViewer(viewer, sendNextAsking)).toBe(false);
  });
});
