import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { askingRegion } from '../access.ts';
import { outlookOf, outlooks, type CampaignWish, type Candidate, type Outlook } from '../model.ts';
import { askingWishOf, candidatesFor, mayAskIn } from '../queries.server.ts';
import '../tables.ts';

export type CampaignRefusal = 'verifying.desk.refused.region' | 'verifying.desk.refused.nobody-to-ask';

/**
 * Starts a campaign: its questions are laid at once, and their letters go out one after another at a calm pace. Entries
 * without an address are laid too, so that a person can find a way to them. `home` is the address of the house.
 */
export async function startCampaign(
  tx: Tx,
  wish: CampaignWish,
  home: string,
): Promise<Result<{ campaign: string; counts: Readonly<Record<Outlook, number>> }, CampaignRefusal>> {
  const here = askingRegion(wish.region, await mayAskIn(tx, wish.region));
  if (!here) return refused('verifying.desk.refused.region');
  const candidates = await candidatesFor(tx, wish);
  const laid = candidates.filter((one) => ['asked', 'no-address'].includes(outlookOf(one, today())));
  if (laid.length === 0) return refused('verifying.desk.refused.nobody-to-ask');
  const { id } = await tx
    .insertInto('core.campaign')
    .values({
      name: wish.name,
      scope_kind: here.region.kind,
      scope_id: here.region.id,
      theme: wish.theme,
      which: wish.which,
      home,
      made_by: sql<string | null>`core.viewer_person()`,
      stopped_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const entries = laid.map((one) => one.initiative);
  const languages = laid.map((one) => one.language);
  await sql`select core.lay_askings(${id}, ${entries}::uuid[], ${languages}::text[])`.execute(tx);
  await putOff(tx, 'send-askings', {}, { onlyOnce: 'all' });
  return ok({ campaign: id, counts: outlooks(candidates, today()) });
}

/** Stops a campaign: who was not written to yet is not written to any more. Answers still count. */
export async function stopCampaign(
  tx: Tx,
  campaign: string,
): Promise<Result<null, 'verifying.desk.refused.region'>> {
  const held = await tx
    .selectFrom('core.campaign')
    .select(['scope_kind', 'scope_id'])
    .where('id', '=', campaign)
    .executeTakeFirst();
  const region = held && { kind: held.scope_kind, id: held.scope_id };
  if (!region || !askingRegion(region, await mayAskIn(tx, region)))
    return refused('verifying.desk.refused.region');
  await sql`select core.drop_askings(${campaign})`.execute(tx);
  return ok(null);
}

export type ByHandRefusal =
  | 'verifying.desk.refused.elsewhere'
  | 'verifying.desk.refused.rather-not'
  | 'verifying.desk.refused.no-address'
  | 'verifying.desk.refused.underway';

/** Asks one initiative by hand, also when it was asked not long ago; never one that does not wish to be asked. */
export async function askByHand(
  tx: Tx,
  initiative: string,
  language: Language,
  home: string,
): Promise<Result<null, ByHandRefusal>> {
  if (!(await hasRight(tx, 'watch', [initiative]))) return refused('verifying.desk.refused.elsewhere');
  const entry = await tx
    .selectFrom('core.initiative')
    .select('mail')
    .where('id', '=', initiative)
    .where('standing', '=', 'laid')
    .executeTakeFirst();
  if (!entry) return refused('verifying.desk.refused.elsewhere');
  const candidate: Candidate = {
    initiative,
    hasAddress: entry.mail !== null,
    lastAsked: null,
    wish: await askingWishOf(tx, initiative),
    language,
  };
  const outlook = outlookOf(candidate, today(), true);
  if (outlook === 'rather-not') return refused('verifying.desk.refused.rather-not');
  if (outlook !== 'asked') return refused('verifying.desk.refused.no-address');
  const underway = await tx
    .selectFrom('core.asking')
    .select('id')
    .where('initiative_id', '=', initiative)
    .where('standing', '=', 'waiting')
    .executeTakeFirst();
  if (underway) return refused('verifying.desk.refused.underway');
  const row = {
    campaign_id: null,
    initiative_id: initiative,
    home,
    language,
    standing: 'waiting' as const,
    asked_by: sql<string | null>`core.viewer_person()`,
  };
  await tx
    .insertInto('core.asking')
    .values({ ...row, sent_at: null, reminded_at: null, answer: null, answered_at: null })
    .execute();
  await putOff(tx, 'send-askings', {}, { onlyOnce: 'all' });
  return ok(null);
}
