import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { alikeTo } from '#modules/initiatives/duplicates/queries.server.ts';
import { seekLikenesses } from '#modules/initiatives/duplicates/commands.server.ts';
import { dice, plantCopies } from '#modules/initiatives/duplicates/planting/testing.ts';
import { flaggedPairs, judgedOnTheField } from '#modules/initiatives/duplicates/testing.ts';
import { aField, layField, theRealField, type Row } from '#modules/initiatives/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, visitor } from '#platform/viewer.ts';
import { withThrowAwayDatabase } from '../scripts/throw-away-database.ts';

/** `npm run bench -- duplicates [--seeds 10] [--size 5000]`: how many near-copies are found, what is flagged wrongly, and what it costs. */
async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { seeds: { type: 'string', default: '10' }, size: { type: 'string', default: '5000' } },
  });
  const alone = await withThrowAwayDatabase(async () => {
    await layField(await theRealField());
    await withViewer(house, (tx) => seekLikenesses(tx));
    return flaggedPairs();
  });
  console.log(`Flagged in the real field as it is: ${alone.length}`, ...alone);
  const rows: object[] = [];
  for (let seed = 2001; seed < 2001 + Number(values.seeds); seed++) {
    const verdict = await withThrowAwayDatabase(() => judgedOnTheField(seed));
    const byWay = Object.fromEntries(
      ['other script', 'moved 80 m', 'other legal form'].map((way) => {
        const of = (list: readonly { way: string }[]) => list.filter((one) => one.way === way).length;
        return [way, `${of(verdict.found)}/${of(verdict.found) + of(verdict.missed)}`];
      }),
    );
    rows.push({
      seed,
      recall: rounded(verdict.recall),
      precision: rounded(verdict.precision),
      ...byWay,
      strange: verdict.strange.length,
    });
    for (const { row, way, copyOf } of verdict.missed)
      console.log(`${seed} missed (${way}): ${copyOf} as '${String(row.name)}'`);
    for (const { one, other, reasons } of verdict.strange)
      console.log(`${seed} strange: ${one} and ${other} (${reasons.join(', ')})`);
  }
  const mean = (of: 'recall' | 'precision') =>
    rounded(rows.reduce<number>((sum, row) => sum + (row as Record<typeof of, number>)[of], 0) / rows.length);
  console.table(rows);
  console.log(
    `Mean recall ${mean('recall')}, mean precision ${mean('precision')} over ${rows.length} plantings of 60 near-copies and 60 branches.`,
  );
  const cost = await withThrowAwayDatabase(() => costOf(Number(values.size)));
  console.table([cost]);
  console.log(
    `load ${loadavg()
      .map((each) => each.toFixed(2))
      .join(' ')} on ${cpus().length} cores`,
  );
  await mkdir('bench/out', { recursive: true });
  await writeFile('bench/out/duplicates.json', JSON.stringify({ alone, rows, cost }, null, 2));
}

const rounded = (share: number) => Math.round(share * 1000) / 1000;

/** A made field of so many entries with names of the field's own words, one in fifty a near-copy. */
async function costOf(size: number): Promise<object> {
  const real = JSON.parse((await theRealField()).organisations) as (Row & {
    name: string;
    municipality: string | null;
  })[];
  const draw = dice(7);
  const pick = <Thing>(things: readonly Thing[]): Thing =>
    things[Math.floor(draw() * things.length)] as Thing;
  const words = [...new Set(real.flatMap(({ name }) => name.match(/\p{L}{4,}/gu) ?? []))];
  const towns = real.flatMap(({ municipality }) => municipality ?? []);
  const made = Array.from({ length: Math.round(size * 0.98) }, (_, at) => ({
    id: `made-${at}`,
    name: `${pick(words)} ${pick(words)} ${pick(words)}`,
    municipality: pick(towns),
    province: null,
    lat: 51.5 + draw() * 1.5,
    lon: 4.5 + draw() * 1.5,
    website: draw() < 0.7 ? `https://made-${Math.floor(at / 1.05)}.nl` : null,
  }));
  const copies = plantCopies(made, size - made.length, draw);
  await layField(aField([...made, ...copies.map(({ row }) => row)]));
  const began = performance.now();
  const sought = await withViewer(house, (tx) => seekLikenesses(tx));
  const seekMs = Math.round(performance.now() - began);
  const flagged = await flaggedPairs();
  const asks: number[] = [];
  for (const { row } of copies.slice(0, 100)) {
    const start = performance.now();
    await withViewer(visitor, (tx) =>
      alikeTo(tx, {
        names: [String(row.name)],
        municipality: 'GM0363',
        point: null,
        website: null,
        mail: null,
        phone: null,
      }),
    );
    asks.push(performance.now() - start);
  }
  asks.sort((a, b) => a - b);
  return {
    entries: size,
    allPairs: (size * (size - 1)) / 2,
    weighed: sought.weighed,
    seekMs,
    recall: rounded(
      copies.filter(({ row, copyOf }) =>
        flagged.some(({ one, other }) => [one, other].includes(row.id) && [one, other].includes(copyOf)),
      ).length / copies.length,
    ),
    askP50Ms: Math.round(asks[Math.floor(asks.length * 0.5)] ?? 0),
    askP99Ms: Math.round(asks[Math.floor(asks.length * 0.99)] ?? 0),
  };
}

await bench(process.argv.slice(2));
