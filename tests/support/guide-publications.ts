import { expect } from 'vitest';
import { speakerOf, type Speaker } from '../../src/modules/consent/access.ts';
import { takeBack } from '../../src/modules/consent/commands.server.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { usedOf } from '../../src/modules/publications/telling-back/access.ts';
import { answerUse, showUse } from '../../src/modules/publications/telling-back/commands.server.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import type { Follower } from './guide.ts';

/** What the guides about publications need that is not the point of a step. */

/** The words of a teller that may stand in a report, and be put into other languages. */
export const said = 'De buurvrouw bracht soep.';

/** Someone who comes by a card and told something anyone may read and quote; the title finds it. */
export async function aTeller(adminUrl: string, title: string) {
  const teller = await aPerson('Semhar');
  await asAdmin(adminUrl, `update core.person set came_by = 'card' where id = $1`, [teller.id]);
  const uses = ['read', 'quote-report', 'translate-people'] as const;
  const telling = await aTelling({
    teller,
    title,
    says: [`Ik kwam in de winter. ${said}`],
    consents: uses.map((use) => ({ use, verdict: 'given', audience: 'public' })),
  });
  return { teller, telling };
}

/** They look at every way they are used that they were told of, and agree. */
export async function agreesToAll(adminUrl: string, teller: Viewer): Promise<void> {
  const told = await asAdmin<{ piece: string }>(
    adminUrl,
    'select piece from core.told_back where person_id = $1',
    [teller.id],
  );
  expect(told.length).toBeGreaterThan(0);
  const used = usedOf(teller) ?? expect.unreachable();
  for (const { piece } of told)
    await withViewer(teller, async (tx) => {
      expect((await showUse(tx, used, piece)).ok).toBe(true);
      expect((await answerUse(tx, used, piece, { answer: 'agree' }, 'nl')).ok).toBe(true);
    });
}

export const takesBack = (teller: Viewer, item: string) =>
  withViewer(teller, (tx) =>
    takeBack(tx, speakerOf(teller) as Speaker, { item, language: 'nl', how: 'screen' }),
  );

/** Chooses the first of what stands in the form that adds a block, and puts it there. */
export async function putsThere(who: Follower): Promise<void> {
  await who.page.locator('#add input[type=radio]').first().check();
  await Promise.all([who.page.waitForEvent('load'), who.page.locator('#add button[type=submit]').click()]);
  await who.look();
}
