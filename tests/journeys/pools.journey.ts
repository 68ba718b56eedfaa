import { expect, inject } from 'vitest';
import { poolKeeperOf } from '../../src/modules/pools/access.ts';
import { callPool, invite } from '../../src/modules/pools/inviting/commands.server.ts';
import { aPool, anExpert } from '../../src/modules/pools/testing.ts';
import { today } from '../../src/platform/clock.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const home = inject('journeyUrl');
const onAPhone = { widths: [360], scripts: [false] } as const;
const press = ({ page, follow }: Walk, name: string) =>
  follow(() => page.getByRole('button', { name, exact: true }).first().click());
const pass = ({ page }: Walk, name: string) =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).first().click()]);
const main = ({ page }: Walk) => page.locator('main').innerText();
const aFacilitator = () => anInhabitant('Noor', [{ role: 'facilitator' }]);

async function inviteTo(keeper: Viewer, pool: string, expert: string): Promise<void> {
  const keeps = poolKeeperOf(keeper);
  if (!keeps) throw new Error('Nobody keeps the pool.');
  await withViewer(keeps, async (tx) => {
    const words = {
      what: 'Lees mee met de brief over wonen.',
      minutes: 120,
      people: 1,
      day: null,
      daypart: null,
      languages: [],
      answerBy: null,
    };
    const call = await callPool(tx, keeps, { pool, words, language: 'nl' });
    if (!call.ok) throw new Error(call.reason);
    const sent = await invite(tx, keeps, { pool, call: call.value, experts: [expert], on: today() });
    if (!sent.ok) throw new Error(sent.reason);
  });
}

journey(
  'a newcomer finds a pool, joins it in her own words, says yes, gives hours and says what she received',
  async (walk) => {
    const { page, say, open, person } = walk;
    const keeper = (await aFacilitator()).viewer;
    const pool = await aPool({ keeper, name: 'Ervaringspool Rivierenland' });
    await open('/pools');
    await open(`/pools/${pool.slug}`);
    await page.getByRole('link', { name: say('pools.join'), exact: true }).click();
    await page.locator('#called').fill('سميرة');
    await page.locator('#experience').fill('أعرف مركز الاستقبال من الداخل.');
    await page.locator(`input[name=languages][value=${walk.language}]`).uncheck();
    await press(walk, say('pools.join.send'));
    expect(await page.getByRole('alert').innerText()).toContain(say('pools.problem.languages'));
    expect(await page.locator('#experience').inputValue()).toContain('مركز');
    await page.locator('input[name=languages][value=ar]').check();
    await page
      .locator('summary')
      .filter({ hasText: say('pools.told.title') })
      .click();
    await page.locator('input[name=gender][value=woman]').check();
    await pass(walk, say('pools.join.send'));
    expect(await main(walk)).toContain(say('pools.mine.asked'));
    const expert = await withViewer(person?.viewer as Viewer, (tx) =>
      tx.selectFrom('core.pool_expert').select('id').executeTakeFirstOrThrow(),
    );
    await withViewer(keeper, (tx) =>
      tx
        .updateTable('core.pool_expert')
        .set({ state: 'in', since: today() })
        .where('id', '=', expert.id)
        .execute(),
    );
    await inviteTo(keeper, pool.id, expert.id);
    await open('/me/pools');
    await pass(walk, say('pools.mine.answer.yes'));
    await page.locator('input[name=hours]').fill('zo’n twee');
    await pass(walk, say('pools.mine.given.save'));
    expect(await page.getByRole('alert').innerText()).toContain(say('pools.problem.given'));
    await page.locator('input[name=hours]').fill('1,5');
    await pass(walk, say('pools.mine.given.save'));
    expect(await main(walk)).toContain(say('pools.mine.given.told', { hours: 1.5 }));
    await withViewer(keeper, (tx) =>
      tx
        .updateTable('core.pool_invitation')
        .set({ paid_cents: 3750, paid_way: 'money', paid_on: today() })
        .where('expert', '=', expert.id)
        .execute(),
    );
    await page.goto(`${home}/${walk.language}/me/pools`);
    await press(walk, say('pools.mine.received.yes'));
    expect(await main(walk)).toContain(say('pools.mine.received.told.yes'));
    await page
      .locator('summary')
      .filter({ hasText: say('pools.mine.leave') })
      .click();
    await pass(walk, say('pools.mine.leave.all'));
    expect(await main(walk)).toContain(say('pools.mine.none'));
  },
  { ...onAPhone, languages: ['ar'], as: () => anInhabitant('Samira') },
);

