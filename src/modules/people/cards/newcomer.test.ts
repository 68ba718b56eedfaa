import type { Cookies } from '@sveltejs/kit';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { sessionIn } from '#platform/sign-in/sessions.server.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { comeAsSomeoneNew, signInByCard } from './commands.server.ts';

ownDatabase();

const forgetful = { set: (_name: string, _value: string) => undefined } as Cookies;

test('someone without an account comes in as a person of whom nothing is known, and comes back with the card they got', async () => {
  let cookie = '';
  const cookies = { set: (_name: string, value: string) => void (cookie = value) } as Cookies;
  const came = await comeAsSomeoneNew({ cookies }, 'ti');
  if (!came.ok) throw new Error(came.reason);
  const { person, code } = came.value;
  expect(await sessionIn(cookie)).toMatchObject({ person });
  expect(await signInByCard({ cookies }, code)).toMatchObject({ ok: true });
  expect(await sessionIn(cookie)).toMatchObject({ person });
  const { rows } = await withViewer({ kind: 'person', id: person, entrusted: [], sure: false }, (tx) =>
    sql`select called, language, came_by, made_by from core.person where id = ${person}`.execute(tx),
  );
  expect(rows).toEqual([{ called: null, language: 'ti', came_by: 'card', made_by: null }]);
});

test('two hundred people in one library come in within a minute, and nobody is asked to wait', async () => {
  const came = await Promise.all(
    Array.from({ length: 200 }, () => comeAsSomeoneNew({ cookies: forgetful }, 'ar')),
  );
  expect(came.every(({ ok }) => ok)).toBe(true);
  expect(new Set(came.map((each) => each.ok && each.value.code)).size).toBe(200);
});
