import { sql } from 'kysely';
import { signInWay } from './way.server.ts';

/** Forgets sessions, codes and tries that are over. Nobody is kept longer than their visit was. */
export async function forgetWhatIsOver(): Promise<void> {
  const { tables } = signInWay();
  await tables
    .deleteFrom('session')
    .where(sql<boolean>`until < now() or last_used_at < now() - interval '12 hours 1 minute'`)
    .execute();
  await tables
    .deleteFrom('waiting_word')
    .where(sql<boolean>`until < now()`)
    .execute();
  await tables
    .deleteFrom('tries')
    .where(sql<boolean>`at < now() - interval '1 day'`)
    .execute();
}
