import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Carrier } from '../../access.ts';
import '../../tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-help-offered': { readonly help: string };
  }
}

interface Help {
  readonly promise: string;
  readonly language: string;
  readonly text: string;
}

const carries = (tx: Tx, carrier: Carrier, promise: string) =>
  tx
    .selectFrom('core.promise_carrier as c')
    .innerJoin('core.promise as p', 'p.id', 'c.promise')
    .select(['c.called', 'p.agenda'])
    .where('c.promise', '=', promise)
    .where('c.carrier', '=', carrier.id)
    .where('c.state', '=', 'confirmed')
    .where('p.state', 'in', ['underway', 'paused'])
    .executeTakeFirst();

/** How much help can be asked for one promise at the same time. */
const mostAsked = 3;
/** How many offers wait for one promise at the same time. */
const mostOffered = 10;

const many = async (tx: Tx, promise: string, kind: 'asked' | 'offered') => {
  const { n } = await tx
    .selectFrom('core.promise_help')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('promise', '=', promise)
    .where('kind', '=', kind)
    .where('state', 'in', ['open', 'waiting'])
    .executeTakeFirstOrThrow();
  return Number(n);
};

/** Who carries a promise asks for help with it; it stands on the page of the agenda. */
export async function askHelp(
  tx: Tx,
  carrier: Carrier,
  { promise, language, text }: Help,
  on: Day,
): Promise<Result<null, 'not_there' | 'too_many'>> {
  const mine = await carries(tx, carrier, promise);
  if (!mine?.agenda) return refused('not_there');
  if ((await many(tx, promise, 'asked')) >= mostAsked) return refused('too_many');
  await tx
    .insertInto('core.promise_help')
    .values({ promise, kind: 'asked', language, text, called: null, from_carrier: null, day: on })
    .execute();
  await tx
    .insertInto('core.promise_news')
    .values({ promise, day: on, kind: 'help-asked', language, text, by_day: null, told_by: 'carrier' })
    .execute();
  await sql`select core.lay_agenda_open(${mine.agenda}::uuid)`.execute(tx);
  return ok(null);
}

/** Who carries a promise says that help is found, or that an offer was read. */
export async function closeHelp(tx: Tx, carrier: Carrier, help: string): Promise<boolean> {
  const asked = await tx
    .selectFrom('core.promise_help')
    .select('promise')
    .where('id', '=', help)
    .executeTakeFirst();
  const mine = asked && (await carries(tx, carrier, asked.promise));
  if (!mine?.agenda) return false;
  await tx.updateTable('core.promise_help').set({ state: 'closed' }).where('id', '=', help).execute();
  await tx.deleteFrom('vault.helper_address').where('help', '=', help).execute();
  await sql`select core.lay_agenda_open(${mine.agenda}::uuid)`.execute(tx);
  return true;
}

/** Another carrier of the same agenda offers help: who carries the promise reads it, with how to reach them. */
export async function offerHelp(
  tx: Tx,
  carrier: Carrier,
  { promise, language, text }: Help,
  on: Day,
): Promise<Result<null, 'not_there' | 'too_many'>> {
  await insistOnOperator(tx);
  const there = await tx
    .selectFrom('core.promise')
    .select('id')
    .where('id', '=', promise)
    .where('session', '=', carrier.session)
    .where('state', 'in', ['underway', 'paused'])
    .executeTakeFirst();
  if (!there) return refused('not_there');
  if ((await many(tx, promise, 'offered')) >= mostOffered) return refused('too_many');
  const mine = await tx
    .selectFrom('core.promise_carrier')
    .select('called')
    .where('carrier', '=', carrier.id)
    .where('called', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  const { id } = await tx
    .insertInto('core.promise_help')
    .values({
      promise,
      kind: 'offered',
      language,
      text,
      called: mine?.called ?? null,
      from_carrier: carrier.id,
      state: 'open',
      day: on,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await putOff(tx, 'tell-help-offered', { help: id });
  return ok(null);
}
