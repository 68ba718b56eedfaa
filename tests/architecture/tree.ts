import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Every file of the project that git keeps or would keep, from the root, in order. */
export function filesOfTheHouse(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    maxBuffer: 64e6,
  });
  return [...new Set(list.toString().split('\0'))].filter((file) => file !== '' && existsSync(file)).sort();
}

/** The text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}

/** How many lines a text has; a last empty one does not count. */
export function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}
