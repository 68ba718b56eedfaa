import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { aField, asAdmin, layField } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import {
  begin,
  does,
  fill,
  goes,
  inTurn,
  look,
  open,
  press,
  reads,
  tryGuides,
  type Follower,
  type Guide,
} from '../support/guide.ts';
import { atATable, givingAdvice, seeingOurselves, wordsAndDilemmas } from '../support/guide-rooms.ts';
import { workingAlong } from '../support/guide-publications.ts';
import { houseDatabase } from '../support/house-database.ts';
import { anInhabitant, letterTo, signIn } from '../support/person.ts';

const database = houseDatabase();
const mark = Date.now().toString(36);

const newcomer: Guide = {
  nl: 'nieuwkomer',
  en: 'newcomer',
  parts: [
    [
      inTurn(begin, press(0)),
      inTurn((who) => who.press('العربية'), begin, press(0)),
      does(async (who) => expect(new URL(who.page.url()).pathname).toBe(`/${who.language}/languages`)),
    ],
    [
      inTurn(begin, press(0)),
      fill(0, 'Arnhem'),
      (who) => who.page.locator('input[name=phase]').first().check(),
      does(async (who) => {
        await goes(who, 'form[role=search] button');
        expect(await who.page.locator('li.card').count()).toBeGreaterThan(2);
      }),
    ],
    [open('/initiatives/takecarebnb')],
    [
      inTurn(begin, press(0)),
      inTurn(
        press(0),
        does((who) => goes(who, 'main li a[href*="province=PV25"]')),
      ),
      look,
    ],
    [
      inTurn(begin, press(0), press(1), async (who) => {
        const room = await aRoom();
        await who.page.locator('input[name=code]').fill(room.code);
        await goes(who, 'main button');
      }),
      does(async (who) => {
        expect(await who.page.locator('select[name=beside], [name=beside]').count()).toBeGreaterThan(0);
        await goes(who, 'main form button');
      }),
      does((who) => goes(who, 'button[value=agree]')),
      press(0),
      look,
      look,
    ],
    givingAdvice,
    wordsAndDilemmas,
    workingAlong(database, () => anInhabitant('Amal')),
    [does(async (who) => expect(await who.page.locator('a.leave').getAttribute('href')).toContain('/leave'))],
  ],
};

/** A room that is open, with something to vote on. */
async function aRoom() {
  const facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  const room = await aSession({ facilitator, state: 'live', steps: ['vote'] });
  for (const words of ['De bus rijdt te weinig.', 'Een stage zegt meer dan een diploma.'])
    await aStatement(room.id, words);
  return room;
}

let made = 0;
/** An initiative with a mail address, that nobody else in this run touches. */
async function anInitiative() {
  const id = `gids-${mark}-${++made}`;
  // Far from where other journeys search: its name holds digits, as distances do.
  await layField(aField([{ id, name: `Buurthuis ${id}`, municipality: 'Maastricht', province: 'Limburg' }]));
  await asAdmin(database.adminUrl, 'update core.initiative set mail = $2 where slug = $1', [
    id,
    `${id}@example.org`,
  ]);
  return { slug: id, mail: `${id}@example.org` };
}
/** The same, with a voice on how it began. */
async function aToldInitiative(): Promise<string> {
  const { slug } = await anInitiative();
  const [row] = await asAdmin<{ id: string; fact: string }>(
    database.adminUrl,
    `select i.id, e.fact from pub.initiative i join pub.life_event e on e.initiative_id = i.id where i.slug = $1 and e.kind = 'founded'`,
    [slug],
  );
  const moment = {
    id: randomUUID(),
    lang: 'nl',
    dir: 'ltr',
    moment: row?.fact ?? '',
    title: '',
    day: null,
    precision: 'unknown',
  } as const;
  await aTelling({
    teller: await aPerson('Noor'),
    about: [row?.id ?? ''],
    title: 'De ketel',
    otherName: 'Noor',
    says: [{ type: 'moment', attrs: moment }, 'Wij begonnen met één ketel.'],
    consents: [{ use: 'read', verdict: 'given', audience: 'public', nameForm: 'other' }],
  });
  return slug;
}
const mailed = async (mail: string) => {
  await expect.poll(() => letterTo(mail).catch(() => null), { timeout: 20_000 }).not.toBeNull();
  return new URL((await letterTo(mail)).link).pathname.replace(/^\/[a-z]{2}/, '');
};

/** Signs in someone who keeps the entry of Takecarebnb. */
async function asKeeper(who: Follower): Promise<void> {
  const [row] = await asAdmin<{ id: string }>(
    database.adminUrl,
    `select id from core.initiative where slug = 'takecarebnb'`,
  );
  const scope = { kind: 'initiative', id: row?.id ?? '' } as const;
  await signIn(who.page.context(), await anInhabitant('Samira', [{ role: 'member', scope }]));
}

const initiative: Guide = {
  nl: 'initiatief',
  en: 'initiative',
  parts: [
    [
      inTurn(
        begin,
        press(0),
        fill(1, 'Takecarbnb'),
        does((who) => goes(who, 'form[role=search] button')),
      ),
      does((who) => goes(who, 'li.card h3 a')),
    ],
    [
      open('/initiatives/takecarebnb'),
      (who) => reads(who, `/${who.language}/initiatives/takecarebnb/print.pdf`, '%PDF-'),
    ],
    [
      inTurn(begin, press(0), press(1)),
      does(async (who) => {
        await who.page.locator('#name').fill(`Taalcafé ${mark} ${who.language}`);
        await who.page.locator('#place').fill('Leeuwarden');
      }),
      async (who, names) => {
        const mail = `gids.${mark}.${who.language}@example.org`;
        await who.page.locator('#mail').fill(mail);
        await who.press(names[0]);
        await who.open(await mailed(mail));
        await who.press(names[1]);
      },
      does(async (who) => expect(await who.page.getByRole('status').count()).toBe(1)),
    ],
    [
      async (who, names) => {
        const { slug, mail } = await anInitiative();
        written.set(who, mail);
        await who.open(`/initiatives/${slug}`);
        await who.press(names[0]);
      },
      press(0),
      inTurn(async (who) => who.open(await mailed(written.get(who) ?? '')), press(1)),
    ],
    [
      inTurn(
        async (who) => who.open(await mailed(written.get(who) ?? '')),
        async (who, names) => who.press(names.at(-1)),
      ),
    ],
    [
      inTurn(begin, press(0)),
      inTurn(begin, press(0), async (who, names) => {
        await who.field(names[1]).selectOption('PV25');
        await who.press(names[2]);
      }),
    ],
    [inTurn(begin, press(0)), fill(0, 'About a Jacket'), press(0)],
    atATable(asKeeper),
    seeingOurselves,
    [
      inTurn(
        async (who) => who.open(`/initiatives/${await aToldInitiative()}`),
        press(1),
        async (who) => {
          await asKeeper(who);
          await who.open('/me');
          await who.press(who.language === 'nl' ? 'Naar de werkplek' : 'To the desk');
        },
      ),
    ],
  ],
};
const written = new Map<Follower, string>();

tryGuides([newcomer, initiative]);
