import { randomBytes, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { municipalityNamed } from '#modules/places/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../access.ts';
import { tellRoom } from '../../live/commands.server.ts';
import { codeLength, codeSigns, type Words } from '../../model.ts';
import '../../tables.ts';
import type { SessionWish } from '../input.ts';
import { firstSteps, isOpen, isOver, sessionSlug, type PlannedStep } from '../model.ts';
import { holdSession, meetsQuietly } from '../queries.server.ts';

type Known = { readonly municipality: string | null; readonly province: string | null };

/** Draws a code by lot; one that is taken is drawn again by the caller's unique key. */
const drawCode = (): string =>
  Array.from({ length: codeLength }, () => codeSigns[randomInt(codeSigns.length)]).join('');

async function placeOf(tx: Tx, words: string): Promise<Result<Known, 'no_such_municipality'>> {
  if (words === '') return ok({ municipality: null, province: null });
  const found = await municipalityNamed(tx, words);
  return found ? ok({ municipality: found.code, province: found.province }) : refused('no_such_municipality');
}

const momentOf = ({ day, time }: SessionWish) =>
  day === ''
    ? sql<Date | null>`null`
    : sql<Date | null>`(${day}::date + ${time}::time) at time zone 'Europe/Amsterdam'`;

const inEvery = (first: string, language: string, others: Words): Words =>
  first === '' ? others : { ...others, [language]: first };

const aboutOf = (wish: SessionWish, known: Known) => ({
  title: inEvery(wish.title, wish.language, wish.otherTitles),
  purpose: inEvery(wish.purpose, wish.language, wish.otherPurposes),
  language: wish.language,
  themes: [...wish.themes],
  place: wish.place === '' ? null : wish.place,
  ...known,
  starts_at: momentOf(wish),
  minutes: wish.minutes === '' ? null : Number(wish.minutes),
  door: wish.door,
  announced: wish.announced,
});

async function wayOf(tx: Tx, method: SessionWish['method']) {
  if (typeof method === 'string') return { kind: method, method: null, steps: firstSteps(method) };
  const own = await tx
    .selectFrom('core.method')
    .select(['id', 'came_from', 'steps'])
    .where('id', '=', method.own)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  return own ? { kind: own.came_from, method: own.id, steps: own.steps as readonly PlannedStep[] } : null;
}

/** Prepares a session that nobody but who leads it sees, with a code for those who will come; answers its key. */
export async function prepareSession(
  tx: Tx,
  facilitator: Facilitator,
  wish: SessionWish,
): Promise<Result<string, 'no_such_method' | 'no_such_municipality'>> {
  const way = await wayOf(tx, wish.method);
  if (!way) return refused('no_such_method');
  const known = await placeOf(tx, wish.municipality);
  if (!known.ok) return known;
  const { id } = await tx
    .insertInto('core.session')
    .values({
      ...aboutOf(wish, known.value),
      slug: sessionSlug(wish.title, randomBytes(3).toString('hex')),
      code: drawCode(),
      kind: way.kind,
      method: way.method,
      state: 'preparing',
      made_by: facilitator.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.insertInto('core.session_facilitator').values({ session: id, person: facilitator.id }).execute();
  await laySteps(tx, facilitator, id, way.steps);
  await layOrganisers(tx, id, wish.organisers);
  await showOnStreet(tx, facilitator, id);
  return ok(id);
}

/** Changes what a session is about, when and where. Once it is closed only its minutes tell of it. */
export async function changeSession(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  wish: SessionWish,
): Promise<Result<null, 'not_yours' | 'not_now' | 'no_such_municipality' | 'before-advice'>> {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  if (isOver(held.state)) return refused('not_now');
  if (wish.announced && (await meetsQuietly(tx, session))) return refused('before-advice');
  const known = await placeOf(tx, wish.municipality);
  if (!known.ok) return known;
  await tx.updateTable('core.session').set(aboutOf(wish, known.value)).where('id', '=', session).execute();
  await layOrganisers(tx, session, wish.organisers);
  await showOnStreet(tx, facilitator, session);
  if (isOpen(held.state)) await tellRoom(tx, session, 'state');
  return ok(null);
}

async function layOrganisers(tx: Tx, session: string, names: readonly string[]): Promise<void> {
  await tx.deleteFrom('core.session_organiser').where('session', '=', session).execute();
  await sql`insert into core.session_organiser (session, place, name) select ${session}::uuid, x.place, x.name
    from unnest(${[...names]}::text[]) with ordinality x(name, place)`.execute(tx);
}

/** Lays these steps after those that stand. */
export async function laySteps(
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  steps: readonly PlannedStep[],
  after = 0,
): Promise<void> {
  if (steps.length === 0) return;
  await tx
    .insertInto('core.session_step')
    .values(
      steps.map(({ kind, fromHouse, purpose, prompt, sides, minutes }, at) => ({
        session,
        position: after + at + 1,
        kind,
        from_house: fromHouse,
        purpose,
        prompt,
        sides: sql<readonly Words[]>`${JSON.stringify(sides)}::jsonb`,
        minutes,
      })),
    )
    .execute();
}

/** Lays open what anyone may know of a session: its announcement, or nothing. */
export async function showOnStreet(tx: Tx, _facilitator: Facilitator, session: string): Promise<void> {
  await sql`select core.lay_session_open(${session}::uuid)`.execute(tx);
}
