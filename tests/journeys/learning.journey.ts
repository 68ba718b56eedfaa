import { expect } from 'vitest';
import { aPerson } from '../../src/modules/people/testing.ts';
import { anInsight, aDilemma, aTrajectory } from '../../src/modules/learning/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator, visitor, type Viewer } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const phone = { widths: [360], scripts: [false] } as const;
const press = ({ page }: Walk, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();

journey(
  'a reader finds a dilemma that nobody solves, an insight of someone who lived it beside one of research, and a trajectory of years',
  async ({ page, say, language, open, follow }) => {
    const samira = await aPerson('Samira');
    const claim =
      language === 'ar'
        ? 'مكان ثابت في الأسبوع يجعل المدينة أصغر.'
        : 'Een vaste plek maakt een stad kleiner.';
    const { slug } = await anInsight(samira, { language, claim });
    const { slug: years } = await aTrajectory(await aPerson('Bas', [{ role: 'facilitator' }]));
    await open('/learning');
    await follow(() => page.locator('main a[href$="/learning/dilemmas"]').click());
    await page.getByLabel(say('learning.ask.level')).selectOption('internal');
    await follow(() => page.getByRole('button', { name: say('learning.ask.do') }).click());
    await follow(() => page.locator('main a[href$="/dienst-of-vriendschap"]').click());
    const dilemma = (await page.locator('main').textContent()) ?? '';
    for (const key of [
      'learning.dilemma.never',
      'learning.dilemma.places.none',
      'learning.position.do',
    ] as const)
      expect(dilemma).toContain(say(key));
    await open('/learning/insights');
    expect(await page.locator('main').textContent()).toContain(claim);
    await open(`/learning/insights/${slug}`);
    const insight = (await page.locator('main').textContent()) ?? '';
    for (const text of [say('learning.kind.lived'), 'Samira', claim]) expect(insight).toContain(text);
    const home = new URL(page.url()).origin;
    const bib = await (await page.request.get(`${home}/data/v1/insights.bib`)).text();
    expect(bib).toContain(`{${slug},`);
    await open(`/learning/trajectories/${years}`);
    await open('/learning/dilemmas/is-er-niet', 404);
  },
  { ...phone, languages: ['nl', 'ar'] },
);

journey(
  'someone says how a dilemma looks from their place, keeps what they typed when it is too little, and writes on a path of their own',
  async (walk) => {
    const { page, say, open, follow, person } = walk;
    const { slug } = await aDilemma(await aPerson('Samira'));
    await open(`/learning/dilemmas/${slug}/place`);
    await page.getByLabel(say('learning.field.place')).fill('een buurvrouw');
    await follow(() => press(walk, say('learning.position.send')));
    expect(await page.getByRole('alert').textContent()).toContain(say('learning.problem.missing'));
    expect(await page.getByLabel(say('learning.field.place')).inputValue()).toBe('een buurvrouw');
    await page.locator('#words').fill('Ik durf niet te bellen.');
    await follow(() => press(walk, say('learning.position.send')));
    const told = (await page.locator('main').textContent()) ?? '';
    for (const text of [say('learning.done.told'), 'een buurvrouw', say('learning.standing.waiting')])
      expect(told).toContain(text);
    await page.getByLabel(say('learning.note.words')).fill('Wie belt er nooit?');
    await follow(() => press(walk, say('learning.note.do')));
    expect(await page.locator('main').textContent()).toContain('Wie belt er nooit?');
    const read = (who: Viewer) =>
      withViewer(who, (tx) =>
        tx
          .selectFrom('core.learning_note')
          .select('person_id')
          .where('words', '=', 'Wie belt er nooit?')
          .execute(),
      );
    const me = person?.viewer ?? visitor;
    expect(await read(me)).toEqual([{ person_id: me.id }]);
    // Not even the person at the terminal reads what one writes for oneself.
    expect(await read(operator)).toEqual([]);
    await open(`/learning/dilemmas/${slug}`);
    expect(await page.locator('main').textContent()).not.toContain('een buurvrouw');
  },
  { ...phone, languages: ['nl'], as: () => anInhabitant('Jan') },
);

journey(
  'an editor opens what somebody told, reads works in with every fault named, and lays a trajectory on the line',
  async (walk) => {
    const { page, say, open, follow } = walk;
    const { slug } = await aDilemma(await aPerson('Samira'), { waits: true, title: 'Bellen of wachten?' });
    await open(`/learning/dilemmas/${slug}`, 404);
    await open('/desk/learning');
    const card = page.locator('article', { hasText: 'Bellen of wachten?' });
    await follow(() => card.getByRole('button', { name: say('learning.desk.open') }).click());
    await open(`/learning/dilemmas/${slug}`);
    await open(`/desk/learning/dilemmas/${slug}`);
    await page.getByLabel(say('learning.desk.lay.slug')).fill('is-er-niet');
    await follow(() => press(walk, say('learning.desk.lay')));
    expect(await page.locator('main').textContent()).toContain(say('learning.desk.lay.wrong'));
    await open('/desk/learning/works');
    await page.locator('#text').fill('@book{b, title = {Zonder jaar en naam}, year = {20x}}');
    await follow(() => press(walk, say('learning.desk.works.do')));
    expect(await page.getByRole('alert').locator('tbody tr').count()).toBe(2);
    await page
      .locator('#text')
      .fill('@book{damen2021, author = {Damen, Rosa}, title = {Samen}, year = {2021}}');
    await follow(() => press(walk, say('learning.desk.works.do')));
    expect(await page.locator('main').textContent()).toContain('Damen, R. (2021).');
    await open('/desk/learning/trajectories');
    await page.getByLabel(say('learning.field.title')).fill('Drie jaar leren');
    await follow(() => press(walk, say('learning.desk.trajectory.begin')));
    expect(await page.getByLabel(say('learning.field.title')).inputValue()).toBe('Drie jaar leren');
    await page.getByLabel(say('learning.field.purpose')).fill('Weten wie er ontbreekt.');
    await page.getByLabel(say('learning.field.from')).fill('2024-09-01');
    await page.locator('#reading').fill('work: damen2021');
    await follow(() => press(walk, say('learning.desk.trajectory.begin')));
    await follow(() => press(walk, say('learning.desk.trajectory.open')));
    await follow(() => page.getByRole('link', { name: say('learning.desk.see') }).click());
    expect(await page.locator('main').textContent()).toContain('Samen');
  },
  { ...phone, languages: ['nl'], as: () => anInhabitant('Noor', [{ role: 'editor' }]) },
);
