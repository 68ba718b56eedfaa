import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importField as layField } from '#modules/initiatives/field/commands.server.ts';
import { parseField, type FieldTexts } from '#modules/initiatives/field/input.ts';
import { layToldWords } from '#modules/languages/words/bringing/commands.server.ts';
import { layDilemmas } from '#modules/learning/dilemmas/bringing/commands.server.ts';
import { parseDilemmas } from '#modules/learning/dilemmas/bringing/input.ts';
import { layToldAgendas } from '#modules/agendas/bringing/commands.server.ts';
import { layLibrary } from '#modules/publications/records/bringing/commands.server.ts';
import { parseLibrary } from '#modules/publications/records/bringing/input.ts';
import { layToldSessions } from '#modules/sessions/bringing/commands.server.ts';
import { parseToldSessions } from '#modules/sessions/bringing/input.ts';
import { layElsewhere } from '#modules/stories/gathering/elsewhere/commands.server.ts';
import { parseElsewhere } from '#modules/stories/gathering/elsewhere/input.ts';
import { today } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { Halfway, importSays, refuse } from './refused.ts';
import { onlyWord, terminalSpeech } from './terminal.ts';
import { toldWordsIn } from './told-words.ts';

/** `steppingstones import field DIR`: brings a folder in the form of db/field in, wholly or not at all; answers the exit code. */
export async function importField(argv: string[]): Promise<number> {
  const folder = onlyWord(argv, 'import field', 'one folder');
  const database = await openDatabase();
  try {
    return await bringIn(folder, (line) => console.log(line));
  } finally {
    await database.close();
  }
}

/** Imports a folder into the database that `withViewer` reaches, telling progress and every bad row; answers the exit code. */
export async function bringIn(folder: string, tell: (line: string) => void): Promise<number> {
  const say = await terminalSpeech();
  const texts = await textsIn(folder);
  const read = parseField(texts, today());
  const sessions = parseToldSessions(
    await readFile(join(folder, 'sessions.json'), 'utf8').catch(() => '[]'),
    texts.renderings,
    today(),
  );
  const told = await toldWordsIn(folder);
  const dilemmas = parseDilemmas(await readFile(join(folder, 'dilemmas.json'), 'utf8').catch(() => '[]'));
  const library = parseLibrary(
    await readFile(join(folder, 'publications.json'), 'utf8').catch(() => '[]'),
    Number(today().slice(0, 4)),
  );
  if (!read.ok || !sessions.ok || !dilemmas.ok || !library.ok || told.problems.length > 0)
    return refuse(say, [
      ...(read.ok ? [] : read.problems),
      ...(sessions.ok ? [] : sessions.problems),
      ...(dilemmas.ok ? [] : dilemmas.problems),
      ...(library.ok ? [] : library.problems),
      ...told.problems,
    ]);
  const stories = parseElsewhere(await readFile(join(folder, 'stories.json'), 'utf8').catch(() => '[]'));
  if (!stories.ok) throw new Mistake(exits.words, `The file stories.json cannot be taken: ${stories.reason}`);
  const answer = await withViewer(operator, async (tx) => {
    const laid = await layField(tx, read.field, (done, of) => {
      if (done % 50 === 0 || done === of) tell(importSays(say, 'progress', { done, of }));
    });
    if (!laid.ok) throw new Halfway(laid.problems);
    await layElsewhere(tx, stories.value);
    const held = await layToldSessions(tx, sessions.sessions);
    if (!held.ok) throw new Halfway(held.problems);
    await layToldAgendas(tx, sessions.sessions);
    await layToldWords(tx, told.words);
    await layDilemmas(tx, dilemmas.dilemmas);
    await layLibrary(tx, library.records);
    return { ...laid.imported, sessions: held.laid };
  }).catch((error: unknown) => {
    if (error instanceof Halfway) return error;
    throw error;
  });
  if (answer instanceof Halfway) return refuse(say, answer.problems);
  tell(importSays(say, 'done', { ...answer }));
  return exits.fine;
}

async function textsIn(folder: string): Promise<FieldTexts> {
  const read = async (name: string) => {
    try {
      return await readFile(join(folder, name), 'utf8');
    } catch {
      throw new Mistake(exits.words, `The folder ${folder} has no file ${name} that can be read.`);
    }
  };
  const rendered = (await readdir(join(folder, 'renderings')).catch(() => [])).filter((name) =>
    name.endsWith('.json'),
  );
  return {
    organisations: await read('organisations.json'),
    trajectory: await read('trajectory.json'),
    relations: await read('relations.json'),
    renderings: Object.fromEntries(
      await Promise.all(
        rendered.map(async (name) => [name.slice(0, -5), await read(join('renderings', name))] as const),
      ),
    ),
  };
}
