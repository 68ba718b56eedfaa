import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { adviceStates, type AdviceState } from '../advising/model.ts';
import { aStandOf, anAdviceIn, type MadeAdvice } from '../advising/testing.ts';
import { answerPoint, judgeAnswer } from '../answering/commands.server.ts';
import { anExpert } from '../testing.ts';
import { aParty, done } from './testing.ts';

ownDatabase();
const on = '2026-11-25';

const made = {} as Record<AdviceState, MadeAdvice>;
let comers: Record<string, Viewer> = {};
const here = { kind: 'province', id: 'PV25' } as const;

beforeAll(async () => {
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const client = await aPerson('Piet', [{ role: 'partner', scope: here }]);
  const clientAndExpert = await aPerson('Ria', [{ role: 'partner', scope: here }]);
  const clientAndKeeper = await aPerson('Kim', [{ role: 'facilitator' }, { role: 'partner', scope: here }]);
  comers = {
    'a visitor': visitor,
    'a stranger who is signed in': await aPerson('Els'),
    'an admin': await aPerson('Ad', [{ role: 'admin' }, { role: 'privacy-officer' }]),
    'an editor and verifier': await aPerson('Eva', [{ role: 'editor' }, { role: 'verifier' }]),
    'a partner of another province': await aPerson('Bo', [
      { role: 'partner', scope: { kind: 'province', id: 'PV26' } },
    ]),
    'a facilitator elsewhere': await aPerson('Bas', [{ role: 'facilitator' }]),
    'the keeper': keeper,
    'the keeper without a second factor': { ...keeper, sure: false },
    'the client': client,
    'a client who is an expert too': clientAndExpert,
    'a keeper of the pool who is the client too': clientAndKeeper,
  };
  for (const state of adviceStates)
    made[state] = await anAdviceIn(state, { keeper, client, clientAndExpert, clientAndKeeper });
  const { consultation, point, experts } = made['handed-over'];
  const at = { consultation, language: 'nl' };
  const samira = experts[0]?.viewer ?? visitor;
  const said = { point, said: 'in-part' as const, text: 'In part.', untilDay: null };
  done(await withViewer(client, (tx) => answerPoint(tx, aParty(client), at, said, on)));
  const judged = { said: 'no' as const, text: 'No.' };
  done(await withViewer(samira, (tx) => judgeAnswer(tx, aParty(samira), at, judged, on)));
  await aStandOf(made['handed-over']);
}, 60_000);

