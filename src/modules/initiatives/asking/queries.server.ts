import { sql } from 'kysely';
import { municipalities, provinces } from '#modules/places/queries.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { OpenedLink } from '../links/model.ts';
import type { Theme } from '../model.ts';
import './tables.ts';
import type {
  Answer,
  Asked,
  AskingWish,
  Campaign,
  CampaignTally,
  CampaignWish,
  Candidate,
  Choice,
  Region,
  RegionChoice,
} from './model.ts';

const dayOf = (column: string) => sql<Day | null>`(${sql.ref(column)} at time zone 'Europe/Amsterdam')::date`;

/** The question a link belongs to, with what was answered; null when the link came without one. Asks the link's transaction. */
export async function askedBy(tx: Tx, link: Pick<OpenedLink, 'about' | 'initiative'>): Promise<Asked | null> {
  if (link.about === null || link.initiative === null) return null;
  const row = await tx
    .selectFrom('core.asking')
    .select(['id', 'answer', dayOf('answered_at').as('answeredOn')])
    .where('id', '=', link.about)
    .where('initiative_id', '=', link.initiative)
    .executeTakeFirst();
  return row ?? null;
}

/** How often this initiative wishes to be asked. Asks the transaction of someone who may change the entry. */
export async function askingWishOf(tx: Tx, initiative: string): Promise<AskingWish> {
  const row = await tx
    .selectFrom('core.asking_wish')
    .select('wish')
    .where('initiative_id', '=', initiative)
    .executeTakeFirst();
  return row?.wish ?? 'usual';
}

/** The living entries a campaign with this wish could ask; none when this viewer may not ask there. */
export async function candidatesFor(tx: Tx, wish: Omit<CampaignWish, 'name'>): Promise<Candidate[]> {
  const { rows } = await sql<{
    initiative_id: string;
    has_address: boolean;
    last_asked: Day | null;
    wish: 'less' | 'never' | null;
    language: string;
  }>`select initiative_id, has_address, (last_asked at time zone 'Europe/Amsterdam')::date as last_asked, wish, language
    from core.askable(${wish.region.kind}, ${wish.region.id}, ${wish.theme}, ${wish.which})`.execute(tx);
  return rows.map((row) => ({
    initiative: row.initiative_id,
    hasAddress: row.has_address,
    lastAsked: row.last_asked,
    wish: row.wish ?? 'usual',
    language: isLanguage(row.language) ? row.language : 'nl',
  }));
}

interface CampaignRow {
  readonly id: string;
  readonly name: string;
  readonly scope_kind: Region['kind'];
  readonly scope_id: string;
  readonly theme: Theme | null;
  readonly which: Choice;
  readonly startedOn: Day;
  readonly stoppedOn: Day | null;
}

/** The campaigns this viewer may look into, newest first, at most fifty, with how far they have come. */
export async function campaigns(tx: Tx): Promise<Campaign[]> {
  const { rows } = await sql<CampaignRow>`
    select id, name, scope_kind, scope_id, theme, which, ${dayOf('started_at')} as "startedOn", ${dayOf('stopped_at')} as "stoppedOn"
    from core.campaign order by started_at desc limit 50`.execute(tx);
  return Promise.all(
    rows.map(async ({ scope_kind, scope_id, ...row }) => ({
      ...row,
      region: { kind: scope_kind, id: scope_id },
      tally: await tallyOf(tx, row.id),
    })),
  );
}

async function tallyOf(tx: Tx, campaign: string): Promise<CampaignTally> {
  const { rows } = await sql<{ standing: string; answer: Answer | null; reminded: boolean; count: number }>`
    select standing, answer, reminded, count from core.campaign_tally(${campaign})`.execute(tx);
  const sum = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(which).reduce((total, row) => total + row.count, 0);
  const answered = (answer: Answer) => sum((row) => row.answer === answer);
  return {
    waiting: sum((row) => row.standing === 'waiting'),
    sent: sum((row) => row.standing === 'sent'),
    reminded: sum((row) => row.reminded),
    noAddress: sum((row) => row.standing === 'no-address'),
    dropped: sum((row) => row.standing === 'dropped'),
    answers: { right: answered('right'), changed: answered('changed'), stopped: answered('stopped') },
  };
}

/** The regions someone may choose from, by what is entrusted to them, widest first: everywhere goes down to provinces, a province to its municipalities. */
export async function regionsOf(
  tx: Tx,
  viewer: Viewer,
  language: Language,
  roles: readonly string[],
): Promise<RegionChoice[]> {
  const held = viewer.entrusted.filter(({ role }) => roles.includes(role));
  const holds = (kind: Region['kind'], id: string) =>
    held.some(({ scopeKind, scopeId }) => scopeKind === kind && scopeId === id);
  const everywhere = holds('all', '');
  const wide = (await provinces(tx, language)).filter(({ code }) => everywhere || holds('province', code));
  const near = everywhere
    ? []
    : (await municipalities(tx, undefined, language)).filter(
        ({ code, province }) => holds('province', province) || holds('municipality', code),
      );
  return [
    ...(everywhere ? [{ value: 'all:', kind: 'all' as const, called: '' }] : []),
    ...wide.map(({ code, called }) => ({ value: `province:${code}`, kind: 'province' as const, called })),
    ...near.map(({ code, called }) => ({
      value: `municipality:${code}`,
      kind: 'municipality' as const,
      called,
    })),
  ];
}

/** Whether who is asking may start a campaign there. */
export async function mayAskIn(tx: Tx, { kind, id }: Region): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select core.may_ask(${kind}, ${id}) as may`.execute(tx);
  return rows[0]?.may ?? false;
}
