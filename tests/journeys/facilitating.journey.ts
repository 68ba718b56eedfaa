import { expect, inject } from 'vitest';
import { facilitatorOf } from '../../src/modules/sessions/access.ts';
import { roomCookie } from '../../src/modules/sessions/joining/model.ts';
import { tellRoom } from '../../src/modules/sessions/live/commands.server.ts';
import { moveOn, setTimer } from '../../src/modules/sessions/steering/commands/way.server.ts';
import { aPhone, aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { visitor } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const home = inject('journeyUrl');
const onAPhone = { widths: [360], scripts: [false] } as const;
const aFacilitator = () => anInhabitant('Noor', [{ role: 'facilitator' }]);

const press = ({ page, follow }: Walk, name: string) =>
  follow(() => page.getByRole('button', { name, exact: true }).first().click());
/** Presses without a look at the page that comes: another one like it is looked at. */
const pass = ({ page }: Walk, name: string) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).first().click()]);
const sessionIn = ({ page }: Walk) => /sessions\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
const main = ({ page }: Walk) => page.locator('main').textContent();

/** Sets up a session from the desk, as someone does who has ten minutes. */
async function prepare(walk: Walk, method: string): Promise<{ id: string; base: string; code: string }> {
  const { page, say } = walk;
  await page.goto(`${home}/nl/desk/sessions/new`);
  await page.locator(`input[name=method][value=${method}]`).check();
  await page.locator('#title').fill('Maaksessie Vervoer');
  await pass(walk, say('sessions.desk.new.save'));
  const id = sessionIn(walk);
  const code = (await page.locator('.code').first().textContent()) ?? '';
  return { id, base: `/desk/sessions/${id}`, code };
}

journey(
  'a facilitator prepares a session without script, asks in her own words, and invites',
  async (walk) => {
    const { page, say, open } = walk;
    await page.goto(`${home}/nl/desk/sessions`);
    await page.getByRole('link', { name: say('sessions.desk.new') }).click();
    await page.locator('#title').fill('ab');
    await page.locator('#day').fill('2027-05-20');
    await press(walk, say('sessions.desk.new.save'));
    expect(await page.getByRole('alert').textContent()).toContain(say('sessions.desk.problem.title'));
    await page.locator('#title').fill('Maaksessie Werk');
    await page.locator('#time').fill('19:30');
    await page.locator('#municipality').fill('Ede');
    await press(walk, say('sessions.desk.new.save'));
    const base = `/desk/sessions/${sessionIn(walk)}`;
    expect(await page.locator('.code').first().textContent()).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
    expect(await main(walk)).toContain('19:30');
    await open(`${base}/step/2`);
    await page.locator('#prompt').fill('Wat weet jij over werk?');
    await pass(walk, say('sessions.desk.step.save'));
    expect(await main(walk)).toContain('Wat weet jij over werk?');
    await page.locator('select[name=kind]').selectOption('dilemma');
    await pass(walk, say('sessions.desk.step.add'));
    expect(await page.locator('ol > li').count()).toBe(10);
    await page.goto(`${home}/nl${base}/about`);
    expect(await page.locator('#municipality').inputValue()).toBe('Ede');
    await open(`${base}/invitation`);
    const calendar = await page.request.get(`${home}/nl${base}/calendar.ics`);
    expect(await calendar.text()).toContain('DTSTART:20270520T173000Z');
    await open(`${base}/cards?count=4`);
    expect(await page.locator('article').count()).toBe(4);
  },
  { ...onAPhone, languages: ['nl'], as: aFacilitator },
);

