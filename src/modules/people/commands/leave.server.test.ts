import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { post } from '#platform/mail/post.server.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import { beginSession, sessionsOf } from '#platform/sign-in/sessions.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '../access.ts';
import { forgetWhoLeft } from '../jobs.server.ts';
import { entrustedTo } from '../queries.server.ts';
import { personWithMail } from '../signing-in/commands.server.ts';
import { aPerson } from '../testing.ts';
import { leaveHouse } from './leave.server.ts';

ownDatabase();

async function someone(mail: string): Promise<Viewer> {
  const id = await personWithMail(mail, 'ar');
  await withViewer(operator, (tx) =>
    sql`insert into core.role_grant (person_id, role, scope_kind, until_day, reason)
      values (${id}, 'partner', 'all', core.today() + 9, 'for a test')`.execute(tx),
  );
  return { kind: 'person', id, entrusted: [], sure: false };
}
const leave = (who: Viewer) => withViewer(who, (tx) => leaveHouse(tx, oneself(who) ?? { person: '' }));
const rows = <Row>(text: ReturnType<typeof sql<Row>>) =>
  withViewer(operator, async (tx) => (await text.execute(tx)).rows);

test('who leaves is forgotten: name, address, sessions, cards, letters and what they followed, and nothing stands any more', async () => {
  const who = await someone('leaves@canary.example');
  const id = who.id ?? '';
  await beginSession(id, false);
  await withViewer(operator, (tx) =>
    post(tx, { to: { person: id }, language: 'ar', name: 'people.invited' }),
  );
  const follow = (person: string) =>
    rows(sql`with follower as (insert into vault.follower (person_id, home) values (${person}, 'https://steppingstones.example') returning id)
      insert into vault.following (follower_id, wish, language) select id, '{}', 'ar' from follower`);
  const followed = () => rows(sql<{ n: number }>`select count(*)::int as n from vault.following`);
  await follow(id);
  await follow((await someone('follows@canary.example')).id ?? '');
  expect(await followed()).toEqual([{ n: 2 }]);
  await leave(who);
  expect(await entrustedTo(id, true)).toEqual([]);
  const put = await rows(
    sql<{ job: string }>`select data->>'job' as job from jobs.job where data->'data'->>'person' = ${id}`,
  );
  expect(put).toEqual([{ job: 'forget-person' }]);
  await forgetWhoLeft({ person: id });
  await forgetWhoLeft({ person: id });
  expect(await mailOf(id)).toBeNull();
  expect(await sessionsOf(id)).toEqual([]);
  expect(await rows(sql`select 1 from vault.letter where to_person = ${id}`)).toEqual([]);
  expect(await followed()).toEqual([{ n: 1 }]);
  expect(
    await rows(sql`select called, language, left_on is not null as gone from core.person where id = ${id}`),
  ).toEqual([{ called: null, language: null, gone: true }]);
});

test('who comes back with the same address comes as somebody new', async () => {
  const who = await someone('again@canary.example');
  await leave(who);
  await forgetWhoLeft({ person: who.id ?? '' });
  const again = await personWithMail('again@canary.example', 'ar');
  expect(again).not.toBe(who.id);
  expect(await entrustedTo(again, true)).toEqual([]);
});

test('nobody makes someone else leave, and the job forgets nobody who stayed', async () => {
  const stays = await someone('stays@canary.example');
  const other = await aPerson('Other', [{ role: 'admin' }]);
  await withViewer(other, (tx) =>
    sql`update core.person set left_on = core.today(), called = null where id = ${stays.id}`.execute(tx),
  );
  await forgetWhoLeft({ person: stays.id ?? '' });
  expect(await mailOf(stays.id ?? '')).toBe('stays@canary.example');
  expect(await entrustedTo(stays.id ?? '', false)).toHaveLength(1);
});
