import { expect } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { facilitatorOf } from '../../src/modules/sessions/access.ts';
import { landscape, picture } from '../../src/modules/sessions/landscape/landscape.ts';
import { draftMinutes } from '../../src/modules/sessions/minutes/commands.server.ts';
import { aPhone, aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { visitor, type Viewer } from '../../src/platform/viewer.ts';
import {
  does,
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
import { holdingIntervision, keepingAPool, keepingATable } from '../support/guide-rooms.ts';
import { houseDatabase } from '../support/house-database.ts';
import { anInhabitant } from '../support/person.ts';
import { aWaitingEntry } from '../support/waiting.ts';

const database = houseDatabase();
const mark = Date.now().toString(36);

const facilitator: Guide = {
  nl: 'gespreksleider',
  en: 'facilitator',
  as: () => anInhabitant('Noor', [{ role: 'facilitator' }]),
  parts: [
    [
      async (who, names) => {
        await who.open('/me');
        for (const name of names) await who.press(name);
      },
      does(async (who) => {
        await who.page.locator('input[name=method]').first().check();
        await who.page.locator('#title').fill('Maaksessie Werk');
      }),
      does(async (who) => {
        await who.page.locator('input[name=door][value=admission]').check();
        await goes(who, 'main form button[type=submit]');
        room.set(who, /sessions\/([0-9a-f-]{36})/.exec(who.page.url())?.[1] ?? '');
      }),
      does(async (who) => expect(await who.page.locator('ol > li').count()).toBeGreaterThan(3)),
      does(async (who) => expect(await who.page.locator('.code').first().textContent()).toMatch(/^\w{6}$/)),
      press(0),
    ],
    [
      async (who, names) => {
        await who.open(`/desk/sessions/${room.get(who)}`);
        for (const at of [0, 1, 3, 2]) await who.press(names[at]);
      },
      async (who) => {
        await aPhone(room.get(who) ?? '', { called: 'Amina' });
        await who.open(`/desk/sessions/${room.get(who)}/run`);
      },
      press(0),
      look,
    ],
    [
      async (who, names) => {
        await aStatement(room.get(who) ?? '', 'De bus rijdt te weinig.');
        await who.open(`/desk/sessions/${room.get(who)}`);
        await who.press(names[0]);
      },
    ],
    [
      async (who) => {
        const { id, slug } = await aClosedRoom(who.person?.viewer ?? visitor);
        await who.open(`/desk/sessions/${id}/minutes`);
        await goes(who, 'form[action="?/share"] button');
        await who.open(`/sessions/${slug}`);
      },
    ],
    [
      async (who, names) => {
        await who.open(`/desk/sessions/${room.get(who)}/run`);
        await who.press(names[0]);
        await who.page.locator('input[name=sure]').check();
        await who.press(names[0]);
      },
      press(0),
      inTurn(
        open('/me'),
        open('/desk'),
        open('/agendas'),
        does((who) => goes(who, 'main a[href*="/agendas/"]')),
        async (who) => reads(who, `${new URL(who.page.url()).pathname}/sheet.pdf`, '%PDF-'),
      ),
      look,
    ],
    keepingAPool,
    keepingATable,
    holdingIntervision,
    [],
  ],
};
const room = new Map<Follower, string>();

/** A closed room in which twelve people agreed on one thing and were divided on another. */
async function aClosedRoom(viewer: Viewer): Promise<{ id: string; slug: string }> {
  const leads = facilitatorOf(viewer);
  if (!leads) throw new Error('This person leads nothing.');
  const { id, slug } = await aSession({
    facilitator: viewer,
    state: 'closed',
    steps: ['statements', 'vote'],
  });
  const [shared, split] = [await aStatement(id, 'De bus rijdt te weinig.'), await aStatement(id, 'Ik kook.')];
  const votes = Array.from({ length: 12 }, (_, at) => [
    { person: String(at), statement: shared, vote: 1 as const },
    { person: String(at), statement: split, vote: at % 2 === 0 ? (1 as const) : (-1 as const) },
  ]).flat();
  await asAdmin(
    database.adminUrl,
    `insert into core.room_picture (session, number, people, votes, picture) values ($1, 1, 12, 24, $2::jsonb)`,
    [id, JSON.stringify(picture(landscape(votes)))],
  );
  await withViewer(leads, (tx) => draftMinutes(tx, leads, id, new Date(Date.now() - 4 * 86_400_000)));
  return { id, slug };
}

const verifier: Guide = {
  nl: 'nalezer',
  en: 'verifier',
  as: () => anInhabitant('Samira', [{ role: 'verifier', scope: { kind: 'province', id: 'PV26' } }]),
  parts: [
    [
      async (who, names) => {
        await who.open('/');
        for (const name of names) await who.press(name);
      },
      async (who, names) => {
        await aWaitingEntry(
          database.adminUrl,
          `gids-${who.language}-${mark}`,
          `gids ${who.language} ${mark}`,
        );
        await who.press(names[0]);
        await who.press(names[1]);
        await who.page.locator('input[name=q]').fill(`gids ${who.language} ${mark}`);
        await who.press(names[2]);
      },
      press(0),
    ],
    [
      inTurn(
        async (who) => who.open(`/desk/queue?q=gids ${who.language} ${mark}`),
        does((who) => goes(who, '[data-queue] h3 a')),
      ),
      press(0),
      press(0),
      async (who, names) => {
        await who.page.locator('input[name=channel]').first().check();
        await who.page.locator('input[name=found]').first().check();
        await who.press(names[1]);
      },
    ],
    [
      inTurn(async (who) => {
        // Something waits, also where no other journey left anything.
        const other = `gids-meer-${who.language}-${mark}`;
        await aWaitingEntry(database.adminUrl, other, other);
        await who.open('/desk/queue');
      }, press(1)),
      async (who, names) => void (await who.field(names[0]).selectOption('take')),
      press(0),
    ],
    [
      async (who, names) => {
        await who.press(names[0]);
        await who.field(names[1]).selectOption('province:PV26');
        await who.page.locator('select[name=which]').selectOption('never-confirmed');
        await who.press(names[2]);
      },
      look,
    ],
    [],
  ],
};
tryGuides([facilitator, verifier]);
