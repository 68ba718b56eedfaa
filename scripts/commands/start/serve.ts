import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { limits as bringing } from '#modules/initiatives/bringing/model.ts';
import { limits as coding } from '#modules/stories/coding/exchange/input.ts';
import { mostBytesSpoken } from '#modules/sessions/saying/model.ts';
import { mostPhotoBytes, mostVoiceBytes } from '#modules/stories/media/model.ts';
import { BodyCache } from '#platform/http/body-cache.ts';
import { hearNews } from '#platform/http/news.server.ts';
import { plainPage } from '#platform/http/plain-page.ts';
import { frontDoor, type Handler } from '#platform/http/server.ts';
import { defaultLimits } from '#platform/http/request.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { languages } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { log } from '#platform/log.ts';
import { addressMistake, urlOf, type Address } from './address.ts';

export interface Serving {
  readonly url: string;
  /** Ends open streams, lets requests finish for at most `patience` milliseconds, and closes the app's own ways to the database. */
  leave(patience: number): Promise<void>;
  cut(): void;
}

/** What a form puts around a file. */
const around = 65_536;
/** The doors that take files, and how large these may be. */
const filesAt = [
  { path: /^\/[a-z]{2}\/desk\/import$/, bytes: bringing.bytes },
  { path: /^\/[a-z]{2}\/desk\/coding\/[^/]+$/, bytes: coding.bytes },
  { path: /^\/[a-z]{2}\/tell\/[^/]+\/photo$/, bytes: mostPhotoBytes },
  { path: /^\/[a-z]{2}\/desk\/publications\/[^/]+\/pictures$/, bytes: mostPhotoBytes },
  { path: /^\/[a-z]{2}\/tell\/[^/]+\/voice$/, bytes: mostVoiceBytes },
  { path: /^\/[a-z]{2}\/room\/[^/]+\/(voice|promise)$/, bytes: mostBytesSpoken },
];

/** Serves the built app behind our own front door. */
export async function serveBuild(
  address: Address,
  build: string,
  publicUrl: string,
  home?: URL,
): Promise<Serving> {
  const trustProxy = process.env.TRUST_PROXY === '1';
  // The handler reads these while it is loaded.
  process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
  const body = Number(process.env.BODY_SIZE_LIMIT) || defaultLimits.body;
  const larger = filesAt.map(({ path, bytes }) => ({ path, body: Math.max(body, bytes + around) }));
  const limits = { ...defaultLimits, body, larger };
  // The handler keeps to the largest; our own front door asks of each path what it takes.
  process.env.BODY_SIZE_LIMIT = String(Math.max(...larger.map((door) => door.body)));
  const { handler } = (await import(pathToFileURL(join(build, 'handler.js')).href)) as { handler: Handler };
  const cache = new BodyCache();
  const news = hearNews(publicUrl, {
    opened: () => cache.open(),
    changed: () => cache.letGo(),
    broke: () => cache.shut(),
  });
  const pages = await pagesThatSayTooLarge();
  const tooLarge = (path: string) => pages.get(path.slice(1, 3)) ?? null;
  const door = frontDoor({
    handler,
    log,
    cache,
    trustProxy,
    limits,
    home,
    tooLarge,
    unkept: /^\/m\/|\/card\.pdf(\?|$)/,
  });
  const stop = async () => {
    (process as NodeJS.EventEmitter).emit('sveltekit:shutdown', 'SIGTERM');
    await news.stop();
  };
  const port = await listening(door.server, address).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url: urlOf(address, port),
    cut: door.cut,
    leave: async (patience) => {
      await door.leave(patience);
      await stop();
    },
  };
}

/** What is too large is told in the language of the page it was sent from, before any page is drawn. */
async function pagesThatSayTooLarge(): Promise<Map<string, string>> {
  const catalogue = await catalogueOnDisk();
  const pages = new Map<string, string>();
  for (const language of languages)
    pages.set(language, await plainPage(speaker(language, catalogue), 413).text());
  return pages;
}

async function listening(server: Server, address: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(addressMistake(error, address) as Error));
    server.listen({ host: address.host, port: address.port }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}

/** Serves the sources with live changes, for who works on the code. */
export async function serveLive(address: Address): Promise<Serving> {
  const { createServer } = await import('vite');
  const ours = process.listeners('SIGTERM');
  const vite = await createServer({ server: { host: address.host, port: address.port, strictPort: true } });
  await vite.listen();
  // Its own way of leaving would leave the jobs and the database behind.
  for (const theirs of process.listeners('SIGTERM'))
    if (!ours.includes(theirs)) process.off('SIGTERM', theirs);
  return { url: urlOf(address, address.port), cut: () => undefined, leave: () => vite.close() };
}
