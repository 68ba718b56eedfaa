import type { AddressInfo } from 'node:net';
import pg from 'pg';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '../db.server.ts';
import type { Language } from '../i18n/languages.ts';
import { house } from '../viewer.ts';
import { post } from './post.server.ts';
import { sendLetter, sweepPost, waitingLetters, type AddressOf } from './send.server.ts';
import { mailWay, type MailWay } from './way.server.ts';

const database = ownDatabase();
const nobody: AddressOf = async () => null;

interface Arrived {
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: Email;
}

let server: SMTPServer;
let way: MailWay;
let arrived: Arrived[] = [];
let refuses: { code: number; words: string } | null = null;

function openServer(port: number): Promise<SMTPServer> {
  const made = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      refuses ? done(Object.assign(new Error(refuses.words), { responseCode: refuses.code })) : done(),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts);
        void PostalMime.parse(raw).then((mail) => {
          arrived.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: raw.toString(),
            mail,
          });
          done();
        });
      });
    },
  });
  return new Promise((resolve) => made.listen(port, '127.0.0.1', () => resolve(made)));
}
const closed = (one: SMTPServer) => new Promise<void>((resolve) => one.close(() => resolve()));
const portOf = (one: SMTPServer) => (one.server.address() as AddressInfo).port;

beforeAll(async () => {
  server = await openServer(0);
  const given = mailWay({
    SMTP_URL: `smtp://127.0.0.1:${portOf(server)}`,
    SMTP_FROM: 'Steppingstones <post@steppingstones.example>',
  });
  if (!given) throw new Error('There is no way.');
  way = given;
});
afterEach(() => {
  arrived = [];
  refuses = null;
});
afterAll(async () => {
  way.transport.close();
  await closed(server);
});

async function asked<Row extends object>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  return client
    .query<Row>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

const link = 'https://steppingstones.example/nl/sign-in/mail/Wq3-canary-word_x?from=mail&to=desk';

/** A letter that is really posted; answers its key. */
async function posted(to: string, language: Language, more: object = {}): Promise<string> {
  await withViewer(house, (tx) =>
    post(tx, {
      to,
      language,
      name: 'people.invited',
      values: { named: 'yes', by: 'Noor <b>&</b> ‘Зоря’' },
      buttons: [{ label: 'mail.people.open', url: link }],
      ...more,
    }),
  );
  const [row] = await asked<{ id: string }>(`select id from vault.letter order by posted_at desc limit 1`);
  return row?.id ?? '';
}

test.each([
  ['nl', 'ltr', /\p{Script=Latin}/u],
  ['ar', 'rtl', /\p{Script=Arabic}/u],
  ['uk', 'ltr', /\p{Script=Cyrillic}/u],
] as const)(
  'a letter in %s arrives whole: %s, as plain text and as page, with a way to go',
  async (language, direction, script) => {
    const id = await posted('samira@canary.example', language);
    await sendLetter(id, way, nobody);
    const [letter] = arrived;
    expect(letter?.to).toEqual(['samira@canary.example']);
    const { subject = '', text = '', html = '', headers } = letter?.mail ?? {};
    expect(subject).toMatch(script);
    expect(subject).not.toMatch(/vlucht|refugee|status|لاجئ|біжен/i);
    // The plain text: our own words, the name isolated in its own direction, the address written out on its own line.
    expect(text).toMatch(script);
    expect(text).toContain('\u2068Noor <b>&</b> ‘Зоря’\u2069');
    expect(text.split(/\r?\n/)).toContain(link);
    // The page: the same, as text and never as markup, and nothing that is fetched or tells that it was read.
    expect(html).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(html).toContain(`<main lang="${language}" dir="${direction}">`);
    expect(html).not.toContain('<b>');
    expect(html).toContain('&#60;b&#62;&#38;&#60;/b&#62;');
    expect(html.match(/href="([^"]*)"/)?.[1]?.replaceAll('&#38;', '&')).toBe(link);
    expect(html).not.toMatch(/<img|<script|src=|url\(|@import|<link/i);
    const header = (name: string) => headers?.find(({ key }) => key === name)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('content-language')).toBe(language);
    expect(header('message-id')).toMatch(/^<[0-9a-f-]{36}@steppingstones\.example>$/);
    expect(letter?.raw).not.toContain((await import('node:os')).hostname());
    expect(letter?.raw).not.toMatch(/x-mailer|nodemailer/i);
  },
);

test('a letter that left is forgotten: neither whom it was for nor what it said stays', async () => {
  await sendLetter(await posted('left@canary.example', 'nl'), way, nobody);
  expect(arrived).toHaveLength(1);
  const rows = await asked<{ row: string; sent: boolean }>(
    `select letter::text as row, sent_at is not null as sent from vault.letter letter`,
  );
  expect(rows.every(({ sent }) => sent)).toBe(true);
  expect(rows.map(({ row }) => row).join('')).not.toMatch(/canary|Noor/);
  expect(JSON.stringify(await asked('select data, output from jobs.job'))).not.toMatch(/canary|Noor/);
});

test('a letter leaves once, however often the job is done', async () => {
  const id = await posted('once@canary.example', 'nl');
  await Promise.all(Array.from({ length: 4 }, () => sendLetter(id, way, nobody)));
  await sendLetter(id, way, nobody);
  expect(arrived).toHaveLength(1);
});

