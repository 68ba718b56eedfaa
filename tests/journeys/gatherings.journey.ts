import { sql } from 'kysely';
import { expect, inject } from 'vitest';
import { facilitatorOf } from '../../src/modules/sessions/access.ts';
import { roomCookie } from '../../src/modules/sessions/joining/model.ts';
import { landscape, picture } from '../../src/modules/sessions/landscape/landscape.ts';
import { draftMinutes } from '../../src/modules/sessions/minutes/commands.server.ts';
import { aPhone, aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator, type Viewer } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const phone = { widths: [360], scripts: [false] } as const;

/** A closed room in which twelve people agreed on one thing and were divided on another, with its draft and a phone that was there. */
async function aClosedRoom(viewer: Viewer) {
  const facilitator = facilitatorOf(viewer);
  if (!facilitator) throw new Error('This person leads nothing.');
  const room = await aSession({ facilitator: viewer, state: 'closed', steps: ['statements', 'vote'] });
  const [shared, split] = [
    await aStatement(room.id, 'De bus rijdt te weinig.'),
    await aStatement(room.id, 'نتعلم اللغة مع الجيران.', 'ar'),
  ];
  const votes = Array.from({ length: 12 }, (_, at) => [
    { person: String(at), statement: shared, vote: 1 as const },
    { person: String(at), statement: split, vote: at % 2 === 0 ? (1 as const) : (-1 as const) },
  ]).flat();
  await withViewer(operator, async (tx) => {
    const shown = JSON.stringify(picture(landscape(votes)));
    await sql`insert into core.room_picture (session, number, people, votes, picture) values (${room.id}, 1, 12, 24, ${shown}::jsonb)`.execute(
      tx,
    );
    await sql`update core.session_step set state = 'done' where session = ${room.id}`.execute(tx);
  });
  await withViewer(facilitator, (tx) => draftMinutes(tx, facilitator, room.id, new Date()));
  return { ...room, phone: await aPhone(room.id, { called: 'Amina' }) };
}

journey(
  'a newcomer finds what a gathering in Gelderland asked and agreed, and what comes in a calendar',
  async ({ page, say, open, follow }) => {
    await open('/sessions');
    await page.locator('form[role=search] summary').click();
    await page.locator('select[name=province]').selectOption('PV25');
    await follow(() => page.getByRole('button', { name: say('sessions.find.do') }).click());
    expect(await page.locator('li.card').count()).toBeGreaterThan(8);
    await follow(() => page.locator('a[href$="make-session-gelderland-11-meedenken"]').click());
    const main = (await page.locator('main').textContent()) ?? '';
    for (const key of ['sessions.from-sources.about', 'sessions.questions', 'sessions.agreed.about'] as const)
      expect(main).toContain(say(key));
    const calendar = await page.request.get(new URL(say.to('/sessions/calendar.ics'), page.url()).href);
    expect(calendar.headers()['content-type']).toBe('text/calendar; charset=utf-8');
    await open('/sessions/there-was-no-such-gathering', 404);
  },
  phone,
);

journey(
  'who was there corrects the minutes, who led puts it beside and shares them, and anyone reads the picture in words',
  async ({ page, say, open, follow, person }) => {
    if (!person) throw new Error('Nobody walks.');
    const room = await aClosedRoom(person.viewer);
    const url = inject('journeyUrl').replace('http:', 'https:');
    await page.context().addCookies([{ name: roomCookie, value: room.phone.word, url, httpOnly: true }]);
    await open(`/room/${room.code}`);
    await page.locator('select[name=section]').selectOption('issues');
    await page.locator('textarea[name=text]').fill('Het ging ook over de trein.');
    await follow(() => page.getByRole('button', { name: say('sessions.minutes.remark.send') }).click());
    expect(await page.locator('[role=status]').textContent()).toContain(say('sessions.done.remark'));
    await open(`/sessions/${room.slug}`, 404);

    await open(`/desk/sessions/${room.id}/minutes`);
    await follow(() => page.getByRole('button', { name: say('sessions.desk.minutes.share.do') }).click());
    expect(await page.getByRole('alert').textContent()).toContain(say('sessions.desk.refused.too-early'));
    await page.locator('input[name=standing][value=beside]').check();
    await page.locator('textarea[name=answer]').fill('Dat klopt.');
    await follow(() => page.getByRole('button', { name: say('sessions.desk.minutes.answer.do') }).click());
    await follow(() => page.getByRole('button', { name: say('sessions.desk.minutes.share.do') }).click());

    await page.context().clearCookies();
    await open(`/sessions/${room.slug}`);
    const main = (await page.locator('main').textContent()) ?? '';
    for (const words of [
      'Het ging ook over de trein.',
      'Dat klopt.',
      say('landscape.shared.title'),
      say('landscape.leaning.nearly_all_agree'),
      say('landscape.unsaid.title'),
    ])
      expect(main).toContain(words);
    // No share of the room stands anywhere: it would tell of the few.
    expect(main).not.toMatch(/\d\s?%/);
    expect(await page.locator('main svg[role=img]').count()).toBe(1);
  },
  { ...phone, languages: ['nl'], as: () => anInhabitant('Noor', [{ role: 'facilitator' }]) },
);
