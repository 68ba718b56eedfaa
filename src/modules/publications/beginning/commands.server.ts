import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../languages/latin/model.ts';
import type { Beginner, Editor, Keeper, Layer, Member } from '../access.ts';
import type { Part, PublicationKind } from '../model.ts';
import '../tables.ts';
import type { Cover } from './model.ts';

const issueOf = (kind: PublicationKind, { issue }: Cover) => (kind === 'magazine' ? issue : null);

/** Begins a publication, edited by who begins it, and answers its name in the address. */
export async function beginPublication(
  tx: Tx,
  { person }: Beginner,
  kind: PublicationKind,
  cover: Cover,
  called: string | null,
): Promise<{ slug: string }> {
  const slug = addressFor(cover.title, kind, randomBytes(3).toString('hex'));
  // Its key is made here: a row that is just begun is seen by its maker only once the deed is done.
  const id = crypto.randomUUID();
  await tx
    .insertInto('core.publication')
    .values({ id, slug, kind, made_by: person, ended_on: null, ...cover, issue: issueOf(kind, cover) })
    .execute();
  await tx
    .insertInto('core.publication_person')
    .values({ publication: id, person_id: person, part: 'editor', called, invited_by: null, left_on: null })
    .execute();
  return { slug };
}

/** Changes what stands on the cover. The kind stays, and so does the address: both are in what people were told. */
export async function changeCover(
  tx: Tx,
  editor: Editor,
  kind: PublicationKind,
  cover: Cover,
): Promise<void> {
  await tx
    .updateTable('core.publication')
    .set({ ...cover, issue: issueOf(kind, cover) })
    .where('id', '=', editor.publication)
    .execute();
}

/** Ends the work on a publication, or takes it up again; what went out stays out. */
export async function endWork(tx: Tx, keeper: Keeper, ended: boolean): Promise<void> {
  await tx
    .updateTable('core.publication')
    .set({ ended_on: ended ? today() : null })
    .where('id', '=', keeper.publication)
    .execute();
}

/** Says under which name one signs; null is no name. Editions that went out keep the name they went out with. */
export async function signAs(tx: Tx, layer: Layer, called: string | null): Promise<void> {
  await tx
    .updateTable('core.publication_person')
    .set({ called })
    .where('publication', '=', layer.publication)
    .where('person_id', '=', layer.person)
    .execute();
}

const keepsAnEditor = async (work: Promise<unknown>): Promise<Result<null, 'last_editor'>> => {
  try {
    await work;
    return ok(null);
  } catch (thrown) {
    const { constraint } = thrown as { constraint?: string };
    if (constraint === 'publication_keeps_an_editor') return refused('last_editor');
    throw thrown;
  }
};

/** Leaves a publication, also one whose work has ended: one sees its pieces no longer. The last editor stays until there is another. */
export async function leavePublication(tx: Tx, member: Member): Promise<Result<null, 'last_editor'>> {
  return keepsAnEditor(
    sql`update core.publication_person set left_on = core.today()
      where publication = ${member.publication} and person_id = ${member.person}`.execute(tx),
  );
}

/** Gives somebody who works on the publication another part in it, or lets them go (null). */
export async function changePart(
  tx: Tx,
  editor: Editor,
  person: string,
  part: Part | null,
): Promise<Result<null, 'last_editor'>> {
  return keepsAnEditor(
    tx
      .updateTable('core.publication_person')
      .set(part === null ? { left_on: today() } : { part })
      .where('publication', '=', editor.publication)
      .where('person_id', '=', person)
      .where('left_on', 'is', null)
      .execute(),
  );
}
