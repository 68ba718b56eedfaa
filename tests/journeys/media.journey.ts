import { sql } from 'kysely';
import { chromium, type Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withViewer } from '../../src/platform/db.server.ts';
import { chromiumHere, quietly } from '../support/chromium.ts';
import { formWith } from '../support/hostile-files.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { aDraft, ask, home } from '../support/media-asking.ts';
import { holds, taggedPhotos, taggedVoices } from '../support/media-files.ts';
import { anInhabitant, signIn, type Inhabitant } from '../support/person.ts';

houseDatabase();
const word = 'CANARY-2f60d3aa';

journey(
  'a teller brings a photo without script, says what can be seen, and takes it away again',
  async ({ page, say, open, follow, person, language }) => {
    if (!person) throw new Error('Nobody walks.');
    const { id } = await aDraft(person, language);
    const [boat, harbour] = language === 'ar' ? ['قارب', 'ميناء <>'] : ['Een boot', 'De haven <b>'];
    const press = (key: Parameters<typeof say>[0]) =>
      follow(() =>
        page
          .getByRole('button', { name: say(key), exact: true })
          .first()
          .click(),
      );
    const choose = (name: string, buffer: Buffer) =>
      page.getByLabel(say('media.photo.file')).setInputFiles({ name, mimeType: 'image/jpeg', buffer });
    const photos = await taggedPhotos(word);
    await open(`/tell/${id}/photo`);

    await choose(
      'photo.jpg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    );
    await page.getByLabel(say('media.photo.alt')).fill(boat);
    await press('media.photo.do');
    expect(await page.getByRole('alert').textContent()).toContain(say('media.refused.photo_svg'));
    expect(await page.getByLabel(say('media.photo.alt')).inputValue()).toBe(boat);

    await page.getByLabel(say('media.photo.alt')).fill('');
    await choose('"><script>alert(1)</script>.jpg', photos['turned.jpg'] as Buffer);
    await press('media.photo.do');
    expect(await page.getByRole('status').textContent()).toBe(say('media.photo.waits'));
    const image = page.locator('main img');
    expect(
      await image.evaluate(
        async (each: HTMLImageElement) => (await each.decode(), [each.naturalWidth, each.naturalHeight]),
      ),
    ).toEqual([64, 96]);
    expect(await page.content()).not.toContain('alert(1)');

    await page.locator('li').getByLabel(say('media.photo.alt')).fill(harbour);
    await press('media.photo.alt.do');
    expect(await page.getByRole('status').textContent()).toBe(say('media.photo.alt.saved'));
    expect(await image.getAttribute('alt')).toBe(harbour);
    const drafted = await withViewer(person.viewer, (tx) =>
      tx.selectFrom('core.telling_draft').select('doc').where('telling', '=', id).executeTakeFirstOrThrow(),
    );
    expect(drafted.doc.content.at(-1)).toMatchObject({
      type: 'image',
      attrs: { alt: harbour, lang: language },
    });

    const address = (await image.getAttribute('src')) ?? '';
    expect((await ask(address, { who: person })).status).toBe(200);
    expect((await ask(address)).status).toBe(404);
    await press('media.remove');
    expect(await page.getByRole('status').textContent()).toBe(say('media.removed'));
    expect((await ask(address, { who: person })).status).toBe(404);
  },
  { widths: [360], scripts: [false], as: () => anInhabitant('Layla') },
);

journey(
  'a teller brings a voice as a file, and reads in their own language why another is not taken',
  async ({ page, say, open, follow, person, language }) => {
    if (!person) throw new Error('Nobody walks.');
    const { id } = await aDraft(person, language);
    const voices = await taggedVoices(word, 3_200);
    const send = async (buffer: Buffer) => {
      await page
        .getByLabel(say('media.voice.file'))
        .setInputFiles({ name: 'a.m4a', mimeType: 'audio/mp4', buffer });
      await follow(() => page.getByRole('button', { name: say('media.voice.do'), exact: true }).click());
    };
    await open(`/tell/${id}/voice`);
    expect(await page.locator('[data-recorder]').isVisible()).toBe(false);
    await send((voices['voice.m4a'] as Buffer).subarray(0, 400));
    expect(await page.getByRole('alert').textContent()).toContain(say('media.refused.voice_silent'));
    await send(voices['voice.m4a'] as Buffer);
    expect(await page.getByRole('status').textContent()).toBe(say('media.voice.added'));
    expect(await page.locator('figcaption').textContent()).toContain(
      say('media.voice.minutes', { count: 1 }),
    );
    const address = (await page.locator('main figure audio').getAttribute('src')) ?? '';
    const heard = await ask(address, { who: person });
    expect([heard.status, heard.headers['content-type'], holds(heard.body, word)]).toEqual([
      200,
      'audio/mp4',
      false,
    ]);
    // Forty megabytes are refused before they are read, in the language of the page.
    const { type, body } = formWith({ bytes: Buffer.alloc(40_000_000, 1) });
    const refused = await ask(`/${language}/tell/${id}/voice?/add`, {
      who: person,
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(refused.status).toBe(413);
    expect(String(refused.body)).toContain(say('platform.error.413.text'));
  },
  { widths: [360], scripts: [false], brief: true, as: () => anInhabitant('Sami') },
);

describe('recording on the page', () => {
  test(
    'a teller records, waits, goes on, listens back and sends; nothing is sent before',
    { timeout: 60_000 },
    () =>
      withMicrophone(true, async (page, who, id, wrongs) => {
        const sent: string[] = [];
        page.on('request', (each) => each.method() === 'POST' && sent.push(each.url()));
        const press = (deed: string) => page.locator(`[data-do=${deed}]`).click();
        await press('start');
        await page.locator('[data-do=pause]').waitFor();
        await page.waitForTimeout(1_500);
        await press('pause');
        await press('on');
        await page.waitForTimeout(700);
        await press('stop');
        await page.locator('[data-back]').waitFor();
        const length = await page.locator('[data-back]').evaluate(async (audio: HTMLAudioElement) => {
          audio.muted = true;
          await audio.play();
          return audio.src.slice(0, 5);
        });
        expect(length).toBe('blob:');
        expect(sent).toEqual([]);
        await Promise.all([
          page.waitForEvent('load'),
          page.locator('form[data-voice] [type=submit]').click(),
        ]);
        expect(await page.locator('main figure audio').count()).toBe(1);
        const held = await withViewer(who.viewer, (tx) =>
          sql<{
            seconds: number;
            type: string;
          }>`select seconds, type from core.media where telling = ${id}`.execute(tx),
        );
        expect(held.rows[0]?.type).toBe('audio/webm');
        expect(held.rows[0]?.seconds).toBeGreaterThan(1);
        expect(held.rows[0]?.seconds).toBeLessThan(8);
        expect(wrongs).toEqual([]);
      }),
  );

  test(
    'whoever does not let the microphone be used hears so, and can still choose a file',
    { timeout: 60_000 },
    () =>
      withMicrophone(false, async (page) => {
        await page.locator('[data-do=start]').click();
        await expect.poll(() => page.locator('[data-said]').textContent()).not.toBe('');
        expect(await page.locator('[data-said]').textContent()).toBe(
          await page.locator('[data-said]').getAttribute('data-refused'),
        );
        expect(await page.locator('input[type=file]').isVisible()).toBe(true);
        expect(await page.locator('[data-do=start]').isVisible()).toBe(true);
      }),
  );

  async function withMicrophone(
    granted: boolean,
    live: (page: Page, who: Inhabitant, id: string, wrongs: string[]) => Promise<void>,
  ): Promise<void> {
    const fake = [
      '--use-fake-device-for-media-stream',
      ...(granted ? ['--use-fake-ui-for-media-stream'] : []),
    ];
    const browser = await chromium.launch({ executablePath: chromiumHere(), args: [...quietly, ...fake] });
    try {
      const context = await browser.newContext({
        viewport: { width: 360, height: 780 },
        permissions: granted ? ['microphone'] : [],
      });
      const who = await anInhabitant('Yordanos');
      await signIn(context, who);
      const { id } = await aDraft(who, 'nl');
      const page = await context.newPage();
      const wrongs: string[] = [];
      page.on('console', (line) => line.type() === 'error' && wrongs.push(line.text()));
      const answer = await page.goto(new URL(`/nl/tell/${id}/voice`, home()).href);
      expect(answer?.headers()['permissions-policy']).toContain('microphone=(self)');
      expect(answer?.headers()['permissions-policy']).toContain('camera=()');
      expect(answer?.headers()['content-security-policy']).toContain("media-src 'self' blob:");
      await live(page, who, id, wrongs);
    } finally {
      await browser.close();
    }
  }
});

test('on every other page the microphone stays shut and nothing comes from a browser itself', async () => {
  const who = await anInhabitant('Mira');
  const { id } = await aDraft(who, 'nl');
  for (const path of ['/nl', `/nl/tell/${id}/photo`]) {
    const { headers } = await ask(path, { who });
    expect(headers['permissions-policy']).toContain('microphone=()');
    expect(String(headers['content-security-policy'])).not.toContain('blob:');
  }
});
