import { chromium, type Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { aPerson } from '../../src/modules/people/testing.ts';
import type { StepKind } from '../../src/modules/sessions/model.ts';
import { aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator } from '../../src/platform/viewer.ts';
import { catalogueOnDisk } from '../../src/platform/i18n/catalogue-on-disk.ts';
import { speaker } from '../../src/platform/i18n/speech.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';

houseDatabase();

/** A room of its own, with two things said and one issue. */
async function aRoom(
  state: 'lobby' | 'live',
  steps: readonly StepKind[],
  door: 'open' | 'admission' = 'open',
) {
  const facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  const room = await aSession({ facilitator, state, steps, door });
  for (const words of ['De bus rijdt te weinig.', 'Een stage zegt meer dan een diploma.'])
    await aStatement(room.id, words);
  await withViewer(operator, (tx) =>
    tx
      .insertInto('core.issue')
      .values({
        session: room.id,
        number: 1,
        title: JSON.stringify({ nl: 'Vervoer' }) as never,
        language: 'nl',
      })
      .execute(),
  );
  return room;
}
const opens = (room: string, position: number) =>
  withViewer(operator, async (tx) => {
    const of = tx.updateTable('core.session_step').where('session', '=', room);
    await of.set({ state: 'done' }).execute();
    await of.set({ state: 'open' }).where('position', '=', position).execute();
  });
const votesIn = (room: string) =>
  withViewer(operator, async (tx) => {
    const votes = await tx
      .selectFrom('core.vote')
      .innerJoin('core.voter', 'core.voter.id', 'core.vote.voter')
      .select('vote')
      .where('session', '=', room)
      .execute();
    return votes.map(({ vote }) => vote).sort();
  });

const press = ({ page, follow }: Walk, name: string) =>
  follow(() => page.getByRole('button', { name }).first().click());
const main = ({ page }: Walk) => page.locator('main').textContent();

journey(
  'without script someone comes in with a code, votes one by one, lays stones, sits together, leaves and comes back',
  async (walk) => {
    const { page, say, open, follow } = walk;
    const room = await aRoom('live', ['vote', 'stones']);
    await open('/join');
    await page.getByLabel(say('room.join.code'), { exact: true }).fill('QQQQQQ');
    await press(walk, say('room.join.next'));
    expect(await page.locator('#problems').textContent()).toContain(say('room.join.unknown'));
    await page.getByLabel(say('room.join.code'), { exact: true }).fill(` ${room.code.toLowerCase()} `);
    await press(walk, say('room.join.next'));
    expect(await page.locator('h1').textContent()).toBe('Maaksessie Werk');
    await page.getByLabel(say('room.join.called'), { exact: true }).fill('Amina');
    await press(walk, say('room.join.do'));
    await press(walk, say('room.vote.agree'));
    expect(await page.getByRole('status').textContent()).toContain(say('room.done.voted'));
    await press(walk, say('room.vote.pass'));
    expect(await main(walk)).toContain(say('room.vote.all'));
    expect(await votesIn(room.id)).toEqual([0, 1]);

    await page.getByRole('link', { name: say('room.me'), exact: true }).click();
    await page
      .locator('summary')
      .filter({ hasText: say('room.me.together') })
      .click();
    await page.locator('#beside-me-called').fill('Samir');
    await press(walk, say('room.me.together.do'));
    await follow(() => page.getByRole('link', { name: 'Samir' }).click());
    await press(walk, say('room.vote.disagree'));
    expect(await votesIn(room.id)).toEqual([-1, 0, 1]);

    await opens(room.id, 2);
    await follow(() => page.reload());
    await press(walk, say('room.stones.add'));
    expect(await main(walk)).toContain(say('room.stones.left', { left: 2 }));
    await page.getByRole('link', { name: say('room.me'), exact: true }).click();
    await press(walk, say('room.me.leave.do'));
    expect(await page.getByRole('link', { name: 'Samir' }).count()).toBe(0);
  },
  { widths: [360], scripts: [false], brief: true },
);

journey(
  'who waits at the door of a room that lets people in one by one reads that, and nothing of what is said',
  async (walk) => {
    const room = await aRoom('live', ['statements'], 'admission');
    await walk.open(`/join/${room.code}`);
    await press(walk, walk.say('room.join.do'));
    expect(await walk.page.locator('h1').textContent()).toBe(walk.say('room.waiting.title'));
    expect(await main(walk)).not.toContain('diploma');
    await withViewer(operator, (tx) =>
      tx.updateTable('core.participant').set({ state: 'in' }).where('session', '=', room.id).execute(),
    );
    await walk.follow(() => walk.page.getByRole('link', { name: walk.say('room.refresh') }).click());
    expect(await main(walk)).toContain('diploma');
  },
  { widths: [360], languages: ['nl'], scripts: [false] },
);

test('what is voted and said without a line waits on the phone, is sent when it is back, and nothing that is being typed is lost', async () => {
  const say = speaker('nl', await catalogueOnDisk('messages'));
  const room = await aRoom('live', ['vote', 'statements']);
  const browser = await chromium.connect(inject('chromiumAddress'));
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: 'nl' });
  try {
    const page: Page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(`${inject('journeyUrl')}/nl/join/${room.code}`);
    await page.getByRole('button', { name: say('room.join.do') }).click();
    const card = page.locator('[data-vote-card]:not([hidden])');
    await card.getByRole('button', { name: say('room.vote.agree'), exact: true }).click();
    await expect.poll(() => votesIn(room.id)).toEqual([1]);
    const status = page.locator('[data-told]');
    expect(await status.getAttribute('role')).toBe('status');
    expect(await status.textContent()).toBe(say('room.done.voted'));
    await context.setOffline(true);
    await card.getByRole('button', { name: say('room.vote.disagree'), exact: true }).click();
    await expect.poll(() => status.textContent()).toBe(say('room.net.away'));
    await context.setOffline(false);
    await expect.poll(() => status.textContent()).toBe(say('room.net.back'));
    await expect.poll(() => votesIn(room.id)).toEqual([-1, 1]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);

    await opens(room.id, 2);
    await page.reload();
    const words = page.locator('textarea[name=text]').first();
    await context.setOffline(true);
    await words.fill('De kinderopvang is te duur.');
    await page.locator('form[data-deed=say] button[type=submit]').click();
    await words.fill('Nog iets');
    await words.focus();
    await context.setOffline(false);
    await expect.poll(() => page.locator('main').textContent()).toContain('De kinderopvang is te duur.');
    expect(await words.inputValue()).toBe('Nog iets');
    expect(await words.evaluate((field) => field === document.activeElement)).toBe(true);
    const said = await withViewer(operator, (tx) =>
      tx.selectFrom('core.statement').select('text').where('session', '=', room.id).execute(),
    );
    expect(said.filter(({ text }) => text.startsWith('De kinderopvang'))).toHaveLength(1);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    await browser.close();
  }
});
