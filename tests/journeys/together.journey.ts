import { expect } from 'vitest';
import { anInsight } from '../../src/modules/learning/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { editorOf } from '../../src/modules/publications/access.ts';
import { invite } from '../../src/modules/publications/inviting/commands.server.ts';
import { aParagraph, aPublication, anArticle } from '../../src/modules/publications/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const phone = { widths: [360], scripts: [false] } as const;
const press = ({ page }: Walk, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
const textOf = async ({ page }: Walk) => (await page.locator('main').textContent()) ?? '';
const consents = (['read', 'quote-report', 'translate-people'] as const).map(
  (use) => ({ use, verdict: 'given', audience: 'public' }) as const,
);

journey(
  'someone who was invited comes in by a link, lays words of a voice that may stand there, and sees who is not heard yet',
  async (walk) => {
    const { page, say, language, open, follow } = walk;
    const by = await aPerson('Redactie', [{ role: 'editor' }]);
    const { id, slug } = await aPublication({
      by,
      title: 'Wat de rivier meebracht',
      opening: 'Vijf jaar aankomen in Gelderland, verteld door wie het meemaakte.',
    });
    const article = await anArticle({ publication: id, title: 'De eerste winter' });
    await aParagraph({ article: article.id, text: 'Het begon bij de brug.' });
    await anInsight(by);
    const editor = editorOf(by, { publication: id, part: 'editor' }) ?? expect.unreachable();
    const made = await withViewer(by, (tx) => invite(tx, editor, 'layer', language));
    const word = made.ok ? made.value.word : expect.unreachable();
    const title = `Kiezels ${word.slice(0, 6).replace(/[^a-z]/gi, 'x')}`;
    const told = await aTelling({
      teller: await aPerson('Noor'),
      title,
      says: ['Ik kwam in de winter, met één koffer.', 'De buurvrouw bracht soep. Zij vroeg niets.'],
      roleThen: 'newcomer',
      consents,
    });
    const why = language === 'ar' ? 'هنا يدور الأمر حول الجيران.' : 'Hier gaat het over buren.';
    await open(`/together/in/${word}`);
    await page.locator('#called').fill('Amina');
    await follow(() => press(walk, say('together.in.do')));
    expect(await textOf(walk)).toContain('Wat de rivier meebracht');
    expect(await textOf(walk)).toContain('Amina');
    expect(await page.locator('.missing').count()).toBeGreaterThan(2);
    await open(`/together/${slug}/pieces`);
    await page.locator('#q').fill(title);
    await follow(() => press(walk, say('together.from.search.do')));
    await follow(() => page.locator(`main a[href*="telling=${told.slug}"]`).click());
    await page.locator('#exact').fill('de buurman bracht soep');
    await page.locator('#why').fill(why);
    await follow(() => press(walk, say('together.block.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('together.refused.words_not_there'));
    expect(await page.locator('#why').inputValue()).toBe(why);
    await page.locator('#exact').fill('De buurvrouw bracht soep.');
    await follow(() => press(walk, say('together.block.do')));
    const piece = page.locator('article', { hasText: 'De buurvrouw bracht soep.' });
    expect(await piece.locator('blockquote').textContent()).toBe('De buurvrouw bracht soep.');
    expect(await textOf(walk)).toContain(why);
    await piece.locator('summary').click();
    await piece.locator('select').selectOption('ar');
    await piece.locator('textarea').fill('جارتي أحضرت الحساء.');
    await follow(() => piece.getByRole('button', { name: say('together.beside.do') }).click());
    expect(await textOf(walk)).toContain('جارتي أحضرت الحساء.');
    await open(`/together/${slug}`);
    expect(await page.locator('.waiting').first().textContent()).toContain(say('languages.name.nl'));
    // Who lays pieces has no desk there, in the language the desk speaks.
    if (language === 'nl') await open(`/desk/publications/${slug}`, 404);
    await open(`/together/${slug}`);
    await page.locator('summary', { hasText: say('together.leave.title') }).click();
    await follow(() => press(walk, say('together.leave.do')));
    expect(await textOf(walk)).toContain(say('together.none'));
    await open(`/together/${slug}/pieces`, 404);
  },
  { ...phone, languages: ['nl', 'ar'], as: () => anInhabitant('Amina') },
);

journey(
  'an editor begins a magazine, invites a writer once, and finds out why a part cannot move on yet',
  async (walk) => {
    const { page, say, open, follow } = walk;
    await open('/desk/publications');
    await follow(() => page.getByRole('link', { name: say('publications.desk.new') }).click());
    await page.getByLabel(say('together.kind.magazine')).check();
    await page.locator('#issue').fill('nul');
    await page.locator('#title').fill('Tussen twee oevers');
    await follow(() => press(walk, say('publications.desk.begin')));
    expect(await page.getByRole('alert').textContent()).toContain(say('publications.desk.problem.number'));
    expect(await page.locator('#title').inputValue()).toBe('Tussen twee oevers');
    await page.locator('#issue').fill('3');
    await follow(() => press(walk, say('publications.desk.begin')));
    await page.locator('summary', { hasText: say('publications.desk.article.add') }).click();
    await page.locator('#title-new').fill('Een gesprek op de dijk');
    await page.locator('#kind-new').selectOption('interview');
    await follow(() => press(walk, say('publications.desk.begin')));
    await follow(() => press(walk, say('together.standing.draft')));
    await follow(() => press(walk, say('together.standing.told-back')));
    expect(await page.getByRole('alert').textContent()).toContain(
      say('publications.desk.refused.nothing_written'),
    );
    // What was typed and cannot be taken stands there again, each with what is wrong with it.
    await page.locator('summary', { hasText: say('publications.desk.cover.change') }).click();
    await page.locator('#title').fill('T');
    await page.locator('#subtitle').fill('Een nummer over water');
    await follow(() => press(walk, say('publications.desk.save')));
    expect(await page.getByRole('alert').textContent()).toContain(say('publications.desk.problem.missing'));
    expect(await page.locator('#subtitle').inputValue()).toBe('Een nummer over water');
    await page.locator('#title').fill('Tussen twee oevers');
    await follow(() => press(walk, say('publications.desk.save')));
    await page.locator('summary', { hasText: say('publications.desk.end') }).click();
    await follow(() => press(walk, say('publications.desk.end.do')));
    expect(await page.locator('#subtitle').count()).toBe(0);
    await page.locator('summary', { hasText: say('publications.desk.end.again') }).click();
    await follow(() => press(walk, say('publications.desk.end.again')));
    await follow(() => press(walk, say('publications.desk.invite.do')));
    const link = (await page.locator('.link').textContent()) ?? '';
    expect(link).toMatch(/\/nl\/together\/in\/[\w-]{43}$/);
    expect(await page.getByRole('img', { name: say('publications.desk.invite.qr') }).count()).toBe(1);
    await follow(() => press(walk, say('publications.desk.invite.back')));
    await open(new URL(link).pathname.slice(3));
    expect(await textOf(walk)).toContain(say('together.in.gone'));
    await open('/together');
    expect(await textOf(walk)).toContain('Tussen twee oevers');
  },
  { ...phone, languages: ['nl'], as: () => anInhabitant('Noor', [{ role: 'editor' }]) },
);
