import { expect, inject } from 'vitest';
import type { Page } from 'playwright-core';
import type { Speech } from '../../src/platform/i18n/speech.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { beginSession, endSessions, sessionIn } from '../../src/platform/sign-in/sessions.server.ts';
import { codeOfDevice } from '../support/device.ts';
import { ask } from '../support/hostile.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, letterTo, signIn } from '../support/person.ts';

houseDatabase();
const home = inject('journeyUrl');
const onAPhone = { widths: [360], scripts: [false] } as const;
let reader = 0;
const anAddress = () => `reader${++reader}.${process.pid}@example.org`;
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function asks({ page, say, open, follow }: Walk, mail: string) {
  await open('/sign-in');
  await page.getByLabel(say('people.sign-in.mail')).fill(mail);
  await follow(() => press(page, say('people.sign-in.send')));
  expect(new URL(page.url()).pathname).toMatch(/\/sign-in\/code$/);
  expect(page.url()).not.toContain('@');
  return letterTo(mail);
}

async function isMyPage(page: Page, say: Speech) {
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(say('people.sign-in.me.title'));
}

journey(
  'someone signs in with the code from their mail, says how they are called, and signs out',
  async (walk) => {
    const { page, say, open, follow, language } = walk;
    await open('/');
    await follow(() =>
      page
        .locator('footer')
        .getByRole('link', { name: say('platform.nav.sign-in') })
        .click(),
    );
    const mail = anAddress();
    const { code, text } = await asks(walk, mail);
    expect(text).toContain(`/${language}/sign-in/link/`);
    const field = page.getByLabel(say('people.sign-in.code.code'));
    await field.fill(wrong(code));
    await follow(() => press(page, say('people.sign-in.code.open')));
    expect(await page.getByRole('alert').textContent()).toContain(say('people.sign-in.problem.code'));
    expect(await field.inputValue()).toBe(wrong(code));
    // As a phone in Arabic would type it.
    await field.fill([...code].map((digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join(''));
    await follow(() => press(page, say('people.sign-in.code.open')));
    await isMyPage(page, say);
    expect(await page.locator('main').textContent()).toContain(mail);
    const cookies = await page.context().cookies(home.replace('http:', 'https:'));
    expect(cookies.map(({ name }) => name)).toEqual([sessionCookie]);
    expect(cookies[0]).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      domain: '127.0.0.1',
    });
    await page.getByLabel(say('people.sign-in.me.called')).fill('Samira سميرة');
    await follow(() => press(page, say('people.sign-in.me.save')));
    expect(await page.getByRole('status').textContent()).toBe(say('people.sign-in.me.saved'));
    expect(await page.getByLabel(say('people.sign-in.me.called')).inputValue()).toBe('Samira سميرة');
    await open('/initiatives');
    await follow(() =>
      page
        .locator('header')
        .getByRole('link', { name: say('platform.nav.me') })
        .click(),
    );
    await follow(() => press(page, say('people.sign-in.out')));
    expect(await page.context().cookies(home.replace('http:', 'https:'))).toEqual([]);
    await open('/me', 404);
  },
  { widths: [360] },
);

journey(
  'someone signs in with the link from their mail, on whatever device it is opened',
  async (walk) => {
    const { page, say, follow } = walk;
    const { link } = await asks(walk, anAddress());
    await page.context().clearCookies();
    const path = new URL(link).pathname;
    // A program that reads the mail first follows the link, and opens nothing.
    for (const method of ['GET', 'HEAD', 'GET']) expect((await ask(path, method)).status).toBe(200);
    await follow(() => page.goto(`${home}${path}`));
    await follow(() => press(page, say('people.sign-in.link.open')));
    await isMyPage(page, say);
    await page.context().clearCookies();
    await follow(() => page.goto(`${home}${path}`));
    await follow(() => press(page, say('people.sign-in.link.open')));
    expect(await page.getByRole('alert').textContent()).toContain(say('people.sign-in.problem.over'));
  },
  onAPhone,
);

