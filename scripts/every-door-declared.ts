import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A way through a route that exists as a file: '/data/v1/changes' by 'GET'. */
export interface Way {
  readonly route: string;
  readonly method: string;
  /** The file that opens it, from the root of the project. */
  readonly file: string;
}

type Declared = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const page = /^\+page(\.server)?\.(svelte|ts|js)$/;
const server = /^\+server\.(ts|js)$/;
const exported =
  /export\s+(?:async\s+)?(?:function\s*\*?|const|let)\s+(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|fallback|actions)\b/g;
const listed = /export\s*\{([^}]*)\}/g;

function exportsOf(text: string): string[] {
  const named = [...text.matchAll(exported)].map((match) => match[1] ?? '');
  const inBraces = [...text.matchAll(listed)].flatMap((match) =>
    (match[1] ?? '').split(',').map(
      (part) =>
        part
          .split(/\bas\b/)
          .at(-1)
          ?.trim() ?? '',
    ),
  );
  return [...named, ...inBraces];
}

/** Every way through the routes under this folder, as SvelteKit would open it: pages by GET, their actions by POST, servers by each method. */
export async function waysUnder(root: string, routes = 'src/routes'): Promise<Way[]> {
  const found = new Map<string, Way>();
  const add = (file: string, method: string) => {
    const folder = relative(join(root, routes), dirname(file)).replaceAll('\\', '/');
    const route = `/${folder}`;
    const key = `${route} ${method}`;
    if (!found.has(key)) found.set(key, { route, method, file: relative(root, file).replaceAll('\\', '/') });
  };
  for (const entry of await readdir(join(root, routes), { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    const isPage = page.test(entry.name);
    if (!entry.isFile() || (!isPage && !server.test(entry.name))) continue;
    const names = exportsOf(entry.name.endsWith('.svelte') ? '' : await readFile(file, 'utf8'));
    if (isPage) add(file, 'GET');
    if (isPage && names.includes('actions')) add(file, 'POST');
    if (!isPage) for (const name of names.filter((each) => /^([A-Z]+|fallback)$/.test(each))) add(file, name);
  }
  return [...found.values()].sort((a, b) => `${a.route} ${a.method}`.localeCompare(`${b.route} ${b.method}`));
}

/** One sentence for every way that src/doors.ts does not name; empty when each door says who may come through it. */
export function undeclared(ways: readonly Way[], doors: Declared): string[] {
  return ways
    .filter(({ route, method }) => !(route in doors && method in (doors[route] ?? {})))
    .map(({ route, method, file }) =>
      method === 'fallback'
        ? `${file} answers every method. Export the methods it means by name, and declare each of them in src/doors.ts.`
        : `${file} opens '${route}' by ${method}, but src/doors.ts does not say who may come through. Add '${route}': { ${method}: <who> }.`,
    );
}

/** The declared ways behind which no route stands. */
export function doorsToNowhere(ways: readonly Way[], doors: Declared): string[] {
  const open = new Set(ways.map(({ route, method }) => `${route} ${method}`));
  return Object.entries(doors)
    .flatMap(([route, methods]) => Object.keys(methods).map((method) => `${route} ${method}`))
    .filter((way) => !open.has(way));
}

/** What src/doors.ts under this folder declares now. */
export async function declaredDoors(root: string): Promise<Declared> {
  // A build in the same process after a change must not meet the module it read before.
  const address = `${pathToFileURL(join(root, 'src/doors.ts')).href}?at=${Date.now()}`;
  const { doors } = (await import(/* @vite-ignore */ address)) as { doors: Declared };
  return doors;
}

/** The Vite plugin that lets no house be built with a door of which nobody said who may come through. */
export function everyDoorDeclared(root = process.cwd()): { name: string; buildStart(): Promise<void> } {
  return {
    name: 'every-door-declared',
    async buildStart() {
      const missing = undeclared(await waysUnder(root), await declaredDoors(root));
      if (missing.length)
        throw new Error(
          `A door without a policy stays shut, and so does the house:\n- ${missing.join('\n- ')}`,
        );
    },
  };
}
