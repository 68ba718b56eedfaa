import { expect, inject } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { codeOf } from '../../src/modules/people/cards/model.ts';
import { personWithMail } from '../../src/modules/people/signing-in/commands.server.ts';
import { waitingLetters } from '../../src/platform/mail/send.server.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { sessionIn } from '../../src/platform/sign-in/sessions.server.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, signIn } from '../support/person.ts';

const database = houseDatabase();
const onAPhone = { widths: [360], scripts: [false] } as const;
const sqlAdmin = <Row extends object>(text: string, values?: unknown[]) =>
  asAdmin<Row>(database.adminUrl, text, values);
const press = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() => page.getByRole('button', { name: say(key), exact: true }).click());
const main = ({ page }: Walk) => page.locator('main').textContent();
const problem = ({ page }: Walk) => page.getByRole('alert').textContent();

/** What the cookie of whoever walks now holds. */
async function cookieNow({ page }: Walk): Promise<string> {
  const cookies = await page.context().cookies(inject('journeyUrl').replace('http:', 'https:'));
  return decodeURIComponent(cookies.find(({ name }) => name === sessionCookie)?.value ?? '');
}

/** Goes on as someone whose session this is; as a visitor without one. */
async function goOnAs({ page }: Walk, cookie?: string): Promise<void> {
  await page.context().clearCookies();
  if (cookie !== undefined) await signIn(page.context(), { cookie });
}

async function typesCode(walk: Walk, code: string): Promise<void> {
  await goOnAs(walk);
  await walk.open('/card');
  await walk.page.getByLabel(walk.say('people.card.come.code')).fill(code);
  await press(walk, 'people.card.come.do');
}

async function makesCard(walk: Walk): Promise<string> {
  await press(walk, 'people.card.make.do');
  expect(await walk.page.getByRole('status').textContent()).toBe(walk.say('people.card.once'));
  return (await walk.page.locator('.code').textContent()) ?? '';
}

journey(
  'someone comes in with the code of a printed card; a new card and a stopped one shut the old code and leave who is inside alone',
  async (walk) => {
    const { page, say, open, follow, language, person } = walk;
    await open('/desk/cards');
    await page.getByLabel(say('people.card.called')).fill('Layla ليلى');
    await press(walk, 'people.card.bring');
    const bearer = new URL(page.url()).pathname.slice(3);
    const code = await makesCard(walk);
    expect(code).toMatch(/^(\d{4} ){3}\d{4}$/);

    await typesCode(
      walk,
      code.replace(/\d$/, (last) => `${(Number(last) + 1) % 10}`),
    );
    expect(await problem(walk)).toContain(say('people.card.problem.card_slip'));
    // As a phone in Arabic would type it.
    await typesCode(
      walk,
      code.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? ''),
    );
    expect(new URL(page.url()).pathname).toBe(`/${language}/me`);
    expect(await main(walk)).toContain(say('people.sign-in.me.by.card'));
    expect(await page.getByLabel(say('people.sign-in.me.called')).inputValue()).toBe('Layla ليلى');
    const first = await cookieNow(walk);
    await follow(() => page.getByRole('link', { name: say('people.mine.title') }).click());
    expect(await page.getByRole('heading', { name: say('people.mine.card') }).count()).toBe(1);

    await goOnAs(walk, person?.cookie);
    await open(bearer);
    expect(await main(walk)).not.toContain(code);
    const next = await makesCard(walk);
    await typesCode(walk, code);
    expect(await problem(walk)).toContain(say('people.card.problem.card_shut'));
    expect(await page.getByLabel(say('people.card.come.code')).inputValue()).toBe(code);
    const shut = await problem(walk);
    await typesCode(walk, next);
    const second = await cookieNow(walk);
    // Whoever found the lost card and came in by it is out.
    expect(await sessionIn(first)).toBeNull();
    expect(await sessionIn(second)).toMatchObject({ person: bearer.split('/').at(-1) });

    await goOnAs(walk, person?.cookie);
    await open(bearer);
    await press(walk, 'people.card.end');
    expect(await page.getByRole('button', { name: say('people.card.end') }).count()).toBe(0);
    expect(await sessionIn(second)).toBeNull();
    await goOnAs(walk, undefined);
    await typesCode(walk, next);
    expect(await problem(walk)).toBe(shut);
    await page.getByLabel(say('people.card.come.code')).fill(codeOf(`${Date.now()}`.padStart(15, '7')));
    await press(walk, 'people.card.come.do');
    // Whether a code was stopped or never was, nobody learns.
    expect(await problem(walk)).toBe(shut);
  },
  { ...onAPhone, brief: true, as: () => anInhabitant('Fay', [{ role: 'facilitator' }]) },
);