const own = sql.raw;
/** Each table, how its rows of one consultation are found ($c, and $p the point), and a row someone may try to add. */
const tables: Readonly<Record<string, { where: string; add: string; touch?: string }>> = {
  'core.consultation': {
    where: `id = '$c'`,
    touch: 'why',
    add: `insert into core.consultation select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'slug', 'x-' || substr(md5(random()::text), 1, 8)))).* from core.consultation c where c.id = '$c' returning 1`,
  },
  'core.consultation_client': {
    where: `consultation = '$c'`,
    add: `insert into core.consultation_client values ('$c', '$me', '2026-11-25') returning 1`,
  },
  'vault.client_word': {
    where: `consultation = '$c'`,
    add: `insert into vault.client_word values (sha256('x'), '$c', '2027-01-01') returning 1`,
  },
  'core.consultation_expert': {
    where: `consultation = '$c'`,
    touch: 'left_on',
    add: `insert into core.consultation_expert (consultation, expert, since) values ('$c', gen_random_uuid(), '2026-11-25') returning 1`,
  },
  'core.consultation_meeting': {
    where: `consultation = '$c'`,
    add: `insert into core.consultation_meeting values ('$c', gen_random_uuid(), 9) returning 1`,
  },
  'core.consultation_assignment': {
    where: `consultation = '$c'`,
    touch: 'outcome',
    add: `insert into core.consultation_assignment (consultation, expert, what, hours, by_day, made_on) values ('$c', '$e', 'work', 1, '2027-01-01', '2026-11-25') returning 1`,
  },
  'core.advice': {
    where: `consultation = '$c'`,
    touch: 'round',
    add: `insert into core.advice (consultation) values ('$c') on conflict do nothing returning 1`,
  },
  'core.advice_point': {
    where: `consultation = '$c'`,
    touch: 'text',
    add: `insert into core.advice_point (consultation, number, language, text) values ('$c', 9, 'nl', 'A point.') returning 1`,
  },
  'core.advice_voice': {
    where: `point = '$p'`,
    add: `insert into core.advice_voice (point, kind, expert, language, text) values ('$p', 'own', '$e', 'nl', 'Mine.') returning 1`,
  },
  'core.advice_dissent': {
    where: `point = '$p'`,
    touch: 'text',
    add: `insert into core.advice_dissent values ('$p', '$e', 'nl', 'No.') returning 1`,
  },
  'core.advice_word': {
    where: `consultation = '$c'`,
    touch: 'said',
    add: `insert into core.advice_word values ('$c', 1, '$e', 'yes', null, null, '2026-11-25') returning 1`,
  },
  'core.advice_answer': {
    where: `point = '$p'`,
    add: `insert into core.advice_answer (point, said, language, text, day) values ('$p', 'done', 'nl', 'Done.', '2026-11-26') returning 1`,
  },
  'core.advice_judgement': {
    where: `consultation = '$c'`,
    touch: 'said',
    add: `insert into core.advice_judgement values ('$c', '$e', 'yes', null, null, '2026-11-25') returning 1`,
  },
  'core.advice_follow_up': {
    where: `consultation = '$c'`,
    touch: 'asked_on',
    add: `insert into core.advice_follow_up values ('$c', 6, '2027-01-01') returning 1`,
  },
  'core.advice_news': {
    where: `consultation = '$c'`,
    add: `insert into core.advice_news (consultation, months, said, language, text, day) values ('$c', 3, 'moved', 'nl', 'It moved.', '2026-11-25') returning 1`,
  },
};

type Way = 'select' | 'insert' | 'update' | 'delete';

/** How many rows someone reaches this way, everything undone again; none when they are refused. */
async function reaches(viewer: Viewer, table: string, way: Way, of: MadeAdvice): Promise<number> {
  const { where, add, touch } = tables[table] ?? { where: 'false', add: '' };
  const fill = (text: string) =>
    text
      .replaceAll('$c', of.consultation)
      .replaceAll('$p', of.point)
      .replaceAll('$e', of.part)
      .replaceAll('$me', viewer.id ?? of.part);
  const text = {
    select: `select 1 from ${table} where ${where}`,
    insert: add,
    update: `update ${table} set ${touch ?? 'nothing'} = ${touch ?? 'nothing'} where ${where} returning 1`,
    delete: `delete from ${table} where ${where} returning 1`,
  }[way];
  if (way === 'update' && !touch) return 0;
  const undone = new Error('undone');
  let rows = 0;
  await withViewer(viewer, async (tx) => {
    rows = (await own(fill(text)).execute(tx)).rows.length;
    throw undone;
  }).catch((error: unknown) => {
    const code = (error as { code?: string }).code ?? '';
    // Refused by the walls, or by a key that a stranger may hit only after the walls let them through.
    if (error !== undone && !['42501', '25006'].includes(code)) throw error;
    if (error !== undone) rows = 0;
  });
  return rows;
}

const pool = ['the keeper', 'an expert'];
const clients = ['the client', 'a client who is an expert too', 'a keeper of the pool who is the client too'];
const forClient = ['core.consultation', 'core.consultation_client'];
const filled: Partial<Record<string, readonly AdviceState[]>> = {
  'core.advice_word': ['before-all', 'agreed', 'handed-over'],
  ...Object.fromEntries(
    ['core.advice_answer', 'core.advice_judgement', 'core.advice_follow_up', 'core.advice_news'].map(
      (table) => [table, ['handed-over']],
    ),
  ),
};
const later = ['core.advice_answer', 'core.advice_follow_up', 'core.advice_news'];

