import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { aField, asAdmin, layField } from '../testing.ts';
import { workOff } from './commands/work-off.server.ts';
import type { DeskDeed, MatterKind, MatterName, Outcome, QueueWish } from './model.ts';
import { waiting } from './queries.server.ts';

export const wishAll: QueueWish = {
  kinds: [],
  whose: 'all',
  q: '',
  municipality: '',
  order: 'name',
  page: 1,
};

/** Whom a desk knows: a verifier near and one far, one who belongs to `own`, a member, an admin and a partner. */
export async function deskPeople(
  own: string,
): Promise<Record<'near' | 'colleague' | 'far' | 'ofOwn' | 'member' | 'admin' | 'partner', Viewer>> {
  const near = { kind: 'province', id: 'PV25' } as const;
  return {
    near: await aPerson('Samira', [{ role: 'verifier', scope: near }]),
    colleague: await aPerson('Joris', [{ role: 'editor', scope: { kind: 'municipality', id: 'GM0202' } }]),
    far: await aPerson('Femke', [{ role: 'verifier', scope: { kind: 'province', id: 'PV28' } }]),
    ofOwn: await aPerson('Noor', [
      { role: 'verifier', scope: near },
      { role: 'member', scope: { kind: 'initiative', id: own } },
    ]),
    member: await aMember('Ali', own),
    admin: await aPerson('Beheer', [{ role: 'admin' }]),
    partner: await aPerson('Gemeente', [{ role: 'partner', scope: near }]),
  };
}

const near = ['own', 'new-one', 'new-two', 'laid', 'silent', 'checked', 'asked'];

/** A desk in Gelderland: entries there, one far away that one of them refers to, one that says nowhere, and everyone of `deskPeople`. */
export async function aDesk(adminUrl: string): Promise<{
  id(slug: string): string;
  readonly people: Awaited<ReturnType<typeof deskPeople>>;
}> {
  const elsewhere = [
    { id: 'far', name: 'far', municipality: 'Rotterdam', province: 'Zuid-Holland' },
    { id: 'nowhere', name: 'nowhere', municipality: null, province: null },
  ];
  await layField(
    aField([...near.map((name) => ({ id: name, name })), ...elsewhere], {
      relations: [{ id: 'tie', from: 'laid', to: 'far', type: 'refers-to' }],
    }),
  );
  await asAdmin(
    adminUrl,
    `update core.initiative set recorded_at = now() - interval '3 years' where slug in ('silent', 'checked')`,
  );
  const rows = await asAdmin<{ slug: string; id: string }>(adminUrl, 'select slug, id from core.initiative');
  const ids = Object.fromEntries(rows.map(({ slug, id }) => [slug, id]));
  const id = (slug: string) => ids[slug] ?? '';
  return { id, people: await deskPeople(id('own')) };
}

/** Takes entries back to waiting, as they came. */
export async function backToWaiting(adminUrl: string, ...slugs: string[]): Promise<void> {
  await asAdmin(adminUrl, `update core.initiative set standing = 'proposed' where slug = any($1)`, [slugs]);
  await asAdmin(adminUrl, `delete from pub.initiative where slug = any($1)`, [slugs]);
}

/** What waits for someone, as 'kind name'. */
export const seenBy = (viewer: Viewer, wish: Partial<QueueWish> = {}): Promise<string[]> =>
  withViewer(viewer, async (tx) =>
    (await waiting(tx, { ...wishAll, ...wish })).matters.map(({ kind, name }) => `${kind} ${name}`),
  );

/** Does a deed with matters, as this viewer. */
export const doneBy = (viewer: Viewer, matters: readonly MatterName[], deed: DeskDeed): Promise<Outcome> =>
  withViewer(viewer, (tx) => workOff(tx, matters, deed));

export const matter = (kind: MatterKind, subject: string): MatterName => ({ kind, subject });

/** Someone's proposal that waits about an entry; answers its key. */
export async function aProposal(
  adminUrl: string,
  initiative: string,
  kind: string,
  words: object,
  broughtBy: string | null = null,
): Promise<string> {
  const [row] = await asAdmin<{ id: string }>(
    adminUrl,
    `insert into core.proposal (initiative_id, kind, words, said_by, brought_by) values ($1, $2, $3, 'own', $4) returning id`,
    [initiative, kind, JSON.stringify(words), broughtBy],
  );
  return row?.id ?? '';
}
