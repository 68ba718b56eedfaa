import { randomBytes } from 'node:crypto';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../languages/latin/model.ts';
import type { Oneself } from '../../people/access.ts';
import type { Guide } from '../access.ts';
import '../tables.ts';
import type { ChangeWish, NoteKind, TrajectoryWish } from './model.ts';

type NotThere = 'learning.refused.not-there';

const columnsOf = (wish: TrajectoryWish) => ({
  title: wish.title,
  purpose: wish.purpose,
  language: wish.language,
  themes: [...wish.themes],
  province: wish.province,
  from_day: wish.from,
  until_day: wish.until,
});

/** Sets a trajectory up, which only who keeps it sees; answers its key. */
export async function beginTrajectory(
  tx: Tx,
  guide: Guide,
  wish: TrajectoryWish,
): Promise<{ id: string; unknown: string[] }> {
  const { id } = await tx
    .insertInto('core.trajectory')
    .values({
      ...columnsOf(wish),
      slug: addressFor(wish.title, 'leertraject', randomBytes(3).toString('hex')),
      made_by: guide.person,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, unknown: await layParts(tx, id, wish) };
}

/** Changes a trajectory; answers which gatherings are not known. Refuses who does not keep it. */
export async function changeTrajectory(
  tx: Tx,
  _guide: Guide,
  id: string,
  wish: TrajectoryWish,
): Promise<Result<{ unknown: string[] }, NotThere>> {
  const kept = await keptBy(tx, id);
  if (!kept) return refused('learning.refused.not-there');
  await tx.updateTable('core.trajectory').set(columnsOf(wish)).where('id', '=', id).execute();
  return ok({ unknown: await layParts(tx, id, wish) });
}

/** Opens a trajectory to everyone, or closes it again. Refuses who does not keep it. */
export async function standTrajectory(
  tx: Tx,
  _guide: Guide,
  id: string,
  standing: 'open' | 'draft',
): Promise<Result<null, NotThere>> {
  if (!(await keptBy(tx, id))) return refused('learning.refused.not-there');
  await tx.updateTable('core.trajectory').set({ standing }).where('id', '=', id).execute();
  return ok(null);
}

// Everyone who is signed in reads an open one; only who keeps it can lock its row.
async function keptBy(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('core.trajectory')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Questions keep the day since when they are asked; gatherings that are not known are told. */
async function layParts(tx: Tx, id: string, wish: TrajectoryWish): Promise<string[]> {
  const asked = await tx
    .selectFrom('core.trajectory_question')
    .selectAll()
    .where('trajectory', '=', id)
    .execute();
  await tx.deleteFrom('core.trajectory_question').where('trajectory', '=', id).execute();
  for (const [at, question] of wish.questions.entries()) {
    const since = asked.find((one) => one.question === question)?.since;
    await tx
      .insertInto('core.trajectory_question')
      .values({ trajectory: id, number: at + 1, question, ...(since ? { since } : {}) })
      .execute();
  }
  const sessions = await tx
    .selectFrom('pub.session')
    .select(['id', 'slug'])
    .where('slug', 'in', [...wish.gatherings, ''])
    .execute();
  await tx.deleteFrom('core.trajectory_gathering').where('trajectory', '=', id).execute();
  for (const session of sessions)
    await tx
      .insertInto('core.trajectory_gathering')
      .values({ trajectory: id, session: session.id })
      .execute();
  const read = await tx
    .selectFrom('core.trajectory_reading')
    .selectAll()
    .where('trajectory', '=', id)
    .execute();
  await tx.deleteFrom('core.trajectory_reading').where('trajectory', '=', id).execute();
  for (const { kind, slug } of wish.reading) {
    const added = read.find((one) => one.kind === kind && one.slug === slug)?.added_on;
    await tx
      .insertInto('core.trajectory_reading')
      .values({ trajectory: id, kind, slug, ...(added ? { added_on: added } : {}) })
      .onConflict((same) => same.doNothing())
      .execute();
  }
  return wish.gatherings.filter((slug) => !sessions.some((session) => session.slug === slug));
}

/** Takes part in an open trajectory; nobody else learns of it. Refuses when it is not open. A second time changes nothing. */
export async function takePart(
  tx: Tx,
  self: Oneself,
  slug: string,
): Promise<Result<{ id: string }, NotThere>> {
  const open = await tx.selectFrom('pub.trajectory').select('id').where('slug', '=', slug).executeTakeFirst();
  if (!open) return refused('learning.refused.not-there');
  await tx
    .insertInto('core.learner')
    .values({ trajectory: open.id, person_id: self.person })
    .onConflict((same) => same.doNothing())
    .execute();
  return ok(open);
}

/** Stops taking part; what someone wrote on their path stays theirs. */
export async function stopTakingPart(tx: Tx, self: Oneself, trajectory: string): Promise<void> {
  await tx
    .deleteFrom('core.learner')
    .where('trajectory', '=', trajectory)
    .where('person_id', '=', self.person)
    .execute();
}

/** Writes a line on someone's own path, in a trajectory they take part in or on their own. Refuses another trajectory. */
export async function writeNote(
  tx: Tx,
  self: Oneself,
  note: {
    readonly kind: NoteKind;
    readonly words: string;
    readonly trajectory: string | null;
    readonly day: Day;
  },
): Promise<Result<null, NotThere>> {
  if (note.trajectory !== null) {
    const takes = await tx
      .selectFrom('core.learner')
      .select('since')
      .where('trajectory', '=', note.trajectory)
      .where('person_id', '=', self.person)
      .executeTakeFirst();
    if (!takes) return refused('learning.refused.not-there');
  }
  await tx
    .insertInto('core.learning_note')
    .values({ ...note, person_id: self.person })
    .execute();
  return ok(null);
}

/** Erases a line of one's own path. */
export async function eraseNote(tx: Tx, self: Oneself, id: string): Promise<void> {
  await tx
    .deleteFrom('core.learning_note')
    .where('id', '=', id)
    .where('person_id', '=', self.person)
    .execute();
}

/**
 * Tells what changed since. Of who takes part it waits until who keeps the trajectory looked; who keeps it tells it at once. Refuses who
 * does neither.
 */
export async function tellChange(
  tx: Tx,
  self: Oneself,
  trajectory: string,
  wish: ChangeWish,
  as: 'learner' | 'guide',
): Promise<Result<null, NotThere>> {
  const may =
    as === 'guide'
      ? await keptBy(tx, trajectory)
      : (await tx
          .selectFrom('core.learner')
          .select('since')
          .where('trajectory', '=', trajectory)
          .where('person_id', '=', self.person)
          .executeTakeFirst()) !== undefined;
  if (!may) return refused('learning.refused.not-there');
  await tx
    .insertInto('core.trajectory_change')
    .values({
      trajectory,
      day: wish.day,
      words: wish.words,
      language: wish.language,
      told_by: self.person,
      called: wish.called,
      goes_along: wish.goesAlong,
      ...(as === 'guide' ? { standing: 'open' as const } : {}),
    })
    .execute();
  return ok(null);
}
