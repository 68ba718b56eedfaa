import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../project.server.ts';
import type { Catalogue } from './speech.ts';

/** Every text of the house as it lies on disk, for commands at a terminal and for tests. */
export async function catalogueOnDisk(folder = join(projectFolder, 'messages')): Promise<Catalogue> {
  const all: Record<string, Record<string, string>> = {};
  for (const language of await readdir(folder)) {
    const files = await readdir(join(folder, language)).catch(() => []);
    for (const file of files.filter((name) => name.endsWith('.json'))) {
      const texts = JSON.parse(await readFile(join(folder, language, file), 'utf8')) as Record<
        string,
        string
      >;
      const mine = (all[language] ??= {});
      for (const [key, text] of Object.entries(texts)) mine[`${file.slice(0, -5)}.${key}`] = text;
    }
  }
  return all;
}
