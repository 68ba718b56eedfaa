import { expect, inject } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';
import { aWaitingEntry } from '../support/waiting.ts';

const database = houseDatabase();
const home = inject('journeyUrl');
const onAPhone = { widths: [360], scripts: [false] } as const;
const utrecht = { kind: 'province', id: 'PV26' } as const;
const sqlAdmin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);
const press = ({ page }: Walk, name: string) => page.getByRole('button', { name, exact: true }).click();
let taken = 0;

const aVerifier = () => anInhabitant('Samira', [{ role: 'verifier', scope: utrecht }]);

/** New entries, a proposal and one that is the verifier's own, all in Utrecht; answers what the queue will be asked for. */
async function somethingWaits(own: string | null): Promise<{ mark: string; names: string[]; ids: string[] }> {
  const mark = `Wacht${Date.now().toString(36)}${++taken}`;
  const names = [`${mark} Een`, `${mark} Twee`, `${mark} Drie`];
  const ids: string[] = [];
  for (const [at, name] of names.entries())
    ids.push(await aWaitingEntry(database.adminUrl, `${mark.toLowerCase()}-${at}`, name));
  if (own !== null)
    await sqlAdmin(
      `insert into core.role_grant (person_id, role, scope_kind, scope_id, until_day, reason) values ($1, 'member', 'initiative', $2, core.today() + 30, 'for a test')`,
      [own, ids[2]],
    );
  return { mark, names, ids };
}

