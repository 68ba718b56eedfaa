import { availableParallelism, loadavg } from 'node:os';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addVoice } from '../../src/modules/stories/media/commands.server.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { formWith, hostileFiles, sendRaw } from '../support/hostile-files.ts';
import { houseDatabase } from '../support/house-database.ts';
import { aDraft, ask, cookieOf, home, type Answer } from '../support/media-asking.ts';
import { taggedPhotos, taggedVoices } from '../support/media-files.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const word = 'CANARY-41d7e6b0';
// Two seconds on a machine that has time for it.
const soon = 2_000 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

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
      expect([file.what, status >= 400 && status < 500, ms < soon ? 'in time' : ms]).toEqual([
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
