import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isReady, startBuiltServer } from './built-server.ts';
import { openChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    journeyUrl: string;
    /** The folder of the house, where its database can be joined. */
    journeyHome: string;
    chromiumAddress: string;
    /** The folder where the judges note what they saw, so that none of them looks twice in a run. */
    journeySeen: string;
  }
}

/** One built house and one Chromium for all journeys; JOURNEY_URL walks through a house that already stands, with its folder in JOURNEY_HOME. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.JOURNEY_URL?.replace(/\/$/, '');
  if (given && !(await isReady(given))) throw new Error(`No house stands ready at ${given} (JOURNEY_URL).`);
  const house = given
    ? { url: given, home: process.env.JOURNEY_HOME ?? '', stop: async () => undefined }
    : await startBuiltServer();
  const chromium = await openChromium();
  project.provide('journeyUrl', house.url);
  project.provide('journeyHome', house.home);
  const seen = await mkdtemp(join(tmpdir(), 'steppingstones-seen-'));
  project.provide('journeySeen', seen);
  project.provide('chromiumAddress', chromium.wsEndpoint());
  return async () => {
    await chromium.close();
    await house.stop();
    await rm(seen, { recursive: true, force: true });
  };
}
