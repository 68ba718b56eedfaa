import { chromium } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator, type Viewer } from '../../src/platform/viewer.ts';
import { roomCookie } from '../../src/modules/sessions/joining/model.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aPhone, aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { ask } from '../support/media-asking.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { taggedVoices } from '../support/media-files.ts';

houseDatabase();
const home = inject('journeyUrl');
const lead = (): Promise<Viewer> => aPerson('Noor', [{ role: 'facilitator' }]);

/** The phone of this walk, let into a room of its own. */
async function letIn({ page, language }: Walk, steps: Parameters<typeof aSession>[0]['steps']) {
  const room = await aSession({ facilitator: await lead(), ...(steps && { steps }) });
  const phone = await aPhone(room.id, { called: 'Amina', language });
  await page.context().addCookies([{ name: roomCookie, value: phone.word, url: home }]);
  return { room, phone };
}
const pressed = ({ page, follow, say }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() =>
    page
      .getByRole('button', { name: say(key), exact: true })
      .first()
      .click(),
  );

journey(
  'someone says something in their own language, someone else says it in theirs, and it can be taken back',
  async (walk) => {
    const { page, say, open, language } = walk;
    const { room } = await letIn(walk, ['statements']);
    const [words, number] =
      language === 'ar'
        ? ['الباص قليل هنا', 'اتصل بي: 06 12 34 56 78']
        : ['Er rijden hier weinig bussen', 'Bel mij: 06 12 34 56 78'];
    await open(`/room/${room.code}`);
    await page.getByLabel(say('said.words.statement')).fill(words);
    await pressed(walk, 'said.do');
    expect(await page.getByRole('status').textContent()).toContain(say('said.done.say-open'));
    expect(await page.locator('ol.said').textContent()).toContain(words);

    await page.getByLabel(say('said.words.statement')).fill(number);
    await pressed(walk, 'said.do');
    expect(await page.getByRole('alert').textContent()).toContain(say('said.refused.about_someone'));
    expect(await page.getByLabel(say('said.words.statement')).inputValue()).toContain('06 12');
    await page.getByLabel(say('said.anyway')).check();
    await pressed(walk, 'said.do');
    expect(await page.getByRole('status').textContent()).toContain(say('said.done.say-held'));
    expect(await page.locator('ol.said').textContent()).not.toContain('06 12');
    expect(await page.locator('details.mine').textContent()).toContain(say('said.standing.held'));

    await walk.follow(() => page.getByRole('link', { name: `${say('said.languages')} 1` }).click());
    await page.getByLabel(say('said.language')).selectOption('en');
    await page.getByLabel(say('said.render.words')).fill('There are few buses here');
    await page.getByLabel(say('said.render.signs', { name: '\u2068Amina\u2069' })).check();
    await pressed(walk, 'said.render.do');
    await open(`/room/${room.code}/said/1`);
    expect(await page.locator('blockquote').allTextContents()).toHaveLength(2);
    expect(await page.locator('blockquote').last().textContent()).toContain('Amina');
    await page.getByText(say('said.withdraw.title')).click();
    await pressed(walk, 'said.withdraw.do');
    expect(await page.locator('ol.said').count()).toBe(0);
    expect(await page.locator('details.mine').textContent()).toContain(say('said.standing.withdrawn'));
  },
  { languages: ['ar'], widths: [360], scripts: [false] },
);

journey(
  'the room lays what was said on heaps, by ticking and by dragging, and people sit down in small groups',
  async (walk) => {
    const { page, say, open, language } = walk;
    const { room } = await letIn(walk, ['issues', 'groups']);
    for (const words of ['De bus rijdt weinig.', 'Samen eten helpt.', 'De trein is duur.'])
      await aStatement(room.id, words, 'nl');
    await open(`/room/${room.code}`);
    const statement = (words: string) => page.getByRole('checkbox', { name: words });
    const heap = (at: number) => page.locator('[data-heap]').nth(at);
    await statement('De bus').check();
    await page
      .getByLabel(say('said.name.words'))
      .first()
      .fill(language === 'ar' ? 'النقل' : 'Vervoer');
    await pressed(walk, 'said.lay.do');
    expect(await heap(1).textContent()).toContain('De bus');
    await statement('De trein').check();
    await page.getByLabel(say('said.lay.on')).first().selectOption({ index: 1 });
    await pressed(walk, 'said.lay.do');
    expect(await heap(1).locator('li').count()).toBe(2);

    await withViewer(operator, async (tx) => {
      await tx
        .updateTable('core.session_step')
        .set(({ eb }) => ({
          state: eb.case().when('position', '=', 2).then('open').else('done').end() as never,
        }))
        .where('session', '=', room.id)
        .execute();
      await tx
        .insertInto('core.room_group')
        .values({ session: room.id, number: 1, called: 'Tafel 1' })
        .execute();
    });
    await open(`/room/${room.code}`);
    await walk.follow(() => page.getByRole('button', { name: `${say('said.groups.sit')} Tafel 1` }).click());
    expect(await page.locator('[data-step=groups]').first().textContent()).toContain(say('said.groups.here'));
  },
  { languages: ['nl'], widths: [360], scripts: [false], brief: true },
);

