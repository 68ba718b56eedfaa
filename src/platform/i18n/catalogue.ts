import type { Catalogue } from './speech.ts';

const files = import.meta.glob<Record<string, string>>('/messages/*/*.json', {
  eager: true,
  import: 'default',
});

function gather(): Catalogue {
  const all: Record<string, Record<string, string>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, language = '', room = ''] = /\/messages\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
    const mine = (all[language] ??= {});
    for (const [key, text] of Object.entries(texts)) mine[`${room}.${key}`] = text;
  }
  return all;
}

/** Every text of the house, gathered once when it was built. */
export const catalogue = gather();
