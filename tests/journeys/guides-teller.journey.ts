import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import {
  begin,
  does,
  goes,
  inTurn,
  look,
  open,
  press,
  tryGuides,
  type Follower,
  type Guide,
} from '../support/guide.ts';
import { beingUsed } from '../support/guide-publications.ts';
import { houseDatabase } from '../support/house-database.ts';
import { anInhabitant, signIn } from '../support/person.ts';

const database = houseDatabase();
const codes = new Map<Follower, string>();

const teller: Guide = {
  nl: 'verteller',
  en: 'teller',
  parts: [
    [
      inTurn(begin, press(0), press(1), open('/initiatives/takecarebnb'), press(2)),
      press(0),
      async (who) => {
        codes.set(who, (await who.page.locator('.code').textContent()) ?? '');
        await goes(who, 'main .go a');
      },
    ],
    [
      async (who, names) => {
        await who.look();
        await who.field(names[0]).fill('Ik kwam in de winter, en er was soep.');
        await who.press(names.at(-1));
      },
    ],
    [
      inTurn(look, press(0)),
      press(0),
      does((who) => who.page.locator('input[name=read][value=public]').check()),
      press(0),
    ],
    [
      async (who, names) => {
        await who.page.context().clearCookies();
        await who.open('/');
        await who.press(names[0]);
        await goes(who, 'main a[href$="/card"]');
        await who.page.locator('input[name=code]').fill(codes.get(who) ?? '');
        await goes(who, 'main form button');
        await who.look();
      },
      inTurn(
        open('/me'),
        press(0),
        does((who) => goes(who, 'main a[href*="/me/tellings/"]')),
      ),
      async (who, names) => {
        const at = new URL(who.page.url()).pathname.slice(3);
        await who.press(names[0]);
        await goes(who, 'main form button[type=submit]');
        await who.open(at);
      },
      press(0),
    ],
    beingUsed(async () => {
      const one = await anInhabitant('Semhar');
      await asAdmin(database.adminUrl, `update core.person set came_by = 'card' where id = $1`, [
        one.viewer.id,
      ]);
      return one;
    }),
    [
      async (who) => {
        const [entry] = await asAdmin<{ id: string }>(
          database.adminUrl,
          `select id from core.initiative where slug = 'takecarebnb'`,
        );
        const scope = { kind: 'initiative', id: entry?.id ?? '' } as const;
        await signIn(who.page.context(), await anInhabitant('Mira', [{ role: 'member', scope }]));
        await who.open('/tell');
      },
    ],
    [],
  ],
};

tryGuides([teller]);
