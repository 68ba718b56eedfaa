import { expect } from 'vitest';
import { daysLater, today } from '../../src/platform/clock.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { house } from '../../src/platform/viewer.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { layBefore, sayOfWhole, sign } from '../../src/modules/pools/advising/agreeing/commands.server.ts';
import { seeOtherwise } from '../../src/modules/pools/advising/commands.server.ts';
import { decide } from '../../src/modules/pools/consulting/commands.server.ts';
import {
  aConsultation,
  aKeeper,
  aParty,
  aPoint,
  done,
  type MadeConsultation,
} from '../../src/modules/pools/consulting/testing.ts';
import {
  callOneself,
  letTakePart,
  linkMeeting,
} from '../../src/modules/pools/consulting/taking-part/commands.server.ts';
import { followAdvice } from '../../src/modules/pools/following/commands.server.ts';
import { aPool, anExpert } from '../../src/modules/pools/testing.ts';
import { aSession } from '../../src/modules/sessions/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, signIn } from '../support/person.ts';

houseDatabase();
const scope = { kind: 'province', id: 'PV25' } as const;
const press = ({ page }: Walk, name: string) => page.getByRole('button', { name }).first().click();
const canary = 'CANARY-2b7e geef mensen een kamer.';

/** The pool takes the question that was asked, meets twice, and writes a point that one of its experts sees otherwise. */
async function takesIt(
  pool: { id: string; slug: string },
  consultation: string,
  made: Omit<MadeConsultation, 'consultation' | 'pool' | 'meetings' | 'client'>,
) {
  const on = daysLater(today(), -41);
  const keeps = aKeeper(made.keeper);
  done(
    await withViewer(keeps, (tx) =>
      decide(tx, aParty(made.keeper), { consultation, deed: 'take', why: null }, on),
    ),
  );
  for (const { id } of made.experts)
    done(await withViewer(keeps, (tx) => letTakePart(tx, keeps, { consultation, expert: id }, on)));
  for (const title of ['Een', 'Twee']) {
    const { id } = await aSession({ facilitator: made.keeper, title, state: 'closed' });
    done(await withViewer(keeps, (tx) => linkMeeting(tx, keeps, { consultation, session: id })));
  }
  const all: MadeConsultation = { ...made, consultation, pool, client: made.keeper, meetings: [] };
  const point = await aPoint(all, canary);
  const [, second] = made.experts;
  if (second)
    done(
      await withViewer(second.viewer, (tx) =>
        callOneself(tx, aParty(second.viewer), { consultation, called: 'Omar' }),
      ),
    );
  const here = { consultation, language: 'nl' };
  if (second)
    done(
      await withViewer(second.viewer, (tx) =>
        seeOtherwise(tx, aParty(second.viewer), here, { point, text: 'Eerst een baan.' }),
      ),
    );
  done(await withViewer(keeps, (tx) => layBefore(tx, keeps, { consultation, days: 10 }, on)));
  for (const { viewer } of made.experts)
    done(
      await withViewer(viewer, (tx) => sayOfWhole(tx, aParty(viewer), here, { said: 'yes', text: null }, on)),
    );
  return {
    sign: () =>
      Promise.all(
        [made.keeper, made.experts[0]?.viewer ?? made.keeper].map((viewer) =>
          withViewer(viewer, (tx) => sign(tx, aParty(viewer), consultation, on)),
        ),
      ),
  };
}

