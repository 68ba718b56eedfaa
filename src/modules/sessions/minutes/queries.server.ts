import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Picture } from '../landscape/landscape.ts';
import { pictureOf } from '../picturing/queries.server.ts';
import type { HeldRead, IssueRead, StatementRead } from '../reading/model.ts';
import '../saying/tables.ts';
import '../tables.ts';
import type { Minutes, Remark } from './model.ts';
import './tables.ts';

/** The minutes of a session as those inside see them, with every remark and what stands in their parts. */
export interface MinutesInside {
  readonly session: string;
  readonly slug: string;
  readonly state: 'closed' | 'shared';
  readonly minutes: Minutes;
  readonly shareFrom: Date | null;
  readonly remarks: readonly Remark[];
  readonly held: HeldRead;
}

/** The minutes of this session for whoever was there or leads it; null before the close, and for everyone else. */
export async function minutesInside(tx: Tx, session: string): Promise<MinutesInside | null> {
  const found = await tx
    .selectFrom('core.session as s')
    .innerJoin('core.minutes as m', 'm.session', 's.id')
    .select([
      's.slug',
      's.state',
      's.language',
      's.people',
      's.attendance',
      's.smallest',
      'm.body',
      'm.share_from',
    ])
    .where('s.id', '=', session)
    .executeTakeFirst();
  if (!found || (found.state !== 'closed' && found.state !== 'shared')) return null;
  const { slug, state, language, people, attendance, smallest } = found;
  return {
    session,
    slug,
    state,
    minutes: found.body as Minutes,
    shareFrom: found.share_from,
    remarks: await remarksOn(tx, session),
    held: {
      language,
      people,
      attendance,
      smallest,
      issues: await issuesIn(tx, session),
      statements: await statementsIn(tx, session),
      picture: (await pictureOf(tx, session)) as Picture | null,
    },
  };
}

async function remarksOn(tx: Tx, session: string): Promise<Remark[]> {
  const rows = await tx
    .selectFrom('core.minutes_remark')
    .select(['id', 'section', 'language', 'text', 'standing', 'answer'])
    .where('session', '=', session)
    .orderBy('made_at')
    .execute();
  return rows as Remark[];
}

async function issuesIn(tx: Tx, session: string): Promise<IssueRead[]> {
  const { rows } = await sql<IssueRead>`select i.id, i.number, i.title, i.language, n.stones
    from core.issue i left join core.count_stones(${session}::uuid) n on n.issue = i.id
    where i.session = ${session} and not i.ended order by n.stones desc nulls last, i.number`.execute(tx);
  return rows;
}

/** What the minutes may show: what stands open, with words, and is no check-in; the same that would lie on the street. */
export async function statementsIn(tx: Tx, session: string): Promise<StatementRead[]> {
  const { rows } = await sql<StatementRead>`select x.id, x.number, x.form, x.language, x.text, x.issue,
      coalesce((select jsonb_agg(jsonb_build_object('language', r.language, 'text', r.text, 'signed', r.signed, 'how', r.how) order by r.language)
        from core.statement_rendering r where r.statement = x.id and r.standing = 'stands'), '[]') as renderings
    from core.statement x where x.session = ${session} and x.standing = 'open' and x.text <> '' and x.form <> 'check-in'
    order by x.number`.execute(tx);
  return rows;
}
