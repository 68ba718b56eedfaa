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

interface Named {
  readonly entry: string;
  readonly slug?: string;
  readonly telling: { readonly id: string; readonly slug: string };
  /** What is asked of every search. */
  readonly asked?: string;
  /** Keys of what hangs on the telling, by the name that their doors give them. */
  readonly hanging?: Readonly<Record<string, string>>;
}

/** The keys of what hangs on a telling, by the name that doors give them. */
export async function hangingOn(adminUrl: string, telling: string): Promise<Record<string, string>> {
  const [row] = await asAdmin<Record<string, string | null>>(
    adminUrl,
    `select (select id from core.rendering where telling = $1 limit 1) as rendering, (select id from core.telling_proposal where telling = $1 limit 1) as proposal,
      (select id from core.media where telling = $1 limit 1) as id`,
    [telling],
  );
  return Object.fromEntries(Object.entries(row ?? {}).flatMap(([name, key]) => (key ? [[name, key]] : [])));
}

/** The addresses of every door that can be looked through, filled with the keys and words of what is kept. */
export function addressesOf({
  entry,
  telling,
  slug = slugOf('hidden'),
  asked = 'kanarie',
  hanging = {},
}: Named): string[] {
  const words: Readonly<Record<string, readonly string[]>> = {
    slug: [slug, telling.slug],
    id: [entry, telling.id, ...(hanging.id ? [hanging.id] : [])],
    entry: [entry],
    telling: [telling.id],
    language: ['en'],
    deed: ['award'],
    ...Object.fromEntries(
      Object.entries(hanging)
        .filter(([name]) => name !== 'id')
        .map(([name, key]) => [name, [key]]),
    ),
  };
  const filled = Object.entries(doors)
    .filter(([, ways]) => 'GET' in ways)
    .flatMap(([route]) =>
      Object.entries(words).reduce(
        (paths, [name, some]) =>
          paths.flatMap((path) =>
            path.includes(`[${name}]`) ? some.map((word) => path.replaceAll(`[${name}]`, word)) : [path],
          ),
        [route.replace('/[[lang=language]]', '/nl')],
      ),
    )
    .filter((path) => !path.includes('['));
  return [
    ...filled,
    `/nl/initiatives?q=${asked}`,
    `/nl/stories?q=${asked}`,
    `/data/v1/initiatives?q=${asked}`,
    '/sitemap.xml',
    '/robots.txt',
  ];
}
