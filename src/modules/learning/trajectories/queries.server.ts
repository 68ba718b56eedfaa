import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Oneself } from '../../people/access.ts';
import '../tables.ts';
import type { Note } from './model.ts';

/** A trajectory in a list. */
interface ListedTrajectory {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly from: string;
  readonly until: string | null;
  readonly standing: 'draft' | 'open';
}

const listed = sql`t.id, t.slug, t.title, t.language, t.from_day as "from", t.until_day as until, t.standing`;

/** The trajectories someone takes part in, the newest first. */
export async function myTrajectories(tx: Tx, { person }: Oneself): Promise<ListedTrajectory[]> {
  const { rows } =
    await sql<ListedTrajectory>`select ${listed} from core.trajectory t join core.learner l on l.trajectory = t.id
    where l.person_id = ${person} order by t.from_day desc, t.id`.execute(tx);
  return rows;
}

/** Someone's own path, the oldest line first; of one trajectory, or whole. */
export async function myPath(tx: Tx, { person }: Oneself): Promise<Note[]> {
  return tx
    .selectFrom('core.learning_note')
    .select(['id', 'kind', 'words', 'day', 'trajectory'])
    .where('person_id', '=', person)
    .orderBy('day')
    .orderBy('id')
    .execute();
}

/** The trajectories that who is asking keeps, drafts too; an editor keeps all. */
export async function keptTrajectories(tx: Tx): Promise<ListedTrajectory[]> {
  const { rows } =
    await sql<ListedTrajectory>`select ${listed} from core.trajectory t where core.keeps_trajectory(t.id) order by t.from_day desc, t.id`.execute(
      tx,
    );
  return rows;
}

/** A trajectory as it stands in the form of who keeps it, or null when they do not. */
export async function keptTrajectory(tx: Tx, id: string) {
  const { rows } = await sql<
    ListedTrajectory & {
      purpose: string;
      themes: string[];
      province: string | null;
      questions: string[];
      gatherings: string[];
      reading: string[];
    }
  >`select ${listed}, t.purpose, t.themes, t.province,
      array(select q.question from core.trajectory_question q where q.trajectory = t.id order by q.number) as questions,
      array(select s.slug from core.trajectory_gathering g join pub.session s on s.id = g.session where g.trajectory = t.id order by s.slug) as gatherings,
      array(select r.kind || ': ' || r.slug from core.trajectory_reading r where r.trajectory = t.id order by r.added_on, r.slug) as reading
    from core.trajectory t where t.id = ${id} and core.keeps_trajectory(t.id)`.execute(tx);
  return rows[0] ?? null;
}
