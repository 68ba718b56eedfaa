import type { Cookies } from '@sveltejs/kit';
import { expect } from 'vitest';
import { inGroups } from '../../src/modules/people/cards/model.ts';
import { comeAsSomeoneNew } from '../../src/modules/people/cards/commands.server.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';

const database = houseDatabase();
const onAPhone = { widths: [360], scripts: [false] } as const;
const main = async ({ page }: Walk) => (await page.locator('main').textContent()) ?? '';
const press = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() => page.getByRole('button', { name: say(key), exact: true }).click());
const tap = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() =>
    page
      .getByRole('link', { name: say(key), exact: true })
      .first()
      .click(),
  );

/** Someone without an account who told something that everyone may read, and the code of their card. */
async function aTellerByCard(language: 'nl' | 'ar') {
  const cookies = { set: (_name: string, _value: string) => undefined } as Cookies;
  const came = await comeAsSomeoneNew({ cookies }, language);
  if (!came.ok) throw new Error(came.reason);
  const said = { verdict: 'given', audience: 'public' } as const;
  const telling = await aTelling({
    teller: { kind: 'person', id: came.value.person, entrusted: [], sure: false },
    language,
    title: language === 'ar' ? 'الشتاء الأول' : 'De eerste winter',
    says: [language === 'ar' ? 'وصلت في الشتاء.' : 'Ik kwam aan in de winter.'],
    consents: [
      { use: 'read', ...said },
      { use: 'print', ...said },
    ],
  });
  return { code: inGroups(came.value.code), ...telling };
}

journey(
  'a teller comes back with the card, sees where everything stands, changes who may read it, takes it back in one tap, and keeps a receipt',
  async (walk) => {
    const { page, say, open, language } = walk;
    const { code, id, slug } = await aTellerByCard(language === 'ar' ? 'ar' : 'nl');
    await open(`/tellings/${slug}`);
    await open('/card');
    await page.getByLabel(say('people.card.come.code')).fill(code);
    await press(walk, 'people.card.come.do');
    await tap(walk, 'consent.mine.title');
    expect(await main(walk)).toContain(say('consent.stands.open.public'));
    await open(`/me/tellings/${id}`);
    expect(await main(walk)).toContain(say('consent.use.print'));

    await tap(walk, 'consent.one.change');
    // Nothing is chosen beforehand but what was said.
    expect(await page.locator('input[name=press][value=no]').isChecked()).toBe(true);
    expect(await page.locator('input[name=print][value=public]').isChecked()).toBe(true);
    await page.locator('input[name=read][value=network]').check();
    await page.locator('input[name="print.until"]').fill('2020-01-01');
    await page.locator('main form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
    await press(walk, 'consent.uses.do');
    expect(await page.getByRole('alert').textContent()).toContain(say('consent.problem.until_past'));
    expect(await page.locator('input[name=read][value=network]').isChecked()).toBe(true);
    await page.locator('input[name="print.until"]').fill('');
    await press(walk, 'consent.uses.do');
    expect(await main(walk)).toContain(say('consent.stands.open.network'));
    await open(`/tellings/${slug}`, 404);

    await open(`/me/tellings/${id}`);
    // What cannot be called back is said before the tap.
    expect(await main(walk)).toContain(say('consent.lasting.print'));
    await press(walk, 'consent.back.do');
    expect(await page.getByRole('status').textContent()).toBe(say('consent.receipt.gone'));
    const receipt = page.url();
    const file = await page.context().request.get(`${receipt}/file`);
    const told = (await file.json()) as { schema_version: string; events: { event_state: string }[] };
    expect(told.schema_version).toBe('ISO/IEC TS 27560:2023');
    expect(told.events.at(-1)?.event_state).toBe('consent withdrawn');
    await open(`/tellings/${slug}`, 404);
    await expect
      .poll(
        async () => {
          await page.goto(receipt);
          return main(walk);
        },
        { timeout: 60_000, interval: 500 },
      )
      .not.toContain(say('consent.receipt.looking'));
    expect(await main(walk)).toContain(say('consent.receipt.said'));
    const [took] = await asAdmin<{ seconds: number }>(
      database.adminUrl,
      "select extract(epoch from done_at - made_at)::float8 as seconds from core.receipt where item = $1 and kind = 'taken-back'",
      [id],
    );
    expect(took?.seconds).toBeLessThan(60);

    await open('/me/tellings');
    await press(walk, 'consent.card.renew');
    expect(await page.locator('.code').textContent()).not.toBe(code);
    await page.context().clearCookies();
    await open(`/me/tellings/${id}`, 404);
    await open('/card');
    await page.getByLabel(say('people.card.come.code')).fill(code);
    await press(walk, 'people.card.come.do');
    expect(await page.getByRole('alert').textContent()).toContain(say('people.card.problem.card_shut'));
  },
  { ...onAPhone, languages: ['nl', 'ar'] },
);