journey(
  'a facilitator makes a pool, lets someone in, sees whose turn it is and why, invites and writes down the pay',
  async (walk) => {
    const { page, say, open, person } = walk;
    await open('/desk/pools');
    await page.getByRole('link', { name: say('pools.desk.new'), exact: true }).click();
    await page.locator('#name').fill('Ervaringspool Ede');
    await page.locator('#purpose').fill('Meedenken over wonen.');
    await page.locator('#municipality').fill('Ede');
    await page.locator('#euros').fill('veel');
    await page.locator('#hours').fill('40');
    await press(walk, say('pools.desk.new.save'));
    expect(await page.getByRole('alert').innerText()).toContain(say('pools.desk.problem.euros'));
    await page.locator('#euros').fill('25');
    await pass(walk, say('pools.desk.new.save'));
    await pass(walk, say('pools.desk.open'));
    const pool = /pools\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    await anExpert({ pool, called: 'Dawit', languages: ['ti'] });
    await anExpert({ pool, called: 'Samira', state: 'asking' });
    await open(`/desk/pools/${pool}`);
    const expert = await page.locator('form[action="?/asker"] input[name=expert]').getAttribute('value');
    for (const [deed, said] of [
      ['asker', 'turn-awya'],
      ['move', ''],
    ] as const) {
      const form = { expert: expert ?? '', deed: said };
      const address = `${home}/nl/desk/pools/${pool}?/${deed}`;
      const answer = await page.request.post(address, { form, headers: { origin: home } });
      expect(answer.status(), `${deed} ${said}`).toBe(404);
    }
    await pass(walk, say('pools.desk.let-in'));
    await page
      .locator('summary')
      .filter({ hasText: say('pools.desk.call.new') })
      .click();
    await page.locator('#what').fill('Lees mee met een brief.');
    await page.locator('#call-hours').fill('2');
    await page.locator('#people').fill('1');
    await page.locator('input[name=languages][value=ar]').check();
    await pass(walk, say('pools.desk.call.save'));
    expect(await main(walk)).toContain(say('pools.desk.turn.never-asked'));
    await press(walk, say('pools.desk.turns.invite'));
    const [samira] = await withViewer(person?.viewer as Viewer, (tx) =>
      tx.selectFrom('core.pool_invitation').select(['id', 'expert']).execute(),
    );
    await withViewer({ kind: 'operator', id: null, entrusted: [], sure: false }, (tx) =>
      tx
        .updateTable('core.pool_invitation')
        .set({
          answer: 'yes',
          answered_on: today(),
          minutes_given: 120,
          given_on: today(),
          given_told_by: 'expert',
        })
        .where('id', '=', samira?.id ?? '')
        .execute(),
    );
    await open(`/desk/pools/${pool}`);
    await page
      .locator('summary')
      .filter({ hasText: say('pools.desk.invitation.paid.do') })
      .click();
    expect(await page.locator(`#euros-${samira?.id}`).inputValue()).toBe('50');
    await pass(walk, say('pools.desk.invitation.paid.do'));
    expect(await main(walk)).toMatch(/50,00/);
    const other = await aPool({ keeper: (await aFacilitator()).viewer, state: 'preparing' });
    for (const path of [`/desk/pools/${other.id}`, `/pools/${other.slug}`, `/pools/${other.slug}/join`])
      expect((await page.request.get(`${home}/nl${path}`)).status(), path).toBe(404);
  },
  { ...onAPhone, languages: ['nl'], as: aFacilitator },
);
