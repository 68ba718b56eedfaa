import { randomUUID } from 'node:crypto';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson, type Trust } from '../../src/modules/people/testing.ts';
import { byLink, operator, visitor, type Viewer } from '../../src/platform/viewer.ts';

/** The entries of the matrix, each in another state; all but `far` lie in Gelderland, and only `own` is kept by anyone here. */
export const states = [
  'own',
  'other',
  'far',
  'withdrawn',
  'hidden',
  'network',
  'table',
  'proposed',
  'merged',
  'absent',
] as const;
export type State = (typeof states)[number];

/** What a persona is, in the words of the rules and not of the database: the expectations are reckoned from this alone. */
export interface Persona {
  readonly name: string;
  readonly viewer: Viewer;
  /** Keeps the entry `own`: as a member, or by a link to it. */
  readonly keepsOwn: boolean;
  /** Verifies or edits: near (Gelderland), far, everywhere or nowhere. */
  readonly watches: 'near' | 'far' | 'all' | null;
  /** Holds something that makes them part of the network. */
  readonly network: boolean;
  /** Sits at the table of Gelderland. */
  readonly table: boolean;
}

interface Told extends Omit<Persona, 'viewer' | 'keepsOwn' | 'watches' | 'network' | 'table'> {
  readonly trust: readonly Trust[];
  readonly sure?: boolean;
  readonly is?: Partial<Persona>;
}

/** Everyone who may come to a wall, with the keys of the entries as they were laid. */
export async function everyone(
  ids: Readonly<Record<State, string>>,
  codes: { readonly near: string; readonly far: string },
  adminUrl: string,
): Promise<Persona[]> {
  const near = { kind: 'province', id: codes.near } as const;
  const far = { kind: 'province', id: codes.far } as const;
  const everywhere = { kind: 'all', id: '' } as const;
  const ofOwn = { kind: 'initiative', id: ids.own } as const;
  const told: Told[] = [
    { name: 'person without a grant', trust: [] },
    {
      name: 'member of own',
      trust: [{ role: 'member', scope: ofOwn }],
      is: { keepsOwn: true, network: true },
    },
    {
      name: 'member of far',
      trust: [{ role: 'member', scope: { kind: 'initiative', id: ids.far } }],
      is: { network: true },
    },
    {
      name: 'verifier near',
      trust: [{ role: 'verifier', scope: near }],
      is: { watches: 'near', network: true },
    },
    {
      name: 'verifier far',
      trust: [{ role: 'verifier', scope: far }],
      is: { watches: 'far', network: true },
    },
    {
      name: 'verifier near without a second factor',
      trust: [{ role: 'verifier', scope: near }],
      sure: false,
    },
    {
      name: 'verifier near who is member of own',
      trust: [
        { role: 'verifier', scope: near },
        { role: 'member', scope: ofOwn },
      ],
      is: { watches: 'near', keepsOwn: true, network: true },
    },
    {
      name: 'editor everywhere',
      trust: [{ role: 'editor', scope: everywhere }],
      is: { watches: 'all', network: true },
    },
    {
      name: 'facilitator near',
      trust: [{ role: 'facilitator', scope: near }],
      is: { network: true, table: true },
    },
    { name: 'partner near', trust: [{ role: 'partner', scope: near }], is: { network: true, table: true } },
    { name: 'partner far', trust: [{ role: 'partner', scope: far }], is: { network: true } },
    { name: 'pool member near', trust: [{ role: 'pool-member', scope: near }], is: { network: true } },
    { name: 'researcher', trust: [{ role: 'researcher', scope: everywhere }], is: { network: true } },
    { name: 'admin', trust: [{ role: 'admin', scope: everywhere }] },
    { name: 'privacy officer', trust: [{ role: 'privacy-officer', scope: everywhere }] },
  ];
  const nothing = { keepsOwn: false, watches: null, network: false, table: false };
  const people: Persona[] = [];
  for (const { name, trust, sure = true, is = {} } of told)
    people.push({ ...nothing, ...is, name, viewer: await aPerson(name, trust, sure) });
  const link = async (
    name: string,
    initiative: string,
    ended: boolean,
    keepsOwn: boolean,
  ): Promise<Persona> => {
    const [row] = await asAdmin<{ id: string }>(
      adminUrl,
      `insert into vault.entry_link (initiative_id, purpose, token_hash, sent_to, language, until, ended_at)
       values ($1, 'keep', sha256($2::text::bytea), 'post@example.org', 'nl', now() + interval '1 day', $3) returning id`,
      [initiative, randomUUID(), ended ? new Date() : null],
    );
    return { ...nothing, name, keepsOwn, viewer: byLink(row?.id ?? '') };
  };
  return [
    { ...nothing, name: 'visitor', viewer: visitor },
    ...people,
    await link('link to own', ids.own, false, true),
    await link('link to own that was ended', ids.own, true, false),
    await link('link to far', ids.far, false, false),
    { ...nothing, name: 'link to nothing', viewer: byLink(null) },
    { ...nothing, name: 'operator', viewer: operator },
  ];
}
