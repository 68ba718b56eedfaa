import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { withViewer } from '../../src/platform/db.server.ts';
import { doInCircle } from '../../src/modules/learning/intervision/commands.server.ts';
import {
  begin,
  bringCase,
  end,
  goOn,
  stop,
  writeNote,
} from '../../src/modules/learning/intervision/round/model.ts';
import { aCircle } from '../../src/modules/learning/intervision/testing.ts';
import { visitor } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { inspect } from '../support/inspection.ts';
import { anInhabitant, signIn } from '../support/person.ts';
import { Someone } from '../support/someone.ts';

houseDatabase();
let browser: Browser;
beforeAll(async () => {
  browser = await chromium.connect(inject('chromiumAddress'));
});
afterAll(() => browser.close());

const secrets = {
  name: 'Zilverreiger',
  brief: 'zilverreigercasus bij de brug',
  question: 'zilverreigervraag waarom',
  thought: 'zilverreigerstilte in mij',
  title: 'Zilvervisdilemma',
  dilemma: 'Zilvervis: wanneer houdt zorgen iemand klein?',
};

/** Which of these words stand in a file of this folder that was written since then: the database with its log of writings, and what the house told. */
async function foundIn(folder: string, since: number, words: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    const written = file.isFile() ? await stat(path).catch(() => null) : null;
    if (!written || written.mtimeMs < since) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    for (const word of words) if (bytes.includes(word)) found.add(word);
  }
  return [...found];
}

describe('an intervision of six, with one phone each', () => {
  test('what they type is seen by who may see it, and nowhere else: not in the database, its log of writings or what the house tells, during or after', async () => {
    const [began, known] = [Date.now() - 2_000, `Kuifeend ${crypto.randomUUID()}`];
    const opener = await anInhabitant(known, [{ role: 'facilitator' }]);
    const languages = ['nl', 'ar', 'en', 'nl', 'nl', 'nl'] as const;
    const phones = await Promise.all(languages.map((each) => Someone.with(browser, each, { script: false })));
    const [giver, guide, keeper, ...askers] = phones as [
      Someone,
      Someone,
      Someone,
      Someone,
      Someone,
      Someone,
    ];
    const [asker] = askers;
    const judge = async (who: Someone) =>
      expect(await inspect(browser, { url: who.page.url(), html: await who.page.content() }, 360)).toEqual(
        [],
      );
    const press = async (
      who: Someone,
      key: Parameters<Someone['button']>[0],
      values?: Record<string, string>,
    ) => {
      await who.button(key, values).click();
      await who.page.waitForLoadState();
    };
    const again = (who: Someone) => who.go('/circle');
    const sends = (who: Someone, path: string, form: Record<string, string> = {}) =>
      who.context.request.post(`${inject('journeyUrl')}/${who.language}${path}`, {
        headers: { origin: inject('journeyUrl'), accept: 'text/html' },
        form,
        maxRedirects: 0,
      });

    await signIn(giver.context, opener);
    await giver.go('/circle/new');
    await giver.page.locator('#called').fill(secrets.name);
    await press(giver, 'circle.new.do');
    const link = await giver.page.locator('#link').inputValue();
    const word = link.split('/').at(-1) ?? '';
    expect(word).toHaveLength(32);
    await guide.go(`/circle/in/${word}`);
    await press(guide, 'circle.in.do');
    for (const phone of [keeper, ...askers])
      expect((await sends(phone, `/circle/in/${word}`, { called: '' })).status()).toBe(303);
    await again(giver);
    await press(giver, 'circle.gather.bring');
    await press(giver, 'circle.gather.begin');
    await giver.page.locator('#brief').fill(secrets.brief);
    await press(giver, 'circle.brief.do');

    // The guide reads Arabic from right to left, and the case in the language it was typed in.
    await again(guide);
    expect(await guide.page.locator('.words[lang=nl]').innerText()).toBe(secrets.brief);
    await press(guide, 'circle.deed.next', { step: guide.say('circle.step.asking.title') });
    await again(asker);
    await press(asker, 'circle.write.do');
    expect(await asker.page.locator('#problems').innerText()).toContain(asker.say('circle.refused.empty'));
    await asker.page.locator('#write').fill(secrets.question);
    await press(asker, 'circle.write.do');
    await again(giver);
    expect(await giver.text()).toContain(secrets.question);
    expect(await giver.page.locator('#write').count()).toBe(0);

    await again(guide);
    await press(guide, 'circle.deed.next', { step: guide.say('circle.step.silence.title') });
    await again(asker);
    await asker.page.locator('#write').fill(secrets.thought);
    await press(asker, 'circle.write.do');
    await judge(guide);
    for (const phone of [giver, guide]) {
      await again(phone);
      expect(await phone.text()).not.toContain(secrets.thought);
    }
    for (const step of ['thinking-aloud', 'giving-back', 'harvesting'] as const) {
      await press(guide, 'circle.deed.next', { step: guide.say(`circle.step.${step}.title`) });
      expect(await guide.text()).toContain(secrets.thought);
    }

    await again(giver);
    await giver.page.locator('#dilemma-title').fill(secrets.title);
    await giver.page.locator('#dilemma').fill(`${secrets.dilemma} Vraag het ${secrets.name}.`);
    await press(giver, 'circle.dilemma.do');
    expect(await giver.page.locator('#problems').innerText()).toContain(
      giver.say('circle.refused.someone_named'),
    );
    expect(await giver.page.locator('#dilemma-title').inputValue()).toBe(secrets.title);
    await giver.page.locator('#dilemma').fill(secrets.dilemma);
    await press(giver, 'circle.dilemma.do');
    await judge(giver);
    await again(guide);
    await press(guide, 'circle.dilemma.yes');
    for (const phone of [keeper, ...askers])
      expect((await sends(phone, '/circle?/say', { said: 'yes' })).status()).toBe(303);
    const file = await sends(giver, '/circle/notes');
    expect(file.headers()['content-disposition']).toContain('attachment');
    const notes = await file.text();
    for (const kept of [secrets.brief, secrets.question, secrets.thought, secrets.dilemma])
      expect(notes).toContain(kept);
    expect(notes).not.toContain(secrets.name);
    expect((await sends(asker, '/circle/notes')).status()).toBe(303);

    const { cookies } = await giver.context.storageState();
    const ours = cookies.find(({ name }) => name === 'circle');
    expect(ours).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax' });
    const hidden = [...Object.values(secrets), ...(ours?.value.split('.') ?? [])];
    expect(hidden).toContain(word);
    // Who opened it is known to the house by name: that shows that what is sought would be found.
    const found = () => foundIn(inject('journeyHome'), began, [known, ...hidden]);
    expect(await found()).toEqual([known]);

    await again(giver);
    await press(giver, 'circle.close.end');
    expect(await giver.text()).toContain(giver.say('circle.over.gone'));
    for (const phone of [guide, keeper, ...askers]) {
      await again(phone);
      expect(await phone.text()).toContain(phone.say('circle.over.title'));
      expect((await phone.context.cookies()).filter(({ name }) => name === 'circle')).toEqual([]);
    }
    await asker.go(`/circle/in/${word}`);
    expect(await asker.text()).toContain(asker.say('circle.in.gone'));
    expect(await found()).toEqual([known]);
    await Promise.all(phones.map(({ context }) => context.close()));
  });

  test('with script a phone hears what others write and that it is over, and keeps what is being typed', async () => {
    const [giver, guide, mine, other] = await aCircle(5);
    if (!giver || !guide || !mine || !other) throw new Error('Nobody came.');
    await doInCircle(giver, bringCase);
    await doInCircle(giver, begin);
    await doInCircle(guide, goOn);
    const me = await Someone.with(browser, 'nl');
    await me.context.addCookies([
      {
        name: 'circle',
        value: `${mine.word}.${mine.own}`,
        url: inject('journeyUrl').replace('http:', 'https:'),
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
      },
    ]);
    await me.go('/circle');
    await me.page.locator('#write').fill('Ik wil nog vra');
    const said = { language: 'nl', text: 'Wie vroeg jou om hulp?' };
    await doInCircle(other, (circle, seat) => writeNote(circle, seat, 'one', said));
    await me.hears(said.text);
    expect(await me.page.locator('#write').inputValue()).toBe('Ik wil nog vra');
    await doInCircle(guide, goOn);
    await me.hears(me.say('circle.step.silence.title'));
    // What was typed as a question for all is not taken as a thought of the silence; it stays to be read.
    await me.button('circle.write.do').click();
    await me.hears(me.say('circle.refused.not_now'));
    expect(await me.page.locator('#write').inputValue()).toBe('Ik wil nog vra');
    await doInCircle(giver, stop);
    await doInCircle(giver, end);
    await me.hears(me.say('circle.over.title'));
    await me.context.close();
  });
});

