import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../sessions/access.ts';
import type { Carrier } from '../access.ts';
import { afterDeed, daysToAsk, endsInTime, type Answer, type NewsKind, type PromiseDeed } from '../model.ts';
import '../tables.ts';

export interface Told {
  readonly promise: string;
  readonly deed: Exclude<PromiseDeed, 'withdraw'>;
  readonly language: string;
  /** How it goes, by whom they were helped, what changed, or why it is let go. */
  readonly text: string | null;
  /** What is promised from now on, when that changed. */
  readonly what?: string | null;
  /** The new day, or the end of the rest. */
  readonly byDay?: Day | null;
}

export type MoveReason = 'not_now' | 'not_there' | 'why' | 'by_day';

const newsOf: Readonly<Record<Told['deed'], NewsKind>> = {
  confirm: 'confirmed',
  'on-its-way': 'on-its-way',
  changed: 'changed',
  helped: 'helped',
  done: 'done',
  'let-go': 'let-go',
  paused: 'paused',
  'go-on': 'went-on',
  'take-up': 'taken-up',
};
const answerOf = (deed: Told['deed']): Answer | null => {
  if (deed === 'go-on') return 'on-its-way';
  return deed === 'confirm' || deed === 'take-up' ? null : deed;
};

/**
 * Writes down on this day what is told of a promise, and plans anew when it is asked again. The question that was open is answered by it.
 * Letting go asks for the reason, a rest for its end, at most a year after the promise was made.
 */
export async function moveOn(
  tx: Tx,
  who: Carrier | Facilitator,
  told: Told,
  on: Day,
): Promise<Result<null, MoveReason>> {
  const promise = await tx
    .selectFrom('core.promise as p')
    .innerJoin('core.agenda as a', 'a.id', 'p.agenda')
    .select([
      'p.id',
      'p.agenda',
      'p.state',
      'p.by_day',
      'p.language',
      'p.paused_until',
      'p.confirmed_on',
      'p.made_on',
      'a.until_day',
    ])
    .where('p.id', '=', told.promise)
    .where('a.origin', '=', 'room')
    .forUpdate('p')
    .executeTakeFirst();
  if (!promise?.agenda || !promise.by_day || !promise.until_day) return refused('not_there');
  const next = afterDeed(promise.state, told.deed);
  if (!next.ok) return next;
  if (told.deed === 'let-go' && !told.text) return refused('why');
  const later = told.deed === 'paused' ? (told.byDay ?? null) : null;
  if (told.deed === 'paused' && (!later || later <= on || later > promise.until_day))
    return refused('by_day');
  const byDay = told.deed === 'changed' && told.byDay ? told.byDay : promise.by_day;
  if (byDay !== promise.by_day && (byDay < on || !endsInTime(byDay, promise.made_on)))
    return refused('by_day');
  await tx
    .updateTable('core.promise')
    .set({
      state: next.value,
      by_day: byDay,
      paused_until: later,
      moved_on: on,
      confirmed_on: promise.confirmed_on ?? on,
      why:
        told.deed === 'let-go' ? sql`jsonb_build_object(${told.language}::text, ${told.text}::text)` : null,
      ...(told.deed === 'changed' && told.what
        ? {
            what: sql`jsonb_build_object(${told.language}::text, ${told.what}::text)`,
            language: told.language,
          }
        : {}),
    } as never)
    .where('id', '=', told.promise)
    .execute();
  const answer = answerOf(told.deed);
  if (answer) await answerQuestion(tx, told.promise, answer, on);
  await tx
    .insertInto('core.promise_news')
    .values({
      promise: told.promise,
      day: on,
      kind: newsOf[told.deed],
      language: told.text ? told.language : null,
      text: told.text,
      by_day: later ?? (byDay === promise.by_day ? null : byDay),
      told_by: who.kind === 'carrier' ? 'carrier' : 'facilitator',
    })
    .execute();
  await planAnew(tx, who, told.promise, on);
  await sql`select core.lay_agenda_open(${promise.agenda}::uuid)`.execute(tx);
  return ok(null);
}

/** The newest question that was asked and not answered is answered by what is told now. */
async function answerQuestion(tx: Tx, promise: string, answer: Answer, on: Day): Promise<void> {
  await sql`update core.promise_check_in set state = 'answered', answer = ${answer}, answered_on = ${on}
    where promise = ${promise} and state in ('asked','silent')
      and number = (select k.number from core.promise_check_in k where k.promise = ${promise} and k.asked_on is not null
        order by k.asked_on desc, k.number desc limit 1)`.execute(tx);
}

/** Plans when a promise is asked again after this day, as its agenda and its state say; what no longer needs asking rests on its line. */
export async function planAnew(tx: Tx, _who: Carrier | Facilitator, promise: string, on: Day): Promise<void> {
  const line = await tx
    .selectFrom('core.promise as p')
    .innerJoin('core.agenda as a', 'a.id', 'p.agenda')
    .select(['p.state', 'p.by_day', 'p.paused_until', 'a.drawn_on', 'a.until_day', 'a.check_ins'])
    .where('p.id', '=', promise)
    .executeTakeFirstOrThrow();
  if (!line.by_day || !line.drawn_on || !line.until_day) return;
  const wanted = daysToAsk(
    {
      drawnOn: line.drawn_on,
      untilDay: line.until_day,
      months: line.check_ins,
      byDay: line.by_day,
      state: line.state,
      pausedUntil: line.paused_until,
    },
    on,
  );
  const moves = line.state === 'underway';
  await sql`delete from core.promise_check_in where promise = ${promise} and due_on > ${on} and state in ('coming','rested')
    and ${moves} and not (due_on = any(${wanted}::date[]))`.execute(tx);
  await sql`update core.promise_check_in set state = case when due_on = any(${wanted}::date[]) then 'coming' else 'rested' end
    where promise = ${promise} and due_on > ${on} and state in ('coming','rested')`.execute(tx);
  // What was due was told just now: there is nothing left to ask.
  await sql`update core.promise_check_in set state = 'rested' where promise = ${promise} and due_on <= ${on} and state = 'coming'`.execute(
    tx,
  );
  await sql`insert into core.promise_check_in (promise, number, due_on)
    select ${promise}, (select coalesce(max(number), 0) from core.promise_check_in where promise = ${promise}) + row_number() over (order by d), d
    from unnest(${wanted}::date[]) d
    where not exists (select from core.promise_check_in k where k.promise = ${promise} and k.due_on = d)`.execute(
    tx,
  );
}
