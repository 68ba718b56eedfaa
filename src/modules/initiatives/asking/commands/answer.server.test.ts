import { beforeEach, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { byLink } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aField, asAdmin, layField } from '../../testing.ts';
import type { Answer } from '../model.ts';
import { askedBy, askingWishOf } from '../queries.server.ts';
import { askedWord, opened, withMail } from '../testing.ts';
import { answerAsking, sayAskingWish, type GivenAnswer } from './answer.server.ts';

const database = ownDatabase();
let at = 0;
let slug = '';
let id = '';
let word = '';

beforeEach(async () => {
  slug = `asked-${++at}`;
  await layField(aField([{ id: slug, name: 'Taalcafé' }]));
  id = await withMail(database.adminUrl, slug);
  word = await askedWord(database.adminUrl, id);
});

const answer = async (answered: Answer, more: Partial<GivenAnswer> = {}) => {
  const link = await opened(word);
  const given: GivenAnswer = { answer: answered, since: null, said: null, language: 'ar', ...more };
  return withViewer(link.viewer, (tx) => answerAsking(tx, link, given));
};
const asked = <Row extends object>(text: string) => asAdmin<Row>(database.adminUrl, text, [id]);
const entry = async () =>
  (
    await asked<{ confirmed_on: string | null; standing: string; state: string }>(
      `select i.confirmed_on::text, i.standing, (select p.state from pub.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) as state
       from core.initiative i where i.id = $1`,
    )
  )[0];
const events = (kind: string) =>
  asked<{ said_by: string; day: string; precision: string }>(
    `select said_by, day::text, precision from pub.life_event where initiative_id = $1 and kind = '${kind}'`,
  );
const proposals = () =>
  asked<{ kind: string; standing: string; words: { said?: string; day?: string } }>(
    'select kind, standing, words from core.proposal where initiative_id = $1 order by brought_at, id',
  );

describe('an initiative answers by the link that was mailed to it', () => {
  test('opening the link changes nothing: whatever scans a mail answers for nobody', async () => {
    const link = await opened(word);
    expect(await withViewer(link.viewer, (tx) => askedBy(tx, link))).toMatchObject({ answer: null });
    expect(await entry()).toMatchObject({ confirmed_on: null, state: 'active' });
  });

  test('right: the day is kept, and it is an event of its own in the initiative’s own voice', async () => {
    expect(await answer('right')).toEqual({ ok: true, value: { answer: 'right', proposed: false } });
    expect(await entry()).toMatchObject({ confirmed_on: today(), standing: 'laid' });
    expect(await events('confirmed')).toEqual([{ said_by: 'own', day: today(), precision: 'day' }]);
  });

  test('answering twice does no harm', async () => {
    for (let times = 0; times < 3; times++) await answer('right');
    expect(await events('confirmed')).toHaveLength(1);
    for (let times = 0; times < 3; times++) await answer('changed', { said: 'انتقلنا' });
    expect(await proposals()).toHaveLength(1);
    for (let times = 0; times < 3; times++)
      await answer('stopped', { since: { day: '2024-01-01', precision: 'year' } });
    expect(await events('ended')).toHaveLength(1);
  });

  test('changed: what they wrote in their own language waits for a verifier, word for word', async () => {
    expect(await answer('changed', { said: 'انتقلنا إلى أرنهيم' })).toMatchObject({
      value: { proposed: true },
    });
    expect(await proposals()).toEqual([
      { kind: 'change', standing: 'waiting', words: { said: 'انتقلنا إلى أرنهيم', language: 'ar' } },
    ]);
    expect(await entry()).toMatchObject({ confirmed_on: null, state: 'active' });
  });

  test('stopped: the end is laid at once with since when, and the entry stays on the map', async () => {
    await answer('stopped', { since: { day: '2024-01-01', precision: 'year' }, said: 'Geen geld meer' });
    expect(await events('ended')).toEqual([{ said_by: 'own', day: '2024-01-01', precision: 'year' }]);
    expect(await entry()).toMatchObject({ standing: 'laid', state: 'ended' });
    expect(await proposals()).toEqual([]);
  });

  test('stopped, told again with another year, is corrected and not doubled', async () => {
    await answer('stopped', { since: { day: '2024-01-01', precision: 'year' } });
    await answer('stopped', { since: { day: '2023-01-01', precision: 'year' } });
    expect(await events('ended')).toEqual([{ said_by: 'own', day: '2023-01-01', precision: 'year' }]);
  });

  test('on an entry that a verifier checked, stopping waits for a verifier', async () => {
    await asked(
      `update core.initiative set checked_on = current_date, checked_through = 'call' where id = $1`,
    );
    expect(await answer('stopped', { since: { day: '2025-05-01', precision: 'month' } })).toMatchObject({
      value: { proposed: true },
    });
    expect(await events('ended')).toEqual([]);
    expect(await proposals()).toMatchObject([
      { kind: 'stopped', standing: 'waiting', words: { day: '2025-05-01' } },
    ]);
    await answer('right');
    expect(await proposals()).toMatchObject([{ kind: 'stopped', standing: 'withdrawn' }]);
  });

  test('whoever pressed ‘stopped’ by mistake answers again, and it is alive as before', async () => {
    await answer('stopped', { since: { day: '2024-01-01', precision: 'year' } });
    await answer('right');
    expect(await events('ended')).toEqual([]);
    expect(await entry()).toMatchObject({ state: 'active', confirmed_on: today() });
  });

  test('a relation does not outlive a side that stopped, and no answer fails on it', async () => {
    await layField(
      aField(
        [
          { id: `${slug}-a`, name: 'A' },
          { id: `${slug}-b`, name: 'B' },
        ],
        {
          relations: [{ id: `${slug}-r`, from: `${slug}-a`, to: `${slug}-b`, since: '2022' }],
        },
      ),
    );
    id = await withMail(database.adminUrl, `${slug}-a`);
    word = await askedWord(database.adminUrl, id);
    await answer('stopped', { since: { day: '2019-01-01', precision: 'year' } });
    expect(await entry()).toMatchObject({ state: 'ended' });
    expect(await asked(`select from pub.relation where from_id = $1`)).toEqual([]);
  });
});

