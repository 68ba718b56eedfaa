import { expect } from 'vitest';
import { makeLink } from '../../src/modules/initiatives/links/commands.server.ts';
import { aField, asAdmin, layField } from '../../src/modules/initiatives/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { house } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, signIn } from '../support/person.ts';

const database = houseDatabase();
const phone = { widths: [360], scripts: [false] } as const;
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);
let times = 0;

/** Entries that nobody else in this run touches, by what they are called here. */
async function entries<Called extends string>(...called: readonly Called[]) {
  const mark = `${Date.now().toString(36)}${++times}`;
  const rows = called.map((each, at) => ({ id: `turns-${at}-${mark}`, name: `${each} ${mark}` }));
  await layField(aField(rows));
  const ids = await admin<{ id: string; slug: string }>(
    'select id, slug from core.initiative where slug = any($1)',
    [rows.map(({ id }) => id)],
  );
  const of = (slug: string) => ids.find((one) => one.slug === slug)?.id ?? '';
  const made = rows.map(({ id, name }, at) => [called[at], { id: of(id), slug: id, name }] as const);
  return Object.fromEntries(made) as Record<Called, { id: string; slug: string; name: string }>;
}

const press = ({ page, follow }: Walk, name: string) =>
  follow(() => page.getByRole('button', { name, exact: true }).click());
const main = ({ page }: Walk) => page.locator('main').textContent();

journey(
  'an initiative tells by a link that it split in two: both lives can be read, and the new name waits for someone to look',
  async (walk) => {
    const { page, language, say, open, follow } = walk;
    const { Buurthuis: old } = await entries('Buurthuis');
    const { word } = await withViewer(house, (tx) =>
      makeLink(tx, { initiative: old.id, purpose: 'keep', sentTo: 'post@buurthuis.example', language }),
    );
    const words = language === 'ar' ? 'افترقنا كأصدقاء' : 'We gingen als vrienden uit elkaar.';
    const name = language === 'ar' ? `بيت الجنوب ${old.slug}` : `Zuiderhuis ${old.slug}`;
    await open(`/keep/${word}/tell`);
    await follow(() => page.getByRole('link', { name: say('turns.kind.split', { voice: 'own' }) }).click());
    await page.getByLabel(say('turns.words'), { exact: false }).first().fill(words);
    await press(walk, say('turns.do'));
    expect(await page.locator('#problems').evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await page.locator('#problems').textContent()).toContain(say('turns.problem.others_needed'));
    expect(await page.locator('#words').inputValue()).toBe(words);

    await page.locator('#other-0').fill(name);
    await page.getByLabel(say('turns.goesOn.yes')).check();
    await page.locator('#when-year').fill(language === 'ar' ? '٢٠٢١' : '2021');
    await page.locator('#when-month').selectOption('3');
    await press(walk, say('turns.do'));
    if (await page.locator('#problems').count()) {
      await page.getByLabel(say('turns.which.new')).check();
      await press(walk, say('turns.do'));
    }
    expect(await page.getByRole('status').textContent()).toContain(say('turns.done.laid'));
    expect(await main(walk)).toContain(words);

    await open(`/initiatives/${old.slug}`);
    expect(await main(walk)).toContain(words);
    expect(await main(walk)).toContain(say('initiatives.event.split'));
    expect(await main(walk)).toContain(say('initiatives.said.own'));
    const [born] = await admin<{ standing: string; started: string; grew: string }>(
      `select i.standing, lower(p.valid)::text as started, r.type as grew from core.initiative i join core.initiative_period p on p.initiative_id = i.id
       join core.relation r on r.from_id = i.id and r.to_id = $1 where p.name = $2`,
      [old.id, name],
    );
    expect(born).toEqual({ standing: 'proposed', started: '2021-03-01', grew: 'grew-out-of' });

    await open(`/keep/${word}/tell`);
    await follow(() => page.getByRole('link', { name: say('turns.told.again') }).click());
    await press(walk, say('turns.take-back.do'));
    expect(await page.getByRole('status').textContent()).toContain(say('turns.done.taken-back'));
    await open(`/initiatives/${old.slug}`);
    expect(await main(walk)).not.toContain(words);
  },
  phone,
);