test('when the mail server is away the letter waits, and leaves when the server is back', async () => {
  const id = await posted('later@canary.example', 'nl');
  const port = portOf(server);
  way.transport.close();
  await closed(server);
  const away = mailWay({ SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'post@steppingstones.example' });
  const failure = await sendLetter(id, away, nobody).then(
    () => null,
    (error: Error) => error,
  );
  expect(failure?.message).toBe('The mail server did not take a letter.');
  expect(JSON.stringify(failure)).not.toContain('canary');
  expect(await asked(`select tries, trouble from vault.letter where id = '${id}'`)).toEqual([
    { tries: 1, trouble: 'ESOCKET' },
  ]);
  server = await openServer(port);
  way = mailWay({ SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'post@steppingstones.example' }) ?? way;
  await sendLetter(id, way, nobody);
  expect(arrived.map(({ to }) => to)).toEqual([['later@canary.example']]);
});

test('an address that does not exist is given up, a full mailbox is tried again', async () => {
  refuses = { code: 550, words: 'no such mailbox gone@canary.example' };
  const gone = await posted('gone@canary.example', 'nl');
  await sendLetter(gone, way, nobody);
  expect(await asked(`select to_address, words, trouble from vault.letter where id = '${gone}'`)).toEqual([
    { to_address: null, words: null, trouble: 'EENVELOPE 550' },
  ]);
  refuses = { code: 452, words: 'mailbox full' };
  const full = await posted('full@canary.example', 'nl');
  await expect(sendLetter(full, way, nobody)).rejects.toThrow('did not take');
  refuses = null;
  await sendLetter(full, way, nobody);
  expect(arrived).toHaveLength(1);
});

test('a letter to a person goes to the address they have when it leaves, and is dropped when they have none', async () => {
  const [person] = await asked<{ id: string }>(
    `insert into core.person (came_by) values ('mail') returning id`,
  );
  const to = { person: person?.id ?? '' };
  const first = await posted(to as never, 'ar');
  await sendLetter(first, way, async (id) => (id === to.person ? 'now@canary.example' : null));
  expect(arrived.map((each) => each.to)).toEqual([['now@canary.example']]);
  const second = await posted(to as never, 'ar');
  await sendLetter(second, way, nobody);
  expect(await asked(`select trouble, to_person from vault.letter where id = '${second}'`)).toEqual([
    { trouble: 'no address', to_person: null },
  ]);
});

test('what makes no sense any more is not sent', async () => {
  const id = await posted('late@canary.example', 'nl', { minutes: 10 });
  await asked(
    `update vault.letter set posted_at = now() - interval '20 min', until = now() - interval '10 min' where id = '${id}'`,
  );
  await sendLetter(id, way, nobody);
  expect(arrived).toEqual([]);
  expect(await asked(`select trouble from vault.letter where id = '${id}'`)).toEqual([
    { trouble: 'too late' },
  ]);
});

test('a letter that can be stopped says so to the mail program, and to the reader', async () => {
  const stop = 'https://steppingstones.example/nl/follow/stop/abc';
  await sendLetter(await posted('stop@canary.example', 'nl', { unsubscribe: stop }), way, nobody);
  const header = (name: string) => arrived[0]?.mail.headers.find(({ key }) => key === name)?.value;
  expect(header('list-unsubscribe')).toBe(`<${stop}>`);
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(arrived[0]?.mail.html).toContain(stop);
});

test('without a way letters wait, can be read here, and are put off again by the next sweep', async () => {
  const id = await posted('waits@canary.example', 'nl');
  await sendLetter(id, null, nobody);
  const waiting = await waitingLetters();
  expect(waiting.find((letter) => letter.id === id)).toMatchObject({ to_address: 'waits@canary.example' });
  await asked('delete from jobs.job');
  await sweepPost();
  await sweepPost();
  const put = await asked<{ letter: string }>(`select data->'data'->>'letter' as letter from jobs.job`);
  expect(put.map(({ letter }) => letter).filter((letter) => letter === id)).toHaveLength(1);
});

test('what is no address is not posted, and what would break out of a header is no address', async () => {
  for (const word of [
    'samira',
    'a@b',
    'a b@c.nl',
    'a@c.nl\r\nBcc: x@y.nl',
    'a@c.nl,b@c.nl',
    '<a@c.nl>',
    'a@c@d.nl',
  ])
    await expect(posted(word, 'nl'), word).rejects.toThrow('no address');
});

test.each([
  [{ SMTP_URL: 'mail.example' }, /SMTP_URL is not an address/],
  [{ SMTP_URL: 'https://mail.example' }, /SMTP_URL is not an address/],
  [{ SMTP_URL: 'smtp://mail.example:587' }, /SMTP_FROM must say in whose name/],
  [{ SMTP_URL: 'smtp://mail.example', SMTP_FROM: 'Steppingstones' }, /SMTP_FROM must say/],
])('settings that cannot be meant are told in one sentence: %j', (settings, like) => {
  expect(() => mailWay(settings)).toThrow(like);
});

test('to another machine mail only travels encrypted', () => {
  const options = (url: string) =>
    (mailWay({ SMTP_URL: url, SMTP_FROM: 'post@steppingstones.example' })?.transport.options ?? {}) as {
      requireTLS?: boolean;
      secure?: boolean;
    };
  expect(options('smtp://mail.example:587').requireTLS).toBe(true);
  expect(options('smtps://mail.example').secure).toBe(true);
  expect(options('smtp://127.0.0.1:25').requireTLS).toBeFalsy();
});