journey(
  'a facilitator runs a session from her phone: opens it, protects a statement, types in a card, and closes it',
  async (walk) => {
    const { page, say, open } = walk;
    const { id, base, code } = await prepare(walk, 'make-session');
    const run = () => page.goto(`${home}/nl${base}/run`);
    await run();
    await pass(walk, say('sessions.desk.run.open-lobby'));
    const phone = await aPhone(id, { called: 'Amina' });
    await page.goto(`${home}/nl${base}/wall?beside=ar`);
    expect(await main(walk)).toContain(code);
    await run();
    await pass(walk, say('sessions.desk.run.begin'));
    await pass(walk, say('sessions.desk.run.open-step', { step: say('methods.kind.statements') }));
    await press(walk, say('sessions.desk.run.timer.start'));
    await aStatement(id, 'De bus rijdt te weinig.');
    await aStatement(id, 'De bus rijdt veel te weinig.');
    await open(`${base}/said/2`);
    await pass(walk, say('sessions.desk.said.join', { number: 1 }));
    expect(await main(walk)).toContain(say('sessions.desk.said.standing.merged', { number: 1 }));
    await page.context().addCookies([{ name: roomCookie, value: phone.word, url: home }]);
    expect((await page.goto(`${home}/nl/room/${code}/paper`))?.status()).toBe(404);
    await run();
    await page.locator('summary', { hasText: say('sessions.desk.run.in', { count: 1 }) }).click();
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: say('sessions.desk.run.help') }).click(),
    ]);
    await open(`/room/${code}/paper`);
    await page.locator('#card-card').fill('7');
    await page.locator('input[type=radio][value=agree]').first().check();
    await pass(walk, say('methods.paper.save'));
    expect(await page.getByRole('status').textContent()).toContain(say('methods.paper.saved', { number: 7 }));
    await page.goto(`${home}/nl${base}/paper`);
    expect(await main(walk)).toContain(say('methods.paper.count', { count: 1 }));
    await open(`${base}/wall?beside=ar`);
    expect(await page.locator('[lang=ar]').first().textContent()).not.toBe('');
    await run();
    await page.locator('summary', { hasText: say('sessions.desk.run.close') }).click();
    await page.locator('input[name=sure]').check();
    await pass(walk, say('sessions.desk.run.close'));
    expect(await main(walk)).toContain(say('sessions.desk.run.closed'));
  },
  { ...onAPhone, languages: ['nl'], as: aFacilitator },
);

journey(
  'the wall hears by itself who comes and which step opens',
  async ({ page, say, person }) => {
    const facilitator = facilitatorOf(person?.viewer ?? visitor);
    if (!facilitator) throw new Error('Nobody leads.');
    const { id } = await aSession({ facilitator, state: 'lobby', steps: ['harvest', 'vote'] });
    await page.goto(`${home}/nl/desk/sessions/${id}/wall`);
    await page.getByText(say('methods.wall.people', { count: 0 })).waitFor();
    await aPhone(id);
    await withViewer(facilitator, (tx) => tellRoom(tx, id, 'people'));
    await page.getByText(say('methods.wall.people', { count: 1 })).waitFor();
    await withViewer(facilitator, (tx) => moveOn(tx, facilitator, id, 'begin'));
    await page.getByRole('heading', { level: 1, name: 'Wat weet je?' }).waitFor();
    await withViewer(facilitator, (tx) => setTimer(tx, facilitator, id, 5));
    await page.locator('[data-left]:not(:empty)').waitFor();
    expect(await page.locator('[data-left]').textContent()).toMatch(/^[45]:\d\d$/);
  },
  { widths: [1280], scripts: [true], languages: ['nl'], brief: true, as: aFacilitator },
);

journey(
  'a session is not there for a facilitator who does not lead it',
  async ({ page }) => {
    const session = `${home}/nl/desk/sessions/00000000-0000-4000-8000-000000000000`;
    const places = [
      '',
      '/about',
      '/run',
      '/said',
      '/said/1',
      '/issues',
      '/paper',
      '/cards',
      '/wall',
      '/invitation',
      '/step/1',
      '/calendar.ics',
    ];
    for (const place of places)
      expect((await page.request.get(`${session}${place}`)).status(), place).toBe(404);
  },
  { ...onAPhone, languages: ['nl'], brief: true, as: aFacilitator },
);
