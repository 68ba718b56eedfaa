import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { byLink } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { asAdmin } from '../testing.ts';
import { aDesk, aProposal, backToWaiting, doneBy, matter, seenBy } from './testing.ts';

const database = ownDatabase();
const sqlAdmin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

let id: (slug: string) => string;
let people: Awaited<ReturnType<typeof aDesk>>['people'];
beforeAll(async () => {
  ({ id, people } = await aDesk(database.adminUrl));
});
const wait = (...slugs: string[]) => backToWaiting(database.adminUrl, ...slugs);

describe('what waits for whom', () => {
  test('one question gathers everything that waits in a region, and nothing of another', async () => {
    await wait('new-one');
    await aProposal(database.adminUrl, id('laid'), 'change', { said: 'Verhuisd' });
    await aProposal(database.adminUrl, id('far'), 'change', { said: 'Verhuisd' });
    await sqlAdmin(
      `update core.initiative set checked_on = core.today() - 30, checked_through = 'call' where slug = 'checked'`,
    );
    await sqlAdmin(
      `insert into core.relation_voice (relation_id, who, stance) select id, 'to', 'disputes' from core.relation`,
    );
    await sqlAdmin(
      `insert into core.asking (initiative_id, home, language, standing, answer, answered_at, sent_at)
       values ($1, 'https://x.example', 'nl', 'sent', 'changed', now(), now()), ($2, 'https://x.example', 'nl', 'no-address', null, null, null)`,
      [id('asked'), id('laid')],
    );
    expect(new Set(await seenBy(people.near))).toEqual(
      new Set([
        'said-changed asked',
        'no-address laid',
        'proposal laid',
        'relation laid',
        'new new-one',
        'silent silent',
      ]),
    );
    expect(new Set(await seenBy(people.far))).toEqual(new Set(['proposal far', 'relation far']));
    for (const viewer of [people.member, people.admin, people.partner])
      expect(await seenBy(viewer)).toEqual([]);
  });

  test('it can be narrowed by kind, by name and by whose it is', async () => {
    expect(await seenBy(people.near, { kinds: ['new', 'silent'] })).toEqual(['new new-one', 'silent silent']);
    expect(await seenBy(people.near, { q: 'SÍLENT' })).toEqual(['silent silent']);
    expect(await seenBy(people.near, { municipality: 'GM0363' })).toEqual([]);
    await doneBy(people.near, [matter('silent', id('silent'))], { deed: 'take' });
    expect(await seenBy(people.near, { whose: 'mine' })).toEqual(['silent silent']);
    expect(await seenBy(people.colleague, { whose: 'colleagues' })).toEqual(['silent silent']);
    expect(await seenBy(people.colleague, { whose: 'nobody' })).not.toContain('silent silent');
  });

  test('all entries someone watches over, asked at once, are those asked one by one', async () => {
    await wait('new-two');
    await sqlAdmin(`update core.initiative set added_by = $1 where slug = 'new-two'`, [people.near.id]);
    const all = await sqlAdmin<{ id: string }>('select id from core.initiative');
    const unsure = { ...people.near, sure: false };
    for (const viewer of [...Object.values(people), unsure, byLink(null)]) {
      const differing = await withViewer(viewer, async (tx) => {
        const { rows } = await sql`select one.id from unnest(${all.map((each) => each.id)}::uuid[]) as one(id)
          where core.watches(one.id) <> (one.id in (select w.id from core.watched() w))`.execute(tx);
        return rows;
      });
      expect(differing).toEqual([]);
    }
    await sqlAdmin(`update core.initiative set added_by = null where slug = 'new-two'`);
  });
});
