import { expect } from 'vitest';
import type { Viewer } from '../../src/platform/viewer.ts';
import {
  does,
  goes,
  inTurn,
  look,
  press,
  reads,
  tryGuides,
  type Follower,
  type Guide,
} from '../support/guide.ts';
import { agreesToAll, aTeller, putsThere, said, takesBack } from '../support/guide-publications.ts';
import { houseDatabase } from '../support/house-database.ts';
import { aPicture } from '../support/media-files.ts';
import { anInhabitant } from '../support/person.ts';

const database = houseDatabase();
const mark = Date.now().toString(36).replace(/\d/g, 'x');

/** What somebody makes, and whose words stand in it. */
interface Made {
  slug: string;
  part: string;
  teller: Viewer | null;
  telling: string;
}
const making = new Map<Follower, Made>();
const of = (who: Follower): Made => {
  const known = making.get(who) ?? { slug: '', part: '', teller: null, telling: '' };
  making.set(who, known);
  return known;
};
const desk = (who: Follower) => who.open(`/desk/publications/${of(who).slug}`);
const text = (who: Follower) => who.open(of(who).part);
const put = (who: Follower, words: string) => who.page.locator('#write-text').fill(words);

const editor: Guide = {
  nl: 'redacteur',
  en: 'editor',
  as: () => anInhabitant('Noor', [{ role: 'editor' }]),
  parts: [
    [
      async (who, names) => {
        await who.open('/me');
        for (const name of names) await who.press(name);
      },
      does((who) => who.page.locator('input[name=kind][value=common-story]').check()),
      async (who, names) => {
        await who.field(names[0]).fill('Aan één tafel');
        await who.press(names[2]);
        of(who).slug = new URL(who.page.url()).pathname.split('/').at(-1) ?? '';
      },
      async (who, names) => {
        await who.press(names[0]);
        await who.page.locator('#title-new').fill('De avonden');
        await who.press(names[1]);
        await who.press(names[2]);
      },
    ],
    [
      does((who) => who.page.locator('input[name=part][value=writer]').check()),
      async (who, names) => {
        await who.page.locator('#invite-language').selectOption('ar');
        await who.press(names[0]);
        expect(await who.page.locator('.link').textContent()).toContain('/ar/together/in/');
      },
      press(0),
    ],
    [
      inTurn(look, press(0), press(1)),
      async (who, names) => {
        const title = `Soep ${mark} ${who.language}`;
        const { teller, telling } = await aTeller(database, title);
        Object.assign(of(who), { teller, telling: telling.id });
        await who.field(names[0]).fill(title);
        await goes(who, 'form[role=search] button');
        await goes(who, `main a[href*="telling=${telling.slug}"]`);
        await who.look();
      },
      async (who, names) => {
        await who.field(names[0]).fill(said);
        await who.field(names[1]).fill('Hier gaat het over buren.');
        await who.press(names[2]);
      },
      async (who, names) => {
        await who.press(names[0]);
        await who.page.locator('article textarea').fill('La voisine a apporté de la soupe.');
        await who.page.locator('article select').selectOption('fr');
        await who.press(names[1]);
        await who.open(`/together/${of(who).slug}`);
      },
    ],
    [
      async (who, names) => {
        await who.look();
        await goes(who, 'main ol.steps a');
        of(who).part = new URL(who.page.url()).pathname.slice(3);
        await who.press(names[1]);
        await who.page.locator('#add-text').fill('Zo begonnen de avonden.');
        await who.press(names[2]);
      },
      inTurn(press(0), press(1), putsThere),
      async (who, names) => {
        await who.press(names[0]);
        await put(who, 'Zij vertelt van een buurvrouw.');
        await who.press(names[1]);
        await who.page.locator('select[name^="rests-"]').first().selectOption('paraphrases');
        await who.press(names[2]);
      },
      async (who, names) => {
        const other = await who.page.context().newPage();
        await who.press(who.language === 'nl' ? 'Schrijf hieraan' : 'Write on this');
        await other.goto(who.page.url());
        await other.locator('#write-text').fill('Zij vertelt van een lieve buurvrouw.');
        await Promise.all([other.waitForEvent('load'), other.locator('[data-deed=write] button').click()]);
        await other.close();
        await put(who, 'Zij vertelt van een oude buurvrouw.');
        await goes(who, '[data-deed=write] button');
        await who.look();
        await who.press(names[1]);
      },
      async (who, names) => {
        await who.press(who.language === 'nl' ? 'Schrijf hieraan' : 'Write on this');
        await who.page.locator('details:has([data-deed=take-out]) summary').click();
        await goes(who, '[data-deed=take-out] button');
        await who.press(names[0]);
        await text(who);
        await who.page.locator('details:has([data-deed=bring-back]) summary').click();
        await who.press(names[1]);
      },
    ],
    [
      async (who, names) => {
        await desk(who);
        await who.press(names[0]);
        await who.press(names[1]);
        await who.page.locator('#initiative').fill('takecarebnb');
        await who.press(names[2]);
      },
      press(0),
      async (who, names) => {
        await who.press(names[0]);
        const buffer = await aPicture().jpeg().toBuffer();
        await who.page.locator('#file').setInputFiles({ name: 'tafel.jpg', mimeType: 'image/jpeg', buffer });
        await who.field(names[1]).fill('Een lange tafel met borden.');
        await who.press(names[2]);
      },
      async (who, names) => {
        for (const name of names.slice(1)) {
          await text(who);
          await who.press(names[0]);
          await who.press(name);
          await putsThere(who);
        }
      },
    ],
    [
      inTurn(desk, press(0), press(1)),
      press(0),
      async (who) => agreesToAll(database, of(who).teller ?? expect.unreachable()),
      inTurn(press(0), press(1), press(2)),
    ],
    [
      async (who) => {
        await desk(who);
        await reads(who, `/${who.language}/desk/publications/${of(who).slug}/proof.pdf`, '%PDF-');
      },
      press(0),
      async (who, names) => {
        await who.field(names[0]).check();
        await who.press(names[1]);
      },
      press(0),
    ],
    [
      async (who) => {
        const { teller, telling, slug } = of(who);
        await takesBack(teller ?? expect.unreachable(), telling);
        await who.open(`/publications/${slug}/1`);
        expect(await who.page.locator('main').textContent()).not.toContain(said);
      },
    ],
    [],
  ],
};

tryGuides([editor]);
