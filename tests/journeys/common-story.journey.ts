import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { anArticle, aParagraph, aPiece, aPublication } from '../../src/modules/publications/testing.ts';
import { usedOf } from '../../src/modules/publications/telling-back/access.ts';
import { answerUse, showUse } from '../../src/modules/publications/telling-back/commands.server.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import type { Language } from '../../src/platform/i18n/languages.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { anInhabitant, signIn } from '../support/person.ts';
import { Someone } from '../support/someone.ts';

const database = houseDatabase();
const home = () => inject('journeyUrl');
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);
const run = promisify(execFile);
const reader = '/usr/bin/pdftotext';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.connect(inject('chromiumAddress'));
});
afterAll(() => browser.close());

/** Someone who told three things that may be quoted and put in other languages; their phone runs no script. */
async function aTeller(called: string, language: Language, says: readonly string[]) {
  const who = await anInhabitant(called);
  const given = { verdict: 'given', audience: 'public' } as const;
  const telling = await aTelling({
    teller: who.viewer,
    language,
    says: [...says],
    consents: [
      { use: 'read', ...given },
      { use: 'quote-report', ...given },
    ],
  });
  const phone = await Someone.with(browser, language, { script: false });
  await signIn(phone.context, who);
  return { who, telling, phone, says };
}

async function press(someone: Someone, key: Parameters<Someone['button']>[0], values = {}): Promise<void> {
  await someone.button(key, values).click();
  await someone.page.waitForLoadState();
}

/** Looks at how a piece is used, and answers. */
async function answers(
  phone: Someone,
  piece: string,
  answer: string,
  words: string | null = null,
): Promise<void> {
  await phone.go(`/me/used/${piece}`);
  await press(phone, 'used.look');
  await phone.page.locator(`input[name=answer][value=${answer}]`).check();
  if (words !== null) {
    await phone.page.locator('textarea[name=words]').fill(words);
    if (answer === 'remark') await phone.page.locator('input[name=stance][value=differs]').check();
  }
  await press(phone, 'used.send');
  await phone.hears(phone.say(`used.done.${answer as 'agree'}`));
}

/** Looks and agrees, without a screen. */
async function agrees(viewer: Viewer, piece: string): Promise<void> {
  const used = usedOf(viewer);
  const answered = await withViewer(viewer, async (tx) => {
    if (!used || !(await showUse(tx, used, piece)).ok) return false;
    return (await answerUse(tx, used, piece, { answer: 'agree' }, 'nl')).ok;
  });
  expect(answered).toBe(true);
}

interface Out {
  readonly web: string;
  readonly book: string;
  readonly paper: string;
}

