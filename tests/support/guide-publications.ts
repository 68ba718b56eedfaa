import { expect } from 'vitest';
import { speakerOf, type Speaker } from '../../src/modules/consent/access.ts';
import { takeBack } from '../../src/modules/consent/commands.server.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { editorOf, layerOf } from '../../src/modules/publications/access.ts';
import { takeFigure } from '../../src/modules/publications/figures/commands.server.ts';
import { invite } from '../../src/modules/publications/inviting/commands.server.ts';
import { anOpenEdition } from '../../src/modules/publications/reading/testing.ts';
import { usedOf } from '../../src/modules/publications/telling-back/access.ts';
import { answerUse, showUse, tellBack } from '../../src/modules/publications/telling-back/commands.server.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../../src/modules/publications/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { catalogue } from '../../src/platform/i18n/catalogue.ts';
import { speaker } from '../../src/platform/i18n/speech.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { does, goes, inTurn, look, press, reads, type Deed, type Follower } from './guide.ts';
import type { houseDatabase } from './house-database.ts';
import { signIn, type Inhabitant } from './person.ts';

/** What the guides about publications need that is not the point of a step. */

/** The database of the house, which is known once the tests begin. */
type House = ReturnType<typeof houseDatabase>;

/** The words of a teller that may stand in a report, and be put into other languages. */
export const said = 'De buurvrouw bracht soep.';

/** Someone who comes by a card and told something anyone may read and quote; the title finds it. */
export async function aTeller({ adminUrl }: House, title: string) {
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
export async function agreesToAll({ adminUrl }: House, teller: Viewer): Promise<void> {
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

/** A common story with one part that begins, and its editor. */
async function aStory() {
  const by = await aPerson('Eva', [{ role: 'editor' }]);
  const book = await aPublication({ by, title: 'Aan één tafel' });
  const article = await anArticle({ publication: book.id, title: 'De avonden' });
  await aParagraph({ article: article.id, text: 'In de winter was het huis nooit leeg.' });
  const editor = editorOf(by, { publication: book.id, part: 'editor' }) ?? expect.unreachable();
  return { by, book, article, editor };
}

/** `as` makes the inhabitant who was invited. */
export function workingAlong(house: House, as: () => Promise<Inhabitant>): readonly Deed[] {
  let at = '';
  return [
    async (who, names) => {
      const { by, book, editor } = await aStory();
      at = `/together/${book.slug}`;
      const made = await withViewer(by, (tx) => invite(tx, editor, 'layer', who.language));
      const link = `/together/in/${made.ok ? made.value.word : expect.unreachable()}`;
      await who.page.context().clearCookies();
      await who.open(link);
      expect(await who.page.locator('main a[href*="/sign-in?back="]').count()).toBe(1);
      await signIn(who.page.context(), await as());
      await who.open(link);
      await who.press(names[0]);
    },
    async (who, names) => {
      const title = `Tafel ${at.slice(-8).replace(/\d/g, 'x')}`;
      const { telling } = await aTeller(house, title);
      await who.press(names[0]);
      await who.page.locator('#q').fill(title);
      await goes(who, 'form[role=search] button');
      await goes(who, `main a[href*="telling=${telling.slug}"]`);
      await who.look();
      await who.page.locator('input[name=block]').first().check();
      await who.press(names[1]);
    },
    async (who, names) => {
      await who.open(at);
      await goes(who, 'main ol.steps a');
      await who.look();
      await who.press(names[0]);
      await who.page.locator('textarea[name=words]').fill('Zo weet ik het niet meer.');
      await who.press(names[1]);
      expect(await who.page.locator('main').textContent()).toContain('Zo weet ik het niet meer.');
    },
    async (who, names) => {
      await who.open('/me');
      await who.press(names[0]);
      await who.press(names[1]);
      await goes(who, `main a[href$="${at}"]`);
      await who.press(names[2]);
      await goes(who, 'form[action="?/leave"] button');
    },
  ];
}

/** `as` makes the inhabitant who told something. */
export const beingUsed = (as: () => Promise<Inhabitant>): readonly Deed[] => [
  async (who, names) => {
    const { by, book, article, editor } = await aStory();
    const teller = await as();
    const telling = await aTelling({
      teller: teller.viewer,
      says: [said],
      consents: [{ use: 'quote-report', verdict: 'given', audience: 'public' }],
    });
    const piece = await aPiece({ publication: book.id, by, telling: telling.id });
    await aParagraph({ article: article.id, piece: piece.id });
    await withViewer(by, (tx) => tellBack(tx, editor, [piece.id], 'https://huis.example'));
    await who.page.context().clearCookies();
    await who.open('/used');
    await signIn(who.page.context(), teller);
    await who.open('/used');
    for (const name of names) await who.press(name);
  },
  press(0),
  async (who, names) => {
    await who.page.locator('input[name=answer][value=remark]').check();
    await who.page.locator('textarea[name=words]').fill('Het was linzensoep.');
    await who.press(names[4]);
    expect(await who.page.locator('main').textContent()).toContain('Het was linzensoep.');
  },
  async (who, names) => {
    await who.open('/me');
    for (const name of [names[0], names[1], names[1]]) await who.press(name);
    expect(await who.page.locator('main').textContent()).not.toContain('Het was linzensoep.');
  },
];

/** Someone who does research and is signed in. */
export const citingPublications = (house: House): readonly Deed[] => [
  async (who, names) => {
    const slug = `gids-${Date.now().toString(36)}`;
    await anOpenEdition(house.adminUrl, {
      slug,
      articles: [{ slug: 'de-deur', title: 'De deur', blocks: [{ text: 'Wie vraagt, doet half open.' }] }],
    });
    await who.open('/');
    await who.press(names[0]);
    await goes(who, `main a[href$="/publications/${slug}"]`);
    await who.look();
    await reads(who, `/publications/${slug}/1/cite.bib`, `/publications/${slug}/1}`);
    await reads(who, `/data/v1/publications`, slug);
    await reads(who, '/data/v1/publications.jsonld', slug);
  },
  async (who, names) => {
    const { by, book } = await aStory();
    const layer = layerOf(by, { publication: book.id, part: 'editor' }) ?? expect.unreachable();
    const ask = { kind: 'field', on: '2019-03-01', province: null } as const;
    const taken = await withViewer(by, (tx) => takeFigure(tx, layer, ask, speaker(who.language, catalogue)));
    const { id, slug } = taken.ok ? taken.value : expect.unreachable();
    // How it gets out is the way of an edition.
    await asAdmin(
      house.adminUrl,
      `insert into pub.figure select id, slug, kind, asked, address, taken_on, language, title, alt, facts, drawing, hash
       from core.figure where id = $1`,
      [id],
    );
    await who.open(`/publications/figures/${slug}`);
    await who.press(names[1]);
    await who.press(names[3]);
  },
  inTurn(
    (who) => who.open('/publications'),
    does((who) => goes(who, 'main a[href*="/publications/records/"]')),
    (who) => who.open('/desk'),
    press(1),
    look,
  ),
];
