import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/platform/project.server.ts';

/**
 * A path among the data of others that this project reads but does not keep: in the folder STEPPINGSTONES_SHARED, or
 * else in `shared` beside the project. Where it is not there, says so on the terminal and answers null.
 */
export function outsideData(...parts: string[]): string | null {
  const path = join(process.env.STEPPINGSTONES_SHARED || join(projectFolder, '..', 'shared'), ...parts);
  if (existsSync(path)) return path;
  console.warn(
    `SKIPPED: there is nothing at ${path}; name the folder of outside data in STEPPINGSTONES_SHARED.`,
  );
  return null;
}
