import { sql } from 'kysely';
import { chromium, type Browser } from 'playwright-core';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askOne, followPromises } from '../../src/modules/agendas/following/jobs.server.ts';
import { nineInTheMorning } from '../../src/modules/agendas/model.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { stopClock } from '../../src/platform/clock.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { sendLetter } from '../../src/platform/mail/send.server.ts';
import { house } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { openPost, type LocalPost } from '../support/local-post.ts';
import { anInhabitant, signIn } from '../support/person.ts';
import { Someone } from '../support/someone.ts';

const database = houseDatabase();
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);
const stopped = () => stopClock();

let browser: Browser;
let post: LocalPost;

beforeAll(async () => {
  browser = await chromium.connect(inject('chromiumAddress'));
  post = await openPost();
});
afterAll(async () => {
  stopped();
  await post.close();
  await browser.close();
});

const votesIn = async (room: string) => {
  const [row] = await admin<{ votes: string; people: string }>(
    `select count(*) as votes, count(distinct v.voter) as people from core.vote v join core.voter b on b.id = v.voter where b.session = $1`,
    [room],
  );
  return { votes: Number(row?.votes), people: Number(row?.people) };
};

test('six phones in four languages hold a make session: one without script, one offline for a while, with cards on paper, and what they promise is followed for a year', async () => {
  const noor = await anInhabitant('Noor', [{ role: 'facilitator' }]);
  const leader = await Someone.with(browser, 'nl', { width: 1280 });
  await signIn(leader.context, noor);
  const onwards = async () => {
    await leader.page.locator('.next form button').first().click();
    await leader.page.waitForLoadState();
  };

  // Prepared in a minute, and the door is opened.
  await leader.go('/desk/sessions/new');
  await leader.page.locator('input[name="title"]').fill('Maaksessie Wonen in Arnhem');
  await leader.page.locator('input[name="municipality"]').fill('Arnhem');
  await leader.page.locator('input[name="door"][value="admission"]').check();
  await leader.page
    .locator('input[name="theme"][value="housing"]')
    .evaluate((box: HTMLInputElement) => box.click());
  await leader.button('sessions.desk.new.save').click();
  await leader.page.waitForURL(/\/desk\/sessions\/[0-9a-f-]{36}/);
  const room = /[0-9a-f-]{36}/.exec(leader.page.url())?.[0] ?? '';
  await leader.go(`/desk/sessions/${room}/run`);
  await onwards();
  const code = (await leader.page.locator('.code').first().innerText()).trim();
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);

  const sanne = await Someone.with(browser, 'nl');
  const sam = await Someone.with(browser, 'en');
  const amal = await Someone.with(browser, 'ar', { script: false });
  const olena = await Someone.with(browser, 'uk');
  const together = await Someone.with(browser, 'nl');
  const helper = await Someone.with(browser, 'nl');
  const phones = [sanne, sam, amal, olena, together, helper];
  const names = ['Sanne', 'Sam', 'أمل', 'Олена', 'Ria', 'Henk'];
  for (const [at, phone] of phones.entries()) await phone.comesIn(code, names[at] ?? '');
  await expect.poll(() => amal.text()).not.toContain(names[0]);

  await leader.go(`/desk/sessions/${room}/run`);
  await leader.button('sessions.desk.run.let-in.all').click();
  await leader.page.waitForLoadState();
  await leader.page.locator('details summary', { hasText: '6' }).first().click();
  await leader.page
    .getByRole('button', { name: new RegExp(`^${leader.say('sessions.desk.run.help')}: Henk$`) })
    .click();
  await leader.page.waitForLoadState();

  // The room begins: those with script hear it, the one without looks again.
  await onwards();
  await sanne.page.locator('#say-text').waitFor();
  await amal.page.reload();
  await amal.page.locator('#say-text').waitFor();
  await olena.says(code, 'Мені сьогодні спокійно.');

  // What they know, each in their own language.
  await onwards();
  await sanne.page.locator('[data-step="statements"]').waitFor();
  await sanne.says(code, 'Wij wachten te lang op een huis.');
  await sam.page.locator('[data-step="statements"]').waitFor();
  await sam.says(code, 'Neighbours want to help but do not know how.');
  await amal.page.reload();
  await amal.says(code, 'أريد أن أتعلم اللغة في العمل.');
  await olena.page.locator('[data-step="statements"]').waitFor();
  await olena.says(code, 'Автобус до школи їздить рідко.');
  await sanne.hears('أريد أن أتعلم اللغة في العمل.');

  // They vote; one line drops for a while, and nothing is lost or counted twice.
  await onwards();
  for (const phone of [sanne, sam, olena, together]) await phone.page.locator('[data-step="vote"]').waitFor();
  await sam.context.setOffline(true);
  await sam.votes('agree', 2);
  await sanne.votes('agree', 4);
  await olena.votes('agree', 3);
  await together.votes('pass', 4);
  await expect.poll(() => votesIn(room)).toEqual({ votes: 11, people: 3 });
  await sam.context.setOffline(false);
  await expect.poll(() => votesIn(room), { timeout: 20_000 }).toEqual({ votes: 13, people: 4 });
  await sam.page.reload();
  await sam.votes('disagree', 2);
  await amal.page.reload();
  for (let at = 0; at < 4; at++) {
    await amal.page.locator('[data-vote-card] button[value="agree"]').first().click();
    await amal.page.waitForLoadState();
  }
  await expect.poll(() => votesIn(room)).toEqual({ votes: 19, people: 5 });

  // Four cards on paper, typed in by who helps; one of them twice.
  await helper.go(`/room/${code}/paper`);
  for (const card of [101, 102, 103, 104, 101]) {
    await helper.page.locator('input[name="card"]').first().fill(String(card));
    for (const choice of await helper.page.locator('form input[type="radio"][value="agree"]').all())
      await choice.check();
    await helper.button('methods.paper.save').click();
    await helper.hears(helper.say('methods.paper.saved', { number: card }));
  }
  await expect.poll(() => votesIn(room)).toEqual({ votes: 35, people: 9 });

  // The landscape is drawn, and someone without script reads it.
  await onwards();
  await expect
    .poll(async () => (await admin(`select from core.room_picture where session = $1`, [room])).length, {
      timeout: 30_000,
    })
    .toBe(1);
  await amal.page.reload();
  await expect.poll(() => amal.text()).toContain('أريد أن أتعلم اللغة في العمل.');

  // An issue gets a name, and stones.
  await onwards();
  await sanne.page.locator('[data-step="issues"]').waitFor();
  for (const box of (await sanne.page.locator('input[name="statement"]').all()).slice(0, 2))
    await box.check();
  await sanne.page.locator('#lay-title').fill('Wachten op een huis');
  await sanne.button('said.lay.do').click();
  await sanne.page.locator('[data-heap] h2', { hasText: 'Wachten op een huis' }).waitFor();
  await onwards();
  await olena.page.locator('[data-step="stones"]').waitFor();
  await olena.page
    .getByRole('button', { name: /Wachten op een huis/ })
    .first()
    .click();
  await expect
    .poll(
      async () =>
        (
          await admin(`select from core.stone s join core.issue i on i.id = s.issue where i.session = $1`, [
            room,
          ])
        ).length,
    )
    .toBe(1);

  // Past the small groups and the harvest, to what they promise.
  for (let at = 0; at < 3; at++) await onwards();
  await sanne.page.locator('#promise-what').waitFor();
  await sanne.page.locator('#promise-what').fill('Ik vraag de gemeente hoe lang het wachten duurt.');
  await sanne.page.locator('#promise-mail').fill('sanne@example.org');
  await sanne.page.locator('main form button[type="submit"]').first().click();
  await sanne.hears('Ik vraag de gemeente hoe lang het wachten duurt.');
  await amal.page.reload();
  await amal.page.locator('#promise-what').fill('سأشرب الشاي مع جارة جديدة كل أسبوع.');
  await amal.page.locator('#promise-mail').fill('amal@example.org');
  await amal.page.locator('main form button[type="submit"]').first().click();
  await amal.page.waitForLoadState();

  // Closed: the ballots are laid down, and nobody finds one back.
  await leader.go(`/desk/sessions/${room}/run`);
  const closing = leader.page.locator('form[action="?/close"]');
  if (!(await closing.isVisible()))
    await leader.page.getByText(leader.say('sessions.desk.run.close')).first().click();
  await closing.locator('input[name="sure"]').check();
  await closing.locator('button').click();
  await leader.hears(leader.say('sessions.desk.run.closed'));
  expect(
    await admin(`select from core.voter where session = $1 and (key_hash is not null or card is not null)`, [
      room,
    ]),
  ).toEqual([]);
  expect(await votesIn(room)).toEqual({ votes: 35, people: 9 });

  // Each carrier says yes by the link in their own language.
  const words: Record<string, string> = {};
  const wordIn = (letter: Email) => /\/(?:promise|check-in)\/([\w-]{43})/.exec(letter.text ?? '')?.[1] ?? '';
  const sendAll = async () => {
    const waiting = await admin<{ id: string }>(
      `select id from vault.letter where sent_at is null and dropped_at is null and to_address in ('sanne@example.org', 'amal@example.org')`,
    );
    for (const { id } of waiting) await sendLetter(id, post.way, async () => null);
    return post.arrived.splice(0);
  };
  await expect
    .poll(
      async () => {
        for (const { to, mail } of await sendAll()) words[to] = wordIn(mail);
        return Object.keys(words).length;
      },
      { timeout: 30_000 },
    )
    .toBe(2);
  const carriers = { 'sanne@example.org': sanne, 'amal@example.org': amal } as const;
  for (const [mail, carrier] of Object.entries(carriers)) {
    await carrier.go(`/promise/${words[mail]}`);
    await carrier.button('agendas.carry.yes').click();
    await carrier.page.waitForLoadState();
  }

  // The agenda and the minutes become public.
  await admin(`update core.minutes set share_from = now() - interval '1 hour' where session = $1`, [room]);
  await leader.go(`/desk/sessions/${room}/minutes`);
  await leader.button('sessions.desk.minutes.share.do').click();
  await leader.page.waitForLoadState();
  const [agenda] = await admin<{ id: string; slug: string; drawn_on: string }>(
    `select id, slug, drawn_on::text from core.agenda where session = $1`,
    [room],
  );
  await leader.go(`/desk/agendas/${agenda?.id}`);
  await leader.button('agendas.desk.open').click();
  await leader.page.waitForLoadState();

  // A year goes by, and every letter leaves at nine in the morning, in summer and in winter.
  const due = await admin<{ day: string }>(
    `select distinct due_on::text as day from core.promise_check_in k join core.promise p on p.id = k.promise where p.agenda = $1 order by 1`,
    [agenda?.id],
  );
  const letters: string[] = [];
  for (const [at, { day }] of due.entries()) {
    stopClock(new Date(`${day}T02:30:00Z`));
    await followPromises();
    const { rows } = await withViewer(house, (tx) =>
      sql<{
        carrier: string;
        wait: number;
      }>`select data->'data'->>'carrier' as carrier, extract(epoch from start_after - created_on)::float8 as wait
        from jobs.job where data->>'job' = 'ask-how-it-is' and data->'data'->>'day' = ${day}`.execute(tx),
    );
    for (const { carrier, wait } of rows) {
      const leaves = new Date(Date.parse(`${day}T02:30:00Z`) + wait * 1000);
      expect(Math.abs(leaves.getTime() - nineInTheMorning(day).getTime())).toBeLessThan(5_000);
      const inAmsterdam = new Intl.DateTimeFormat('nl', {
        timeZone: 'Europe/Amsterdam',
        hour: '2-digit',
        minute: '2-digit',
      });
      expect(inAmsterdam.format(nineInTheMorning(day))).toBe('09:00');
      await askOne({ carrier, day });
    }
    for (const { to, mail } of await sendAll()) {
      letters.push(to);
      words[to] = wordIn(mail);
    }
    stopped();
    if (at !== 0) continue;
    await sanne.go(`/check-in/${words['sanne@example.org']}`);
    await sanne.page.locator('input[name="answer"][value="done"]').check();
    await sanne.button('agendas.tell.do').click();
    await sanne.page.waitForLoadState();
    await amal.go(`/check-in/${words['amal@example.org']}`);
    await amal.page.locator('input[name="answer"][value="let-go"]').check();
    await amal.page.locator('textarea[name="text"]').first().fill('انتقلت جارتي إلى مدينة أخرى.');
    await amal.button('agendas.tell.do').click();
    await amal.page.waitForLoadState();
  }
  expect(letters.sort()).toEqual(['amal@example.org', 'sanne@example.org']);

  // Anyone reads what became of it, and Gelderland tells it.
  const stranger = await Someone.with(browser, 'nl', { script: false });
  await stranger.go(`/agendas/${agenda?.slug}`);
  const read = await stranger.text();
  expect(read).toContain('Ik vraag de gemeente hoe lang het wachten duurt.');
  expect(read).toContain('انتقلت جارتي إلى مدينة أخرى.');
  await stranger.go('/regions/gelderland');
  const told = (await stranger.page.locator('main').textContent()) ?? '';
  expect(told).toContain('Maaksessie Wonen in Arnhem');
  expect(told).toContain('انتقلت جارتي إلى مدينة أخرى.');
  for (const each of [...phones, leader, stranger]) await each.context.close();
}, 240_000);
