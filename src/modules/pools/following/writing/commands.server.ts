import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { silence } from '../../answering/model.ts';
import { openAdvice } from '../queries.server.ts';

/** Which letter, by its name in the texts of letters. */
export type AdviceLetter =
  'asked' | 'decided' | 'before-all' | 'handed-over' | 'silent' | 'answered' | 'how-it-stands';
type Side = 'client' | 'keeper' | 'expert';

const readers: Readonly<Record<AdviceLetter, readonly Side[]>> = {
  asked: ['keeper'],
  decided: ['client'],
  'before-all': ['expert'],
  'handed-over': ['client'],
  silent: ['client'],
  answered: ['expert'],
  'how-it-stands': ['client', 'expert'],
};

interface Reader {
  readonly person: string;
  readonly language: Language;
  readonly side: Side;
}

interface About {
  readonly title: string;
  readonly slug: string;
  readonly home: string;
  readonly state: string;
}

async function everyone(tx: Tx, consultation: string): Promise<Reader[]> {
  const { rows } = await sql<{ person: string; language: string | null; side: Side }>`
    with sides as (
      select p.person as id, 'client' as side from core.consultation_client p where p.consultation = ${consultation} and p.left_on is null
      union select k.person, 'keeper' from core.pool_keeper k join core.consultation c on c.pool = k.pool where c.id = ${consultation} and not core.was_client(c.id, k.person)
      union select x.person_id, 'expert' from core.consultation_expert e join core.pool_expert x on x.id = e.expert
        where e.consultation = ${consultation} and e.left_on is null and x.person_id is not null and not core.was_client(e.consultation, x.person_id))
    select p.id as person, coalesce(x.language, p.language) as language, s.side from sides s join core.person p on p.id = s.id and p.left_on is null
    left join core.consultation c on c.id = ${consultation} left join core.pool_expert x on x.pool = c.pool and x.person_id = p.id and s.side = 'expert'`.execute(
    tx,
  );
  return rows.map((row) => ({
    ...row,
    language: isLanguage(row.language ?? '') ? (row.language as Language) : 'nl',
  }));
}

/**
 * Mails each side what it has to know of a consultation, in their own language, with a way to its page. No letter says anything of an
 * advice but to its pool before it is handed over. Asks a transaction of the house.
 */
export async function writeTo(tx: Tx, consultation: string, what: AdviceLetter, on: Day): Promise<number> {
  await insistOnOperator(tx);
  const { rows } =
    await sql<About>`select title, slug, home, state from core.consultation where id = ${consultation}`.execute(
      tx,
    );
  const [about] = rows;
  if (!about) return 0;
  const open = await openAdvice(tx, { id: consultation });
  const still =
    open &&
    silence(
      open.handedOn,
      open.points.map(({ answers }) => answers),
      on,
    );
  let letters = 0;
  for (const { person, language, side } of await everyone(tx, consultation)) {
    if (!readers[what].includes(side)) continue;
    const at = side === 'expert' ? `me/advice/${consultation}` : `desk/consultations/${consultation}`;
    await post(tx, {
      to: { person },
      language,
      name: `consulting.${what}`,
      values: {
        title: `\u2068${about.title}\u2069`,
        days: still?.days ?? 0,
        taken: about.state === 'declined' ? 'no' : 'yes',
      },
      buttons: [{ label: 'mail.consulting.do', url: `${about.home}/${language}/${at}` }],
    });
    letters++;
  }
  return letters;
}
