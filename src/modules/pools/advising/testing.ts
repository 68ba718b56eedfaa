import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { giveWord } from '../consulting/commands.server.ts';
import {
  aConsultation,
  aKeeper,
  aParty,
  aPoint,
  done,
  partOf,
  type MadeConsultation,
} from '../consulting/testing.ts';
import { giveAssignment } from '../consulting/taking-part/commands.server.ts';
import { anExpert } from '../testing.ts';
import { layBefore, sayOfWhole, sign } from './agreeing/commands.server.ts';
import { layVoice, seeOtherwise } from './commands.server.ts';
import type { AdviceState } from './model.ts';

export interface MadeAdvice extends MadeConsultation {
  readonly point: string;
  /** Under which key the first expert takes part. */
  readonly part: string;
}

interface People {
  readonly keeper: Viewer;
  readonly client: Viewer;
  /** Someone who acts for the client and is an expert in it all the same. */
  readonly clientAndExpert: Viewer;
  /** Someone who acts for the client and keeps the pool all the same. */
  readonly clientAndKeeper: Viewer;
}

const on = '2026-11-25';

/** A consultation of which the advice stands in this state, with a row in every table that has one by then; each text holds CANARY. */
export async function anAdviceIn(state: AdviceState, people: People): Promise<MadeAdvice> {
  const { keeper, client } = people;
  const base = await aConsultation(on, { keeper, client });
  const { consultation, experts } = base;
  const point = await aPoint(base, `CANARY-point in ${state}.`);
  const part = await partOf(base, experts[0]?.id ?? '');
  const keeps = aKeeper(keeper);
  const who = experts[0]?.viewer ?? visitor;
  const at = { consultation, language: 'nl' };
  const own = { point, voice: { kind: 'own' as const, text: 'CANARY-voice.' } };
  done(await withViewer(who, (tx) => layVoice(tx, aParty(who), at, own)));
  done(await withViewer(who, (tx) => seeOtherwise(tx, aParty(who), at, { point, text: 'CANARY-dissent.' })));
  const work = { expert: part, what: 'CANARY-work.', hours: 2, byDay: '2026-12-10' };
  done(await withViewer(keeps, (tx) => giveAssignment(tx, keeps, consultation, work, on)));
  done(await withViewer(client, (tx) => giveWord(tx, aParty(client), consultation, on)));
  const both = await anExpert({ pool: base.pool.id, called: 'Client too', person: people.clientAndExpert });
  await withViewer(operator, async (tx) => {
    await sql`insert into core.consultation_expert (consultation, expert, since) values (${consultation}, ${both.id}, ${on})`.execute(
      tx,
    );
    await sql`insert into core.pool_keeper (pool, person) values (${base.pool.id}, ${people.clientAndKeeper.id})`.execute(
      tx,
    );
  });
  if (state !== 'draft') {
    done(await withViewer(keeps, (tx) => layBefore(tx, keeps, { consultation, days: 10 }, on)));
    for (const { viewer } of state === 'before-all' ? experts.slice(0, 1) : experts)
      done(
        await withViewer(viewer, (tx) =>
          sayOfWhole(tx, aParty(viewer), at, { said: 'yes-with', text: 'CANARY-beside.' }, on),
        ),
      );
  }
  if (state === 'handed-over')
    for (const viewer of [keeper, who])
      done(await withViewer(viewer, (tx) => sign(tx, aParty(viewer), consultation, on)));
  return { ...base, point, part };
}

/** Both sides said how it stands three months after the handover. */
export const aStandOf = ({ consultation, part }: MadeAdvice): Promise<void> =>
  withViewer(house, async (tx) => {
    await sql`update core.advice_follow_up set asked_on = ${on} where consultation = ${consultation} and months = 3`.execute(
      tx,
    );
    await sql`insert into core.advice_news (consultation, months, expert, said, language, text, day)
      values (${consultation}, 3, ${part}, 'still', 'nl', 'CANARY-news.', ${on})`.execute(tx);
  });
