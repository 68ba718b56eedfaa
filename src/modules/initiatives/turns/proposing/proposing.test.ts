import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aField, layField } from '../../testing.ts';
import { applyProposal } from '../commands.server.ts';
import { fieldOf, typedFor } from '../testing.ts';

const database = ownDatabase();
const { admin, idOf, tell, read, periods } = fieldOf(database);
let near: string;
let far: string;
const verifier = (called: string, province: string) =>
  aPerson(called, [{ role: 'verifier', scope: { kind: 'province', id: province } }]);

beforeAll(async () => {
  await layField(
    aField([
      { id: 'vast', name: 'Vast Huis' },
      { id: 'buur', name: 'De Buren' },
    ]),
  );
  const codes = await admin<{ code: string }>(
    `select code from pub.province where name in ('Gelderland', 'Zuid-Holland') order by name`,
  );
  [near, far] = codes.map(({ code }) => code) as [string, string];
});

describe('on an entry that a verifier checked', () => {
  let member: Viewer;
  let entry: string;
  beforeAll(async () => {
    entry = await idOf('vast');
    await admin(
      `update core.initiative set checked_on = '2026-01-01', checked_through = 'call' where id = $1`,
      [entry],
    );
    member = await aMember('Tesfay', entry);
  });
  const waiting = () =>
    admin<{ id: string; kind: 'event' | 'split' | 'merge'; words: Record<string, unknown> }>(
      `select id, kind, words from core.proposal where initiative_id = $1 and standing = 'waiting' order by brought_at`,
      [entry],
    );

  test.each(['award', 'grew', 'paused'] as const)('%s stands at once', async (kind) => {
    expect(
      await tell(member, 'vast', kind, {
        ...typedFor[kind],
        'when-year': kind === 'paused' ? '2018' : '2017',
      }),
    ).toEqual({ came: 'laid' });
  });

  test.each(['renamed', 'moved', 'ended', 'split', 'merged'] as const)(
    '%s waits for a verifier, and nothing changes before one looked',
    async (kind) => {
      const before = [await read('vast'), await periods('vast')];
      expect(await tell(member, 'vast', kind, typedFor[kind])).toEqual({ came: 'waits' });
      expect([await read('vast'), await periods('vast')]).toEqual(before);
      const proposals = await waiting();
      expect(proposals.at(-1)).toMatchObject({ words: { turn: kind, day: expect.any(String) } });
    },
  );

  test('who keeps it cannot lay their own, not even as a verifier; a verifier of the region lays each in their name', async () => {
    const proposals = await waiting();
    const lay = (viewer: Viewer, { id, kind, words }: (typeof proposals)[number]) =>
      withViewer(viewer, (tx) => applyProposal(tx, { id, initiative: entry, kind, words, saidBy: 'own' }));
    const own = await aPerson('Zij zelf', [
      { role: 'member', scope: { kind: 'initiative', id: entry } },
      { role: 'verifier', scope: { kind: 'province', id: near } },
    ]);
    const elsewhere = await verifier('Bram', far);
    for (const viewer of [own, elsewhere, member])
      for (const proposal of proposals) await expect(lay(viewer, proposal)).rejects.toThrow('may not watch');
    const there = await verifier('Els', near);
    const [renamed, moved, ended, split, merged] = proposals;
    for (const proposal of [renamed, moved, split, merged, ended])
      expect(proposal && (await lay(there, proposal)).ok).toBe(true);
    const told = await read('vast');
    for (const kind of ['renamed', 'moved', 'ended', 'split', 'merged'])
      expect(
        told.filter((one) => one.kind === kind).map(({ said_by }) => said_by),
        kind,
      ).toEqual(['own']);
    const last = (await periods('vast')).at(-1);
    expect(last).toMatchObject({ state: 'ended', name: 'Een andere naam', town: 'Nijmegen' });
  });

  test('a proposal that no longer fits, or says nothing, is refused with a reason and lays nothing', async () => {
    const there = await verifier('Els', near);
    const before = await read('vast');
    const apply = (words: Record<string, unknown>) =>
      withViewer(there, (tx) =>
        applyProposal(tx, { id: entry, initiative: entry, kind: 'event', words, saidBy: 'own' }),
      );
    expect(await apply({ turn: 'ended', day: '2025-01-01', precision: 'year' })).toMatchObject({
      reason: 'turns.problem.not_there_then',
    });
    expect(await apply({ turn: 'nonsense' })).toMatchObject({ reason: 'turns.problem.unreadable' });
    expect(await apply({ turn: 'ended', day: '2023-01-01', precision: 'year', fact: entry })).toMatchObject({
      reason: 'turns.problem.gone',
    });
    expect(await read('vast')).toEqual(before);
  });
});