/** What anyone reads of an edition: on the web, in the e-book and on paper; null as long as a file is still being made. */
async function readOut(slug: string): Promise<Out | null> {
  const at = `${home()}/nl/publications/${slug}/1`;
  const [page, epub, pdf] = await Promise.all(
    [at, `${at}/book.epub`, `${at}/reading.pdf`].map((each) => fetch(each)),
  );
  if (page?.status !== 200 || epub?.status !== 200 || pdf?.status !== 200) return null;
  const files = unzipSync(new Uint8Array(await epub.arrayBuffer()));
  const book = Object.entries(files)
    .filter(([name]) => /\.(xhtml|opf|ncx|svg)$/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('\n');
  return { web: await page.text(), book, paper: await wordsOnPaper(new Uint8Array(await pdf.arrayBuffer())) };
}

/** The words of a PDF as poppler reads them; empty on a machine without it. */
async function wordsOnPaper(bytes: Uint8Array): Promise<string> {
  if (!existsSync(reader)) return '';
  const child = run(reader, ['-raw', '-', '-'], { maxBuffer: 1e8 });
  child.child.stdin?.end(bytes);
  return (await child).stdout;
}

async function whenOut(slug: string): Promise<Out> {
  let out: Out | null = null;
  await expect
    .poll(async () => (out = await readOut(slug)) !== null, { timeout: 60_000, interval: 400 })
    .toBe(true);
  return out ?? { web: '', book: '', paper: '' };
}

/** Every table of the house in which this word still stands. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await admin<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('pub','core','vault','jobs')`,
  );
  const asked = tables.map(
    ({ name }) =>
      `select '${name}' as name where exists (select from ${name} t where t::text like '%${word}%')`,
  );
  return (await admin<{ name: string }>(asked.join(' union all '))).map(({ name }) => name);
}

const everywhere = existsSync(reader)
  ? 'web, e-book and paper'
  : `web and e-book (what is on paper was not read: ${reader} is not there)`;

test(`five people in three languages make a story of twelve pieces; one sees it otherwise, one takes own words, and one leaves after it went out: it is gone from ${everywhere}, and nothing says what or whose`, async () => {
  const canary = `kanarie${randomBytes(4).toString('hex')}`;
  const eva = await anInhabitant('Eva', [{ role: 'editor' }]);
  const desk = await Someone.with(browser, 'nl', { script: false, width: 1280 });
  await signIn(desk.context, eva);
  const tellers = {
    samir: await aTeller('Samir', 'ar', [
      `شربنا الشاي ${canary}.`,
      `كان الباب مفتوحا ${canary}.`,
      `ثم جاء الربيع ${canary}.`,
    ]),
    noor: await aTeller('Noor', 'ar', ['كان الطريق طويلا.', 'وجدت عملا.', 'ما زلت أنتظر.']),
    semhar: await aTeller('Semhar', 'ti', ['ሻሂ ሰቲና።', 'ቋንቋ ተማሂረ።', 'ቤት ረኺበ።']),
    bart: await aTeller('Bart', 'nl', [
      'Ik zette de deur open.',
      'Eerst wist ik niets te zeggen.',
      'Nu eten we samen.',
    ]),
  };
  const publication = await aPublication({ by: eva.viewer, title: 'Aan één tafel' });
  const article = await anArticle({ publication: publication.id, title: 'De avonden' });
  const pieces: Record<string, string[]> = {};
  for (const [name, { telling, says }] of Object.entries(tellers))
    for (const exact of says) {
      const { id } = await aPiece({
        publication: publication.id,
        by: eva.viewer,
        quote: { telling: telling.id, exact },
      });
      (pieces[name] ??= []).push(id);
      await aParagraph({ article: article.id, piece: id });
    }
  const of = (name: keyof typeof tellers, at: number) => pieces[name]?.[at] ?? '';
  await aParagraph({
    article: article.id,
    text: `Hij vertelt van avonden die niet ophielden, ${canary}.`,
    draws: [{ piece: of('samir', 0), way: 'paraphrases' }],
  });
  await aParagraph({
    article: article.id,
    text: 'Niet iedereen herinnert het zich zo.',
    draws: [{ piece: of('samir', 1), way: 'answers' }],
  });

  // Everyone is asked, and nothing goes out before they looked.
  await desk.go(`/desk/publications/${publication.slug}/told-back`);
  await press(desk, 'used.desk.ask');
  await desk.hears(desk.say('used.desk.asked', { told: 12, byHand: 0 }).trim());
  const { samir, noor, semhar, bart } = tellers;
  await answers(samir.phone, of('samir', 0), 'agree');
  await answers(semhar.phone, of('semhar', 0), 'agree');
  await answers(noor.phone, of('noor', 0), 'remark', 'بالنسبة لي لم يكن الأمر كذلك.');
  await answers(bart.phone, of('bart', 0), 'own-words', 'De deur stond al open.');
  // The rest in the same way, but for the screens.
  for (const [name, { who }] of Object.entries(tellers))
    for (const piece of pieces[name]?.slice(1) ?? []) await agrees(who.viewer, piece);

  await admin(`update core.article set standing = 'ready' where id = $1`, [article.id]);
  await desk.go(`/desk/publications/${publication.slug}/release`);
  await desk.page.locator('input[name=printed]').check();
  await press(desk, 'releasing.desk.release', { number: 1 });
  const out = await whenOut(publication.slug);
  for (const way of [out.web, out.book]) {
    for (const words of [...samir.says, ...noor.says, ...semhar.says, ...bart.says.slice(1)])
      expect(way).toContain(words);
    expect(way).toContain('De deur stond al open.');
    expect(way).not.toContain('Ik zette de deur open.');
    expect(way).toContain('بالنسبة لي لم يكن الأمر كذلك.');
  }
  if (out.paper !== '')
    for (const words of [canary, 'De deur stond al open.']) expect(out.paper).toContain(words);

  // Samir takes one thing out, and then takes back all he told.
  await samir.phone.go('/me/used');
  await samir.phone.hears('Aan één tafel');
  await samir.phone.page
    .locator('summary', { hasText: samir.phone.say('used.mine.back') })
    .first()
    .click();
  await press(samir.phone, 'used.mine.back');
  await samir.phone.hears(samir.phone.say('used.done.out'));
  await samir.phone.go(`/me/tellings/${samir.telling.id}`);
  await press(samir.phone, 'consent.back.do');
  const left = performance.now();
  expect(await (await fetch(`${home()}/nl/publications/${publication.slug}/1`)).text()).not.toContain(canary);
  const after = await whenOut(publication.slug);
  for (const way of Object.values(after)) expect(way).not.toContain(canary);
  for (const way of [after.web, after.book]) {
    expect(way).toContain('Niet iedereen herinnert het zich zo.');
    expect(way).toContain('ሻሂ ሰቲና።');
  }
  expect(after.web).toContain(desk.say('publications.erratum.paragraph-left', { count: 1 }));
  await expect.poll(() => tablesWith(canary), { timeout: 60_000 }).toEqual([]);
  expect(performance.now() - left).toBeLessThan(60_000);

  const at = `/publications/${publication.slug}`;
  const everywhere = [
    `/nl${at}`,
    `/nl${at}/changes`,
    `/nl${at}/1/cite.bib`,
    `/nl${at}/1/cite.json`,
    '/nl/publications',
    `/nl/stories?q=${canary}`,
  ];
  for (const path of [
    ...everywhere,
    '/data/v1/publications',
    '/data/v1/publications.atom',
    '/data/v1/publications.json',
  ]) {
    const told = await (await fetch(`${home()}${path}`)).text();
    expect([
      path,
      told.includes('Samir'),
      told.replaceAll(`q=${canary}`, '').replaceAll(`value="${canary}"`, '').includes(canary),
    ]).toEqual([path, false, false]);
  }
});
