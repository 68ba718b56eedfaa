import { parseArgs } from 'node:util';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { languageFor } from '#platform/i18n/languages.ts';
import { speaker, type Speech } from '#platform/i18n/speech.ts';

/** The one word a command was given; a Mistake with its sentence when there is none, more than one, or an option. */
export function onlyWord(argv: string[], command: string, takes: string): string {
  try {
    const { positionals } = parseArgs({ args: argv, options: {}, allowPositionals: true });
    if (positionals.length === 1 && positionals[0]) return positionals[0];
  } catch {
    // The sentence below serves both.
  }
  throw new Mistake(
    exits.words,
    `'steppingstones ${command}' takes ${takes}; it was given '${argv.join(' ')}'.`,
  );
}

/** Speaks to the person at the terminal: in Dutch where the machine says so, else in English. */
export async function terminalSpeech(): Promise<Speech> {
  const spoken = languageFor(
    (process.env.LC_ALL ?? process.env.LANG ?? '').replace('_', '-').split('.')[0] ?? '',
  );
  return speaker(spoken === 'nl' ? 'nl' : 'en', await catalogueOnDisk());
}
