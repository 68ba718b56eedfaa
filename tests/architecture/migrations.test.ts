import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOfTheHouse } from './tree.ts';

const folder = 'db/migrations';

function git(root: string, ...words: string[]): string {
  return execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  }).toString();
}

/**
 * Migrations that were changed, renamed or removed since the release they first came with, in history or on the desk. A release
 * is a heading with a version in CHANGELOG.md: from then on the house runs somewhere. What came later is not released yet.
 */
function changedMigrations(root: string): string[] {
  const releases = git(root, 'log', '-G^## [0-9]', '--format=%H', '--', 'CHANGELOG.md').trim();
  const changes = ['--diff-filter=MDRT', '--no-renames', '--name-only'];
  const found = releases.split('\n').flatMap((release) => {
    if (!release) return [];
    const released = git(root, 'ls-tree', '--name-only', release, `${folder}/`).split('\n');
    const told = git(root, 'log', '-m', ...changes, '--format=', `${release}..HEAD`, '--', folder);
    const desk = git(root, 'diff', ...changes, 'HEAD', '--', folder);
    return `${told}\n${desk}`.split('\n').filter((line) => released.includes(line));
  });
  return [...new Set(found)].filter((line) => line.endsWith('.sql'));
}

test('a migration is only ever added: what ran somewhere cannot be unrun', () => {
  expect(changedMigrations('.')).toEqual([]);
});

test('a migration that was changed or removed is found in the history and on the desk', () => {
  const root = mkdtempSync(join(tmpdir(), 'migrations-'));
  const write = (name: string, text: string) => writeFileSync(join(root, folder, name), text);
  const keep = () => git(root, 'add', '-A') + git(root, 'commit', '-q', '-m', 'x');
  try {
    git(root, 'init', '-q');
    mkdirSync(join(root, folder), { recursive: true });
    write('2026-01-01-early.sql', 'select 1;');
    keep();
    writeFileSync(join(root, 'CHANGELOG.md'), '## Not yet released\n');
    write('2026-01-01-early.sql', 'select 2;');
    keep();
    writeFileSync(join(root, 'CHANGELOG.md'), '## 0.1.0\n');
    keep();
    expect(changedMigrations(root)).toEqual([]);
    write('2026-01-02-next.sql', 'select 1;');
    keep();
    expect(changedMigrations(root)).toEqual([]);
    write('2026-01-02-next.sql', 'select 2;');
    keep();
    expect(changedMigrations(root)).toEqual([]);
    writeFileSync(join(root, 'CHANGELOG.md'), '## 0.2.0\n\n## 0.1.0\n');
    keep();
    write('2026-01-02-next.sql', 'select 3;');
    keep();
    rmSync(join(root, folder, '2026-01-01-early.sql'));
    expect(changedMigrations(root).sort()).toEqual([
      `${folder}/2026-01-01-early.sql`,
      `${folder}/2026-01-02-next.sql`,
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('every migration is named by its day and what it brings', () => {
  const named = filesOfTheHouse().filter((file) => file.startsWith(`${folder}/`));
  expect(
    named.filter((file) => !/^db\/migrations\/\d{4}-\d\d-\d\d(-\d\d)?-[a-z][a-z0-9-]*\.sql$/.test(file)),
  ).toEqual([]);
});
