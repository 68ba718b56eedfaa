import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { nothingSaid } from '../../consent/model.ts';
import { say } from '../../consent/commands.server.ts';
import { aField, layField } from '../../initiatives/testing.ts';
import { cardMakerOf } from '../../people/cards/access.ts';
import { bringIn } from '../../people/cards/commands.server.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { tellerOf, type Teller } from '../access.ts';
import { settleTelling } from '../opening/jobs.server.ts';
import { beginTelling, freezeVersion, release, saveMore, saveParts } from './commands.server.ts';
import type { Sheet } from './input.ts';
import { momentsToTell, tellingToWrite } from './queries.server.ts';

ownDatabase();

let samira: Viewer;
beforeAll(async () => {
  samira = await aPerson('Samira');
});

const tells = (viewer: Viewer): Teller => tellerOf(viewer) ?? { person: '', speaks: true, tells: true };
const as = <Answer>(viewer: Viewer, deed: (tx: Tx, teller: Teller) => Promise<Answer>) =>
  withViewer(viewer, (tx) => deed(tx, tells(viewer)));
const sheet = (text: string, more: Partial<Sheet> = {}): Sheet => ({
  title: '',
  prompt: null,
  runs: [{ after: null, of: [], text }],
  moments: [],
  remove: [],
  add: false,
  ...more,
});
const begin = (viewer: Viewer, about = '') =>
  as(viewer, (tx, teller) => beginTelling(tx, teller, { language: 'ar', toldBy: null, about }));
/** A telling of this viewer with these words, not yet released. */
async function aDraft(text: string, viewer = samira): Promise<string> {
  const id = await begin(viewer);
  await as(viewer, (tx, teller) => saveParts(tx, teller, id, sheet(text)));
  return id;
}

async function releaseToAll(id: string, days = 0): Promise<void> {
  await as(samira, async (tx, teller) => {
    const frozen = await freezeVersion(tx, teller, id);
    if (!frozen.ok) throw new Error(frozen.reason);
    await release(tx, teller, id, days);
    await say(tx, teller, {
      item: id,
      sayings: [{ ...nothingSaid('read'), verdict: 'given', audience: 'public' }],
      seenHash: frozen.value.hash,
      shownIn: 'ar',
      how: 'screen',
    });
    await settleTelling(tx, id);
  });
}

test('who wrote it down for someone works on it with them, and speaks for them only by their word', async () => {
  const mira = await aMember('Mira', '0193a000-0000-7000-8000-00000000000a');
  const maker = cardMakerOf(mira);
  if (!maker) throw new Error('A member makes cards.');
  const told = await as(mira, async (tx, teller) => {
    const toldBy = await bringIn(tx, maker, { called: null, language: 'ti' });
    return beginTelling(tx, teller, { language: 'ti', toldBy, about: '' });
  });
  expect(await as(mira, (tx) => tellingToWrite(tx, told))).toMatchObject({
    forSomeone: true,
    toldHow: 'with-someone',
  });
  await as(mira, (tx, teller) => saveParts(tx, teller, told, sheet('ሰላም')));
  const how = await as(mira, async (tx, teller) => {
    const frozen = await freezeVersion(tx, teller, told);
    if (!frozen.ok) throw new Error(frozen.reason);
    const sayings = [{ ...nothingSaid('read'), verdict: 'given' as const, audience: 'public' as const }];
    await say(tx, teller, { item: told, sayings, seenHash: frozen.value.hash, shownIn: 'nl', how: 'screen' });
    return tx.selectFrom('core.consent').select('how').where('item', '=', told).executeTakeFirst();
  });
  expect(how).toEqual({ how: 'word' });
});

test('a telling about an initiative offers the moments of its open life, and no others', async () => {
  await layField(aField([{ id: 'taalcafe', name: 'Taalcafé' }]));
  const id = await begin(samira, 'taalcafe');
  const moments = await as(samira, (tx) => momentsToTell(tx, id));
  expect(moments.length).toBeGreaterThan(0);
  const [moment] = moments;
  const added = await as(samira, (tx, teller) => saveParts(tx, teller, id, sheet('', { add: true })));
  const block = (added.ok && added.value.content.at(-1)?.attrs.id) || '';
  const choose = (fact: string) =>
    as(samira, (tx, teller) =>
      saveParts(
        tx,
        teller,
        id,
        sheet('', {
          moments: [
            {
              block,
              moment: fact,
              title: 'De eerste avond',
              when: { day: '2016-01-01', precision: 'around' },
            },
          ],
        }),
      ),
    );
  const chosen = await choose(moment?.fact ?? '');
  expect(chosen.ok && chosen.value.content[0]?.attrs).toMatchObject({
    moment: moment?.fact,
    precision: 'around',
  });
  const strange = await choose('0193a000-0000-7000-8000-0000000000bb');
  expect(strange.ok && strange.value.content[0]?.attrs).toMatchObject({
    moment: null,
    title: 'De eerste avond',
  });
});

test('the names a teller gave stand in the vault, and none of them is shown unless they say so', async () => {
  const id = await aDraft('اسمي');
  const names = { full: 'Samira Haddad', first: 'Samira', other: 'S.' };
  await as(samira, (tx, teller) =>
    saveMore(tx, teller, id, {
      roleThen: 'newcomer',
      themes: ['language'],
      province: null,
      findable: false,
      names,
    }),
  );
  await releaseToAll(id);
  const { rows } = await withViewer(visitor, (tx) =>
    sql`select voice, role_then from pub.telling where id = ${id}`.execute(tx),
  );
  expect(rows).toEqual([{ voice: null, role_then: 'newcomer' }]);
});
