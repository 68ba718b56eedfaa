import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { encode } from 'uqr';
import { withViewer } from '#platform/db.server.ts';
import type { Printing } from '#platform/print/job.ts';
import { setSheet } from '#platform/print/sheet.server.ts';
import { refused } from '#platform/result.ts';
import { house } from '#platform/viewer.ts';
import type { OnPaper } from './card/model.ts';
import type { Laid } from './model.ts';

/** Sheets that may be under way at once: there is one press, and the other half of its queue is for publications. */
const mostUnderWay = 6;
/** How much room the sheets that were set may take together in memory. */
const mostKept = 12 * 1_048_576;

/** For how long, in milliseconds: what left the street is in no memory of ours a minute later. */
const lifetime = 60_000;

const underWay = new Map<string, Promise<Printing>>();
const kept = new Map<string, Extract<Printing, { ok: true }>>();

/** An address as a square that a camera reads: dark on white, whatever stands around it. */
function squareOf(address: string): string {
  const { data, size } = encode(address, { ecc: 'M', border: 2 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#ffffff"/><path d="${dark.join('')}" fill="#000000"/></svg>`;
}

function keep(key: string, printing: Extract<Printing, { ok: true }>): void {
  kept.set(key, printing);
  setTimeout(() => kept.delete(key), lifetime).unref();
  let room = [...kept.values()].reduce((sum, { value }) => sum + value.pdf.length, 0);
  for (const [oldest, { value }] of kept) {
    if (room <= mostKept) break;
    kept.delete(oldest);
    room -= value.pdf.length;
  }
}

/**
 * Sets a sheet as PDF/UA-1. The same sheet is set once, for everyone who asks for it; when too many others are under way it is refused
 * as `print_busy`. Refuses otherwise by the reasons of `print.json`.
 */
export async function printSheet(template: 'page' | 'wall' | 'card', sheet: Laid): Promise<Printing> {
  const key = createHash('sha256').update(template).update(JSON.stringify(sheet)).digest('hex');
  const known = kept.get(key) ?? underWay.get(key);
  if (known) return known;
  if (underWay.size >= mostUnderWay) return refused('print_busy');
  const printing = setSheet(template, { ...sheet, code: squareOf(sheet.address) });
  underWay.set(key, printing);
  try {
    const printed = await printing;
    // A voice that leaves may be in no memory of ours.
    if (printed.ok && template !== 'card') keep(key, printed);
    return printed;
  } finally {
    underWay.delete(key);
  }
}

/** Notes that a card of this telling is made, and says what its teller allows on paper; null when they do not allow it for everyone. */
export const allowedOnPaper = (slug: string): Promise<OnPaper | null> =>
  withViewer(house, async (tx) => {
    const { rows } = await sql<OnPaper>`select called, languages from core.make_story_card(${slug})`.execute(
      tx,
    );
    return rows[0] ?? null;
  });