/** The way in the letter that was posted to an address about what this one told. */
async function letterAbout(asker: string, address: string): Promise<string> {
  const waiting = () =>
    admin<{ url: string }>(
      `select words #>> '{buttons,0,url}' as url from vault.letter where to_address = $1 and name = 'relation.ask' and words #>> '{values,asker}' = $2`,
      [address, asker],
    );
  await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBe(1);
  const [letter] = await waiting();
  return new URL(letter?.url ?? '').pathname.replace(/^\/[a-z]{2}/, '');
}

journey(
  'a relation is said by one side, confirmed by mail link, then seen differently: both sentences stay beside each other',
  async (walk) => {
    const { page, language, say, open } = walk;
    const { Taalcafé: mine, Werkplaats: other } = await entries('Taalcafé', 'Werkplaats');
    const address = `post@${other.slug}.example`;
    await admin('update core.initiative set mail = $2 where id = $1', [other.id, address]);
    const member = await anInhabitant('Samira', [
      { role: 'member', scope: { kind: 'initiative', id: mine.id } },
    ]);
    await signIn(page.context(), member);
    const words = language === 'ar' ? 'بعد الدرس نرافقهم إليكم' : 'Na de les lopen we samen met ze mee.';
    const answer = language === 'ar' ? 'لا يأتي إلينا أحد منكم' : 'Bij ons komt niemand binnen van jullie.';

    await open(`/initiatives/${mine.slug}/relate`);
    await press(walk, say('turns.relate.do'));
    expect(await page.locator('#problems a').count()).toBe(2);
    await page.getByLabel(say('turns.way.refers-to', { name: mine.name }), { exact: true }).check();
    await page.locator('#other').fill(other.name);
    await page.locator('#since-year').fill('2022');
    await page.locator('#words').fill(words);
    await press(walk, say('turns.relate.do'));
    expect(await page.getByRole('status').textContent()).toContain(say('turns.relate.done.said'));
    await open(`/initiatives/${other.slug}`);
    expect(await main(walk)).toContain(say('turns.agreement.one-side'));
    expect(await main(walk)).toContain(words);

    await page.context().clearCookies();
    const way = await letterAbout(mine.name, address);
    await open(way);
    expect(await main(walk)).toContain(words);
    await open(`/initiatives/${other.slug}`);
    expect(await main(walk), 'opening a letter answers nothing').toContain(say('turns.agreement.one-side'));
    await open(way);
    await press(walk, say('turns.relate.confirm'));
    expect(await page.getByRole('status').textContent()).toContain(say('turns.relate.done.confirmed'));
    await open(`/initiatives/${mine.slug}`);
    expect(await main(walk)).toContain(say('turns.agreement.both'));

    await open(way);
    await page.locator('summary', { hasText: say('turns.relate.differ') }).click();
    await press(walk, say('turns.relate.differ.do'));
    expect(await page.locator('#problems').textContent()).toContain(say('turns.problem.words_needed'));
    await page.locator('#words').fill(answer);
    await press(walk, say('turns.relate.differ.do'));
    expect(await page.getByRole('status').textContent()).toContain(say('turns.relate.done.differs'));
    await open(`/initiatives/${mine.slug}`);
    expect(await main(walk)).toContain(say('turns.agreement.differently'));
    for (const sentence of [words, answer]) expect(await main(walk)).toContain(sentence);
    await open('/network?place=GM0202');
    expect(await main(walk)).toContain(say('turns.agreement.differently'));
  },
  phone,
);

journey(
  'who is not of the initiative finds no door to tell, and a word for one thing opens nothing else',
  async (walk) => {
    const { page, language, say, open } = walk;
    const { Tuin: one } = await entries('Tuin');
    const { word } = await withViewer(house, (tx) =>
      makeLink(tx, { initiative: one.id, purpose: 'keep', sentTo: 'post@tuin.example', language }),
    );
    for (const path of [`/relation/${word}`, `/relation/${'A'.repeat(43)}`, `/keep/${'A'.repeat(43)}/tell`])
      await open(path, 404);
    await signIn(page.context(), await anInhabitant('Niemand'));
    for (const path of ['tell', 'tell/split', 'relate']) await open(`/initiatives/${one.slug}/${path}`, 404);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(say('platform.error.404.title'));
    await open(`/keep/${word}/tell/nonsense`, 404);
    await open(`/keep/${word}/relate`);
  },
  phone,
);
