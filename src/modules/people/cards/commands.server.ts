import { randomInt, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { daysLater, today, type Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { knowByKey } from '#platform/sign-in/persons.server.ts';
import { fingerprint } from '#platform/sign-in/secret.server.ts';
import { house } from '#platform/viewer.ts';
import type { Oneself } from '../access.ts';
import { latestEnd } from '../model.ts';
import type { CardMaker } from './access.ts';
import { codeOf, digits } from './model.ts';

const hashOf = (code: string): Buffer => fingerprint(`card ${code}`);
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
 * nothing any more. Refuses for whom the walls let this maker make none.
 */
export async function makeCard(
  tx: Tx,
  maker: CardMaker,
  person: string,
  language: Language,
): Promise<Result<{ code: string; until: Day }, 'card_not_for_them'>> {
  const { rows } = await sql<{ may: boolean }>`select core.may_make_card(${person}) as may`.execute(tx);
  if (!rows[0]?.may) return refused('card_not_for_them');
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
  return ok({ code, until });
}

/** Ends a card at once: one's own, or one that the walls let this person look after. */
export async function endCard(tx: Tx, ender: Oneself, card: string): Promise<Result<null, 'card_unknown'>> {
  const { numUpdatedRows } = await tx
    .updateTable('vault.card')
    .set(ended(ender.person))
    .where('id', '=', card)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? ok(null) : refused('card_unknown');
}

/** Whom this code lets in, noting the day; null when it opens nothing. It is looked up by its fingerprint, never compared. */
export async function whoComesBy(code: string): Promise<string | null> {
  const { rows } = await withViewer(house, (tx) =>
    sql<{ person: string | null }>`select core.use_card(${hashOf(code)}) as person`.execute(tx),
  );
  return rows[0]?.person ?? null;
}
