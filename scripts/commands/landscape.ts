import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { landscape, type Landscape, type Shared } from '#modules/sessions/landscape/landscape.ts';
import { readGroups, readVotes, type Read, type VotesReason } from '#modules/sessions/landscape/reading.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';

const usage = `Usage: steppingstones landscape VOTES.csv [--groups PARTICIPANTS-VOTES.csv] [--min-group 5] [--json]
VOTES.csv has the columns comment-id, voter-id and vote (1 agree, 0 pass, -1 disagree), and timestamp where votes changed;
the groups' file participant and group-id. Both as Polis exports them.`;

const why: Record<VotesReason, string> = {
  empty_file: 'the file is empty',
  not_csv: 'a quote is not closed or stands inside a field',
  too_long: 'the row is too long',
  field_missing: 'the file has no such column',
  empty: 'nothing stands there',
  not_a_vote: 'a vote is 1 (agree), 0 (pass) or -1 (disagree)',
  not_a_time: 'this is not a number of milliseconds',
  twice: 'this person stands there twice',
  too_few_fields: 'the row has fewer fields than the heading',
};

interface Asked {
  readonly votes: string;
  readonly groups: string | undefined;
  readonly minGroup: number;
  readonly json: boolean;
}

/** `steppingstones landscape`: reckons the landscape of a file of votes and prints it; answers the exit code. */
export async function landscapeOfVotes(argv: string[]): Promise<number> {
  const asked = askedOf(argv);
  const votes = await readAs(asked.votes, readVotes);
  const groups = asked.groups === undefined ? undefined : await readAs(asked.groups, readGroups);
  if (votes === null || groups === null) return exits.words;
  if (votes.length === 0) throw new Mistake(exits.words, `${asked.votes} holds no votes.`);
  const found = landscape(votes, { minGroup: asked.minGroup, ...(groups ? { groups } : {}) });
  console.log(asked.json ? JSON.stringify(printed(found)) : inWords(found));
  return exits.fine;
}

function askedOf(argv: string[]): Asked {
  const wrong = (said: string) => new Mistake(exits.words, `${said}\n${usage}`);
  let given;
  try {
    given = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        groups: { type: 'string' },
        'min-group': { type: 'string', default: '5' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message.split('\n')[0] ?? '');
  }
  const [votes, ...more] = given.positionals;
  if (votes === undefined || more.length > 0)
    throw wrong(`'steppingstones landscape' takes one file of votes.`);
  const minGroup = Number(given.values['min-group']);
  if (!Number.isInteger(minGroup) || minGroup < 5 || minGroup > 8)
    throw wrong(`--min-group is a whole number from 5 to 8; it was '${given.values['min-group']}'.`);
  return { votes, groups: given.values.groups, minGroup, json: given.values.json };
}

/** What a file holds; null where it was refused, and every fault told. */
async function readAs<Value>(file: string, read: (text: string) => Read<Value>): Promise<Value | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const told = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new Mistake(exits.words, `${file} cannot be read: ${told}.`);
  }
  const found = read(text);
  if (found.ok) return found.value;
  for (const { row, field, reason, found: stood } of found.problems)
    console.error(
      `${file}, row ${row}${field ? `, ${field}` : ''}: ${why[reason]}${stood ? ` (found '${stood}')` : ''}.`,
    );
  console.error(`Nothing was reckoned: ${found.problems.length} faults.`);
  return null;
}

/** What is printed as JSON: the measures, without what the house needs to reckon on. */
function printed({ groups, representative, consensus, ...rest }: Landscape): object {
  const shared = (list: readonly Shared[]) =>
    list.map(({ statement, agree, seen, p, pTest }) => ({ statement, agree, seen, p, pTest }));
  return {
    participants: rest.participants,
    statements: rest.statements,
    votes: rest.votes,
    counted: rest.counted,
    groups,
    representative: Object.fromEntries(
      Object.entries(representative).map(([group, list]) => [
        group,
        list.map(({ statement, for: side, agree, seen, p, pTest, repness, repnessTest }) => ({
          statement,
          for: side,
          agree,
          seen,
          p,
          pTest,
          repness,
          repnessTest,
        })),
      ]),
    ),
    groupInformedConsensus: rest.groupInformedConsensus,
    consensus: { agree: shared(consensus.agree), disagree: shared(consensus.disagree) },
    elapsedMs: rest.elapsedMs,
  };
}

const sentences: Record<Landscape['groups']['reason'], string> = {
  shown: 'They hold when one in ten people is left out and are clearly better than in shuffled votes.',
  given: 'They were given with --groups.',
  too_few_people: 'There are too few people for two groups.',
  too_few_votes: 'Too few people answered enough statements to be placed.',
  like_chance: 'Groups in these votes are not clearly better than groups in shuffled votes.',
  not_stable: 'Groups in these votes do not hold when one in ten people is left out.',
  below_minimum: 'A group would be smaller than the least that is shown.',
};

function inWords({ groups, representative, consensus, groupInformedConsensus, ...rest }: Landscape): string {
  const figure = (value: number) => value.toFixed(3).padStart(8);
  const row = (one: Shared, more = '') =>
    `  ${one.statement.padEnd(8)} ${String(one.agree).padStart(5)} ${String(one.seen).padStart(5)} ${figure(one.p)} ${figure(one.pTest)}${more}`;
  const heading = `  statement agree  seen        p   p-test`;
  const shared = Object.entries(groupInformedConsensus).sort((one, other) => other[1] - one[1]);
  const tests =
    groups.stability === null
      ? []
      : [`Stability ${groups.stability.toFixed(3)}, shuffled as good ${groups.nullRate?.toFixed(2)}.`];
  return [
    `${rest.participants} people, ${rest.statements} statements, ${rest.counted} votes that count (of ${rest.votes}), ${Math.round(rest.elapsedMs)} ms.`,
    groups.shown ? `${groups.k} groups of ${groups.sizes.join(', ')} people.` : 'No groups are shown.',
    sentences[groups.reason],
    ...tests,
    ...Object.entries(representative).flatMap(([group, list]) => [
      '',
      `Group ${group} says`,
      `${heading}  repness   r-test`,
      ...list.map((one) => row(one, ` ${figure(one.repness)} ${figure(one.repnessTest)}  ${one.for}`)),
    ]),
    '',
    'Everyone agrees',
    heading,
    ...consensus.agree.map((one) => row(one)),
    '',
    'Everyone disagrees',
    heading,
    ...consensus.disagree.map((one) => row(one)),
    '',
    groups.shown ? 'Shared most by every group' : 'Shared most',
    ...shared.slice(0, 10).map(([statement, value]) => `  ${statement.padEnd(8)} ${figure(value)}`),
  ].join('\n');
}
