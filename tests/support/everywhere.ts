import { doors } from '../../src/doors.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { knowByKey } from '../../src/platform/sign-in/persons.server.ts';
import { beginSession } from '../../src/platform/sign-in/sessions.server.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { slugOf } from '../matrix/states.ts';

/** The cookie of a new session of this person, as a browser sends it. */
export async function cookieOf(viewer: Viewer): Promise<string> {
  const key = viewer.id ?? '';
  await knowByKey(key);
  return `${sessionCookie}=${encodeURIComponent((await beginSession(key, viewer.sure)) ?? '')}`;
}

/** Rows of every table of these walls that speak of this key, made where there are none. */
export async function rowsAbout(
  adminUrl: string,
  of: Readonly<Record<string, { readonly add: string; readonly about?: string }>>,
  id: string,
) {
  const rows: Record<string, { where: string; values: string[] }> = {};
  for (const [table, { add, about = 'initiative_id = $1::uuid' }] of Object.entries(of)) {
    const [row] = await asAdmin(adminUrl, `select from ${table} where ${about}`, [id]);
    if (!row) await asAdmin(adminUrl, add, [id]);
    rows[table] = { where: about, values: [id] };
  }
  return rows;
}

/** The addresses of every door that can be looked through, filled with the keys and words of what is kept. */
export function addressesOf(
  entry: string,
  telling: { readonly id: string; readonly slug: string },
  slug = slugOf('hidden'),
  asked = 'kanarie',
): string[] {
  const words: Readonly<Record<string, readonly string[]>> = {
    '[slug]': [slug, telling.slug],
    '[id]': [entry, telling.id],
    '[entry]': [entry],
    '[telling]': [telling.id],
    '[language]': ['en'],
  };
  return Object.entries(doors)
    .filter(([, ways]) => 'GET' in ways)
    .flatMap(([route]) => {
      const param = Object.keys(words).find((name) => route.includes(name));
      const language = route.replace('/[[lang=language]]', '/nl');
      const filled = (param ? (words[param] ?? []) : ['']).map((word) =>
        Object.entries(words).reduce(
          (path, [name, [first = '']]) => path.replaceAll(name, first),
          param ? language.replaceAll(param, word) : language,
        ),
      );
      return filled.filter((path) => !path.includes('['));
    })
    .concat([
      `/nl/initiatives?q=${asked}`,
      `/nl/stories?q=${asked}`,
      `/data/v1/initiatives?q=${asked}`,
      `/nl/selections`,
      '/sitemap.xml',
      '/robots.txt',
    ]);
}
