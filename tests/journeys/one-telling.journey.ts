import { expect } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { taggedVoices } from '../support/media-files.ts';
import { anInhabitant, signIn } from '../support/person.ts';

const database = houseDatabase();
const main = async ({ page }: Walk) => (await page.locator('main').textContent()) ?? '';
const press = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() =>
    page
      .getByRole('button', { name: say(key), exact: true })
      .first()
      .click(),
  );
const link = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() =>
    page
      .getByRole('link', { name: say(key), exact: true })
      .first()
      .click(),
  );

const told = 'فتحت جارتي الباب ومعها كأس شاي.';
const heard = 'كان الشاي بالنعناع، ولم نتكلم كثيرا.';
const dutch = ['Mijn buurvrouw deed open met een glas thee.', 'Het was muntthee, en we zeiden niet veel.'];

async function comeByCard(walk: Walk, code: string): Promise<void> {
  const { page, say, open } = walk;
  await page.context().clearCookies();
  await open('/card');
  await page.getByLabel(say('people.card.come.code')).fill(code);
  await press(walk, 'people.card.come.do');
}

journey(
  'someone without an account tells by voice, is put into Dutch and checks it, is read beside others, and is gone everywhere when they take it back with their card',
  async (walk) => {
    const { page, say, open, follow } = walk;
    // Of an initiative that no other journey tells about.
    const [entry] = await asAdmin<{ id: string; slug: string }>(
      database.adminUrl,
      `select i.id, i.slug from pub.initiative i join pub.life_event e on e.initiative_id = i.id
       where i.slug <> 'takecarebnb' and not exists (select from core.telling_about a where a.initiative_id = i.id)
       group by i.id, i.slug order by count(*) desc, i.slug limit 1`,
    );
    if (!entry) throw new Error('There is no initiative to tell about.');
    const { id, slug } = entry;
    const home = new URL((await open(`/initiatives/${slug}`)).url()).origin;
    await link(walk, 'stories.tell-this');
    await page.getByLabel(say('telling.language')).selectOption('ar');
    await press(walk, 'telling.begin');
    const code = (await page.locator('.code').textContent()) ?? '';
    await link(walk, 'telling.card.on');
    const telling = new URL(page.url()).pathname.split('/').at(-1) ?? '';

    await page.getByLabel(say('telling.words')).fill(told);
    await press(walk, 'telling.add.moment');
    await page.getByLabel(say('telling.moment.which')).selectOption({ index: 1 });
    await press(walk, 'telling.add.voice');
    const voices = await taggedVoices('CANARY-of-a-telephone', 3_200);
    const [voice] = Object.values(voices);
    if (!voice) throw new Error('No voice was made.');
    await page
      .getByLabel(say('media.voice.file'))
      .setInputFiles({ name: 'opname.m4a', mimeType: 'audio/mp4', buffer: voice });
    await press(walk, 'media.voice.do');
    const sound = (await page.locator('main figure audio').getAttribute('src')) ?? '';
    await open(`/tell/${telling}`);
    await page.getByLabel(say('telling.words.transcript')).fill(heard);
    await press(walk, 'telling.to.see');
    // 'My neighbour' may be followed by a name; here it is the door, and stays.
    for (const flag of await page.locator('main fieldset').all())
      await flag.getByLabel(say('telling.others.keep')).check();
    await press(walk, 'telling.others.do');
    await press(walk, 'telling.see.do');
    for (const use of ['read', 'translate-people'])
      await page.locator(`input[name="${use}"][value="public"]`).check();
    await page.locator('input[name="read.voice"]').evaluate((box: HTMLInputElement) => box.click());
    await press(walk, 'telling.release.do');
    expect(await main(walk)).toContain(say('telling.released.public'));

    // A member of the initiative puts it into Dutch; the desk speaks Dutch and English.
    const member = await anInhabitant('Mira', [{ role: 'member', scope: { kind: 'initiative', id } }]);
    await page.context().clearCookies();
    await signIn(page.context(), member);
    await page.goto(`${home}/nl/desk/renderings/${telling}/nl`);
    const fields = page.locator('textarea[name^="block-"]');
    expect(await fields.count()).toBe(2);
    for (const [at, words] of dutch.entries()) await fields.nth(at).fill(words);
    await page.locator('button[value="done"], button[formaction*="done"]').first().click();
    await page.waitForLoadState();

    await comeByCard(walk, code);
    await open(`/me/tellings/${telling}/renderings`);
    await link(walk, 'renderings.mine.open');
    await page.getByLabel(say('renderings.check.right.yes')).check();
    await press(walk, 'renderings.check.do');

    // A reader of Dutch meets the voice among the moments of the initiative, hears it, and reads how it was told.
    await page.context().clearCookies();
    const moments = `${home}/nl/initiatives/${slug}/stories`;
    await page.goto(moments);
    const page1 = await main(walk);
    expect(page1).toContain(dutch[0]);
    expect(page1).toContain(told);
    expect(await page.locator(`audio[src="${sound}"]`).count()).toBe(1);
    const [street] = await asAdmin<{ slug: string }>(
      database.adminUrl,
      'select slug from pub.telling where id = $1',
      [telling],
    );
    expect((await page.request.get(`${home}/nl/tellings/${street?.slug}`)).status()).toBe(200);
    expect((await page.request.get(`${home}${sound}`)).status()).toBe(200);

    await comeByCard(walk, code);
    await open(`/me/tellings/${telling}`);
    await press(walk, 'consent.back.do');
    expect(await page.getByRole('status').textContent()).toBe(say('consent.receipt.gone'));
    const receipt = page.url();

    await page.context().clearCookies();
    for (const path of [sound, `/nl/tellings/${street?.slug}`])
      expect([path, (await page.request.get(`${home}${path}`)).status()]).toEqual([path, 404]);
    for (const path of [
      moments,
      `${home}/nl/stories?q=buurvrouw`,
      `${home}/ar/stories?q=${encodeURIComponent('شاي')}`,
    ]) {
      const there = await (await page.request.get(path)).text();
      expect([path, [told, heard, ...dutch].filter((words) => there.includes(words))]).toEqual([path, []]);
    }
    await comeByCard(walk, code);
    await expect
      .poll(
        async () => {
          await page.goto(receipt);
          return main(walk);
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .not.toContain(say('consent.receipt.looking'));
    await follow(() => page.reload());
  },
  { widths: [360], scripts: [false], languages: ['ar'], brief: true },
);
