import { randomInt, randomUUID } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { daysLater, today, type Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { knowByKey } from '#platform/sign-in/persons.server.ts';
import { fingerprint } from '#platform/sign-in/secret.server.ts';
import { endSessions } from '#platform/sign-in/sessions.server.ts';
import { mayTry } from '#platform/sign-in/tries.server.ts';
import { house } from '#platform/viewer.ts';
import type { Giver, Oneself } from '../access.ts';
import { giveGrant } from '../commands/grants.server.ts';
import { latestEnd, type GrantWish } from '../model.ts';
import { openSession } from '../signing-in/commands.server.ts';
import type { CardMaker } from './access.ts';
import { parseCode } from './input.ts';
import { codeOf, digits, tries } from './model.ts';

const hashOf = (code: string): Buffer => fingerprint(`card ${code}`);
/** Whoever found a lost card may be inside with it; only the bearer, who is here, stays. */
const endWhatItOpened = (bearer: string, by: string) => (bearer === by ? undefined : endSessions(bearer));
const ended = (by: string) => ({ ended_on: sql<Day>`core.today()`, ended_by: by });

/** Brings in someone without a mail address, who will come by card; answers their key. */
export async function bringIn(
  tx: Tx,
  maker: CardMaker,
  { called, language }: { readonly called: string | null; readonly language: Language },
): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('core.person')
    .values({ id, called, language, came_by: 'card', made_by: maker.person, left_on: null })
    .execute();
  return id;
}

/**
 * Makes a card and answers its code, which is kept nowhere: print it and forget it. The card that opened until now opens
 * nothing any more, and who came in by it is out, unless the bearer makes it themselves. Refuses for whom the walls let this maker make none.
 */
export async function makeCard(
  tx: Tx,
  maker: CardMaker,
  person: string,
  language: Language,
): Promise<Result<{ code: string; until: Day }, 'card_not_for_them'>> {
  const { rows } = await sql<{ may: boolean }>`select core.may_make_card(${person}) as may`.execute(tx);
  return rows[0]?.may ? ok(await cardFor(tx, maker, person, language)) : refused('card_not_for_them');
}

/**
 * Makes oneself a new card, as whoever came by card and holds no role may; the old one opens nothing any more. Answers its code,
 * which is kept nowhere.
 */
export async function renewOwnCard(
  tx: Tx,
  me: Oneself,
  language: Language,
): Promise<Result<{ code: string; until: Day }, 'card_not_for_them'>> {
  const { rows } = await sql<{ may: boolean }>`select core.renews_own_card(${me.person}) as may`.execute(tx);
  return rows[0]?.may ? ok(await cardFor(tx, me, me.person, language)) : refused('card_not_for_them');
}

async function cardFor(
  tx: Tx,
  maker: Oneself,
  person: string,
  language: Language,
): Promise<{ code: string; until: Day }> {
  await knowByKey(person);
  await tx
    .updateTable('vault.card')
    .set(ended(maker.person))
    .where('person_id', '=', person)
    .where('ended_on', 'is', null)
    .execute();
  const code = codeOf(Array.from({ length: digits - 1 }, () => randomInt(10)).join(''));
  const until = latestEnd(daysLater(today(), -1));
  await tx
    .insertInto('vault.card')
    .values({
      person_id: person,
      code_hash: hashOf(code),
      language,
      made_by: maker.person,
      until_day: until,
      last_used_on: null,
      ended_on: null,
      ended_by: null,
    })
    .execute();
  await endWhatItOpened(person, maker.person);
  return { code, until };
}

/** Ends a card at once, one's own or one that the walls let this person look after, and with it who came in by it, but for the bearer who ends their own. */
export async function endCard(tx: Tx, ender: Oneself, card: string): Promise<Result<null, 'card_unknown'>> {
  const bearer = await tx
    .updateTable('vault.card')
    .set(ended(ender.person))
    .where('id', '=', card)
    .where('ended_on', 'is', null)
    .returning('person_id')
    .executeTakeFirst();
  if (!bearer) return refused('card_unknown');
  await endWhatItOpened(bearer.person_id, ender.person);
  return ok(null);
}

/** Brings a fellow without a mail address into one's initiative; answers their key. */
export async function bringFellow(
  tx: Tx,
  maker: CardMaker,
  giver: Giver,
  fellow: { readonly called: string | null; readonly language: Language } & Pick<
    GrantWish,
    'until' | 'reason'
  >,
): Promise<string> {
  const person = await bringIn(tx, maker, fellow);
  const given = await giveGrant(tx, giver, person, fellow);
  if (!given.ok) throw new Error(`A new fellow was refused: ${given.reason}.`);
  return person;
}

/**
 * Lets in whom this code, typed or scanned, belongs to. Tries are counted for the card and for the house, never for a machine.
 * Whether a code never was, was ended or is over, nobody learns. A code is looked up by its fingerprint, never compared.
 */
export async function signInByCard(
  event: { readonly cookies: Cookies },
  said: string,
): Promise<Result<null, 'wait' | 'card_incomplete' | 'card_slip' | 'card_shut'>> {
  const code = parseCode(said);
  if (!code.ok) return refused(code.reason);
  for (const [of, limit] of [
    ['cards of the house', tries.ofTheHouse],
    [`card ${code.value}`, tries.ofACard],
  ] as const) {
    const may = await mayTry(of, limit);
    if (!may.ok) return refused('wait', may.details);
  }
  const person = await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    const { rows } = await sql<{ person: string | null }>`
      select core.use_card(${hashOf(code.value)}) as person`.execute(tx);
    return rows[0]?.person ?? null;
  });
  return person !== null && (await openSession(event, person)) ? ok(null) : refused('card_shut');
}

/**
 * Lets in someone without an account, of whom nothing is known, with a card of their own: answers who they are and the code of the
 * card, which is kept nowhere. How many come is counted for the house, never for a machine: a library is one machine.
 */
export async function comeAsSomeoneNew(
  event: { readonly cookies: Cookies },
  language: Language,
): Promise<Result<{ person: string; code: string; until: Day }, 'wait'>> {
  const may = await mayTry('newcomers of the house', tries.ofNewcomers);
  if (!may.ok) return refused('wait', may.details);
  const person = randomUUID();
  const card = await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    await tx
      .insertInto('core.person')
      .values({ id: person, called: null, language, came_by: 'card', made_by: null, left_on: null })
      .execute();
    return cardFor(tx, { person }, person, language);
  });
  if (!(await openSession(event, person))) throw new Error('Who just came in could not be let in.');
  return ok({ person, ...card });
}
