import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { aField, asAdmin, layField } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import type { Block } from '../../src/modules/stories/document/model.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { anInhabitant, signIn } from '../support/person.ts';

const database = houseDatabase();
const phone = { widths: [360], scripts: [false] } as const;
let times = 0;

/** An initiative that nobody else in this run touches, with a voice for everyone on its beginning and one for the network on its opening. */
async function toldInitiative() {
  const slug = `gelezen-${Date.now().toString(36)}-${++times}`;
  await layField(
    aField([{ id: slug, name: `Theehuis ${slug}` }], {
      events: [{ organisation: slug, date: '2018-05', kind: 'opened', id: `${slug}-open` }],
    }),
  );
  const rows = await asAdmin<{ id: string; kind: string; fact: string }>(
    database.adminUrl,
    'select i.id, e.kind, e.fact from pub.initiative i join pub.life_event e on e.initiative_id = i.id where i.slug = $1',
    [slug],
  );
  const fact = (kind: string) => rows.find((row) => row.kind === kind)?.fact ?? null;
  const id = rows[0]?.id ?? '';
  const teller = await aPerson('Noor');
  const at = (kind: string, day: string | null): Block => ({
    type: 'moment',
    attrs: {
      id: randomUUID(),
      lang: 'nl',
      dir: 'ltr',
      moment: fact(kind),
      title: '',
      day,
      precision: day ? 'year' : 'unknown',
    },
  });
  const read = { use: 'read', verdict: 'given', audience: 'public', nameForm: 'other' } as const;
  const open = await aTelling({
    teller,
    about: [id],
    title: 'De ketel',
    otherName: 'Noor',
    says: [at('founded', '2015-01-01'), 'Wij begonnen met één ketel.'],
    consents: [read],
  });
  const limited = await aTelling({
    teller,
    about: [id],
    title: 'Voor ons',
    says: [at('opened', null), 'Dit is alleen voor wie meedoet.'],
    consents: [{ ...read, audience: 'network' }],
  });
  return { slug, id, open, limited };
}

journey(
  'a reader finds a story of many voices, swipes from voice to voice, and reads one beside how it was told',
  async ({ page, say, open, follow, language, width }) => {
    await open('/');
    await follow(() =>
      page
        .getByRole('navigation')
        .getByRole('link', { name: say('stories.nav'), exact: true })
        .click(),
    );
    await page.locator('#q').fill('verhaal van velen');
    await follow(() => page.getByRole('button', { name: say('stories.find.do') }).click());
    await follow(() => page.getByRole('link', { name: 'Zo leest een verhaal van velen' }).click());
    expect(await page.locator('main').textContent()).toContain(say('stories.invented.story'));
    // Its voices did not choose to be found by search engines, so neither is the page they stand on.
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
    const cards = page.locator('.voices > li');
    expect(await cards.count()).toBe(12);
    expect(await cards.filter({ hasText: say('stories.invented') }).count()).toBe(12);
    const [first, second] = [await cards.nth(0).boundingBox(), await cards.nth(1).boundingBox()];
    // The second voice stands beside the first, on the side where this language goes on.
    if (width === 360) expect((second?.x ?? 0) > (first?.x ?? 0)).toBe(language === 'nl');
    expect(first?.y).toBe(second?.y);
    const details = page.locator('.voices details').first();
    await details.locator('summary').click();
    expect(await details.textContent()).not.toBe('');
    const told = language === 'nl' ? 'voorbeeld3' : 'voorbeeld1';
    await open(`/tellings/${told}`);
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
    const original = page.locator('.original').first();
    expect(await original.isVisible()).toBe(false);
    await page.getByLabel(say('stories.original.beside', { language: '' }).trim().slice(0, 20)).check();
    expect(await original.isVisible()).toBe(true);
  },
  phone,
);

journey(
  'someone told this but not for you: a visitor reads that nobody told it, a member of the network reads the voice',
  async ({ page, say, open, follow, language }) => {
    const mine = language === 'ar' ? 'لم يكن عندي إبريق.' : 'Een ketel had ik niet.';
    const { slug, id, open: told, limited } = await toldInitiative();
    await open(`/initiatives/${slug}`);
    await follow(() => page.getByRole('link', { name: say('stories.line.read') }).click());
    const words = (await page.locator('main').textContent()) ?? '';
    expect(words).toContain('Wij begonnen met één ketel.');
    expect(words).toContain(say('stories.nobody-yet'));
    expect(words).toContain(say('stories.count', { count: 1 }));
    expect(words).not.toContain('meedoet');
    const plain = async (tail: string) =>
      (await (await open(`/tellings/${tail}`, 404)).text()).replaceAll(tail, '');
    expect(await plain(limited.slug)).toBe(await plain('zzzzzzzzzz'));

    const member = await anInhabitant('Lid', [{ role: 'member', scope: { kind: 'initiative', id } }]);
    await signIn(page.context(), member);
    await open(`/initiatives/${slug}/stories`);
    expect(await page.locator('main').textContent()).toContain('Dit is alleen voor wie meedoet.');
    const seen = await open(`/tellings/${limited.slug}`);
    expect(seen.headers()['cache-control']).toBe('no-store');

    await open(`/tellings/${told.slug}`);
    await page.getByLabel(say('stories.prompt.not-mine')).check();
    await page.locator('#words').fill(mine);
    await follow(() => page.getByRole('button', { name: say('stories.readings.keep') }).click());
    expect(await page.locator('main').textContent()).toContain(say('stories.reading.private'));
    await follow(() => page.getByRole('button', { name: say('stories.reading.remove') }).click());
    expect(await page.locator('main').textContent()).not.toContain(mine);
  },
  phone,
);

journey(
  'a member brings open voices together in a story and opens it, and says which moments of two initiatives were one',
  async ({ page, say, open, follow, language }) => {
    const [one, other] = [await toldInitiative(), await toldInitiative()];
    const scope = (id: string) => ({ role: 'member' as const, scope: { kind: 'initiative' as const, id } });
    await signIn(page.context(), await anInhabitant('Lid', [scope(one.id), scope(other.id)]));
    await open('/desk/stories');
    await page.locator('#title').fill('Twee ketels');
    await page.locator('#initiatives').fill(`${one.slug}\n${other.slug}`);
    await follow(() => page.getByRole('button', { name: say('stories.desk.gather.save') }).click());
    await page.locator(`[name="place-${one.open.id}"]`).fill('1');
    await follow(() => page.getByRole('button', { name: say('stories.desk.gather.save') }).click());
    await follow(() => page.getByRole('button', { name: say('stories.desk.gather.open') }).click());
    await follow(() => page.getByRole('link', { name: say('stories.desk.gather.see') }).click());
    // The other initiative's voice was not chosen; a shared history leaves nobody out.
    expect(await page.getByText('Wij begonnen met één ketel.').count()).toBe(2);

    await open(`/desk/moments?one=${one.slug}&other=${other.slug}`);
    await page.locator('[name=fact-a]').first().check();
    await page.locator('[name=fact-b]').first().check();
    await follow(() => page.getByRole('button', { name: say('stories.desk.moments.tie') }).click());
    expect(await page.getByRole('status').textContent()).toContain(say('stories.desk.moments.done.tied'));
    await page.goto(new URL(`/${language}/initiatives/${one.slug}/stories`, page.url()).href);
    expect(await page.locator('.voices').first().locator('> li').count()).toBe(2);
  },
  { ...phone, languages: ['nl'], brief: true },
);