test('someone reflects for themselves, and an initiative writes how it sees itself: what could not be kept stays typed, what is kept is theirs alone', async () => {
  const [entry] = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.initiative').select(['id', 'slug']).orderBy('slug').limit(1).execute(),
  );
  const { id = '', slug = '' } = entry ?? {};
  const [mine, others] = [
    await anInhabitant('Samira', [{ role: 'member', scope: { kind: 'initiative', id } }]),
    await anInhabitant('Bram'),
  ];
  const [me, other] = await Promise.all(
    ['nl', 'nl'].map((each) => Someone.with(browser, each as 'nl', { script: false })),
  );
  if (!me || !other) throw new Error('Nobody came.');
  await signIn(me.context, mine);
  await signIn(other.context, others);
  const page = me.page;
  const judge = async () =>
    expect(await inspect(browser, { url: page.url(), html: await page.content() }, 360)).toEqual([]);

  await me.go('/me/reflections');
  const card = page.locator('#internal-power');
  await card.locator('summary').click();
  await card.getByRole('button', { name: me.say('reflecting.write.do') }).click();
  expect(await page.locator('#problems').innerText()).toContain(me.say('reflecting.refused.empty'));
  await card.locator('textarea').fill('Ik besliste voor haar.');
  await card.getByRole('button', { name: me.say('reflecting.write.do') }).click();
  expect(await card.locator('.words').innerText()).toBe('Ik besliste voor haar.');
  await judge();

  await me.go(`/initiatives/${slug}/self-view`);
  await page.locator('#brings').fill('Tijd en taal.');
  await page.locator('#what-0').fill('Een zaal.');
  await page.getByRole('button', { name: me.say('reflecting.self.save') }).click();
  expect(await page.locator('#problems').innerText()).toContain(
    me.say('reflecting.self.refused.whom', { number: 1 }),
  );
  expect(await page.locator('#brings').inputValue()).toBe('Tijd en taal.');
  await page.locator('#whom-0').fill('De gemeente');
  await page.getByRole('button', { name: me.say('reflecting.self.save') }).click();
  expect(await page.locator('section.card').innerText()).toContain('Een zaal.');
  await judge();

  await other.go('/me/reflections');
  expect(await other.text()).not.toContain('Ik besliste');
  expect((await other.go(`/initiatives/${slug}/self-view`))?.status()).toBe(404);
  await Promise.all([me.context.close(), other.context.close()]);
});
