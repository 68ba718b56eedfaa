import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { layOpen } from '../../src/modules/initiatives/commands.server.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { leaveDatabase, withViewer } from '../../src/platform/db.server.ts';
import type { OpenDatabase } from '../../src/platform/database/open.server.ts';
import { leaveSignIn } from '../../src/platform/sign-in/way.server.ts';
import { operator, type Viewer } from '../../src/platform/viewer.ts';
import { layStates, slugOf } from '../matrix/states.ts';
import { tellingWalls } from '../matrix/telling-walls.ts';
import { walls } from '../matrix/walls.ts';
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts';
import { joinHouse } from '../support/house-database.ts';
import { addressesOf, cookieOf, hangingOn, rowsAbout } from '../support/everywhere.ts';
import { plant } from '../support/planting.ts';

const strike = 'window.struck=1';
/** Words that run where a page forgets that they are words. */
const corpus: readonly string[] = [
  `"><img src=x onerror=${strike}>`,
  `'><svg onload=${strike}>`,
  `<script>${strike}</script>`,
  `</script><script>${strike}</script>`,
  `</textarea><img src=x onerror=${strike}>`,
  `</title><svg/onload=${strike}>`,
  `" autofocus onfocus="${strike}`,
  `' onmouseover='${strike}`,
  `javascript:${strike}`,
  `<iframe srcdoc="<script>parent.struck=1</script>">`,
  `<a href="javascript:${strike}">x</a>`,
  `<details open ontoggle=${strike}>`,
  `<math><mtext><style><img src=x onerror=${strike}></style></mtext></math>`,
  `<noscript><p title="</noscript><img src=x onerror=${strike}>">`,
  `{@html '<img src=x onerror=${strike}>'}`,
  `\${${strike}}{{constructor.constructor('${strike}')()}}`,
  `--><img src=x onerror=${strike}>`,
  `]]><img src=x onerror=${strike}>`,
  `<base href="//steppingstones.example/">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${strike}">`,
  `<style>*{background:url(//steppingstones.example/x)}</style>`,
  `<object data="data:text/html,<script>${strike}</script>">`,
  `<form action="javascript:${strike}"><button>x</button></form>`,
  `\u202e<img src=x onerror=${strike}>`,
];
const at = (place: number) => corpus[place % corpus.length] ?? '';

let house: BuiltServer;
let database: OpenDatabase;
let browser: Browser;
let own: string;
let open: { id: string; slug: string };
const people: { readonly name: string; readonly cookie: string }[] = [{ name: 'visitor', cookie: '' }];

beforeAll(async () => {
  house = await startBuiltServer();
  database = await joinHouse(house.home);
  browser = await chromium.connect(inject('chromiumAddress'));
  const ids = await layStates(database.adminUrl);
  own = ids.own;
  const teller = await aPerson(at(0));
  open = await aTelling({
    teller,
    title: at(1),
    says: ['Dit is wat ik vertel.', ...corpus],
    otherName: at(2).slice(0, 80),
    about: [own],
    consents: [
      { use: 'read', verdict: 'given', audience: 'public', nameForm: 'other' },
      { use: 'translate-people', verdict: 'given', audience: 'public' },
      { use: 'quote-report', verdict: 'given', audience: 'public' },
      { use: 'coding', verdict: 'given', audience: 'public' },
    ],
  });
  const all = ['open', 'inside', 'person', 'secret', 'place'];
  const words = (_word: string, place: number) => at(place);
  await plant(database.adminUrl, 'x', await rowsAbout(database.adminUrl, walls, own), all, words);
  // The telling says its words itself; what hangs on it is planted.
  const itself = ['core.telling', 'core.telling_block', 'core.telling_version', 'core.consent'];
  const rows = Object.entries(await rowsAbout(database.adminUrl, tellingWalls, open.id));
  const hanging = Object.fromEntries(rows.filter(([table]) => !itself.includes(table)));
  await plant(database.adminUrl, 'x', hanging, all, words);
  // The keys by which these rows are found and told apart are words of ours.
  await asAdmin(database.adminUrl, 'update core.initiative set slug = $2 where id = $1', [
    own,
    slugOf('own'),
  ]);
  await withViewer(operator, (tx) => layOpen(tx, [own]));
  const come = async (name: string, viewer: Viewer) => people.push({ name, cookie: await cookieOf(viewer) });
  await come('teller', teller);
  await come('keeper', await aPerson(at(3), [{ role: 'member', scope: { kind: 'initiative', id: own } }]));
  await come(
    'staff',
    await aPerson(at(4), [
      { role: 'editor' },
      { role: 'admin' },
      { role: 'facilitator' },
      { role: 'researcher' },
    ]),
  );
}, 400_000);

afterAll(async () => {
  await browser.close();
  await Promise.all([leaveDatabase(), leaveSignIn()]);
  await database.close();
  await house.stop();
});

