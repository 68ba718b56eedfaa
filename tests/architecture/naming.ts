import { emptyWords, ownWords, rooms, vocabulary } from './rooms.ts';

const folderName = /^[a-z][a-z0-9-]*$/;
const split = /^(queries|commands|jobs|views)$/;

/** What is wrong with the place or name of a file in src/modules, as one sentence; null when it belongs. */
export function outOfVocabulary(file: string): string | null {
  const [room = '', ...rest] = file.replace(/^src\/modules\//, '').split('/');
  if (!(rooms as readonly string[]).includes(room)) return `${file}: '${room}' is no room of the house.`;
  if (rest.length === 0) return `${file}: a file stands inside a room, not between rooms.`;
  if (ownWords.some((folder) => file.startsWith(`src/modules/${folder}/`))) return null;
  let at = 0;
  // Sub-rooms are folders with the same vocabulary.
  while (at < rest.length - 1 && !split.test(rest[at] ?? '')) at++;
  const strange = rest.slice(0, at).find((folder) => !folderName.test(folder) || emptyWords.test(folder));
  if (strange) return `${file}: '${strange}' does not say what of the field it holds.`;
  const name = rest.slice(at).join('/');
  if (vocabulary.some((form) => form.test(name))) return null;
  return `${file}: '${name}' is not in the vocabulary (model, input, access, queries.server, commands.server, tables, jobs.server, views/, testing).`;
}

/** The part of a path that says nothing about the field, or null. */
export function emptyWordIn(file: string): string | null {
  return file.split('/').find((part) => emptyWords.test(part.replace(/\.test(?=\.ts$)/, ''))) ?? null;
}
