import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { parseList, parseOne } from './input.ts';
import { type Page, type ListName } from './model.ts';
import { listOf, recordOf } from './records/queries.server.ts';

export interface Record {
  readonly id: string;
  readonly [field: string]: unknown;
}

const origin = 'https://stones.example';

/** A list as a program receives it. */
export async function page(list: ListName, query = ''): Promise<Page<Record>> {
  return JSON.parse(await sent(list, query)) as Page<Record>;
}

/** The text a list is sent as. */
export async function sent(list: ListName, query: string): Promise<string> {
  const asked = parseList(new URLSearchParams(query), list);
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors));
  return (await withViewer(visitor, (tx) => listOf(tx, list, asked.value, origin))).body;
}

/** One record as a program receives it; null when there is none. */
export async function record(list: ListName, key: string, query = ''): Promise<Record | null> {
  const asked = parseOne(list, key, new URLSearchParams(query));
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors));
  const told = await withViewer(visitor, (tx) => recordOf(tx, asked.value, origin));
  return told && (JSON.parse(JSON.stringify(told)) as Record);
}

/** Every key in a list, in its order. */
export async function keys(list: ListName, query = ''): Promise<string[]> {
  return (await page(list, `${query}&per_page=1000`)).contents.map(({ id }) => id);
}

/** Every entry with all that HSDS tells of it, without the moment it changed, by the key of its organization. */
export async function everything(): Promise<Map<string, string>> {
  const { contents } = await page('organizations', 'full_service=true&per_page=1000');
  return new Map(
    contents.map((one) => [
      one.id,
      JSON.stringify(one, (name, value: unknown) => (name === 'last_modified' ? undefined : value)),
    ]),
  );
}
