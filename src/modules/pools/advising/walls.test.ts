import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import type { AdviceState } from './model.ts';
import { anAdviceIn, type MadeAdvice } from './testing.ts';

ownDatabase();
const early = ['draft', 'before-all', 'agreed'] as const;
const made = {} as Record<AdviceState, MadeAdvice>;
let clients: Viewer[] = [];

beforeAll(async () => {
  const scope = { kind: 'province', id: 'PV25' } as const;
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const client = await aPerson('Piet', [{ role: 'partner', scope }]);
  const clientAndExpert = await aPerson('Ria', [{ role: 'partner', scope }]);
  const clientAndKeeper = await aPerson('Kim', [{ role: 'facilitator' }, { role: 'partner', scope }]);
  clients = [client, clientAndExpert, clientAndKeeper];
  for (const state of early)
    made[state] = await anAdviceIn(state, { keeper, client, clientAndExpert, clientAndKeeper });
}, 60_000);

test('a client hears of no advice through any function of the database before it is handed over', async () => {
  for (const state of early) {
    const of = made[state];
    for (const viewer of clients) {
      const told = await withViewer(viewer, async (tx) => {
        const ask = async (text: string) =>
          (await sql<{ told: unknown }>`${sql.raw(text)}`.execute(tx)).rows.map(({ told }) => told);
        return [
          ...(await ask(`select core.advice_state('${of.consultation}') as told`)),
          ...(await ask(`select core.point_of('${of.point}') as told`)),
          ...(await ask(`select core.counsel_of('${of.consultation}') as told`)),
          ...(await ask(`select core.advice_is_carried('${of.consultation}', '2026-11-26') as told`)),
          ...(await ask(`select voice::text as told from core.voices_behind('${of.point}')`)),
          ...(await ask(`select text as told from core.statements_met('${of.consultation}')`)),
        ];
      });
      expect(
        told.filter((each) => each !== null),
        `someone of the client in ${state}`,
      ).toEqual([]);
      const { rows } = await withViewer(viewer, (tx) =>
        sql<{ n: number }>`select count(*) as n from pub.advice where id = ${of.consultation}`.execute(tx),
      );
      expect(Number(rows[0]?.n)).toBe(0);
    }
  }
});

test('nobody signs for another, nobody takes the part of another, and no state is skipped', async () => {
  const of = made.agreed;
  const [samira, omar] = of.experts;
  const tries: readonly (readonly [Viewer, string])[] = [
    [
      samira?.viewer ?? visitor,
      `update core.advice set keeper_signed = '${of.keeper.id}' where consultation = '${of.consultation}'`,
    ],
    [
      of.keeper,
      `update core.advice set expert_signed = '${of.part}' where consultation = '${of.consultation}'`,
    ],
    [
      of.keeper,
      `update core.advice set state = 'handed-over', handed_on = '2026-11-25', words = 'x', hash = sha256('x') where consultation = '${of.consultation}'`,
    ],
    [of.keeper, `update core.consultation set state = 'advised' where id = '${of.consultation}'`],
    [
      of.client,
      `update core.consultation set state = 'declined', why = 'No.' where id = '${of.consultation}'`,
    ],
    [of.client, `update core.consultation set question = 'Something else?' where id = '${of.consultation}'`],
    [
      samira?.viewer ?? visitor,
      `update core.consultation_expert set expert = '${omar?.id}' where id = '${of.part}'`,
    ],
  ];
  for (const [viewer, text] of tries)
    await expect(
      withViewer(viewer, (tx) => sql.raw(text).execute(tx)),
      text,
    ).rejects.toMatchObject({ code: '42501' });
});