describe('who may answer', () => {
  test('a link opens its own entry only, and only while it lasts', async () => {
    const link = await opened(word);
    const [other] = await asAdmin<{ id: string }>(
      database.adminUrl,
      'select id from core.initiative where id <> $1 limit 1',
      [id],
    );
    const given: GivenAnswer = { answer: 'right', since: null, said: null, language: 'nl' };
    const foreign = { ...link, initiative: other?.id ?? '' };
    expect(await withViewer(link.viewer, (tx) => answerAsking(tx, foreign, given))).toMatchObject({
      reason: 'asking.refused.gone',
    });
    await asAdmin(database.adminUrl, 'update vault.entry_link set ended_at = now() where id = $1', [link.id]);
    expect(await withViewer(link.viewer, (tx) => answerAsking(tx, link, given))).toMatchObject({
      reason: 'asking.refused.gone',
    });
    expect(await withViewer(byLink(null), (tx) => answerAsking(tx, link, given))).toMatchObject({
      ok: false,
    });
  });

  test('an entry that left the map is not answered for', async () => {
    await asked(`update core.initiative set standing = 'withdrawn' where id = $1`);
    expect(await answer('right')).toMatchObject({ reason: 'asking.refused.not-laid' });
  });

  test('an initiative says how often it wishes to be asked, and nobody else says it for them', async () => {
    const link = await opened(word);
    const says = (viewer: typeof link.viewer, wish: 'usual' | 'less' | 'never') =>
      withViewer(viewer, (tx) => sayAskingWish(tx, id, wish));
    expect(await says(link.viewer, 'less')).toMatchObject({ ok: true });
    expect(await says(await aMember('Noor', id), 'never')).toMatchObject({ ok: true });
    expect(await withViewer(link.viewer, (tx) => askingWishOf(tx, id))).toBe('never');
    expect(await says(await aPerson('Vreemde', [{ role: 'researcher' }]), 'usual')).toMatchObject({
      ok: false,
    });
    expect(await says(link.viewer, 'usual')).toMatchObject({ ok: true });
    expect(await withViewer(link.viewer, (tx) => askingWishOf(tx, id))).toBe('usual');
  });
});
