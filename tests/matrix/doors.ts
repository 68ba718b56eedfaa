import { changes, keeps, sees, watches } from './walls.ts';
import type { Persona, State } from './personas.ts';

/** What a door says: comes in, finds nothing there (as if it did not exist), or is led to give the second factor first. */
export type Verdict = 'in' | 'nothing' | 'second factor';

export interface Asked {
  /** Who may come in at all; a role is asked for as trust.md names it. */
  readonly who: 'anyone' | 'someone' | readonly Role[] | 'workbench';
  /** What the room asks about the entry in the address. */
  readonly of?: (persona: Persona, state: State) => boolean;
}

type Role =
  | 'member'
  | 'verifier'
  | 'editor'
  | 'facilitator'
  | 'partner'
  | 'admin'
  | 'privacy officer'
  | 'researcher'
  | 'pool member';
const staff: readonly Role[] = ['verifier', 'editor', 'facilitator', 'admin', 'privacy officer'];

/** Whether a persona holds one of these roles somewhere, told from its name alone. */
function holds(persona: Persona, roles: readonly Role[]): boolean {
  const unsure = / without a second factor$/.test(persona.name);
  const held = persona.name
    .split(' who is ')
    .flatMap((part) => [...part.matchAll(rolesIn)].map(([role]) => role as Role));
  return roles.some((role) => held.includes(role) && !(unsure && staff.includes(role)));
}
const rolesIn = /privacy officer|pool member|member|verifier|editor|facilitator|partner|admin|researcher/g;

/** What a door must say to this persona about the entry in this state. */
export function verdictOf({ who, of }: Asked, persona: Persona, state: State): Verdict {
  const inside = !of || of(persona, state) ? 'in' : 'nothing';
  if (who === 'workbench') return 'nothing';
  if (who === 'anyone') return inside;
  if (persona.viewer.kind !== 'person') return 'nothing';
  if (who === 'someone' || holds(persona, who)) return inside;
  const couldBe = { ...persona, name: persona.name.replace(/ without a second factor$/, '') };
  return couldBe.name !== persona.name && holds(couldBe, who) ? 'second factor' : 'nothing';
}

/** What is open to anyone; what lives on elsewhere leads there. Who may know more of an entry finds it too. */
const found = (persona: Persona, state: State) =>
  ['own', 'other', 'far', 'merged'].includes(state) || sees(persona, state);

type Spec = Readonly<Partial<Record<'GET' | 'POST', Asked>>>;

/** What programs are told is the same for everyone: only what is open. */
const laidOpen = (_persona: Persona, state: State) => ['own', 'other', 'far', 'merged'].includes(state);

const anyone: Asked = { who: 'anyone' };
const someone: Asked = { who: 'someone' };
const both = (asked: Asked) => ({ GET: asked, POST: asked });
const network = [
  'member',
  'verifier',
  'editor',
  'facilitator',
  'partner',
  'pool member',
  'researcher',
] as const;
const cardMakers: readonly Role[] = ['admin', 'verifier', 'facilitator', 'member'];
const page = '/[[lang=language]]';

