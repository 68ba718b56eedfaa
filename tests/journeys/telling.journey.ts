import { expect } from 'vitest';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();
const onAPhone = { widths: [360], scripts: [false] } as const;
const main = async ({ page }: Walk) => (await page.locator('main').textContent()) ?? '';
const press = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() => page.getByRole('button', { name: say(key), exact: true }).click());
const words = {
  ar: ['وصلت في الشتاء.', 'أعطتني جارتي فاطمة مفتاحا ورقمها 06-12345678.', 'كتبنا أسماءنا على الباب.'],
  nl: [
    'Ik kwam aan in de winter.',
    'Mijn buurvrouw Fatima gaf mij een sleutel en haar nummer 06-12345678.',
    'Wij schreven onze namen op de deur.',
  ],
};

journey(
  'someone without an account tells of a moment of an initiative in their own language, answers what may name another, sees it, releases it, and comes back with the card',
  async (walk) => {
    const { page, say, open, follow, language } = walk;
    const [one = '', two = '', three = ''] = language === 'ar' ? words.ar : words.nl;
    await open('/initiatives/takecarebnb');
    await follow(() => page.getByRole('link', { name: say('stories.tell-this'), exact: true }).click());
    expect(await main(walk)).toContain('Takecarebnb');
    await page.getByLabel(say('telling.language')).selectOption(language);
    await press(walk, 'telling.begin');
    const code = (await page.locator('.code').textContent()) ?? '';
    expect(code).toMatch(/^(\d{4} ){3}\d{4}$/);
    await follow(() => page.getByRole('link', { name: say('telling.card.on') }).click());

    // In more than one sitting, and nothing typed is lost when a day is none.
    await page.getByLabel(say('telling.words')).fill(`${one}\n\n${two}`);
    await press(walk, 'telling.add.moment');
    await page.getByLabel(say('telling.moment.which')).selectOption({ index: 1 });
    await page.getByLabel(say('turns.when.year'), { exact: true }).fill('16');
    await page.getByLabel(say('telling.words.more')).fill(three);
    await press(walk, 'telling.save');
    expect(await page.getByRole('alert').textContent()).toContain(say('turns.problem.not_a_year'));
    expect(await page.getByLabel(say('telling.words.more')).inputValue()).toBe(three);
    expect(await page.getByLabel(say('turns.when.year'), { exact: true }).inputValue()).toBe('16');
    await page.getByLabel(say('turns.when.year'), { exact: true }).fill('2016');
    await press(walk, 'telling.save');
    expect(await page.getByRole('status').textContent()).toBe(say('telling.saved'));
    const telling = new URL(page.url()).pathname;
    expect(await page.getByLabel(say('telling.words')).inputValue()).toBe(`${one}\n\n${two}`);
    expect(await page.getByLabel(say('telling.words')).getAttribute('dir')).toBe(say.direction);

    await press(walk, 'telling.to.see');
    expect(await page.locator('mark').allTextContents()).toEqual([
      language === 'ar' ? 'فاطمة' : 'Fatima',
      '06-12345678',
    ]);
    const [name, phone] = await page.locator('main fieldset').all();
    await name?.getByLabel(say('telling.others.keep')).check();
    await press(walk, 'telling.others.do');
    expect(await page.getByRole('alert').textContent()).toContain(say('telling.others.left'));
    await phone?.getByLabel(say('telling.others.change')).check();
    await press(walk, 'telling.others.do');
    const seen = await main(walk);
    expect(seen).toContain(three);
    expect(seen).toContain('2016');
    expect(seen).not.toContain('06-12345678');

    await press(walk, 'telling.see.do');
    await page.locator('input[name="read"][value="public"]').check();
    await press(walk, 'telling.release.do');
    expect(await main(walk)).toContain(say('telling.released.public'));
    await follow(() => page.getByRole('link', { name: say('telling.released.read') }).click());
    expect(await main(walk)).toContain(one);
    const street = new URL(page.url()).pathname.slice(3);

    // Their own story between words; others' dots come only after their own.
    await open(`${telling.slice(3)}/place`);
    expect(await page.locator('figure').count()).toBe(0);
    await page.locator('input[name="strength"][value="fits"]').check();
    await page.locator('select[name="strength.a"]').selectOption('3');
    await page.locator('select[name="strength.b"]').selectOption('1');
    await page.locator('input[name="belonging"][value="not"]').check();
    await press(walk, 'telling.place.do');
    expect(await page.locator('input[name="belonging"][value="not"]').isChecked()).toBe(true);
    expect(await main(walk)).toContain(say('telling.place.few'));

    // What is changed after the release is read only after it is released again.
    await open(telling.slice(3));
    await page.getByLabel(say('telling.words.more')).fill(`${three} !`);
    await press(walk, 'telling.to.see');
    await page.context().clearCookies();
    await open(street);
    expect(await main(walk)).not.toContain(`${three} !`);

    await open('/card');
    await page.getByLabel(say('people.card.come.code')).fill(code);
    await press(walk, 'people.card.come.do');
    await open(telling.slice(3));
    expect(await page.getByLabel(say('telling.words.more')).inputValue()).toBe(`${three} !`);
    // To anyone else it is not there.
    await page.context().clearCookies();
    await open(telling.slice(3), 404);
  },
  onAPhone,
);

journey(
  'a facilitator writes down what someone tells them; the teller gets the card, and nothing is released without their word',
  async (walk) => {
    const { page, say, follow } = walk;
    await walk.open('/tell');
    await page.getByLabel(say('telling.language')).selectOption('ti');
    await page.getByLabel(say('telling.how.with-someone'), { exact: false }).check();
    await press(walk, 'telling.begin');
    expect(await main(walk)).toContain(say('telling.card.theirs.about'));
    const code = (await page.locator('.code').textContent()) ?? '';
    await follow(() => page.getByRole('link', { name: say('telling.card.on') }).click());
    await page.getByLabel(say('telling.words')).fill('ሰላም። ናብዚ መጺአ።');
    expect(await page.getByLabel(say('telling.words')).getAttribute('lang')).toBe('ti');
    await press(walk, 'telling.to.see');
    expect(await main(walk)).toContain(say('telling.see.written-down'));
    await press(walk, 'telling.see.do');
    await page.locator('input[name="read"][value="network"]').check();
    await press(walk, 'telling.release.do');
    expect(await page.getByRole('alert').textContent()).toContain(say('telling.release.their-word.needed'));
    expect(await page.locator('input[name="read"][value="network"]').isChecked()).toBe(true);
    await page.getByLabel(say('telling.release.their-word')).check();
    await press(walk, 'telling.release.do');
    expect(await main(walk)).toContain(say('telling.released.network'));
    const released = new URL(page.url()).pathname.slice(3);
    await page.context().clearCookies();
    await walk.open('/card');
    await page.getByLabel(say('people.card.come.code')).fill(code);
    await press(walk, 'people.card.come.do');
    await walk.open(released);
    expect(await main(walk)).toContain(say('telling.released.network'));
  },
  { ...onAPhone, brief: true, languages: ['nl'], as: () => anInhabitant('Fay', [{ role: 'facilitator' }]) },
);