journey(
  'a province asks, reads nothing before the handover, is silent for 41 days, answers in part, hears whether that was an answer, and a year passes',
  async (walk) => {
    const { page, say, open, follow, language } = walk;
    const title = `Wachten ${crypto.randomUUID().slice(0, 8)}`;
    const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
    const pool = await aPool({ keeper });
    const samira = await anInhabitant('Samira');
    const experts = [
      await anExpert({ pool: pool.id, called: 'Samira', person: samira.viewer }),
      await anExpert({ pool: pool.id, called: 'Omar' }),
    ];
    await open('/desk/consultations/new');
    await page.getByLabel(say('consulting.desk.new.pool')).selectOption(pool.id);
    await page.getByLabel(say('consulting.desk.new.title')).fill(title);
    await page.getByLabel(say('consulting.desk.new.client')).fill('Provincie Gelderland');
    await follow(() => press(walk, say('consulting.desk.new.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('consulting.refused.words'));
    expect(await page.getByLabel(say('consulting.desk.new.title')).inputValue()).toBe(title);
    await page.locator('#question').fill('Wat helpt mensen die op een huis wachten?');
    await page.locator('#may-change').fill('Hoe wij volgend jaar plekken verdelen.');
    await page.locator('#deadline').fill(daysLater(today(), 90));
    await page.locator('#budget').fill('1500');
    await follow(() => press(walk, say('consulting.desk.new.do')));
    const consultation = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const { sign: signs } = await takesIt(pool, consultation, { keeper, experts });
    const desk = `/desk/consultations/${consultation}`;
    await open(desk);
    const before = await page.content();
    expect(before).toContain(say('consulting.desk.client.underway'));
    for (const secret of ['CANARY', 'Samira', 'Omar', 'Eerst een baan'])
      expect(before.includes(secret), secret).toBe(false);
    await open(`/me/advice/${consultation}`, 404);
    const home = new URL(page.url()).origin;
    for (const path of [`/${language}/advice`, '/data/v1/advice', '/data/v1/advice.atom'])
      expect(await (await page.request.get(`${home}${path}`)).text(), path).not.toContain(title);
    await signs();
    await open(desk);
    await page.getByRole('radio', { name: say('consulting.answer.deciding') }).check();
    await page.getByLabel(say('consulting.desk.client.text')).fill('We kijken of er kamers zijn.');
    await follow(() => press(walk, say('consulting.desk.client.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('consulting.refused.until'));
    expect(await page.getByLabel(say('consulting.desk.client.text')).inputValue()).toContain('kamers');
    await follow(() => page.getByRole('link', { name: say('consulting.stand.read') }).click());
    const slug = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const silent = await page.locator('main').innerText();
    for (const text of [say('consulting.silent', { days: 41 }), canary, 'Eerst een baan.', 'Omar'])
      expect(silent).toContain(text);
    expect(await page.locator('main svg[role=img]').count()).toBe(1);
    await open(desk);
    await page.getByRole('radio', { name: say('consulting.answer.in-part') }).check();
    await page.getByLabel(say('consulting.desk.client.text')).fill('Er komen tien kamers.');
    await follow(() => press(walk, say('consulting.desk.client.do')));
    await signIn(page.context(), samira);
    await open(`/me/advice/${consultation}`);
    await page.getByRole('radio', { name: say('consulting.judged.in-part') }).check();
    await page.getByLabel(say('consulting.judge.text')).fill('Tien is weinig.');
    await follow(() => press(walk, say('consulting.judge.do')));
    for (const months of [91, 182, 365])
      await withViewer(house, (tx) => followAdvice(tx, daysLater(today(), months - 40)));
    await open(`/me/advice/${consultation}`);
    await page.getByRole('radio', { name: say('consulting.later.still') }).check();
    await page.getByLabel(say('consulting.stands.text')).fill('Ik zie nog geen kamer.');
    await follow(() => press(walk, say('consulting.stands.do')));
    await open(`/advice/${slug}`);
    const after = await page.locator('main').innerText();
    for (const text of [
      'Er komen tien kamers.',
      'Tien is weinig.',
      'Ik zie nog geen kamer.',
      say('consulting.later.months', { months: 12 }),
    ])
      expect(after).toContain(text);
    const record = (await (await page.request.get(`${home}/data/v1/advice/${slug}`)).json()) as {
      sha256: string;
      silentDays: number | null;
    };
    expect(after).toContain(record.sha256);
    expect(record.silentDays).toBeNull();
    await open('/advice');
    await open('/desk/consultations/with/nothing-is-opened-by-this', 404);
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    as: () => anInhabitant('Piet', [{ role: 'partner', scope }]),
  },
);

journey(
  'an expert reads what is asked, says it in her own words, and sees a point otherwise',
  async (walk) => {
    const { page, say, open, follow, person } = walk;
    if (!person) throw new Error('Nobody is signed in.');
    const made = await aConsultation(today(), { experts: ['Omar'] });
    const mine = await anExpert({ pool: made.pool.id, called: 'ليلى', person: person.viewer });
    const keeps = aKeeper(made.keeper);
    const { consultation } = made;
    done(await withViewer(keeps, (tx) => letTakePart(tx, keeps, { consultation, expert: mine.id }, today())));
    await open('/me/advice');
    await follow(() => page.getByRole('link', { name: 'Wachten op een huis' }).click());
    await page.locator('#new-point').fill('أعطوا الناس غرفة.');
    await follow(() => press(walk, say('consulting.draft.do')));
    await page.getByText(say('consulting.draft.more')).first().click();
    await page.getByLabel(say('consulting.draft.own')).fill('انتظرت ثلاث سنوات.');
    await follow(() => press(walk, say('consulting.draft.own.do')));
    await page.getByText(say('consulting.draft.more')).first().click();
    await page.getByLabel(say('consulting.draft.otherwise')).fill('العمل أولًا.');
    await follow(() => press(walk, say('consulting.draft.otherwise.do')));
    const text = await page.locator('main').innerText();
    for (const words of ['انتظرت ثلاث سنوات.', 'العمل أولًا.', say('consulting.dissent'), 'ليلى'])
      expect(text).toContain(words);
    await open('/advice');
  },
  { languages: ['ar'], widths: [360], scripts: [false], brief: true, as: () => anInhabitant('Layla') },
);
