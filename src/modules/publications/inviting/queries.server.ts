import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { wordHash } from '#platform/ids.ts';
import '../tables.ts';
import { isWord, type Opened, type Sent } from './model.ts';

/** What an invitation says, to who is signed in; null when its word opens nothing. */
export async function openedBy(tx: Tx, word: string): Promise<Opened | null> {
  if (!isWord(word)) return null;
  const { rows } = await sql<Opened>`
    select slug, title, kind, invented, part, language, invited_by as "invitedBy", mine from core.publication_word_opens(${wordHash(word)})`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** The invitations of a publication that stand open or were taken, newest first; none to who does not edit it. */
export async function invitationsOf(tx: Tx, publication: string): Promise<Sent[]> {
  const { rows } = await sql<Sent>`
    select i.id, i.part, (i.made_at at time zone 'Europe/Amsterdam')::date as "madeOn", i.until_day as "untilDay", case when i.taken_at is not null then coalesce(p.called, '') end as "takenBy"
    from core.publication_invitation i left join core.publication_person p on p.publication = i.publication and p.person_id = i.taken_by
    where i.publication = ${publication} and (i.taken_at is not null or core.today() < i.until_day) order by i.made_at desc, i.id desc limit 200`.execute(
    tx,
  );
  return rows;
}
