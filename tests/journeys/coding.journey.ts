import { expect, inject } from 'vitest';
import { aPerson } from '../../src/modules/people/testing.ts';
import { readExchange } from '../../src/modules/stories/coding/exchange/input.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const words = 'في الشتاء';

journey(
  'a researcher makes a codebook, codes words of an Arabic telling without script, and takes it all out',
  async ({ page, say, open, follow, language, person }) => {
    const home = inject('journeyUrl');
    const title = `شتاء ${String(Date.now())}`;
    const teller = await aPerson('Noor');
    const consents = [{ use: 'coding', verdict: 'given', audience: 'public' }] as const;
    await aTelling({ teller, language: 'ar', title, says: [`جئتُ 😀 ${words} وبقيت`], consents });
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await open('/desk/coding');
    await page.getByLabel(say('coding.desk.name')).fill('Thuis zijn');
    await follow(() => press(say('coding.desk.make.do')));
    const book = new URL(page.url()).pathname;
    await page.getByLabel(say('coding.desk.code.name')).fill('seizoen');
    await follow(() => press(say('coding.desk.code.add.do')));
    await follow(() => page.getByRole('link', { name: title }).click());
    await page.getByText(say('coding.desk.passage.code')).click();
    await page.getByLabel(say('coding.desk.passage.words')).fill('كلمات أخرى');
    await follow(() => press('seizoen'));
    expect(await page.getByRole('alert').textContent()).toContain(say('coding.desk.problem.words'));
    await page.getByLabel(say('coding.desk.passage.words')).fill(words);
    await follow(() => press('seizoen'));
    expect(await page.locator('q').textContent()).toBe(words);
    await open(book.replace(/^\/[a-z]{2}/, '') + '/patterns?by=role');
    expect(await page.locator('table').textContent()).toContain(say('coding.desk.patterns.hidden'));
    await open(book.replace(/^\/[a-z]{2}/, '') + '/agreement');
    const headers = {
      cookie: `${sessionCookie}=${encodeURIComponent(person?.cookie ?? '')}`,
      origin: home,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const taken = await fetch(`${home}/${language}${book.slice(3)}/export`, {
      method: 'POST',
      headers,
      body: 'form=qdpx',
    });
    const read = await readExchange(Buffer.from(await taken.arrayBuffer()));
    if (!read.ok) throw new Error(`${String(taken.status)} ${read.reason}`);
    const source = read.value.project.sources.find(({ name }) => name === title);
    const [selection] = source?.selections ?? [];
    expect([...(source?.text ?? '')].slice(selection?.start, selection?.end).join('')).toBe(words);
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    as: () => anInhabitant('Ada', [{ role: 'researcher' }]),
  },
);

journey(
  'with script, choosing words in the text is enough before a tap on a code',
  async ({ page, say, open, follow }) => {
    const teller = await aPerson('Noor');
    const consents = [{ use: 'coding', verdict: 'given', audience: 'public' }] as const;
    const title = `Winter ${String(Date.now())}`;
    const text = 'Ik kwam 😀 in de winter en de winter bleef.';
    await aTelling({ teller, title, says: [text], consents });
    await open('/desk/coding');
    await page.getByLabel(say('coding.desk.name')).fill('Thuis zijn');
    await follow(() => page.getByRole('button', { name: say('coding.desk.make.do'), exact: true }).click());
    await page.getByLabel(say('coding.desk.code.name')).fill('seizoen');
    await follow(() => page.getByRole('button', { name: say('coding.desk.code.add.do') }).click());
    await follow(() => page.getByRole('link', { name: title }).click());
    await page.evaluate(() => {
      const words = document.querySelector('[data-words]');
      const text = [...(words?.childNodes ?? [])].find((node) => node.textContent?.includes('winter'));
      const at = text?.textContent?.lastIndexOf('winter') ?? 0;
      if (text) document.getSelection()?.setBaseAndExtent(text, at, text, at + 6);
    });
    await page.getByRole('button', { name: 'seizoen', exact: true }).waitFor();
    await follow(() => page.getByRole('button', { name: 'seizoen', exact: true }).click());
    const marked = await page.evaluate(() => {
      const [words, mark] = ['', ' mark'].map(
        (more) => document.querySelector(`[data-words]${more}`)?.textContent,
      );
      return [words, mark];
    });
    expect(marked).toEqual([text, 'winter']);
    expect(await page.locator('[data-words]').innerHTML()).toMatch(/en de (<!--.*?-->)*<mark/);
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [true],
    as: () => anInhabitant('Ada', [{ role: 'researcher' }]),
  },
);
