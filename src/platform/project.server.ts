import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder above `from` that has the migrations in it; `from` itself where there is none. */
function homeOf(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, 'db', 'migrations'))) return at;
    if (at === dirname(at)) return from;
  }
}

/**
 * The folder of this project, from whatever folder a command is called: STEPPINGSTONES_HOME, or else the one this code
 * lies in, as a source or as a part of the build.
 */
export const projectFolder = process.env.STEPPINGSTONES_HOME
  ? resolve(process.env.STEPPINGSTONES_HOME)
  : homeOf(dirname(fileURLToPath(import.meta.url)));
