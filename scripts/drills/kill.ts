import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeLink } from '#modules/initiatives/links/commands.server.ts';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { freePort } from '#platform/database/launch.server.ts';
import { openDatabase, type OpenDatabase } from '#platform/database/open.server.ts';
import { postmasterOf } from '#platform/database/postmaster.server.ts';
import { operator } from '#platform/viewer.ts';
import { ended, kill, opened, refusedStart, up, victims } from './kill/house.ts';
import { syncsSeen } from './kill/syncs.ts';

/** What a writer told: 'known' when the house answered that it stands, 'unknown' when the answer never came. */
interface Told {
  readonly words: string;
  readonly answer: 'known' | 'unknown' | 'refused';
  readonly status: number | null;
}

/**
 * Kills the app, its database or both with -9, `--times` times (100), while four writers tell life events through links.
 * Passes when every deed that was acknowledged stands exactly once, no other stands twice, what the street reads equals
 * what is kept, the database was seen to sync its log while it acknowledged, and a start with fsync off is refused.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { times: { type: 'string', default: '100' } } });
  const times = Number(values.times);
  if (!Number.isInteger(times) || times < 1 || times > 1_000) {
    console.error('--times must be a whole number from 1 to 1000.');
    return 2;
  }
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-kill-'));
  await chmod(home, 0o755);
  delete process.env.DATABASE_URL;
  process.env.STEPPINGSTONES_VAR = home;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let house = await opened(home, port);
  try {
    const words = await withDatabase(fourWords);
    const writers = words.map((word) => writer(url, word));
    for (let round = 1; round <= times; round++) {
      const victim = victims[(round - 1) % victims.length] ?? 'app';
      await pause(200 + Math.random() * 600);
      await kill(victim, house.child, home);
      house = await up(house, home, port);
      if (round % 10 === 0) console.log(`${round}/${times}: ${count(writers, 'known')} deeds acknowledged`);
    }
    const syncs = await syncsSeen(home, () => count(writers, 'known'));
    for (const one of writers) one.stop();
    await Promise.all(writers.map((one) => one.ended));
    const found = await withDatabase((database) =>
      judged(
        database,
        writers.flatMap((one) => one.told),
      ),
    );
    await withDatabase(({ adminUrl }) => ask(adminUrl, `alter system set fsync = off`));
    await ended(house.child, 'SIGTERM');
    const refusal = await refusedStart(home, port);
    console.table({ ...found, ...syncs, 'start with fsync off': refusal });
    console.log(`${times} kills; load ${(loadavg()[0] ?? 0).toFixed(1)}`);
    const whole = found.lost === 0 && found.doubled === 0 && found['missing on the street'] === 0;
    return whole && refusal === 'refused' && syncs.syncs !== 0 ? 0 : 1;
  } finally {
    await ended(house.child, 'SIGKILL');
    const server = await postmasterOf(join(home, 'postgres')).catch(() => null);
    if (server) process.kill(server.pid, 'SIGKILL');
    await pause(500);
    await rm(home, { recursive: true, force: true });
  }
}

async function withDatabase<Answer>(work: (database: OpenDatabase) => Promise<Answer>): Promise<Answer> {
  const database = await openDatabase();
  try {
    return await work(database);
  } finally {
    await leaveDatabase();
    await database.close();
  }
}

async function ask<Row extends object>(url: string, text: string, given: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query<Row>(text, given)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

/** A word each for four entries of the field that anyone may see. */
async function fourWords({ adminUrl }: OpenDatabase): Promise<string[]> {
  const entries = await ask<{ id: string }>(
    adminUrl,
    `select i.id from core.initiative i join core.existence e on e.initiative_id = i.id where upper_inf(e.valid) and i.visibility = 'public' order by i.slug limit 4`,
  );
  return withViewer(operator, async (tx) => {
    const words: string[] = [];
    for (const { id } of entries) {
      const link = await makeLink(tx, {
        initiative: id,
        purpose: 'keep',
        sentTo: 'post@example.org',
        language: 'nl',
      });
      words.push(link.word);
    }
    return words;
  });
}

interface Writer {
  readonly told: Told[];
  readonly ended: Promise<void>;
  stop(): void;
}

/** Tells one life event after the other, each in words of its own and only once. */
function writer(url: string, word: string): Writer {
  const told: Told[] = [];
  let going = true;
  const tell = async (): Promise<void> => {
    while (going) {
      const words = `Een prijs, zei ${randomUUID()}.`;
      const answer = await fetch(`${url}/nl/keep/${word}/tell/award?/tell`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          words,
          language: 'nl',
          'when-year': String(2021 + Math.floor(Math.random() * 5)),
        }),
        signal: AbortSignal.timeout(20_000),
      }).catch(() => null);
      await answer?.body?.cancel().catch(() => undefined);
      const stands = answer?.status === 303;
      told.push({
        words,
        answer: stands ? 'known' : answer && answer.status < 500 ? 'refused' : 'unknown',
        status: answer?.status ?? null,
      });
      if (!stands) await pause(100);
    }
  };
  return { told, ended: tell(), stop: () => (going = false) };
}

const count = (writers: readonly Writer[], answer: Told['answer']) =>
  writers.flatMap((one) => one.told).filter((told) => told.answer === answer).length;

const statuses = (told: readonly Told[]) =>
  Object.entries(Object.groupBy(told, ({ status }) => String(status)))
    .map(([status, some]) => `${some?.length ?? 0} x ${status}`)
    .join(', ') || 0;

async function judged({ adminUrl }: OpenDatabase, told: readonly Told[]) {
  const rows = await ask<{ words: string; kept: number; open: number }>(
    adminUrl,
    `select w as words, (select count(*)::int from core.life_event_text t join core.life_event e on e.fact = t.fact and upper_inf(e.recorded) where t.text = w) as kept,
       (select count(*)::int from pub.life_event_text t where t.text = w) as open from unnest($1::text[]) w`,
    [told.map(({ words }) => words)],
  );
  const by = new Map(rows.map((row) => [row.words, row]));
  const kept = (one: Told) => by.get(one.words)?.kept ?? 0;
  const known = told.filter(({ answer }) => answer === 'known');
  return {
    acknowledged: known.length,
    'without an answer': told.filter(({ answer }) => answer === 'unknown').length,
    'of those standing': told.filter((one) => one.answer === 'unknown' && kept(one) > 0).length,
    refused: statuses(told.filter(({ answer }) => answer === 'refused')),
    lost: known.filter((one) => kept(one) === 0).length,
    doubled: told.filter((one) => kept(one) > 1).length,
    'missing on the street': told.filter((one) => kept(one) !== (by.get(one.words)?.open ?? 0)).length,
  };
}
