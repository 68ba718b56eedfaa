import { expect } from 'vitest';
import { askedWord, lettersOf } from '../../src/modules/initiatives/asking/testing.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';

const database = houseDatabase();
const onAPhone = { widths: [360], scripts: [false] } as const;
const sqlAdmin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

/** An entry of the field that nobody else in this run touches, with an address of its own. */
let taken = 0;
async function anEntry(): Promise<{ id: string; slug: string; name: string }> {
  const [entry] = await sqlAdmin<{ id: string; slug: string; name: string }>(
    `select i.id, i.slug, p.name from pub.initiative p join core.initiative i on i.id = p.id
     join pub.initiative_period s on s.initiative_id = i.id and upper_inf(s.valid) and s.state = 'active' and s.kind = 'initiative'
     where i.mail is null and i.checked_on is null and s.province is distinct from 'PV26' order by i.slug desc offset $1 limit 1`,
    [taken++],
  );
  if (!entry) throw new Error('The field is used up.');
  await sqlAdmin(`update core.initiative set mail = $2 where id = $1`, [
    entry.id,
    `post@${entry.slug}.example`,
  ]);
  return entry;
}

const heading = ({ page }: Walk) => page.getByRole('heading', { level: 1 }).textContent();
const press = ({ page }: Walk, name: string) => page.getByRole('button', { name, exact: true }).click();

journey(
  'an initiative is asked by mail whether it is still true, and says yes with one button and no account',
  async (walk) => {
    const { page, say, language, open, follow } = walk;
    const entry = await anEntry();
    const word = await askedWord(database.adminUrl, entry.id, language);
    const urls = (await lettersOf(database.adminUrl)).at(-1)?.urls ?? [];
    expect(urls.map((url) => new URL(url).search)).toEqual([
      '?answer=right',
      '?answer=changed',
      '?answer=stopped',
    ]);
    await open(`/still-true/${word}?answer=right`);
    expect(await heading(walk)).toBe(say('asking.title'));
    expect(await page.locator('main').textContent()).toContain(entry.name);
    const before = await sqlAdmin(`select confirmed_on from core.initiative where id = $1`, [entry.id]);
    expect(before).toEqual([{ confirmed_on: null }]);
    await follow(() => press(walk, say('asking.right.do')));
    expect(await page.locator('main').textContent()).toContain(say('asking.thanks'));
    const after = await sqlAdmin(
      `select confirmed_on = core.today() as on from core.initiative where id = $1`,
      [entry.id],
    );
    expect(after).toEqual([{ on: true }]);
    await page.getByLabel(say('asking.wish.less')).check();
    await follow(() => press(walk, say('asking.wish.do')));
    expect(await page.getByRole('status').textContent()).toContain(say('asking.wish.kept'));
    expect(await page.getByLabel(say('asking.wish.less')).isChecked()).toBe(true);
    await follow(() => page.getByRole('link', { name: say('asking.page', { name: entry.name }) }).click());
    expect(new URL(page.url()).pathname).toBe(`/${language}/initiatives/${entry.slug}`);
  },
  onAPhone,
);

journey(
  'something changed: it is written in one’s own language, and nothing typed is lost',
  async (walk) => {
    const { page, say, language, open, follow } = walk;
    const entry = await anEntry();
    const word = await askedWord(database.adminUrl, entry.id, language);
    await open(`/still-true/${word}`);
    await follow(() => page.getByRole('link', { name: say('asking.answer.changed') }).click());
    await follow(() => press(walk, say('asking.changed.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('asking.problem.said.empty'));
    const said = 'انتقلنا إلى بيت الحي الجديد';
    await page.getByLabel(say('asking.changed.said')).fill(said);
    await follow(() => press(walk, say('asking.changed.do')));
    expect(await page.locator('main').textContent()).toContain(say('asking.thanks'));
    expect(
      await sqlAdmin(`select words->>'said' as said, standing from core.proposal where initiative_id = $1`, [
        entry.id,
      ]),
    ).toEqual([{ said, standing: 'waiting' }]);
    await follow(() => page.getByRole('link', { name: say('asking.changed.keep') }).click());
    expect(new URL(page.url()).pathname).toBe(`/${language}/keep/${word}`);
  },
  onAPhone,
);

journey(
  'we stopped: since when is asked, the entry stays on the map, and a mistake is undone',
  async (walk) => {
    const { page, say, language, open, follow } = walk;
    const entry = await anEntry();
    const word = await askedWord(database.adminUrl, entry.id, language);
    await open(`/still-true/${word}?answer=stopped`);
    await page.getByLabel(say('asking.stopped.month'), { exact: true }).selectOption('03');
    const said = language === 'ar' ? 'شكرا للجميع' : 'Dank aan iedereen';
    await page.getByLabel(say('asking.stopped.said')).fill(said);
    await follow(() => press(walk, say('asking.stopped.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('asking.problem.year'));
    expect(await page.getByLabel(say('asking.stopped.said')).inputValue()).toBe(said);
    await page.getByLabel(say('asking.stopped.year'), { exact: true }).selectOption('2025');
    await follow(() => press(walk, say('asking.stopped.do')));
    await open(`/initiatives/${entry.slug}`);
    expect(await page.locator('main').textContent()).toContain(say('initiatives.state.ended'));
    await open(`/still-true/${word}`);
    await follow(() => page.getByRole('link', { name: say('asking.answer.right') }).click());
    await follow(() => press(walk, say('asking.right.do')));
    await open(`/initiatives/${entry.slug}`);
    expect(await page.locator('main .facts').first().textContent()).not.toContain(
      say('initiatives.state.ended'),
    );
  },
  onAPhone,
);

journey(
  'a link that is old or never was says so in plain words',
  async ({ page, say, open }) => {
    await open(`/still-true/${'x'.repeat(43)}?answer=right`, 404);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(say('asking.gone.title'));
  },
  onAPhone,
);
