import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { house, visitor, type Viewer } from '#platform/viewer.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';
import { takeBack } from '../../consent/commands.server.ts';
import { aPerson } from '../../people/testing.ts';
import { makeQuote } from '../../stories/quotes/commands.server.ts';
import { aTelling } from '../../stories/testing.ts';
import { giveAssignment, tellAssignment } from '../consulting/taking-part/commands.server.ts';
import { aConsultation, aKeeper, aParty, aPoint, done, handOver, partOf } from '../consulting/testing.ts';
import { openAdvice } from '../following/queries.server.ts';
import { layVoice } from './commands.server.ts';

ownDatabase();
const on = '2026-11-25';
const speaker = (viewer: Viewer) => speakerOf(viewer) as Speaker;
const given = { verdict: 'given', audience: 'public' } as const;
const canary = 'CANARY-77f0 in de winter';

test('a quote of a telling stands behind a point only with consent, and leaves the advice and its words when its teller takes it back', async () => {
  const made = await aConsultation(on);
  const { consultation } = made;
  const point = await aPoint(made, 'Geef mensen een kamer.');
  const samira = made.experts[0]?.viewer ?? visitor;
  const teller = await aPerson('Wie vertelt');
  const telling = await aTelling({
    teller,
    says: [`Ik kwam ${canary} aan.`],
    consents: [
      { use: 'read', ...given },
      { use: 'quote-report', ...given },
    ],
  });
  const block = telling.doc.content[0]?.attrs.id ?? '';
  const { quote } = done(
    await withViewer(samira, (tx) =>
      makeQuote(tx, speaker(samira), { telling: telling.id, block, start: 8, end: 8 + canary.length }),
    ),
  );
  const lay = (key: string) =>
    withViewer(samira, (tx) =>
      layVoice(
        tx,
        aParty(samira),
        { consultation, language: 'nl' },
        { point, voice: { kind: 'quote', key } },
      ),
    );
  expect(await lay(telling.id)).toEqual(refused('consulting.refused.not-there'));
  done(await lay(quote));
  await handOver(made, on);
  const open = () => withViewer(visitor, (tx) => openAdvice(tx, { id: consultation }));
  const before = await open();
  expect(before?.points[0]?.voices).toMatchObject([{ kind: 'quote', called: null, text: canary }]);
  expect(before?.words).toContain(canary);
  const how = { item: telling.id, language: 'nl', how: 'screen' } as const;
  done(await withViewer(teller, (tx) => takeBack(tx, speaker(teller), how)));
  const after = await open();
  expect(after).toMatchObject({ hash: before?.hash, words: null });
  expect(JSON.stringify(after)).not.toContain('CANARY-77f0');
  const { rows } = await withViewer(house, (tx) =>
    sql<{ n: number }>`select count(*) as n from core.advice where words like '%CANARY-77f0%'`.execute(tx),
  );
  expect(Number(rows[0]?.n)).toBe(0);
});

test('an interview is linked to an assignment only when its teller allows quoting it', async () => {
  const made = await aConsultation(on);
  const samira = made.experts[0]?.viewer ?? visitor;
  const part = await partOf(made, made.experts[0]?.id ?? '');
  const keeps = aKeeper(made.keeper);
  const work = { expert: part, what: 'Praat met iemand die wacht.', hours: 2, byDay: '2026-12-10' };
  done(await withViewer(keeps, (tx) => giveAssignment(tx, keeps, made.consultation, work, on)));
  const { rows } = await withViewer(samira, (tx) =>
    sql<{ id: string }>`select id from core.consultation_assignment where expert = ${part}`.execute(tx),
  );
  const assignment = rows[0]?.id ?? '';
  const teller = await aPerson('Wie vertelt');
  const read = await aTelling({ teller, consents: [{ use: 'read', ...given }] });
  const quoted = await aTelling({
    teller,
    consents: [
      { use: 'read', ...given },
      { use: 'quote-report', ...given },
    ],
  });
  const tell = (telling: string) =>
    withViewer(samira, (tx) =>
      tellAssignment(tx, aParty(samira), { assignment, state: 'done', outcome: 'Gedaan.', telling }),
    );
  expect(await tell(read.slug)).toMatchObject({ ok: false, reason: 'consulting.refused.telling' });
  expect((await tell(quoted.slug)).ok).toBe(true);
});
