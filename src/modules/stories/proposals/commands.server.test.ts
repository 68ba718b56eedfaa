import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { editorOf, tellerOf, type Editor, type Teller } from '../access.ts';
import type { Doc } from '../document/model.ts';
import { aTelling } from '../testing.ts';
import { decideProposal, propose, withdrawProposal } from './commands.server.ts';
import { proposalToDecide, proposalsOn, tellingToEdit, tellingsToEdit } from './queries.server.ts';

ownDatabase();
let teller: Viewer;
let editor: Viewer;
beforeAll(async () => {
  teller = await aPerson('Noor');
  editor = await aPerson('Eva', [{ role: 'editor' }]);
});
const everyone = { use: 'read', verdict: 'given', audience: 'public' } as const;
const aStory = (who = teller, consents: Parameters<typeof aTelling>[0]['consents'] = [everyone]) =>
  aTelling({ teller: who, says: ['Ik kwam in de winter.', 'Het was koud.'], consents });
type Story = Awaited<ReturnType<typeof aStory>>;
const first = ({ doc }: Story) => doc.content[0]?.attrs.id ?? '';
const bring = (viewer: Viewer, story: Story, text = 'Ik kwam in de lente.', why = 'Zo vertelde je het.') =>
  withViewer(viewer, (tx) =>
    propose(tx, editorOf(viewer) as Editor, story.id, { why, words: new Map([[first(story), text]]) }),
  );
const keyOf = async (bringing: ReturnType<typeof bring>) => {
  const made = await bringing;
  return made.ok ? made.value.proposal : expect.unreachable(made.reason);
};
const decide = (viewer: Viewer, story: Story, proposal: string, yes: boolean, replaceDraft = false) =>
  withViewer(viewer, (tx) =>
    decideProposal(tx, tellerOf(viewer) as Teller, { telling: story.id, proposal }, { yes, replaceDraft }),
  );
const draftOf = ({ id }: Story) =>
  withViewer(teller, (tx) =>
    tx.selectFrom('core.telling_draft').select('doc').where('telling', '=', id).executeTakeFirstOrThrow(),
  );
const street = ({ id }: Story) =>
  withViewer(visitor, (tx) =>
    sql<{ text: string }>`select text from pub.telling_block where telling = ${id} order by place`.execute(
      tx,
    ),
  ).then(({ rows }) => rows.map(({ text }) => text));

test('a proposal changes nothing; the teller sees both, and a yes lays it in their draft while the old stays open', async () => {
  const story = await aStory();
  const proposal = await keyOf(bring(editor, story));
  expect(await street(story)).toEqual(['Ik kwam in de winter.', 'Het was koud.']);
  const seen = await withViewer(teller, (tx) => proposalToDecide(tx, story.id, proposal));
  expect(seen).toMatchObject({ why: 'Zo vertelde je het.', draftDiffers: false, passed: false });
  expect(seen?.blocks.map(({ now, then, changed }) => [now, then, changed])).toEqual([
    ['Ik kwam in de winter.', 'Ik kwam in de lente.', true],
    ['Het was koud.', 'Het was koud.', false],
  ]);
  expect(await decide(teller, story, proposal, true)).toMatchObject({ ok: true });
  const { doc } = await draftOf(story);
  expect((doc as Doc).content[0]).toMatchObject({ content: [{ text: 'Ik kwam in de lente.' }] });
  expect(await street(story)).toEqual(['Ik kwam in de winter.', 'Het was koud.']);
  expect(await decide(teller, story, proposal, false)).toMatchObject({ reason: 'proposal_decided' });
});

test('a no leaves everything as it was, and the editor reads that it was no', async () => {
  const story = await aStory();
  const proposal = await keyOf(bring(editor, story));
  await decide(teller, story, proposal, false);
  expect((await draftOf(story)).doc).toEqual(story.doc);
  expect((await withViewer(editor, (tx) => proposalsOn(tx, story.id)))[0]?.standing).toBe('declined');
});

