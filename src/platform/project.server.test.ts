import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { expect, test } from 'vitest';

const code = join(import.meta.dirname, 'project.server.ts');
const project = join(import.meta.dirname, '..', '..');

/** What a process of its own, called from the root folder, finds. */
async function found(file: string, home?: string): Promise<string> {
  const ask = `import('${pathToFileURL(file).href}').then(({ projectFolder }) => console.log(projectFolder))`;
  const env = { PATH: process.env.PATH, ...(home && { STEPPINGSTONES_HOME: home }) };
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', ask], { cwd: '/', env });
  return stdout.trim();
}

test('the project finds its own folder from whatever folder a command is called', async () => {
  expect(await found(code)).toBe(project);
  expect(await found(code, '/srv/elsewhere')).toBe('/srv/elsewhere');
});

test('and also as a part of the build', async () => {
  await mkdir(join(project, '.svelte-kit'), { recursive: true });
  const out = await mkdtemp(join(project, '.svelte-kit', 'project-'));
  try {
    await build({
      root: tmpdir(),
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: code,
        outDir: join(out, 'server', 'chunks'),
        emptyOutDir: false,
        rolldownOptions: { output: { entryFileNames: 'part.js' } },
      },
    });
    expect(await found(join(out, 'server', 'chunks', 'part.js'))).toBe(project);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
