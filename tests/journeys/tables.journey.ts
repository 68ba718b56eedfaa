import { sql } from 'kysely';
import { expect } from 'vitest';
import { aMember } from '../../src/modules/people/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { knowByKey } from '../../src/platform/sign-in/persons.server.ts';
import { beginSession } from '../../src/platform/sign-in/sessions.server.ts';
import { visitor } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { anInhabitant, signIn } from '../support/person.ts';

houseDatabase();

/** An entry that is open on the map of the house, and someone who belongs to it and is signed in. */
async function anEntryWithSomeone() {
  const entry = await withViewer(visitor, async (tx) => {
    const { rows } = await sql<{ id: string; name: string; slug: string }>`
      select i.id, i.name, i.slug from pub.initiative i join pub.initiative_period p on p.initiative_id = i.id
      where p.valid @> '2026-11-01'::date and p.kind = 'initiative' order by i.slug limit 1`.execute(tx);
    return rows[0] ?? { id: '', name: '', slug: '' };
  });
  const viewer = await aMember('Samira', entry.id);
  await knowByKey(viewer.id ?? '');
  return { entry, viewer, cookie: (await beginSession(viewer.id ?? '', false)) ?? '' };
}

journey(
  'a development table is set up, a seat is offered and taken, something is decided, a place on the line is taken, and the seat is left',
  async ({ page, say, open, follow, person }) => {
    const { entry, ...samira } = await anEntryWithSomeone();
    const press = (name: string) => page.getByRole('button', { name, exact: true }).last().click();
    // The judges look at three pages that show everything; in between somebody only works.
    const sends = (name: string) => Promise.all([page.waitForEvent('load'), press(name)]);
    const goes = (path: string) => page.goto(new URL(path, page.url()).href);
    const unfold = (name: string) => page.locator('summary', { hasText: name }).last().click();
    const label = (name: string) => page.getByLabel(name, { exact: true }).last();
    const called = `Ontwikkeltafel ${String(Date.now())}`;
    await open('/desk/tables/new');
    await label(say('tables.desk.field.name')).fill(called);
    await follow(() => press(say('tables.desk.new.save')));
    expect(await page.getByRole('alert').textContent()).toContain(say('tables.desk.problem.purpose'));
    expect(await label(say('tables.desk.field.name')).inputValue()).toBe(called);
    await label(say('tables.desk.field.purpose')).fill('Samen bedenken wat hier helpt.');
    await label(say('tables.desk.field.where')).selectOption('municipality GM0202');
    await page.getByLabel(say('tables.desk.open-to.everyone'), { exact: true }).check();
    await sends(say('tables.desk.new.save'));
    const desk = new URL(page.url()).pathname;
    await unfold(say('tables.desk.seat.new'));
    await label(say('tables.desk.seat.role')).fill('een initiatief uit de wijk');
    await sends(say('tables.desk.seat.new.do'));
    await unfold(say('tables.desk.deed.offer'));
    await label(say('tables.desk.offer.entry')).fill('dit staat niet op de kaart');
    await label(say('tables.desk.offer.chosen-by')).fill('de groep');
    await label(say('tables.desk.offer.ground')).fill('kent de mensen hier');
    await sends(say('tables.desk.deed.offer.do'));
    expect(await page.getByRole('alert').textContent()).toContain(say('tables.desk.refused.entry'));
    expect(await label(say('tables.desk.offer.ground')).inputValue()).toBe('kent de mensen hier');
    await label(say('tables.desk.offer.entry')).fill(entry.name);
    await sends(say('tables.desk.deed.offer.do'));
    const street =
      (await page.getByRole('link', { name: say('tables.desk.street') }).getAttribute('href')) ?? '';
    // Whom it was offered to is not told on the street.
    await goes(street);
    expect(await page.locator('main ul li.card').first().textContent()).toContain(
      'een initiatief uit de wijk',
    );
    expect(await page.locator('li.card a.holder').count()).toBe(0);
    // Who was asked takes the seat and places itself on the line.
    await signIn(page.context(), samira);
    await goes(desk);
    await unfold(say('tables.desk.deed.take'));
    await page.getByLabel(say('tables.desk.show.yes'), { exact: true }).last().check();
    await sends(say('tables.desk.deed.take'));
    await unfold(say('tables.desk.stance.new'));
    await label(say('tables.desk.stance.position')).fill('70');
    await label(say('tables.desk.stance.words')).fill('Wij laten mensen zelf kiezen.');
    await page.getByLabel(say('tables.desk.stance.openly'), { exact: true }).check();
    await sends(say('tables.desk.stance.do'));
    if (person) await signIn(page.context(), person);
    await open(desk.replace(/^\/[a-z]{2}/, ''));
    await unfold(say('tables.desk.decision.new'));
    await label(say('tables.desk.decision.what')).fill('Wij beginnen in het buurthuis.');
    await label(say('tables.desk.decision.reasons')).fill('Daar komt iedereen.');
    await page.getByLabel(say('tables.desk.decision.open-to.everyone'), { exact: true }).check();
    await sends(say('tables.desk.decision.do'));
    await open(street.replace(/^\/[a-z]{2}/, ''));
    expect(await page.locator('li.card a.holder').first().textContent()).toBe(entry.name);
    const told = (await page.locator('main').textContent()) ?? '';
    for (const words of ['Wij beginnen in het buurthuis.', 'Wij laten mensen zelf kiezen.'])
      expect(told).toContain(words);
    await signIn(page.context(), samira);
    await goes(desk);
    await unfold(say('tables.desk.deed.leave'));
    await sends(say('tables.desk.deed.leave'));
    await page.context().clearCookies();
    await goes(street);
    expect(await page.locator('main').textContent()).toContain(say('tables.seats.left'));
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    as: () => anInhabitant('Noor', [{ role: 'facilitator' }]),
  },
);

journey(
  'a newcomer reads in Arabic which tables there are, and a table that is not open is like one that is not there',
  async ({ say, page, open }) => {
    await open('/tables');
    expect(await page.locator('h1').textContent()).toBe(say('tables.title'));
    await open('/tables/een-tafel-die-er-niet-is', 404);
  },
  { languages: ['ar'], widths: [360], scripts: [false], brief: true },
);
