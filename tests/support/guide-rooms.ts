import { aPerson } from '../../src/modules/people/testing.ts';
import { aPool } from '../../src/modules/pools/testing.ts';
import { aTable } from '../../src/modules/tables/testing.ts';
import { daysLater, today } from '../../src/platform/clock.ts';
import { begin, does, goes, inTurn, look, open, press, reads, type Deed, type Follower } from './guide.ts';
import { anInhabitant, signIn } from './person.ts';

/** The parts of the guides about pools, tables, learning and words, each with the deeds of its numbered steps. */

const facilitator = () => aPerson('Noor', [{ role: 'facilitator' }]);
// One after the other: a field is filled by typing where the page looks.
async function fills(who: Follower, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [field, value] of Object.entries(values)) await who.page.locator(field).fill(value);
}

export const givingAdvice: readonly Deed[] = [
  async (who, names) => {
    const pool = await aPool({ keeper: await facilitator() });
    await begin(who, names);
    await who.press(names[0]);
    await goes(who, `main a[href$="/pools/${pool.slug}"]`);
    await who.look();
  },
  async (who, names) => {
    await signIn(who.page.context(), await anInhabitant('Amal'));
    await who.press(names[0]);
  },
  async (who, names) => {
    await who.page.locator('#called').fill('Amal');
    await who.page.locator('input[name=languages]').first().check();
    await who.press(names[0]);
  },
  inTurn(open('/me'), press(1), open('/me')),
];

export const wordsAndDilemmas: readonly Deed[] = [
  inTurn(
    begin,
    press(0),
    does((who) => goes(who, 'main a[href$="/words/statushouder"]')),
  ),
  inTurn(open('/words'), press(1)),
  inTurn(
    begin,
    press(0),
    does((who) => goes(who, 'main a[href$="/learning/dilemmas"]')),
    does((who) => goes(who, 'main a[href$="/learning/dilemmas/gelijkwaardig-of-hulp"]')),
    open('/me'),
  ),
];

/** `as` signs in who keeps the entry of an initiative. */
export const atATable = (as: (who: Follower) => Promise<unknown>): readonly Deed[] => [
  async (who, names) => {
    const table = await aTable({ keeper: await facilitator(), openTo: 'everyone' });
    await begin(who, names);
    await who.press(names[0]);
    await goes(who, `main a[href$="/tables/${table.slug}"]`);
    await who.look();
  },
  async (who, names) => {
    await as(who);
    await who.press(names[0]);
  },
  async (who, names) => {
    await who.page.locator('textarea').first().fill('Wij willen weten wie hier over huizen gaat.');
    await who.press(names[0]);
    await who.open('/desk');
  },
];

export const seeingOurselves: readonly Deed[] = [
  inTurn(open('/initiatives/takecarebnb'), press(0), press(1)),
  async (who, names) => {
    await fills(who, { '#brings': 'Tijd en taal.' });
    await who.press(names[0]);
  },
];

export const keepingAPool: readonly Deed[] = [
  inTurn(open('/desk'), press(0), press(1)),
  async (who, names) => {
    await fills(who, {
      '#name': 'Ervaringspool Ede',
      '#purpose': 'Meedenken over wonen.',
      '#municipality': 'Ede',
      '#euros': '25',
      '#hours': '40',
    });
    await who.press(names[0]);
  },
  press(0),
  async (who, names) => {
    await who.press(names[0]);
    await fills(who, { '#what': 'Lees mee met een brief.', '#call-hours': '2', '#people': '1' });
    await who.press(names[1]);
  },
];

export const keepingATable: readonly Deed[] = [
  inTurn(open('/desk'), press(0), press(1)),
  async (who, names) => {
    await fills(who, { '#name': 'Tafel Wonen', '#purpose': 'Samen bedenken wat hier helpt.' });
    await who.page.locator('#where').selectOption('municipality GM0202');
    await who.press(names[0]);
  },
  look,
];

export const holdingIntervision: readonly Deed[] = [
  inTurn(begin, press(0), press(1), press(2)),
  press(0),
  look,
];

export const askingNewcomers: readonly Deed[] = [
  async (who, names) => {
    await aPool({ keeper: await facilitator() });
    const scope = { kind: 'province', id: 'PV25' } as const;
    await signIn(who.page.context(), await anInhabitant('Bas', [{ role: 'partner', scope }]));
    await who.open('/me');
    for (const name of names.slice(1)) await who.press(name);
  },
  async (who, names) => {
    await fills(who, {
      '#title': 'Wachten op een huis',
      '#client': 'Provincie Gelderland',
      '#question': 'Wat helpt mensen die op een huis wachten?',
      '#may-change': 'Hoe wij volgend jaar plekken verdelen.',
      '#deadline': daysLater(today(), 90),
      '#budget': '1500',
    });
    await who.press(names[0]);
  },
  look,
];

export const tablesOfAMunicipality: readonly Deed[] = [
  inTurn(begin, press(0)),
  inTurn(open('/desk'), press(0)),
];

export const wordsInsightsAdvice: readonly Deed[] = [
  (who) => reads(who, '/data/v1/words.ttl', 'skos'),
  (who) => reads(who, '/data/v1/insights.bib', ''),
  (who) => reads(who, '/data/v1/advice', '['),
];