/** Who reads rows of a table: its client its own question and, once handed over, the answers; the pool all but who acts for the client. */
function mayRead(who: string, table: string, state: AdviceState): boolean {
  if (table === 'vault.client_word' || (filled[table] && !filled[table].includes(state))) return false;
  if (clients.includes(who)) return forClient.includes(table) || later.includes(table);
  return pool.includes(who) && table !== 'core.consultation_client';
}

/** Who adds a row of this sort: the client an answer or how it stands once handed over, the keeper points and work, an expert their own. */
function mayAdd(who: string, table: string, state: AdviceState): boolean {
  const handed = state === 'handed-over';
  if (clients.includes(who)) return handed && ['core.advice_answer', 'core.advice_news'].includes(table);
  if (who === 'the keeper')
    return (table === 'core.advice_point' && state === 'draft') || table === 'core.consultation_assignment';
  if (who !== 'an expert') return false;
  if (table === 'core.advice_dissent') return state === 'draft' || state === 'before-all';
  if (table === 'core.advice_word') return state === 'before-all';
  if (table === 'core.advice_judgement') return handed;
  return ['core.advice_point', 'core.advice_voice'].includes(table) && state === 'draft';
}

/** Who changes rows: see docs/states; nobody but the house once it is handed over, save an expert their own word and work. */
function mayChange(who: string, table: string, state: AdviceState): boolean {
  const early = state === 'draft' || state === 'before-all';
  if (who === 'the keeper' && table === 'core.consultation') return state !== 'handed-over';
  if (who === 'the keeper')
    return (
      (table === 'core.advice_point' && state === 'draft') ||
      (table === 'core.advice' && state !== 'handed-over')
    );
  if (who !== 'an expert') return false;
  if (['core.consultation_assignment', 'core.advice_judgement'].includes(table))
    return table !== 'core.advice_judgement' || state === 'handed-over';
  if (table === 'core.advice') return state !== 'handed-over';
  if (table === 'core.advice_point') return state === 'draft';
  if (table === 'core.advice_word') return state === 'before-all';
  return ['core.consultation_expert', 'core.advice_dissent'].includes(table) && early;
}

function mayDelete(who: string, table: string, state: AdviceState): boolean {
  const drafting = state === 'draft' && ['core.advice_point', 'core.consultation_meeting'].includes(table);
  if (who === 'the keeper') return drafting;
  if (who !== 'an expert') return false;
  if (table === 'core.advice_dissent') return state === 'draft' || state === 'before-all';
  if (table === 'core.advice_word') return state === 'before-all';
  if (table === 'core.advice_judgement') return state === 'handed-over';
  return state === 'draft' && ['core.advice_point', 'core.advice_voice'].includes(table);
}

test('what a pool advises is reached only by its experts and its keepers, and by no client before or past the street: every table, comer, state and way', async () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const state of adviceStates) {
    const of = made[state];
    const all = {
      ...comers,
      'an expert': of.experts[0]?.viewer ?? visitor,
      'another of the pool': (await anExpert({ pool: of.pool.id, called: 'Zo' })).viewer,
    };
    for (const [who, viewer] of Object.entries(all))
      for (const table of Object.keys(tables))
        for (const way of ['select', 'insert', 'update', 'delete'] as const) {
          asked++;
          const may = { select: mayRead, insert: mayAdd, update: mayChange, delete: mayDelete }[way](
            who,
            table,
            state,
          );
          const came = await reaches(viewer, table, way, of).catch(
            (error: unknown) => `${(error as { code?: string }).code}`,
          );
          // A row that is there already cannot be added twice; whoever gets so far passed the walls.
          const did =
            typeof came === 'string' ? (came === '23505' || came === '23503' ? true : came) : came > 0;
          if (did !== may) wrong.push(`${who} ${way}s ${table} in ${state}: ${String(did)}, and may: ${may}`);
        }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBe(4 * 13 * 15 * 4);
}, 120_000);
