import { expect, inject } from 'vitest';
import { seekLikenesses } from '../../src/modules/initiatives/duplicates/commands.server.ts';
import { anAddedEntry, lay } from '../../src/modules/initiatives/keeping/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { house } from '../../src/platform/viewer.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const home = inject('journeyUrl');
const atTheDesk = {
  languages: ['nl'],
  widths: [360, 1280],
  scripts: [false],
  as: () => anInhabitant('Noor', [{ role: 'verifier' }]),
} as const;
const press = ({ page }: Walk, name: string) => page.getByRole('button', { name, exact: true }).click();
const main = async ({ page }: Walk) => (await page.locator('main').textContent()) ?? '';

let pairs = 0;
/** Two entries on the map that are one, added by two people who did not look. */
async function aPair(): Promise<{ first: string; second: string; names: [string, string] }> {
  const names: [string, string] = [
    `Zangkoor Morgenster ${++pairs}`,
    `Stichting Zangkoor Morgenster ${pairs}`,
  ];
  const slugs: string[] = [];
  for (const name of names) {
    const { id, slug } = await anAddedEntry(await aPerson('Ada'), {
      name,
      place: 'Assen',
      kind: 'initiative',
    });
    await lay(id);
    slugs.push(slug);
  }
  await withViewer(house, (tx) => seekLikenesses(tx));
  return { first: slugs[0] ?? '', second: slugs[1] ?? '', names };
}

journey(
  'a verifier lays two entries side by side, makes them one with a reason, and makes them two again',
  async (walk) => {
    const { page, say, open, follow, language } = walk;
    const { second, names } = await aPair();
    const title = say('duplicates.desk.pair', { one: names[0], other: names[1] });
    await open('/desk/duplicates');
    await follow(() => page.getByRole('link', { name: title }).click());
    expect(await main(walk)).toContain(say('duplicates.desk.reason.name'));
    await page.getByLabel(say('duplicates.desk.same.why')).fill('x');
    await follow(() => press(walk, say('duplicates.desk.same.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('duplicates.desk.problem.why'));
    expect(await page.getByLabel(say('duplicates.desk.same.why')).inputValue()).toBe('x');
    await page.getByLabel(say('duplicates.desk.same.why')).fill('Zelfde mensen, zelfde kerk.');
    await follow(() => press(walk, say('duplicates.desk.same.do')));
    expect(await page.getByRole('status').textContent()).toBe(say('duplicates.desk.done.merged'));
    const old = await fetch(`${home}/${language}/initiatives/${second}`, { redirect: 'manual' });
    expect(old.status).toBe(301);
    await open('/desk/duplicates?which=decided');
    await follow(() => page.getByRole('link', { name: title }).click());
    await page.getByLabel(say('duplicates.desk.undo.why')).fill('Toch twee koren.');
    await follow(() => press(walk, say('duplicates.desk.undo.do')));
    expect(await page.getByRole('status').textContent()).toBe(say('duplicates.desk.done.undone'));
    expect((await fetch(`${home}/${language}/initiatives/${second}`, { redirect: 'manual' })).status).toBe(
      200,
    );
  },
  atTheDesk,
);

journey(
  'a verifier says that two are not the same, and is not asked again',
  async (walk) => {
    const { page, say, open, follow } = walk;
    const { names } = await aPair();
    const title = say('duplicates.desk.pair', { one: names[0], other: names[1] });
    await open('/desk/duplicates');
    await follow(() => page.getByRole('link', { name: title }).click());
    await page.getByLabel(say('duplicates.desk.apart.why')).fill('Twee koren in één stad.');
    await follow(() => press(walk, say('duplicates.desk.apart.do')));
    await withViewer(house, (tx) => seekLikenesses(tx));
    await open('/desk/duplicates');
    expect(await main(walk)).not.toContain(names[1]);
  },
  { ...atTheDesk, widths: [360] },
);

journey(
  'whoever adds what is on the map already is asked whether it is one of these, in any script, and may say no',
  async (walk) => {
    const { page, say, open, follow } = walk;
    await open('/initiatives/add');
    await page.getByLabel(say('keeping.q.name')).fill('تالكافيه سامنتال');
    await page.getByLabel(say('keeping.q.place')).fill('Oudewater');
    await follow(() => press(walk, say('keeping.add.do.mail')));
    expect(await page.getByRole('alert').textContent()).toContain('Taalcafé Samentaal');
    expect(await page.getByLabel(say('keeping.q.name')).inputValue()).toBe('تالكافيه سامنتال');
    // Whoever says no is not asked again, also when something else could not be taken.
    await follow(() => press(walk, say('keeping.alike.none')));
    expect(await page.locator('#problems').textContent()).toContain(say('keeping.part.mail'));
    await page.getByLabel(say('keeping.q.mail')).fill(`post${++pairs}@brug.example`);
    await follow(() => press(walk, say('keeping.add.do.mail')));
    expect(await main(walk)).toContain(say('keeping.draft.sent'));
  },
  { languages: ['nl', 'ar'], widths: [360], scripts: [false] },
);
