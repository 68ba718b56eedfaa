import { randomUUID } from 'node:crypto';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aPiece, aParagraph, aPublication, anArticle } from '../../src/modules/publications/testing.ts';
import type { Part } from '../../src/modules/publications/model.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, signIn, type Inhabitant } from '../support/person.ts';
import { Someone } from '../support/someone.ts';

houseDatabase();

const said = 'جئت في الشتاء مع حقيبة واحدة.';

const texts = {
  nl: {
    publication: 'Wat de rivier meebracht',
    article: 'De eerste winter',
    begins: 'Het begon bij de brug over het water.',
    next: 'Het begon bij de *oude* brug.[^Zo heet zij.]',
    old: 'oude',
  },
  ar: {
    publication: 'ما حمله النهر',
    article: 'الشتاء الأول',
    begins: 'بدأ الأمر عند الجسر فوق الماء.',
    next: 'بدأ الأمر عند الجسر *القديم*.[^هكذا يسمى.]',
    old: 'القديم',
  },
};

/** A common story of two writers with one paragraph and a piece that nobody used yet. */
async function aStory(
  writers: readonly Inhabitant[],
  language: 'nl' | 'ar' = 'nl',
  others: readonly { viewer: Viewer; part: Part }[] = [],
) {
  const words = texts[language];
  const by = await aPerson('Redactie', [{ role: 'editor' }]);
  const publication = await aPublication({
    by,
    title: words.publication,
    language,
    people: [
      ...others,
      ...writers.map(({ viewer }, at) => ({
        viewer,
        part: 'writer' as const,
        called: at === 0 ? 'Amina' : 'Joris',
      })),
    ],
  });
  const article = await anArticle({ publication: publication.id, title: words.article, language });
  const telling = await aTelling({
    teller: await aPerson('Noor'),
    language: 'ar',
    says: [said],
    consents: [{ use: 'quote-report', verdict: 'given', audience: 'public' }],
  });
  const piece = await aPiece({
    publication: publication.id,
    by,
    quote: { telling: telling.id, exact: said },
  });
  const block = await aParagraph({ article: article.id, by, text: words.begins, language });
  return {
    path: `/together/${publication.slug}/${article.slug}`,
    piece: piece.id,
    block: block.id,
    slug: publication.slug,
  };
}

const press = ({ page }: Walk, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
const textOf = ({ page }: Pick<Walk, 'page'>) => page.locator('main').innerText();
const shoot = async (page: Page, name: string) => {
  const folder = process.env.STEPPINGSTONES_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

journey(
  'who writes without script puts words of a voice in an article, writes on what they rest, and finds who changed what',
  async (walk) => {
    const { page, say, open, follow, person, language, width } = walk;
    const { path, piece, block } = await aStory(
      [person ?? expect.unreachable()],
      language === 'ar' ? 'ar' : 'nl',
    );
    const words = texts[language === 'ar' ? 'ar' : 'nl'];
    await open(path);
    await shoot(page, `first-${language}-${width}`);
    await follow(() => page.locator(`[data-key="${block}"] [data-write]`).click());
    await page.locator('#write-text').fill(words.next);
    await page
      .locator(`#write-${piece}-0`)
      .evaluate((one) => one.closest('details')?.setAttribute('open', ''));
    await page.locator(`select[name="rests-${piece}"]`).first().selectOption('answers');
    await shoot(page, `write-${language}-${width}`);
    await follow(() => press(walk, say('writing.save')));
    expect(await page.getByRole('status').first().innerText()).toContain(say('writing.told.laid'));
    expect(await page.locator(`[data-key="${block}"] em`).innerText()).toBe(words.old);
    await follow(() => page.locator(`[data-key="${block}"] [data-add]`).click());
    await shoot(page, `add-${language}-${width}`);
    await follow(() => page.locator('[data-other]').first().click());
    await page.getByLabel(said).check();
    await follow(() => press(walk, say('writing.add.do')));
    expect(await page.locator('blockquote', { hasText: said }).getAttribute('dir')).toBe('rtl');
    await shoot(page, `after-${language}-${width}`);
    await open(`${path}/history`);
    expect(await page.locator('ins').first().innerText()).toContain(`*${words.old}*`);
    await shoot(page, `history-${language}-${width}`);
    await open(`${path}?at=${block}`);
    await page.locator('summary', { hasText: say('writing.out') }).click();
    await follow(() => press(walk, say('writing.out')));
    expect(await textOf(walk)).toContain(say('writing.gone.count', { count: 1 }));
  },
  { as: () => anInhabitant('Amina'), widths: [360], scripts: [false] },
);

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.connect(inject('chromiumAddress'));
});
afterAll(() => browser.close());

