import { createServer, type Server } from 'node:http';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { inspect } from '../support/inspection.ts';
import { judgement } from '../support/judging.ts';

const faulty = `<!doctype html><html lang="ar" dir="rtl"><head><title>خ</title><meta name="viewport" content="width=device-width"><style>
  body { margin: 0; background: #fff; color: #111 } .wide { inline-size: 900px } :focus { outline: none }
  .clip { overflow: hidden; block-size: 1.2em; inline-size: 60px; white-space: nowrap } .small { display: inline-block; inline-size: 10px; block-size: 10px }
  @keyframes tide { to { opacity: 0.5 } } .tide { animation: tide 1s infinite }
  .over { position: fixed; inset-block-start: 0; block-size: 40px; inset-inline: 0; background: #123 }
</style></head><body><main><h1>مرحبا</h1><h1>مرحبا</h1><h3>مرحبا</h3><p>Stichting Welkom</p>
<a class="small" href="/x">أ</a><a class="small" href="/y">ب</a><div class="wide tide">نص</div><p class="clip">نص طويل جدا لا ينتهي</p><img src="/dot.png">
</main></body></html>`;

const sound = `<!doctype html><html lang="nl" dir="ltr"><head><title>Welkom</title><meta name="viewport" content="width=device-width"><style>
  body { margin: 0; background: #fff; color: #111 } :focus-visible { outline: 3px solid #123c4a } a { display: inline-block; padding: 12px }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #fff } a { color: #9cf } :focus-visible { outline-color: #9cf } }
</style></head><body><main><h1>Welkom</h1><h2>Begin hier</h2><p>Zoek in je eigen taal, ook in het <a href="/ar" lang="ar" dir="rtl">العربية</a></p></main></body></html>`;

const pages: Readonly<Record<string, string>> = {
  '/faulty': faulty,
  '/pale': sound.replace('#111 }', '#ccc }'),
  '/nl/of-one': sound,
  '/nl/of-another': sound.replace('</main>', '<img src="/dot.png"></main>'),
};

let server: Server;
let browser: Browser;
let home = '';

beforeAll(async () => {
  server = createServer(({ url }, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8').end(pages[url ?? ''] ?? sound);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  home = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
  browser = await chromium.connect(inject('chromiumAddress'));
});
afterAll(async () => {
  await browser.close();
  server.close();
});

test('the judges find every fault that was planted in a page', async () => {
  const told = (await inspect(browser, `${home}/faulty`, 360)).join('\n');
  for (const fault of [
    'axe image-alt',
    '2 headings of the first level',
    'skips a level',
    "'Stichting Welkom' stands in lang=ar without a direction of its own",
    'is 10 x 10 px',
    "the focus on 'أ' cannot be seen",
    'an animation runs on DIV',
    'px wider than 320 px',
    'is cut off',
    'has no outline in forced colours',
  ]) {
    expect(told).toContain(fault);
  }
});

test('the judges leave a sound page in peace', async () => {
  expect(await inspect(browser, `${home}/sound`, 360)).toEqual([]);
});

test('the judges find letters that are too pale to read', async () => {
  expect(await inspect(browser, `${home}/pale`, 360)).toContainEqual(
    expect.stringContaining('axe color-contrast'),
  );
});

test('a page is looked at again when something stands on it that was not seen behind its door, and else it is not', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const look = { status: 200, language: 'nl', width: 360 } as const;
  const told = async (path: string, deeply: boolean) => {
    await page.goto(`${home}${path}`);
    return judgement(browser, page, { ...look, deeply });
  };
  expect(await told('/nl/of-one', true)).toEqual([]);
  const again = await told('/nl/of-another', false);
  expect(again).toEqual([expect.stringContaining('axe image-alt')]);
  expect(await told('/nl/of-another', false), 'a fault is told once in a run').toEqual([]);
  await context.close();
});
