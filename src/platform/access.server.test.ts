import { expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { insistOnOperator } from './access.server.ts';
import { withViewer } from './db.server.ts';
import { operator, visitor } from './viewer.ts';

ownDatabase();

test('a deed of the operator goes on in the operator’s transaction, however often it is asked', async () => {
  await expect(
    withViewer(operator, async (tx) => {
      await insistOnOperator(tx);
      await insistOnOperator(tx);
      return 'done';
    }),
  ).resolves.toBe('done');
});

test('a visitor, and a kind of viewer nobody knows, are stopped before anything is written', async () => {
  await expect(withViewer(visitor, insistOnOperator)).rejects.toThrow();
  const stranger = Object.assign({ ...operator }, { kind: 'member' });
  await expect(withViewer(stranger, insistOnOperator)).rejects.toThrow('Only the operator');
});
