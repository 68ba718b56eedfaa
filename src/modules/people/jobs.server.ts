import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { forgetPerson } from '#platform/sign-in/persons.server.ts';
import { house } from '#platform/viewer.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'forget-person': { readonly person: string };
  }
}

/** Forgets how someone who left signed in, their cards, what they followed and the letters that wait for them. Someone who did not leave is left alone. */
export async function forgetWhoLeft({ person }: { readonly person: string }): Promise<void> {
  const left = await withViewer(house, async (tx) => {
    const gone = await tx
      .selectFrom('core.person')
      .select('id')
      .where('id', '=', person)
      .where('left_on', 'is not', null)
      .executeTakeFirst();
    if (!gone) return false;
    await tx.deleteFrom('vault.card').where('person_id', '=', person).execute();
    await sql`delete from vault.follower where person_id = ${person}`.execute(tx);
    await tx.deleteFrom('vault.letter').where('to_person', '=', person).execute();
    return true;
  });
  if (left) await forgetPerson(person);
}