test('two write at once, one of them without a line for a while: they see each other, nothing is lost, and what both changed is joined by them', async () => {
  const people = [await anInhabitant('Amina'), await anInhabitant('Joris')];
  const { path, block } = await aStory(people);
  const [amina, joris] = await Promise.all([
    Someone.with(browser, 'nl'),
    Someone.with(browser, 'en', { width: 1280 }),
  ]);
  try {
    for (const [at, one] of [amina, joris].entries()) {
      await signIn(one.context, people[at] ?? expect.unreachable());
      await one.go(path);
    }
    const openAt = async (one: Someone) => {
      await one.page.locator(`[data-key="${block}"] [data-write]`).click();
      return one.page.locator('[data-panel] textarea');
    };
    const save = (one: Someone) => one.page.locator('[data-panel] button[type="submit"]').first().click();
    const area = await openAt(amina);
    await expect
      .poll(() => joris.page.locator(`[data-key="${block}"] [data-here]`).innerText())
      .toContain('Amina');
    await shoot(joris.page, 'presence');
    await amina.context.setOffline(true);
    await area.fill('Het begon bij de oude brug over het water.');
    await save(amina);
    await amina.hears(amina.say('writing.net.waits'));
    await (await openAt(amina)).fill('Het begon bij de oude brug over het brede water.');
    await save(amina);
    await shoot(amina.page, 'offline');
    await (await openAt(joris)).fill('Alles begon bij de brug over het water.');
    await save(joris);
    await joris.hears('Alles begon');
    // What waits survives that the page is closed.
    await amina.context.setOffline(false);
    await amina.go(path);
    await amina.hears('Alles begon bij de oude brug over het brede water.');
    await joris.hears('Alles begon bij de oude brug over het brede water.');
    expect(
      await amina.page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('writing'))),
    ).toEqual([]);
    // Now both change the same words.
    const [one, other] = [await openAt(amina), await openAt(joris)];
    await one.fill('Alles begon bij de oude brug over de rivier.');
    await other.fill('Alles begon bij de oude brug over de Rijn.');
    await save(amina);
    await amina.hears('over de rivier.');
    await save(joris);
    await joris.hears(joris.say('writing.beside'));
    await amina.hears('over de Rijn.');
    await shoot(amina.page, 'beside');
    await amina.page
      .locator(`#join-${block}`)
      .fill('Alles begon bij de oude brug over de Rijn, onze rivier.');
    await amina.button('writing.beside.do').click();
    for (const each of [amina, joris]) await each.hears('onze rivier.');
    await expect.poll(() => joris.page.locator(`#join-${block}`).count()).toBe(0);
  } finally {
    await Promise.all([amina.context.close(), joris.context.close()]);
  }
});

test('who does not work on it finds no article, no history and no line; who only lays pieces reads along and changes nothing', async () => {
  const [writer, layer, stranger] = [
    await anInhabitant('Amina'),
    await anInhabitant('Legt'),
    await anInhabitant('Ander'),
  ];
  const { path, block } = await aStory([writer], 'nl', [{ viewer: layer.viewer, part: 'layer' as const }]);
  const [reads, other] = await Promise.all([Someone.with(browser, 'nl'), Someone.with(browser, 'nl')]);
  const home = inject('journeyUrl');
  const headers = { origin: home };
  const form = { deed: 'take-out', op: randomUUID(), paragraph: block };
  try {
    await signIn(other.context, stranger);
    await signIn(reads.context, layer);
    for (const way of ['', '/history', '/live'])
      expect((await other.context.request.get(`${home}/nl${path}${way}`)).status(), way).toBe(404);
    const tried = await other.context.request.post(`${home}/nl${path}?/do`, { form, headers });
    expect(tried.status()).toBe(404);
    expect(
      (
        await other.context.request.post(`${home}/nl${path}/live`, { form: { page: randomUUID() }, headers })
      ).status(),
    ).toBe(404);
    await reads.go(path);
    expect(await reads.text()).toContain(reads.say('writing.reads'));
    expect(await reads.page.locator('[data-write], [data-add], form[data-deed]').count()).toBe(0);
    const refused = await reads.context.request.post(`${home}/nl${path}?/do`, { form, headers });
    expect(refused.status()).toBe(422);
    expect(await reads.text()).toContain('Het begon bij de brug over het water.');
  } finally {
    await Promise.all([reads.context.close(), other.context.close()]);
  }
});