journey(
  'a statement that is dragged to a heap lies there for everyone',
  async (walk) => {
    const { page, say, open } = walk;
    const { room } = await letIn(walk, ['issues']);
    await aStatement(room.id, 'De bus rijdt weinig.');
    await withViewer(operator, (tx) =>
      tx
        .insertInto('core.issue')
        .values({ session: room.id, number: 1, title: { nl: 'Vervoer' }, language: 'nl' })
        .execute(),
    );
    await open(`/room/${room.code}`);
    const [from, to] = [
      await page.locator('[data-handle]').boundingBox(),
      await page.locator('[data-heap]').nth(1).boundingBox(),
    ];
    if (!from || !to) throw new Error('There is nothing to drag.');
    await page.mouse.move(from.x + 20, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 20, { steps: 5 });
    await page.mouse.up();
    await page.locator('[data-heap]').nth(1).getByRole('checkbox').waitFor();
    expect(await page.locator('[data-heap]').first().textContent()).toContain(say('said.issues.loose.none'));
  },
  { languages: ['ar'], widths: [360], scripts: [true], brief: true },
);

journey(
  'a voice is sent as a file without script, heard in the room, and nowhere else',
  async (walk) => {
    const { page, say, open, language } = walk;
    const { room, phone } = await letIn(walk, ['check-in']);
    const voice = (await taggedVoices('CANARY-09aa51c2'))['voice.m4a'] as Buffer;
    await open(`/room/${room.code}/voice?step=1&who=${phone.participant}`);
    await page
      .getByLabel(say('said.speak.file'))
      .setInputFiles({ name: 'a.m4a', mimeType: 'audio/mp4', buffer: voice });
    await pressed(walk, 'said.speak.do');
    expect(await page.getByRole('status').textContent()).toContain(say('said.done.say-open'));
    await walk.follow(() => page.getByRole('link', { name: `${say('said.hear')} 1` }).click());
    const address = (await page.locator('main audio').getAttribute('src')) ?? '';
    expect(address).toContain(`/${language}/room/${room.code}/voice/`);
    const as = (word: string) => ({ headers: { cookie: `${roomCookie}=${word}` } });
    expect((await ask(address, as(phone.word))).status).toBe(200);
    const other = await aPhone((await aSession({ facilitator: await lead() })).id);
    for (const word of [other.word, 'nothing']) expect((await ask(address, as(word))).status).toBe(303);
    await page.getByLabel(say('said.speak.words')).fill(language === 'ar' ? 'مرحبا' : 'Hallo');
    await pressed(walk, 'said.write.do');
    expect(await page.locator('ol.said').textContent()).not.toContain(say('said.spoken'));
  },
  { languages: ['nl'], widths: [360], scripts: [false], brief: true },
);

test('a voice that is sent while the line is down stays on the page, and is sent when the line is back', async () => {
  const room = await aSession({ facilitator: await lead(), steps: ['statements'] });
  const phone = await aPhone(room.id);
  const voice = (await taggedVoices('CANARY-5d1e77f0'))['voice.m4a'] as Buffer;
  const browser = await chromium.connect(inject('chromiumAddress'));
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
    await context.addCookies([{ name: roomCookie, value: phone.word, url: home }]);
    const page = await context.newPage();
    await page.goto(`${home}/nl/room/${room.code}/voice?step=1&who=${phone.participant}`);
    await page.locator('[data-recorder]').waitFor();
    await page.locator('#file').setInputFiles({ name: 'a', mimeType: 'audio/mp4', buffer: voice });
    await context.setOffline(true);
    await page.locator('form[data-voice] button[type=submit]').click();
    await page.getByText('Er is nu geen verbinding').waitFor();
    await context.setOffline(false);
    await page.waitForURL(/done=said\.done\.say-open/);
    expect(await page.locator('ol.said li').count()).toBe(1);
  } finally {
    await browser.close();
  }
});

test('who has no phone in the room is led to its door, and finds nothing that is said or heard there', async () => {
  const room = await aSession({ facilitator: await lead() });
  for (const path of ['said/1', 'voice', 'voice/0f0e0d0c-1111-4222-8333-444455556666']) {
    const answer = await ask(`/nl/room/${room.code}/${path}`);
    expect([answer.status, answer.headers.location], path).toEqual([303, `/nl/join/${room.code}`]);
  }
  const { word } = await aPhone(room.id);
  const headers = { cookie: `${roomCookie}=${word}` };
  for (const path of ['said/1', 'said/x', 'voice/0f0e0d0c-1111-4222-8333-444455556666', 'voice/x'])
    expect((await ask(`/nl/room/${room.code}/${path}`, { headers })).status, path).toBe(404);
});
