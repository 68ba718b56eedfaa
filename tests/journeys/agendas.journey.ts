import { chromium } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { daysLater, today } from '../../src/platform/clock.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { house, type Viewer } from '../../src/platform/viewer.ts';
import { makeCarrierWord } from '../../src/modules/agendas/carrying/commands.server.ts';
import { openAgendaTo } from '../../src/modules/agendas/commands/draw-up.server.ts';
import { anAgenda, said } from '../../src/modules/agendas/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { facilitatorOf } from '../../src/modules/sessions/access.ts';
import { roomCookie } from '../../src/modules/sessions/joining/model.ts';
import { aPhone, aSession } from '../../src/modules/sessions/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { taggedVoices } from '../support/media-files.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const press = ({ page }: Walk, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();

/** An agenda of a session here that everyone may read, and the word of who carries its promise. */
async function aCarrier(
  facilitator: Viewer,
  language = 'nl',
): Promise<{ slug: string; agenda: string; word: string }> {
  const leads = facilitatorOf(facilitator);
  if (!leads) throw new Error('Nobody leads.');
  const on = daysLater(today(), -40);
  const what = language === 'ar' ? 'سنطبخ معًا كل شهر.' : 'Wij koken elke maand samen.';
  const promise = said({ what }, daysLater(today(), 100));
  const { slug, agenda, session } = await anAgenda(facilitator, on, [promise], language);
  await withViewer(leads, (tx) => openAgendaTo(tx, leads, agenda, 'everyone'));
  const word = await withViewer(house, async (tx) => {
    const { id } = await tx
      .selectFrom('core.carrier')
      .select('id')
      .where('session', '=', session)
      .executeTakeFirstOrThrow();
    return makeCarrierWord(tx, id, today());
  });
  return { slug, agenda, word };
}

journey(
  'someone says yes to what was promised in their name, lets it go with the reason, takes it up again, and everyone can read how it went',
  async (walk) => {
    const { page, say, language, open, follow } = walk;
    const why = language === 'ar' ? 'انتقلنا إلى مدينة أخرى.' : 'We zijn verhuisd.';
    const { slug, word } = await aCarrier(await aPerson('Noor', [{ role: 'facilitator' }]));
    await open(`/agendas/${slug}`);
    expect(await page.locator('main').textContent()).toContain(say('agendas.waiting', { count: 1 }));
    await open(`/promise/${word}`);
    await page.getByLabel(say('agendas.carry.named')).check();
    await follow(() => press(walk, say('agendas.carry.yes')));
    expect(await page.getByRole('status').textContent()).toContain(say('agendas.carry.done.yes'));
    await page.getByText(say('agendas.tell.title'), { exact: true }).click();
    await page.getByRole('radio', { name: say('agendas.answer.let-go') }).check();
    await follow(() => press(walk, say('agendas.tell.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('agendas.refused.why'));
    await page.getByLabel(say('agendas.tell.text')).fill(why);
    await follow(() => press(walk, say('agendas.tell.do')));
    await open(`/agendas/${slug}`);
    const shown = await page.locator('main').textContent();
    for (const text of [say('agendas.state.let-go'), why, 'Amina']) expect(shown).toContain(text);
    expect(await page.locator('main svg[role=img]').count()).toBe(1);
    await open(`/check-in/${word}`);
    await follow(() => press(walk, say('agendas.tell.again')));
    const tasks = await page.request.get(
      `${new URL(page.url()).origin}/${language}/check-in/${word}/promises.ics`,
    );
    expect(await tasks.text()).toContain('STATUS:IN-PROCESS');
    await open(`/check-in/stop/${word}`);
    await follow(() => press(walk, say('agendas.stop.do')));
    expect(await page.locator('main').textContent()).toContain(say('agendas.stop.gone'));
    await open('/promise/nothing-is-opened-by-this', 404);
  },
  { languages: ['nl', 'ar'], widths: [360], scripts: [false] },
);

journey(
  'who leads a session keeps its agenda for the room, and prints a card for someone without mail in their own language',
  async (walk) => {
    const { page, say, open, follow, person } = walk;
    if (!person) throw new Error('Nobody is signed in.');
    const { slug, agenda } = await aCarrier(person.viewer, 'ar');
    await open('/desk/agendas');
    await follow(() => page.locator(`a[href$="${agenda}"]`).click());
    await follow(() => press(walk, say('agendas.desk.close')));
    await open(`/agendas/${slug}`, 404);
    await open(`/desk/agendas/${agenda}`);
    await follow(() => press(walk, say('agendas.desk.card')));
    expect(await page.locator('section[lang=ar] svg[role=img]').count()).toBe(1);
    await follow(() => press(walk, say('agendas.desk.reading')));
    const link = await page.locator('main a[href*="/agendas/with/"]').getAttribute('href');
    await open(new URL(link ?? '').pathname.replace('/nl', ''));
    expect(await page.locator('main').textContent()).toContain(say('agendas.for-room'));
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    as: () => anInhabitant('Noor', [{ role: 'facilitator' }]),
  },
);

test('a spoken promise that cannot be taken says why and keeps what was recorded; the next one is taken', async () => {
  const facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  const room = await aSession({ facilitator, steps: ['promises'] });
  const phone = await aPhone(room.id, { called: 'Amina' });
  const voice = (await taggedVoices('CANARY-77ab10d4'))['voice.m4a'] as Buffer;
  const home = inject('journeyUrl');
  const browser = await chromium.connect(inject('chromiumAddress'));
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
    await context.addCookies([{ name: roomCookie, value: phone.word, url: home }]);
    const page = await context.newPage();
    await page.goto(`${home}/nl/room/${room.code}/promise?who=${phone.participant}`);
    await page.locator('[data-recorder]').waitFor();
    const send = async (buffer: Buffer) => {
      await page.locator('#file').setInputFiles({ name: 'a', mimeType: 'audio/mp4', buffer });
      await page.locator('form[data-voice] button[type=submit]').click();
    };
    for (const wrong of [Buffer.from('no sound at all'), Buffer.alloc(3_000_001)]) {
      await send(wrong);
      await page.locator('[data-problem] :text("We konden je stem niet horen")').waitFor();
      expect(await page.locator('#file').evaluate((input: HTMLInputElement) => input.files?.[0]?.size)).toBe(
        wrong.length,
      );
    }
    await send(voice);
    await page.waitForURL(/done=agendas\.done\.promise/);
    expect(await page.locator('main').textContent()).toContain('Amina');
  } finally {
    await browser.close();
  }
});