async function eyesOf(cookie: string, wrongs: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
  if (cookie) {
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([
      {
        name,
        value,
        url: house.url.replace('http:', 'https:'),
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
      },
    ]);
  }
  await context.exposeBinding('told', (_source, what: string) => wrongs.push(what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (broken) =>
      Reflect.apply(Reflect.get(window, 'told'), window, [
        `${location.pathname} breaks ${broken.violatedDirective} with ${broken.blockedURI}`,
      ]),
    );
  });
  context.on('dialog', (dialog) => {
    wrongs.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(house.url) && /^https?:/.test(request.url()))
      wrongs.push(`asks ${request.url()}`);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

async function struckOn(page: Page): Promise<string[]> {
  const struck = await page.evaluate(() => 'struck' in window).catch(() => false);
  return struck ? [`${page.url()} runs what was written`] : [];
}

/** Fills every field of every form on the page with the corpus and sends each form, as a reader would. */
async function fillForms(page: Page, seen: Set<string>, wrongs: string[]): Promise<number> {
  const here = page.url();
  const kinds = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLFormElement>('main form[method=post]')].map(
      (form) => form.getAttribute('action') ?? '',
    ),
  );
  let filled = 0;
  for (const [place, action] of kinds.entries()) {
    const kind = `${new URL(here).pathname.replace(/[0-9a-f-]{36}/g, '*')} ${action}`;
    // What ends the session or takes everything back ends the looking too.
    if (seen.has(kind) || /leave|sign-out|take-?back|withdraw/.test(kind)) continue;
    seen.add(kind);
    if (page.url() !== here) await page.goto(here);
    filled += await page.evaluate(
      ({ place, corpus, from }) => {
        const form = document.querySelectorAll<HTMLFormElement>('main form[method=post]')[place];
        if (!form) return 0;
        form.noValidate = true;
        const fields = [
          ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input'),
        ].filter(
          (field) => field instanceof HTMLTextAreaElement || /^(text|search|email|tel|url)$/.test(field.type),
        );
        fields.forEach((field, at) => {
          field.value = corpus[(at + from) % corpus.length] ?? '';
        });
        return fields.length;
      },
      { place, corpus: [...corpus], from: seen.size },
    );
    await Promise.all([
      page.waitForEvent('load', { timeout: 4_000 }).catch(() => undefined),
      page.evaluate((at) => {
        const form = document.querySelectorAll<HTMLFormElement>('main form[method=post]')[at];
        form?.requestSubmit(form.querySelector<HTMLButtonElement>('button:not([type=button])'));
      }, place),
    ]);
    wrongs.push(...(await struckOn(page)));
  }
  return filled;
}

test('a field that runs what is written would be seen', async () => {
  const wrongs: string[] = [];
  const page = await eyesOf('', wrongs);
  await page.goto(`${house.url}/nl`);
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('iframe'), { src: 'data:text/html,x' })),
  );
  await expect.poll(() => wrongs.join()).toContain('frame-src');
  await page.evaluate('window.struck = 1');
  expect(await struckOn(page)).toHaveLength(1);
  await page.context().close();
});

test('nothing that anyone wrote runs on any page, and no page breaks its own policy', async () => {
  const wrongs: string[] = [];
  const seen = new Set<string>();
  const opened = new Set<string>();
  let pages = 0;
  let fields = 0;
  const addresses = addressesOf({
    entry: own,
    slug: slugOf('own'),
    telling: open,
    asked: encodeURIComponent(at(0)),
    hanging: await hangingOn(database.adminUrl, open.id),
  }).filter(
    (path) =>
      !/\.(xml|txt|csv|atom|json|geojson|gexf|graphml)|leave|healthz|readyz|^\/(data|hsds|m)\//.test(path),
  );
  for (const { cookie } of people) {
    const page = await eyesOf(cookie, wrongs);
    for (const path of addresses) {
      if (/\.(xml|txt|csv|atom|json|geojson|gexf|graphml)|leave|healthz|readyz|^\/(data|hsds)\//.test(path))
        continue;
      // What is not there for these eyes, or is there for everyone, is not opened again.
      const there = await fetch(`${house.url}${path}`, {
        redirect: 'manual',
        headers: { accept: 'text/html', ...(cookie && { cookie }) },
      });
      const html = await there.text();
      const outline = `${path} ${html.replace(/^[^]*<main/, '').length}`;
      if (there.status !== 200 || !there.headers.get('content-type')?.includes('html') || opened.has(outline))
        continue;
      opened.add(outline);
      await page.goto(`${house.url}${path}`);
      pages++;
      wrongs.push(...(await struckOn(page)));
      fields += await fillForms(page, seen, wrongs);
    }
    await page.context().close();
  }
  console.log(
    `${corpus.length} ways to strike: ${pages} pages opened, ${fields} fields of ${seen.size} forms filled, ${wrongs.length} struck.`,
  );
  expect(fields).toBeGreaterThan(25);
  expect([...new Set(wrongs)]).toEqual([]);
}, 300_000);