journey(
  'a verifier clears the queue: takes one, accepts two at once, and is told that the third is their own',
  async (walk) => {
    const { page, say, language, open, follow, person } = walk;
    const { mark, names, ids } = await somethingWaits(person?.viewer.id ?? null);
    // Nobody laid the third, and it is theirs: it does not wait for them at all.
    await open('/me');
    await follow(() => page.getByRole('link', { name: say('asking.desk') }).click());
    expect(await page.locator('main').textContent()).toContain(say('verifying.desk.matter.new'));
    await follow(() =>
      page
        .getByRole('link', { name: say('verifying.desk.matter.new'), exact: true })
        .first()
        .click(),
    );
    await open(`/desk/queue?kind=new&q=${mark}`);
    expect(await page.locator('[data-queue] h3').allTextContents()).toEqual(names.slice(0, 2));
    await follow(() => page.locator('[data-queue] button').first().click());
    expect(await page.getByRole('status').textContent()).toContain(
      say('verifying.desk.outcome.done', { count: 1 }),
    );
    await open(`/desk/queue?whose=mine&q=${mark}`);
    expect(await page.locator('[data-queue] li').count()).toBe(1);
    await open(`/desk/queue?q=${mark}`);
    await follow(() => page.getByRole('link', { name: say('verifying.desk.queue.all') }).click());
    await page.getByLabel(say('verifying.desk.queue.deed')).selectOption('decline');
    await follow(() => press(walk, say('verifying.desk.queue.submit')));
    expect(await page.getByRole('alert').textContent()).toContain(say('verifying.desk.problem.why'));
    await follow(() => page.getByRole('link', { name: say('verifying.desk.queue.all') }).click());
    await page.getByLabel(say('verifying.desk.queue.deed')).selectOption('accept');
    await follow(() => press(walk, say('verifying.desk.queue.submit')));
    expect(await page.getByRole('status').textContent()).toContain(
      say('verifying.desk.outcome.done', { count: 2 }),
    );
    expect(await page.locator('main').textContent()).toContain(say('verifying.desk.queue.empty'));
    await open(`/initiatives/${mark.toLowerCase()}-0`);
    await open(`/desk/entry/${ids[2]}`);
    expect(await page.locator('main').textContent()).toContain(say('verifying.desk.entry.own.text'));
    expect(await page.getByRole('button', { name: say('verifying.desk.entry.accept') }).count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe(`/${language}/desk/entry/${ids[2]}`);
  },
  { ...onAPhone, languages: ['nl', 'en'], as: aVerifier },
);

journey(
  'a verifier looks at one entry: says how it was checked, and the place only after pressing look',
  async (walk) => {
    const { page, say, open, follow } = walk;
    const { ids } = await somethingWaits(null);
    await open(`/desk/entry/${ids[0]}`);
    expect(await page.locator('main').textContent()).not.toContain('52,09');
    await follow(() => press(walk, say('verifying.desk.entry.place.look')));
    expect(await page.locator('main').textContent()).toMatch(/52[.,]09/);
    await follow(() =>
      page
        .getByRole('button', { name: say('verifying.desk.entry.accept') })
        .first()
        .click(),
    );
    await page.getByLabel(say('verifying.desk.channel.call')).check();
    await follow(() => press(walk, say('verifying.desk.entry.check.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('verifying.desk.problem.found'));
    expect(await page.getByLabel(say('verifying.desk.channel.call')).isChecked()).toBe(true);
    await page.getByLabel(say('verifying.desk.found.right')).check();
    await page.getByLabel(say('verifying.desk.entry.check.note')).fill('Gebeld met de voorzitter');
    await follow(() => press(walk, say('verifying.desk.entry.check.do')));
    expect(await page.locator('main').textContent()).toContain('Gebeld met de voorzitter');
    await open(`/desk/entry/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, 404);
  },
  { ...onAPhone, languages: ['nl'], as: aVerifier },
);

journey(
  'by keyboard, j and k step through the queue and x ticks, only while the list has the focus',
  async ({ page, open }) => {
    const { mark } = await somethingWaits(null);
    await open(`/desk/queue?kind=new&q=${mark}`);
    const links = page.locator('[data-queue] h3 a');
    const isOn = (at: number) => links.nth(at).evaluate((link) => link === document.activeElement);
    await page.locator('body').press('j');
    expect(await isOn(0)).toBe(false);
    await links.first().focus();
    await page.keyboard.press('j');
    expect(await isOn(1)).toBe(true);
    await page.keyboard.press('x');
    expect(await page.locator('[data-queue] input').nth(1).isChecked()).toBe(true);
    await page.keyboard.press('k');
    expect(await isOn(0)).toBe(true);
    await Promise.all([page.waitForURL(/\/desk\/entry\//), page.keyboard.press('Enter')]);
  },
  { widths: [1280], scripts: [true], languages: ['nl'], as: aVerifier },
);

journey(
  'a verifier starts a campaign and sees beforehand how many will be asked',
  async (walk) => {
    const { page, say, open, follow } = walk;
    await open('/desk/campaigns');
    await page.getByLabel(say('verifying.desk.campaigns.region')).selectOption('province:PV26');
    await page.getByLabel(say('verifying.desk.campaigns.which')).selectOption('never-confirmed');
    await follow(() => press(walk, say('verifying.desk.campaigns.look')));
    expect(await page.locator('#preview + ul li').count()).toBe(4);
    await follow(() => press(walk, say('verifying.desk.campaigns.start')));
    expect(await page.getByRole('alert').textContent()).toContain(say('verifying.desk.problem.name'));
    expect(await page.locator('option[value="province:PV26"]').count()).toBe(1);
    expect(await page.locator('option[value="province:PV28"]').count()).toBe(0);
  },
  { ...onAPhone, languages: ['nl'], as: aVerifier },
);

journey(
  'a municipality keeps a list of what it cleared, and everyone can read it',
  async (walk) => {
    const { page, say, open, follow, language } = walk;
    const name = `Taalhulp ${Date.now().toString(36)}`;
    await open('/desk/selections');
    await page.getByLabel(say('verifying.desk.selections.name')).fill(name);
    await page.getByLabel(say('verifying.desk.selections.kept-by')).fill('Gemeente Utrecht');
    await follow(() => press(walk, say('verifying.desk.selections.begin')));
    await page.getByRole('searchbox', { name: say('verifying.desk.selections.q') }).fill('taal');
    await follow(() => press(walk, say('verifying.desk.selections.search')));
    await page.locator('form[action="?/add"] input[type=checkbox]').first().check();
    const slug = await page
      .locator('form[action="?/add"] input[type=checkbox]')
      .first()
      .getAttribute('value');
    await page.getByLabel(say('verifying.desk.selections.to')).selectOption({ label: name });
    await follow(() => press(walk, say('verifying.desk.selections.add')));
    await follow(() =>
      page
        .getByRole('link', { name: say('verifying.desk.selections.open') })
        .last()
        .click(),
    );
    expect(await page.locator('h2 a').first().getAttribute('href')).toBe(`/${language}/initiatives/${slug}`);
    expect(await page.locator('main').textContent()).toContain('Gemeente Utrecht');
    await open('/selections');
    expect(await page.locator('main').textContent()).toContain(name);
  },
  { ...onAPhone, languages: ['nl'], as: () => anInhabitant('Piet', [{ role: 'partner', scope: utrecht }]) },
);

journey(
  'the desk is not there for who may not work at it',
  async ({ open }) => {
    for (const path of ['/desk', '/desk/queue', '/desk/campaigns', '/desk/selections']) await open(path, 404);
  },
  { ...onAPhone, languages: ['nl'], as: () => anInhabitant('Ali') },
);

journey(
  'whoever reads another language finds the desk in English',
  async ({ page }) => {
    await page.goto(`${home}/ar/desk/queue?kind=new`);
    expect(new URL(page.url()).pathname).toBe('/en/desk/queue');
    expect(new URL(page.url()).search).toBe('?kind=new');
  },
  { ...onAPhone, languages: ['en'], as: aVerifier },
);