/** Every door, and what each of its ways in asks. A door that is missing here fails the matrix. */
export const specs: Readonly<Record<string, Spec>> = {
  ...Object.fromEntries(
    [
      '',
      '/initiatives',
      '/map',
      '/shoreline',
      '/network',
      '/regions',
      '/chains',
      '/blind-spots',
      '/languages',
      '/about',
      '/privacy',
      '/accessibility',
      '/leave',
      '/selections',
      '/sessions',
      '/sessions/calendar.ics',
      '/chains/print.pdf',
      '/words/print.pdf',
    ].map((path) => [`${page}${path}`, { GET: anyone }]),
  ),
  [`${page}/initiatives/[slug]`]: { GET: { who: 'anyone', of: found } },
  [`${page}/initiatives/[slug]/keep`]: both({ who: 'someone', of: changes }),
  [`${page}/initiatives/[slug]/keep-by-mail`]: both(anyone),
  [`${page}/sign-out`]: { POST: someone },
  [`${page}/me`]: both(someone),
  [`${page}/me/second-factor`]: both(someone),
  [`${page}/me/entrusted`]: both(someone),
  [`${page}/me/export`]: { POST: someone },
  [`${page}/me/leave`]: both(someone),
  [`${page}/desk/cards`]: both({ who: cardMakers }),
  [`${page}/desk/fellows/[slug]`]: both({ who: ['member'], of: keeps }),
  [`${page}/desk/people`]: { GET: { who: ['admin'] } },
  [`${page}/desk/people/invite`]: both({ who: ['admin'] }),
  [`${page}/desk/people/review`]: both({ who: ['admin'] }),
  [`${page}/desk`]: {
    GET: {
      who: [
        'member',
        'verifier',
        'editor',
        'partner',
        'facilitator',
        'pool member',
        'researcher',
        'admin',
        'privacy officer',
      ],
    },
  },
  [`${page}/agendas`]: { GET: anyone },
  [`${page}/pools`]: { GET: anyone },
  [`${page}/me/pools`]: both(someone),
  [`${page}/desk/pools`]: { GET: { who: ['facilitator'] } },
  [`${page}/desk/pools/new`]: both({ who: ['facilitator'] }),
  [`${page}/advice`]: { GET: anyone },
  [`${page}/me/advice`]: { GET: someone },
  [`${page}/desk/consultations`]: { GET: someone },
  [`${page}/together`]: { GET: someone },
  [`${page}/used`]: { GET: anyone },
  [`${page}/me/used`]: both(someone),
  [`${page}/desk/publications`]: { GET: someone },
  [`${page}/desk/publications/new`]: both({ who: ['editor', 'facilitator'] }),
  [`${page}/desk/consultations/new`]: both({ who: ['partner', 'member'] }),
  [`${page}/words`]: { GET: anyone },
  [`${page}/words/pairs`]: { GET: anyone },
  [`${page}/words/propose`]: both(someone),
  [`${page}/desk/words`]: both({ who: ['editor', 'facilitator'] }),
  [`${page}/tables`]: { GET: anyone },
  [`${page}/desk/tables`]: { GET: { who: network } },
  [`${page}/desk/tables/new`]: both({ who: ['facilitator', 'partner'] }),
  [`${page}/publications`]: { GET: anyone },
  [`${page}/learning`]: { GET: anyone },
  [`${page}/learning/dilemmas`]: { GET: anyone },
  [`${page}/learning/dilemmas/tell`]: both(someone),
  [`${page}/learning/insights`]: { GET: anyone },
  [`${page}/learning/insights/write`]: both(someone),
  [`${page}/me/learning`]: both(someone),
  [`${page}/desk/learning`]: both({ who: ['editor', 'facilitator'] }),
  [`${page}/desk/learning/works`]: both({ who: ['editor', 'facilitator', 'researcher'] }),
  [`${page}/desk/records`]: both({ who: ['editor', 'facilitator', 'researcher'] }),
  [`${page}/desk/learning/trajectories`]: both({ who: ['editor', 'facilitator'] }),
  [`${page}/desk/agendas`]: both({ who: ['facilitator'] }),
  [`${page}/desk/queue`]: both({ who: ['verifier', 'editor'] }),
  // Their own they may see there, with why someone else has to look at it; there is nothing they can do with it.
  [`${page}/desk/entry/[id]`]: {
    GET: { who: ['verifier', 'editor'], of: changes },
    POST: { who: ['verifier', 'editor'], of: watches },
  },
  [`${page}/desk/campaigns`]: both({ who: ['verifier', 'editor', 'admin'] }),
  [`${page}/desk/selections`]: both({ who: ['partner', 'editor'] }),
  [`${page}/initiatives/[slug]/tell`]: { GET: { who: 'someone', of: changes } },
  [`${page}/initiatives/[slug]/tell/[deed]`]: both({ who: 'someone', of: changes }),
  [`${page}/initiatives/[slug]/relate`]: both({ who: 'someone', of: changes }),
  [`${page}/initiatives/[slug]/export`]: { GET: { who: 'someone', of: keeps } },
  [`${page}/initiatives/[slug]/export/file`]: { POST: { who: 'someone', of: keeps } },
  [`${page}/me/following`]: both(someone),
  [`${page}/me/tellings`]: both(someone),
  [`${page}/changes`]: { GET: anyone },
  [`${page}/follow`]: both(anyone),
  [`${page}/desk/duplicates`]: { GET: { who: ['verifier', 'editor'] } },
  [`${page}/desk/people/glass`]: both({ who: ['admin', 'privacy officer'] }),
  [`${page}/stories`]: { GET: anyone },
  [`${page}/initiatives/[slug]/stories`]: { GET: { who: 'anyone', of: found } },
  [`${page}/desk/moments`]: both({ who: ['member', 'verifier', 'editor'] }),
  [`${page}/desk/stories`]: both({ who: ['member', 'editor', 'facilitator'] }),
  [`${page}/desk/sessions`]: both({ who: ['facilitator'] }),
  [`${page}/desk/sessions/new`]: both({ who: ['facilitator'] }),
  [`${page}/desk/import`]: both({ who: ['admin', 'editor', 'verifier'] }),
  [`${page}/desk/renderings`]: { GET: { who: network } },
  [`${page}/desk/tellings`]: { GET: { who: ['editor'] } },
  [`${page}/desk/coding`]: both({ who: ['researcher'] }),
  '/mailbox': { GET: { who: 'workbench' } },
  ...Object.fromEntries(
    [
      '/data/v1',
      '/data/v1/initiatives',
      '/data/v1/initiatives.geojson',
      '/data/v1/initiatives.csv',
      '/data/v1/changes',
      '/data/v1/changes.atom',
      '/data/v1/advice',
      '/data/v1/advice.atom',
      '/data/v1/changes.json',
      '/data/v1/network.gexf',
      '/data/v1/network.graphml',
      '/data/v1/chains',
      '/data/v1/regions',
      '/data/v1/publications',
      '/data/v1/publications.jsonld',
      '/data/v1/publications.atom',
      '/data/v1/publications.json',
      '/data/v1/words.jsonld',
      '/data/v1/words.ttl',
      '/data/v1/insights',
      '/data/v1/insights.bib',
      '/data/v1/insights-csl.json',
      '/data/v1/word-news.atom',
      '/data/v1/word-news.json',
      '/data/v1/openapi.json',
      '/hsds/3.0',
      '/hsds/3.0/openapi.json',
      '/.well-known/security.txt',
      '/healthz',
      '/readyz',
    ].map((path) => [path, { GET: anyone }]),
  ),
  '/data/v1/initiatives/[slug]': { GET: { who: 'anyone', of: laidOpen } },
  [`${page}/initiatives/[slug]/print.pdf`]: { GET: { who: 'anyone', of: laidOpen } },
  [`${page}/sign-in`]: both(anyone),
  [`${page}/sign-in/code`]: both(anyone),
  [`${page}/card`]: both(anyone),
  [`${page}/tell`]: both(anyone),
  [`${page}/join`]: both(anyone),
  [`${page}/circle`]: both(anyone),
  [`${page}/circle/new`]: both({ who: ['member', 'facilitator', 'pool member', 'partner'] }),
  [`${page}/me/circle-notes`]: both(someone),
  [`${page}/me/reflections`]: both(someone),
  [`${page}/initiatives/[slug]/self-view`]: both({ who: 'someone', of: keeps }),
};