test('nobody but the teller answers, the editor least of all', async () => {
  const story = await aStory();
  const proposal = await keyOf(bring(editor, story));
  expect(await decide(editor, story, proposal, true)).toMatchObject({ reason: 'proposal_unknown' });
  const forced = withViewer(editor, (tx) =>
    sql`update core.telling_proposal set standing = 'accepted', decided_at = now() where id = ${proposal}`.execute(
      tx,
    ),
  );
  await expect(forced).rejects.toMatchObject({ code: '42501' });
  const other = await aPerson('Ander', [{ role: 'editor' }]);
  expect(await withViewer(other, (tx) => proposalsOn(tx, story.id))).toEqual([]);
});

test('a proposal stays as it was brought: not its editor nor its teller rewrites it', async () => {
  const story = await aStory();
  const proposal = await keyOf(bring(editor, story));
  for (const viewer of [editor, teller]) {
    const rewritten = withViewer(viewer, (tx) =>
      sql`update core.telling_proposal set why = 'Anders', standing = ${viewer === teller ? 'declined' : 'withdrawn'}, decided_at = now() where id = ${proposal}`.execute(
        tx,
      ),
    );
    await expect(rewritten).rejects.toMatchObject({ code: '42501' });
  }
  expect(
    await withViewer(editor, (tx) => withdrawProposal(tx, editorOf(editor) as Editor, proposal)),
  ).toMatchObject({ ok: true });
});

test('what the teller wrote themselves meanwhile is replaced only when they say so', async () => {
  const story = await aStory();
  const proposal = await keyOf(bring(editor, story));
  await withViewer(teller, (tx) =>
    sql`update core.telling_draft set doc = '{"type":"doc","content":[]}' where telling = ${story.id}`.execute(
      tx,
    ),
  );
  expect(await decide(teller, story, proposal, true)).toMatchObject({ reason: 'proposal_over_draft' });
  expect(await decide(teller, story, proposal, true, true)).toMatchObject({ ok: true });
});

test('a proposal about an older version cannot be accepted any more', async () => {
  const story = await aStory();
  const proposal = await keyOf(bring(editor, story));
  await withViewer(operator, async (tx) => {
    await sql`insert into core.telling_version (telling, number, doc, hash) select telling, 2, doc, sha256('2') from core.telling_version where telling = ${story.id}`.execute(
      tx,
    );
    await sql`update core.telling set version = 2 where id = ${story.id}`.execute(tx);
  });
  expect(await decide(teller, story, proposal, true)).toMatchObject({ reason: 'proposal_passed' });
});

test('an editor proposes nothing for their own telling, nor for one they may not read, and finds neither', async () => {
  const [own, closed] = [await aStory(editor), await aStory(teller, [])];
  for (const story of [own, closed]) {
    expect(await bring(editor, story)).toMatchObject({ reason: 'proposal_unknown' });
    expect(await withViewer(editor, (tx) => tellingToEdit(tx, story.id))).toBeNull();
  }
  const found = (await withViewer(editor, tellingsToEdit)).map(({ id }) => id);
  expect(found).not.toContain(own.id);
  expect(found).not.toContain(closed.id);
});

test('an editor who may no longer read a telling no longer sees what they proposed', async () => {
  const story = await aStory();
  await bring(editor, story);
  await withViewer(teller, (tx) =>
    sql`insert into core.consent (item, use, verdict, audience, shown_in, how, said_by) values (${story.id}, 'read', 'taken-back', 'circle', 'nl', 'screen', ${teller.id})`.execute(
      tx,
    ),
  );
  expect(await withViewer(editor, (tx) => proposalsOn(tx, story.id))).toEqual([]);
});

test('a proposal says why, and something else than the telling', async () => {
  const story = await aStory();
  expect(await bring(editor, story, 'Ik kwam in de lente.', '')).toMatchObject({ reason: 'proposal_why' });
  expect(await bring(editor, story, 'Ik kwam in de winter.')).toMatchObject({ reason: 'proposal_same' });
});
