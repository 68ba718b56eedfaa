import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Day } from '#platform/clock.ts';
import '../../sessions/saying/tables.ts';
import '../tables.ts';
import type { PromisedSeen, PromiseInRoom } from './model.ts';

/** The promises of a room, in the order they were made, as its phone or who leads it sees them. */
export async function promisesInRoom(tx: Tx, session: string): Promise<PromiseInRoom[]> {
  const { rows } = await sql<PromiseInRoom>`
    select p.id, p.number, p.what, p.language, p.who_kind as "whoKind", p.to_whom as "toWhom", p.by_day as "byDay", p.issue, p.state,
      coalesce((select jsonb_agg(jsonb_build_object('called', c.called, 'state', c.state) order by c.called)
        from core.promise_carrier c where c.promise = p.id), '[]') as carriers,
      core.made_promise(p.id) as mine, p.what = '{}' as spoken
    from core.promise p where p.session = ${session} order by p.number`.execute(tx);
  return rows;
}

/** All a phone needs to make a promise: what was promised already, and the issues and statements it can come from. */
export async function promisedSeen(tx: Tx, session: string, today: Day): Promise<PromisedSeen> {
  return {
    promises: await promisesInRoom(tx, session),
    issues: await tx
      .selectFrom('core.issue')
      .select(['id', 'title'])
      .where('session', '=', session)
      .where('ended', '=', false)
      .orderBy('number')
      .execute(),
    statements: await tx
      .selectFrom('core.statement')
      .select(['id', 'number', 'text', 'language', 'issue'])
      .where('session', '=', session)
      .where('form', '<>', 'check-in')
      .where('standing', '=', 'open')
      .where('text', '<>', '')
      .orderBy('number')
      .execute(),
    today,
  };
}
