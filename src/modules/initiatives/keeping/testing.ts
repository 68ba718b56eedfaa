import { aMember } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { layOpen } from '../commands.server.ts';
import type { Entry } from '../entry/model.ts';
import { entryNamed } from '../entry/queries.server.ts';
import { aField, layField } from '../testing.ts';
import { addEntry } from './commands/add-entry.server.ts';
import { changeEntry } from './commands/change-entry.server.ts';
import { typedIn } from './input.ts';
import type { KeptEntry, Saved, Typed } from './model.ts';
import { entryToKeep } from './queries.server.ts';

/** A form as a browser sends it: `{ name: 'Taalcafé', phase: ['landing'] }`. */
export function formOf(fields: Readonly<Record<string, string | readonly string[]>>): FormData {
  const form = new FormData();
  for (const [name, given] of Object.entries(fields))
    for (const value of typeof given === 'string' ? [given] : given) form.append(name, value);
  return form;
}

/** An entry that this viewer adds: nameless in Arnhem unless the fields say otherwise. Answers its key and address. */
export async function anAddedEntry(
  viewer: Viewer,
  fields: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<{ id: string; slug: string }> {
  const given = typedIn(formOf({ name: 'Taalcafé de Brug', place: 'Arnhem', ...fields }));
  const added = await withViewer(viewer, (tx) => addEntry(tx, given, 'nl'));
  if (!added.ok) throw new Error(JSON.stringify(added.problems));
  return added;
}

/** Lays an entry that waits, as a verifier who found it right would. */
export const lay = (id: string): Promise<unknown> =>
  withViewer(operator, async (tx) => {
    await tx.updateTable('core.initiative').set({ standing: 'laid' }).where('id', '=', id).execute();
    await layOpen(tx, [id]);
  });

/** An entry as this viewer finds it in the form. */
export async function kept(viewer: Viewer, id: string): Promise<KeptEntry> {
  const entry = await withViewer(viewer, (tx) => entryToKeep(tx, id, 'nl'));
  if (!entry) throw new Error('The entry is not there for this viewer.');
  return entry;
}

/** Saves the form of an entry with some fields filled in otherwise; `before` is what the viewer began with, else what is held now. */
export async function save(
  viewer: Viewer,
  id: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
  before?: Typed,
): Promise<Saved> {
  const began = before ?? (await kept(viewer, id)).typed;
  const { typed, unreadable } = typedIn(formOf({ ...began, ...fields }));
  return withViewer(viewer, (tx) => changeEntry(tx, id, { typed, unreadable, before: began }, 'nl'));
}

let made = 0;

/** An entry of the field with someone who keeps it, in the database of this test; its name and address are its own. */
export async function aKeptEntry(
  row: object = {},
): Promise<{ id: string; slug: string; name: string; keeper: Viewer }> {
  const name = `Buurtkamer ${++made}`;
  const slug = `buurtkamer-${made}`;
  await layField(aField([{ id: slug, name, ...row }]));
  const { id } = await withViewer(operator, (tx) =>
    tx.selectFrom('core.initiative').select('id').where('slug', '=', slug).executeTakeFirstOrThrow(),
  );
  return { id, slug, name, keeper: await aMember('Samira', id) };
}

/** An entry as the street sees it. */
export const onTheStreet = (slug: string): Promise<Entry | null> =>
  withViewer(visitor, (tx) => entryNamed(tx, slug, 'nl'));
