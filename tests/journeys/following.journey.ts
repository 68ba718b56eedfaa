import { expect } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, letterTo } from '../support/person.ts';
import { knowByMail } from '../../src/platform/sign-in/persons.server.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { beginSession } from '../../src/platform/sign-in/sessions.server.ts';

const database = houseDatabase();
const onAPhone = { widths: [360], scripts: [false] } as const;
const press = ({ page }: Walk, name: string) => page.getByRole('button', { name, exact: true }).click();
const main = ({ page }: Walk) => page.locator('main').textContent();
const followers = () =>
  asAdmin<{ mail: string | null }>(database.adminUrl, 'select mail from vault.follower');
let readers = 0;

journey(
  'a reader follows a place by mail: says yes in the mail, sees what they follow, and stops in one tap',
  async (walk) => {
    const { page, say, language, open, follow } = walk;
    const mail = `reader${++readers}@post.example`;
    await open('/initiatives?near=Arnhem');
    await follow(() => page.getByRole('link', { name: say('following.ways.mail') }).click());
    expect(await page.getByLabel(say('following.form.near')).inputValue()).toBe('Arnhem');
    await page.getByLabel(say('following.form.mail')).fill('no address');
    await follow(() => press(walk, say('following.form.do')));
    expect(await page.getByRole('alert').textContent()).toContain(say('following.problem.mail_wrong'));
    expect(await page.getByLabel(say('following.form.near')).inputValue()).toBe('Arnhem');
    await page.getByLabel(say('following.form.mail')).fill(mail);
    await follow(() => press(walk, say('following.form.do')));
    expect(await page.getByRole('status').textContent()).toContain(say('following.sent.title'));
    await expect.poll(async () => letterTo(mail).catch(() => null), { timeout: 30_000 }).not.toBeNull();
    const { link } = await letterTo(mail);
    await open(new URL(link).pathname.replace(`/${language}`, ''));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      say('following.word.confirm.title'),
    );
    await follow(() => press(walk, say('following.word.confirm.do')));
    expect(await page.getByRole('status').textContent()).toContain('25');
    await follow(() => page.getByRole('link', { name: say('following.word.see') }).click());
    expect(await page.getByRole('heading', { level: 2 }).count()).toBeGreaterThan(1);
    const word = new URL(link).pathname.split('/').at(-1) ?? '';
    await open(`/follow/stop/${word}`);
    expect((await followers()).map((each) => each.mail)).toContain(mail);
    await follow(() => press(walk, say('following.stop.do')));
    expect(await main(walk)).toContain(say('following.stop.done.text'));
    expect((await followers()).map((each) => each.mail)).not.toContain(mail);
  },
  onAPhone,
);

journey(
  'someone who is signed in follows an initiative at once, and finds and ends it on a page of their own',
  async (walk) => {
    const { page, say, open, follow } = walk;
    await open('/initiatives/takecarebnb');
    await follow(() => page.getByRole('link', { name: say('following.ways.mail') }).click());
    expect(await page.getByLabel(say('following.form.mail')).count()).toBe(0);
    await follow(() => press(walk, say('following.form.do.mine')));
    expect(await main(walk)).toContain('Takecarebnb');
    await follow(() => press(walk, say('following.word.stop.named', { what: 'Takecarebnb' })));
    expect(await main(walk)).toContain(say('following.mine.none'));
  },
  {
    ...onAPhone,
    as: async () => {
      const id = await knowByMail(`samira${++readers}@post.example`);
      const viewer = await aPerson('Samira');
      await asAdmin(database.adminUrl, 'update core.person set id = $2 where id = $1', [viewer.id, id]);
      return { viewer: { ...viewer, id }, cookie: (await beginSession(id, false)) ?? '' };
    },
  },
);

journey(
  'someone who came with a card has no address, and is told how to follow without one',
  async (walk) => {
    await walk.open('/follow');
    expect(await main(walk)).toContain(walk.say('following.mine.no-mail'));
  },
  { ...onAPhone, as: () => anInhabitant('Omar') },
);
