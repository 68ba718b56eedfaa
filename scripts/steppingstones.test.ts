import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exits } from '#platform/database/mistake.ts';
import { projectFolder } from '#platform/project.server.ts';

test('who starts before installing is told in one sentence what to do', async () => {
  const bare = await mkdtemp(join(tmpdir(), 'steppingstones-bare-'));
  try {
    for (const part of ['bin', 'package.json'])
      await cp(join(projectFolder, part), join(bare, part), { recursive: true });
    for (const words of ['start', 'dev']) {
      const told = await new Promise<{ code: unknown; error: string }>((resolve) =>
        execFile('npm', ['run', '--silent', words], { cwd: bare }, (error, _, said) =>
          resolve({ code: error?.code, error: said }),
        ),
      );
      const sentences = told.error
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('npm warn'));
      expect(sentences).toEqual([expect.stringMatching(/is not installed yet: run 'npm ci' in .* first\.$/)]);
      expect(told.code).toBe(exits.installation);
    }
  } finally {
    await rm(bare, { recursive: true, force: true });
  }
});
