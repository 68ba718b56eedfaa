import { error, fail, redirect, type ActionFailure } from '@sveltejs/kit';
import type { Facilitator, RoomPhone } from '#modules/sessions/access.ts';
import { tellCounts } from '#modules/sessions/live/queries/counts.server.ts';
import { typeCard, typeStones, writeFromPaper } from '#modules/sessions/steering/paper/commands.server.ts';
import {
  parseCard,
  parseCardStones,
  parseWritten,
  typedPaper,
  type PaperProblem,
  type PaperTyped,
} from '#modules/sessions/steering/paper/input.ts';
import { paperIn } from '#modules/sessions/steering/paper/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { ok, type Result } from '#platform/result.ts';

type Helper = Facilitator | RoomPhone;

/** What whoever helps types in from, and a page that is not there for whoever does not help. */
export const paperHere = (tx: Tx, session: string) =>
  paperIn(tx, session).then((paper) => paper ?? error(404, 'not found'));

/** What was kept last, as the address says it. */
export function keptOf({ searchParams }: URL) {
  const [card, statement] = ['card', 'statement'].map((name) => Number(searchParams.get(name)) || 0);
  if (card) return { said: 'methods.paper.saved' as const, number: card };
  return statement ? { said: 'methods.paper.said' as const, number: statement } : null;
}

type Taking = (
  tx: Tx,
  helper: Helper,
  session: string,
  form: FormData,
) => Promise<Result<string, PaperProblem | 'not_now'>>;

const takings: Readonly<Record<PaperTyped['deed'], Taking>> = {
  card: async (tx, helper, session, form) => {
    const asked = parseCard(form);
    if (!asked.ok) return asked;
    const done = await typeCard(tx, helper, session, asked.value);
    return done.ok ? ok(`card=${asked.value.card}`) : done;
  },
  stones: async (tx, helper, session, form) => {
    const asked = parseCardStones(form);
    if (!asked.ok) return asked;
    const done = await typeStones(tx, helper, session, asked.value);
    return done.ok ? ok(`card=${asked.value.card}`) : done;
  },
  written: async (tx, helper, session, form) => {
    const asked = parseWritten(form);
    if (!asked.ok) return asked;
    const done = await writeFromPaper(tx, helper, session, asked.value);
    return done.ok ? ok(`statement=${done.value}`) : done;
  },
};

/** Takes a card, its stones or a statement from paper, for who leads the session or a phone that helps; leads back to its page. */
export async function typeIn(
  at: { readonly helper: Helper; readonly session: string; readonly home: string },
  deed: PaperTyped['deed'],
  form: FormData,
): Promise<ActionFailure<PaperTyped>> {
  const { helper, session, home } = at;
  const taken = await withViewer(helper, async (tx) => {
    await paperHere(tx, session);
    return takings[deed](tx, helper, session, form);
  });
  if (taken.ok) {
    if (deed === 'card') tellCounts(session);
    redirect(303, `${home}?${taken.value}`);
  }
  const problem = taken.reason === 'not_now' ? 'methods.paper.problem.not-now' : taken.reason;
  return fail(409, typedPaper(deed, problem, form));
}