journey(
  'what is no address is answered with a way to mend it, and nothing typed is lost',
  async ({ page, say, open, follow }) => {
    await open('/sign-in');
    // The browser itself would already stop this one.
    await page.locator('main form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
    await page.getByLabel(say('people.sign-in.mail')).fill('samira at example');
    await follow(() => press(page, say('people.sign-in.send')));
    await page.getByRole('alert').getByRole('link').click();
    expect(new URL(page.url()).hash).toBe('#mail');
    expect(await page.getByLabel(say('people.sign-in.mail')).inputValue()).toBe('samira at example');
  },
  onAPhone,
);

journey(
  'staff are led to their second step, set it with an app, keep codes on paper, and are asked for it the next time',
  async (walk) => {
    const { page, say, open, follow, person, language } = walk;
    await open('/me');
    await follow(() =>
      page
        .locator('main')
        .getByRole('link', { name: say('people.sign-in.factor.title') })
        .click(),
    );
    await follow(() => press(page, say('people.sign-in.factor.begin')));
    const key = ((await page.locator('main code').textContent()) ?? '').replace(/\s/g, '');
    const square = page.getByRole('img', { name: say('people.sign-in.factor.square') });
    expect((await square.boundingBox())?.width).toBeGreaterThan(200);
    const code = page.getByLabel(say('people.sign-in.factor.code'));
    await code.fill('000000');
    await follow(() => press(page, say('people.sign-in.factor.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('people.sign-in.problem.factor'));
    const before = await sessionWord(page);
    await code.fill(codeOfDevice(key));
    await follow(() => press(page, say('people.sign-in.factor.do')));
    const paper = await page.locator('main li code').allTextContents();
    expect(paper).toHaveLength(10);
    expect(await sessionWord(page)).not.toBe(before);
    await open('/me');
    expect(await page.locator('main').textContent()).toContain(say('people.sign-in.me.factor.sure'));
    // The next time: a session without the second step is a visitor's, wherever it goes.
    await page.context().clearCookies();
    await signIn(page.context(), { cookie: (await beginSession(person?.viewer.id ?? '', false)) ?? '' });
    await open('/me');
    expect(new URL(page.url()).pathname).toBe(`/${language}/me/second-factor`);
    await code.fill(paper[3] ?? '');
    await follow(() => press(page, say('people.sign-in.factor.do')));
    await isMyPage(page, say);
  },
  { ...onAPhone, as: () => anInhabitant('Staff', [{ role: 'verifier' }], false) },
);

const sessionWord = async (page: Page) =>
  (await page.context().cookies(home.replace('http:', 'https:')))[0]?.value;

journey(
  'someone sees where they are signed in, by time alone, and ends a session that is not theirs',
  async ({ page, say, open, follow, person }) => {
    const other = (await beginSession(person?.viewer.id ?? '', false)) ?? '';
    await open('/me');
    expect(await page.locator('main').getByText(say('people.sign-in.sessions.here')).count()).toBe(1);
    await follow(() => press(page, say('people.sign-in.sessions.end')));
    expect(await sessionIn(other)).toBeNull();
    expect(
      await page.getByRole('button', { name: say('people.sign-in.sessions.end'), exact: true }).count(),
    ).toBe(0);
    await isMyPage(page, say);
    // Ended elsewhere: the next step already finds nobody, and leads to signing in.
    await endSessions(person?.viewer.id ?? '');
    await open('/me');
    expect(new URL(page.url()).pathname).toMatch(/\/sign-in$/);
    expect(await page.getByRole('status').textContent()).toBe(say('people.sign-in.ended'));
  },
  { ...onAPhone, as: () => anInhabitant('Jan') },
);

journey(
  'every public page can be read by who is signed in, and none of it is kept for others',
  async ({ open, page, say }) => {
    for (const path of [
      '/',
      '/initiatives?near=Arnhem',
      '/map',
      '/shoreline',
      '/network',
      '/chains',
      '/blind-spots',
      '/about',
    ]) {
      const answer = await open(path);
      expect(answer.headers()['cache-control'], path).toBe('no-store');
      expect(
        await page
          .locator('footer')
          .getByRole('link', { name: say('platform.nav.me') })
          .count(),
      ).toBe(1);
    }
  },
  { ...onAPhone, brief: true, as: () => anInhabitant('Reader', [{ role: 'partner' }]) },
);