let shelters = 0;

/** A place that nobody may know of, and someone of it who reads Arabic. */
async function aShelter() {
  const at = `${process.pid}-${++shelters}`;
  const [row] = await sqlAdmin<{ id: string }>(
    `with laid as (insert into core.initiative (slug, visibility, origin, standing, last_sign, mail) values ($1, 'hidden', 'own', 'laid', 'seen', $2) returning id),
       placed as (insert into vault.initiative_place (initiative_id, valid, lat, lon, precision) select id, daterange(null, null), 52.123, 5.987, 'hidden' from laid)
     select id from laid`,
    [`opvang-${at}`, `opvang.${at}@example.org`],
  );
  const member = await personWithMail(`mira.${at}@example.org`, 'ar');
  await sqlAdmin(
    `insert into core.role_grant (person_id, role, scope_kind, scope_id, until_day, reason) values ($1, 'member', 'initiative', $2, core.today() + 30, 'for a test')`,
    [member, row?.id],
  );
  return { slug: `opvang-${at}`, mail: `opvang.${at}@example.org`, member };
}

/** Lets the hours of broken glass pass: what was agreed never changes, so only a test can. */
const hoursPass = (glass: string) =>
  sqlAdmin(`do $$ begin
    alter table core.glass disable trigger glass_stays;
    update core.glass set asked_at = asked_at - interval '1 day', agreed_at = agreed_at - interval '1 day', open_until = open_until - interval '1 day' where id = '${glass}';
    alter table core.glass enable trigger glass_stays;
  end $$`);

journey(
  'two people break glass together, with a reason and for a few hours, and those it concerns are told',
  async (walk) => {
    const { page, say, open, follow, language, person } = walk;
    const { slug, mail, member } = await aShelter();
    const reason = `De politie zoekt iemand die gevaar loopt (${slug})`;
    await open(`/initiatives/${slug}`, 404);
    await open('/desk/people/glass');
    await page.locator('main form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
    await page.getByLabel(say('people.desk.glass.slug')).fill(slug);
    await page.getByLabel(say('people.desk.glass.reason')).fill('Zomaar');
    await page.getByLabel(say('people.desk.glass.hours')).fill('25');
    await press(walk, 'people.desk.glass.ask.do');
    expect(await problem(walk)).toContain(say('people.desk.problem.glass.reason'));
    expect(await problem(walk)).toContain(say('people.desk.problem.glass.hours'));
    expect(await page.getByLabel(say('people.desk.glass.slug')).inputValue()).toBe(slug);
    await page.getByLabel(say('people.desk.glass.reason')).fill(reason);
    await page.getByLabel(say('people.desk.glass.hours')).fill('2');
    await press(walk, 'people.desk.glass.ask.do');
    const glass = new URL(page.url()).pathname.slice(3);
    expect(await main(walk)).toContain(say('people.desk.glass.waits'));
    expect(await page.locator('main form').count()).toBe(0);

    const bram = await anInhabitant('Bram', [{ role: 'privacy-officer' }]);
    await goOnAs(walk, bram.cookie);
    await open('/desk/people/glass');
    await follow(() => page.locator(`main a[href="/${language}${glass}"]`).click());
    expect(await page.locator('blockquote').textContent()).toBe(reason);
    await press(walk, 'people.desk.glass.agree.do');
    await press(walk, 'people.desk.glass.look');
    expect(await main(walk)).toContain(mail);
    expect(await main(walk)).toContain('52.123');
    await goOnAs(walk, person?.cookie);
    await open(glass);
    expect(await main(walk)).not.toContain(mail);
    await press(walk, 'people.desk.glass.look');
    expect(await main(walk)).toContain(mail);

    const told = async () =>
      (await waitingLetters()).filter(
        ({ to_person, to_address }) => to_person === member || to_address === mail,
      );
    await expect.poll(async () => (await told()).length, { timeout: 30_000 }).toBe(2);
    const letters = await told();
    expect(letters.map(({ language: spoken }) => spoken).sort()).toEqual(['ar', 'nl']);
    for (const { text, subject } of letters) {
      expect(text).toContain(reason);
      expect(subject).not.toContain(slug);
    }

    await goOnAs(walk, person?.cookie);
    await hoursPass(glass.split('/').at(-1) ?? '');
    await open(glass);
    expect(await main(walk)).toContain(say('people.desk.glass.over'));
    expect(await main(walk)).toContain(say('people.desk.glass.told'));
    expect(await page.locator('main form').count()).toBe(0);
  },
  { ...onAPhone, brief: true, languages: ['nl'], as: () => anInhabitant('Ada', [{ role: 'admin' }]) },
);
