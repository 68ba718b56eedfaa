import { request } from 'node:http';
import { sql } from 'kysely';
import { chromium, type Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { aTelling, aParagraph } from '../../src/modules/stories/testing.ts';
import { addVoice } from '../../src/modules/stories/media/commands.server.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { chromiumHere, quietly } from '../support/chromium.ts';
import { formWith, hostileFiles, sendRaw } from '../support/hostile-files.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { holds, taggedPhotos, taggedVoices } from '../support/media-files.ts';
import { anInhabitant, signIn, type Inhabitant } from '../support/person.ts';

houseDatabase();
const home = () => new URL(inject('journeyUrl'));
const word = 'CANARY-2f60d3aa';

const aDraft = (who: Inhabitant, language: string) =>
  aTelling({
    teller: who.viewer,
    language,
    says: [aParagraph(language === 'ar' ? 'مرحبا' : 'Hallo', language)],
    openIn: null,
  });
const cookieOf = (who: Inhabitant) => `${sessionCookie}=${encodeURIComponent(who.cookie)}`;

interface Asked {
  readonly who?: Inhabitant | undefined;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly ms: number;
}

function ask(path: string, { who, method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const began = performance.now();
  const all = {
    accept: 'text/html',
    ...(method === 'POST' && { origin: home().origin }),
    ...(who && { cookie: cookieOf(who) }),
    ...(body && { 'content-length': String(body.length) }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, home()), { method, headers: all, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
          ms: performance.now() - began,
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

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

test('a voice is heard in parts by its teller alone, and for anyone else there is nothing there', async () => {
  const [teller, other] = [await anInhabitant('Noor'), await anInhabitant('Een ander')];
  const { id } = await aDraft(teller, 'nl');
  const voices = await taggedVoices(word);
  const added = await addVoice(teller.viewer, { telling: id, bytes: voices['voice.wav'] as Buffer });
  const path = `/m/${added.ok ? added.value.id : ''}`;
  const whole = await ask(path, { who: teller });
  expect(whole.status).toBe(200);
  expect(whole.headers).toMatchObject({
    'content-type': 'audio/wav',
    'content-disposition': 'inline; filename="voice.wav"',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
  });
  const part = (range: string) => ask(path, { who: teller, headers: { range } });
  const middle = await part('bytes=100-299');
  expect([middle.status, middle.headers['content-range'], middle.headers['content-length']]).toEqual([
    206,
    `bytes 100-299/${whole.body.length}`,
    '200',
  ]);
  expect(middle.body.equals(whole.body.subarray(100, 300))).toBe(true);
  expect((await part('bytes=-5')).body.equals(whole.body.subarray(-5))).toBe(true);
  const beyond = await part(`bytes=${whole.body.length}-`);
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${whole.body.length}`]);
  const same = await ask(path, { who: teller, headers: { 'if-none-match': String(whole.headers.etag) } });
  expect([same.status, same.body.length]).toEqual([304, 0]);

  const tell = ({ status, headers, body }: Answer) => [
    status,
    String(body),
    headers['content-type'],
    headers['cache-control'],
    headers['content-length'],
  ];
  const absent = await ask('/m/018f0000-0000-7000-8000-000000000000', { who: other });
  for (const asked of [
    await ask(path, { who: other }),
    await ask(path, { who: other, headers: { range: 'bytes=0-1' } }),
    await ask('/m/..%2f', { who: other }),
  ])
    expect(tell(asked)).toEqual(tell(absent));
  expect(tell(await ask(path))).toEqual(tell(await ask('/m/018f0000-0000-7000-8000-000000000000')));
  for (const kind of ['photo', 'voice']) {
    expect((await ask(`/nl/tell/${id}/${kind}`, { who: other })).status).toBe(404);
    const { type, body } = formWith({ bytes: voices['voice.wav'] as Buffer });
    expect(
      (
        await ask(`/nl/tell/${id}/${kind}?/add`, {
          who: other,
          method: 'POST',
          body,
          headers: { 'content-type': type },
        })
      ).status,
    ).toBe(404);
  }
});

test('what anyone may see is asked after by its tag, and not kept by the house', async () => {
  const teller = await anInhabitant('Open');
  const media = crypto.randomUUID();
  const telling = await aTelling({
    teller: teller.viewer,
    says: [
      { type: 'image', attrs: { id: crypto.randomUUID(), lang: 'nl', dir: 'ltr', media, alt: 'Een boot' } },
    ],
    consents: [{ use: 'read', verdict: 'given', audience: 'public', withImage: true }],
    openIn: 0,
  });
  const bytes = (await taggedPhotos(word))['photo.webp'] as Buffer;
  await withViewer(teller.viewer, (tx) =>
    sql`insert into core.media (id, telling, kind, type, bytes, width, height, alt) values (${media}, ${telling.id}, 'photo', 'image/webp', ${bytes}, 96, 64, 'Een boot')`.execute(
      tx,
    ),
  );
  await withViewer(teller.viewer, (tx) =>
    sql`select core.lay_tellings_open(array[${telling.id}::uuid])`.execute(tx),
  );
  const seen = await ask(`/m/${media}`);
  expect([seen.status, seen.headers['cache-control'], seen.body.equals(bytes)]).toEqual([
    200,
    'private, max-age=60, must-revalidate',
    true,
  ]);
  expect((await ask(`/m/${media}`, { headers: { 'if-none-match': String(seen.headers.etag) } })).status).toBe(
    304,
  );
  await withViewer(teller.viewer, (tx) =>
    sql`select core.take_back(${telling.id}, 'nl', 'screen')`.execute(tx),
  );
  expect((await ask(`/m/${media}`, { headers: { 'if-none-match': String(seen.headers.etag) } })).status).toBe(
    404,
  );
});

test(
  'files that nobody means well are refused within two seconds, and the house goes on',
  { timeout: 60_000 },
  async () => {
    const teller = await anInhabitant('Hostile');
    const { id } = await aDraft(teller, 'nl');
    const files = await hostileFiles();
    // A slice; `npm run drills -- uploads` sends them all.
    for (const file of files.filter((_, at) => at % 4 === 1)) {
      const { type, body } = formWith(file);
      const {
        status,
        ms,
        body: told,
      } = await ask(`/nl/tell/${id}/${file.door}?/add`, {
        who: teller,
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      expect([file.what, status >= 400 && status < 500, ms < 2_000 ? 'in time' : ms]).toEqual([
        file.what,
        true,
        'in time',
      ]);
      expect(String(told), file.what).not.toContain('alert(1)');
    }
    const head = (rest: string) =>
      Buffer.from(
        `POST /nl/tell/${id}/voice?/add HTTP/1.1\r\nHost: ${home().host}\r\nOrigin: ${home().origin}\r\nCookie: ${cookieOf(teller)}\r\nContent-Type: multipart/form-data; boundary=x\r\n${rest}\r\n\r\n`,
      );
    expect((await sendRaw(home(), [head('Content-Length: 10000000000')])).status).toBe(413);
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1_048_576), Buffer.from('\r\n')]);
    expect(
      (await sendRaw(home(), [head('Transfer-Encoding: chunked'), ...Array<Buffer>(28).fill(chunk)])).status,
    ).toBe(413);
    const held = await withViewer(teller.viewer, (tx) =>
      sql`select from core.media where telling = ${id}`.execute(tx),
    );
    expect(held.rows).toHaveLength(0);
    expect((await ask('/nl')).status).toBe(200);
  },
);
