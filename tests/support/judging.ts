import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { doors } from '../../src/doors.ts';
import type { Language } from '../../src/platform/i18n/languages.ts';
import { glance, inspect } from './inspection.ts';
import * as probes from './page-probes.ts';

interface Look {
  readonly status: number;
  readonly language: Language;
  readonly width: number;
  /** Whether all judges look at what is new to them, or only the quickest. */
  readonly deeply: boolean;
}

const fixed = new Set(Object.keys(doors).flatMap((route) => route.split('/')));

/** The door of a page, without the names and keys of what stands behind it; what is refused looks the same at every door. */
function doorOf(address: string, status: number): string {
  if (status >= 400) return String(status);
  const [, , ...steps] = new URL(address).pathname.split('/');
  return steps.map((step) => (fixed.has(step) ? step : '*')).join('/');
}

/** What judges of this run saw under this name, in whichever worker they looked. */
function seenAs(name: string) {
  const file = join(inject('journeySeen'), createHash('sha256').update(name).digest('hex'));
  const known = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
  return {
    knows: (parts: readonly string[]) => parts.every((part) => known.has(part)),
    learn: (parts: readonly string[]) => appendFileSync(file, `${parts.join('\n')}\n`),
  };
}

/**
 * What the judges say of a page that stands open. The order of headings and the language of each run: always. Axe: where something
 * stands behind a door that it did not see there in this language at this width. All judges: at each door once, and wherever something
 * stands that they saw nowhere else in this language.
 */
export async function judgement(browser: Browser, page: Page, look: Look): Promise<string[]> {
  const [headings, foreign, parts] = await Promise.all([
    page.evaluate(probes.headingOffences),
    page.evaluate(probes.foreignRuns),
    page.evaluate(probes.madeOf),
  ]);
  const door = `${look.language} ${doorOf(page.url(), look.status)}`;
  const byAll = seenAs(look.language);
  const byAxe = seenAs(`${door} ${look.width}`);
  const deeply = look.deeply && !byAll.knows([door, ...parts]);
  const quickly = [...headings, ...foreign];
  if (!deeply && byAxe.knows(parts)) return quickly;
  const seen = { url: page.url(), html: await page.content() };
  const told = await (deeply ? inspect : glance)(browser, seen, look.width);
  // Judges that were interrupted have seen nothing.
  byAxe.learn(parts);
  if (deeply) byAll.learn([door, ...parts]);
  return [...new Set([...quickly, ...told])];
}
