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
  [`${page}/desk/consultations/new`]: both({ who: ['partner', 'member'] }),
  [`${page}/words`]: { GET: anyone },
  [`${page}/words/pairs`]: { GET: anyone },
  [`${page}/words/propose`]: both(someone),
  [`${page}/desk/words`]: both({ who: ['editor', 'facilitator'] }),
  [`${page}/tables`]: { GET: anyone },
  [`${page}/desk/tables`]: { GET: { who: network } },
  [`${page}/desk/tables/new`]: both({ who: ['facilitator', 'partner'] }),
  [`${page}/learning`]: { GET: anyone },
  [`${page}/learning/dilemmas`]: { GET: anyone },
  [`${page}/learning/dilemmas/tell`]: both(someone),
  [`${page}/learning/insights`]: { GET: anyone },
  [`${page}/learning/insights/write`]: both(someone),
  [`${page}/me/learning`]: both(someone),
  [`${page}/desk/learning`]: both({ who: ['editor', 'facilitator'] }),
  [`${page}/desk/learning/works`]: both({ who: ['editor', 'facilitator', 'researcher'] }),
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
      '/data/v1/words.jsonld',
      '/data/v1/words.ttl',
      '/data/v1/insights',
      '/data/v1/insights.bib',
      '/data/v1/insights.csl.json',
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

/** Doors whose address is more than an entry; each names the test that tries them. */
export const triedElsewhere: Readonly<Record<string, string>> = {
  [`${page}/pools/[pool]`]: 'tests/journeys/pools.journey.ts',
  [`${page}/pools/[pool]/join`]: 'tests/journeys/pools.journey.ts',
  [`${page}/desk/pools/[pool]`]: 'tests/journeys/pools.journey.ts',
  [`${page}/desk/sessions/[session]`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/about`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/step/[position]`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/invitation`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/calendar.ics`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/run`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/said`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/said/[number]`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/issues`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/paper`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/voice/[id]`]: 'src/modules/sessions/saying',
  [`${page}/desk/sessions/[session]/cards`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/desk/sessions/[session]/wall`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/room/[code]/paper`]: 'tests/journeys/facilitating.journey.ts',
  [`${page}/me/tellings/[telling]`]: 'tests/journeys/consent.journey.ts',
  [`${page}/me/tellings/[telling]/uses`]: 'tests/journeys/consent.journey.ts',
  [`${page}/me/tellings/[telling]/receipts/[receipt]`]: 'tests/journeys/consent.journey.ts',
  [`${page}/me/tellings/[telling]/receipts/[receipt]/file`]: 'tests/journeys/consent.journey.ts',
  [`${page}/learning/dilemmas/[slug]`]: 'tests/journeys/learning.journey.ts',
  [`${page}/learning/dilemmas/[slug]/place`]: 'tests/journeys/learning.journey.ts',
  [`${page}/learning/insights/[slug]`]: 'tests/journeys/learning.journey.ts',
  [`${page}/learning/trajectories/[slug]`]: 'tests/journeys/learning.journey.ts',
  [`${page}/desk/learning/dilemmas/[slug]`]: 'tests/journeys/learning.journey.ts',
  [`${page}/desk/learning/trajectories/[trajectory]`]: 'tests/journeys/learning.journey.ts',
  [`${page}/words/[slug]`]: 'tests/journeys/words.journey.ts',
  [`${page}/words/pairs/[pair]`]: 'tests/journeys/words.journey.ts',
  [`${page}/sessions/[slug]`]: 'src/modules/sessions/reading',
  [`${page}/room/[code]/said/[number]`]: 'tests/journeys/saying.journey.ts',
  [`${page}/room/[code]/promise`]: 'tests/journeys/agendas.journey.ts',
  [`${page}/room/[code]/voice`]: 'tests/journeys/saying.journey.ts',
  [`${page}/room/[code]/voice/[id]`]: 'tests/journeys/saying.journey.ts',
  [`${page}/sessions/[slug]/calendar.ics`]: 'src/modules/sessions/reading',
  [`${page}/desk/sessions/[session]/minutes`]: 'src/modules/sessions/minutes',
  [`${page}/regions/[region]`]: 'src/modules/insights/queries.server.test.ts',
  '/data/v1/regions/[region]': 'tests/journeys/regions.journey.ts',
  '/data/v1/regions/[region]/themes.csv': 'tests/journeys/regions.journey.ts',
  [`${page}/agendas/[slug]`]: 'src/modules/agendas/reading',
  [`${page}/advice/[slug]`]: 'tests/journeys/advice.journey.ts',
  [`${page}/me/advice/[consultation]`]: 'tests/journeys/advice.journey.ts',
  [`${page}/desk/consultations/[consultation]`]: 'tests/journeys/advice.journey.ts',
  [`${page}/desk/consultations/with/[word]`]: 'tests/journeys/advice.journey.ts',
  '/data/v1/advice/[slug]': 'tests/journeys/advice.journey.ts',
  [`${page}/agendas/help/[promise]`]: 'src/modules/agendas/helping',
  [`${page}/agendas/help/yes/[word]`]: 'src/modules/agendas/helping',
  [`${page}/agendas/with/[word]`]: 'src/modules/agendas/keeping',
  [`${page}/promise/[word]`]: 'tests/journeys/agendas.journey.ts',
  [`${page}/check-in/[word]`]: 'tests/journeys/agendas.journey.ts',
  [`${page}/check-in/[word]/promises.ics`]: 'tests/journeys/agendas.journey.ts',
  [`${page}/check-in/[word]/voice/[promise]`]: 'src/modules/agendas/carrying',
  [`${page}/check-in/stop/[word]`]: 'src/modules/agendas/following',
  [`${page}/desk/agendas/[agenda]`]: 'src/modules/agendas/keeping',
  [`${page}/tables/[slug]`]: 'tests/journeys/tables.journey.ts',
  [`${page}/desk/tables/[table]`]: 'tests/journeys/tables.journey.ts',
  [`${page}/tables/[slug]/connect`]: 'tests/journeys/connecting.journey.ts',
  [`${page}/keep/[word]/connect/[[slug]]`]: 'tests/journeys/connecting.journey.ts',
  [`${page}/desk/tables/[table]/chairs`]: 'tests/journeys/connecting.journey.ts',
  [`${page}/desk/tables/[table]/asks`]: 'tests/journeys/connecting.journey.ts',
  [`${page}/desk/tables/[table]/words`]: 'tests/journeys/connecting.journey.ts',
  [`${page}/stories/[slug]`]: 'src/modules/stories/gathering',
  [`${page}/tellings/[slug]`]: 'src/modules/stories/reading',
  [`${page}/desk/stories/[story]`]: 'src/modules/stories/gathering',
  [`${page}/keep/[word]/export`]: 'src/modules/initiatives/belongings',
  [`${page}/keep/[word]/export/file`]: 'src/modules/initiatives/belongings',
  [`${page}/keep/[word]/tell`]: 'tests/journeys/turns.journey.ts',
  [`${page}/keep/[word]/tell/[deed]`]: 'tests/journeys/turns.journey.ts',
  [`${page}/keep/[word]/relate`]: 'tests/journeys/turns.journey.ts',
  [`${page}/relation/[word]`]: 'tests/journeys/turns.journey.ts',
  [`${page}/follow/[word]`]: 'src/modules/initiatives/following',
  [`${page}/follow/stop/[word]`]: 'src/modules/initiatives/following',
  [`${page}/desk/duplicates/[pair]`]: 'src/modules/initiatives/duplicates',
  [`${page}/desk/people/glass/[glass]`]: 'src/modules/initiatives/glass',
  [`${page}/desk/import/[id]`]: 'src/modules/initiatives/bringing',
  [`${page}/desk/import/[id]/look`]: 'src/modules/initiatives/bringing',
  [`${page}/initiatives/add/[[word]]`]: 'tests/journeys/keeping.journey.ts',
  [`${page}/keep/[word]`]: 'tests/journeys/keeping.journey.ts',
  [`${page}/still-true/[word]`]: 'tests/journeys/asking.journey.ts',
  [`${page}/selections/[key]`]: 'src/modules/initiatives/verifying/selections',
  [`${page}/sign-in/link/[word]`]: 'tests/journeys/signing-in.journey.ts',
  [`${page}/card/[word]`]: 'tests/journeys/signing-in.journey.ts',
  [`${page}/desk/cards/[person]`]: 'src/modules/people/cards',
  [`${page}/desk/people/[person]`]: 'src/modules/people/commands/grants.server.test.ts',
  [`${page}/tell/[telling]`]: 'tests/journeys/telling.journey.ts',
  [`${page}/tell/[telling]/others`]: 'tests/journeys/telling.journey.ts',
  [`${page}/tell/[telling]/more`]: 'tests/journeys/telling.journey.ts',
  [`${page}/tell/[telling]/see`]: 'tests/journeys/telling.journey.ts',
  [`${page}/tell/[telling]/release`]: 'tests/journeys/telling.journey.ts',
  [`${page}/tell/[telling]/released`]: 'tests/journeys/telling.journey.ts',
  [`${page}/tell/[telling]/place`]: 'tests/journeys/telling.journey.ts',
  [`${page}/tell/[telling]/photo`]: 'tests/journeys/media.journey.ts',
  [`${page}/tell/[telling]/voice`]: 'tests/journeys/media.journey.ts',
  '/m/[id]': 'tests/journeys/media-doors.journey.ts',
  [`${page}/desk/renderings/[telling]/[language]`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/desk/renderings/[telling]/check/[rendering]`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/desk/tellings/[telling]`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/me/tellings/[telling]/renderings`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/me/tellings/[telling]/renderings/[rendering]`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/me/tellings/[telling]/proposals`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/me/tellings/[telling]/proposals/[proposal]`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/me/tellings/[telling]/quotes`]: 'tests/journeys/renderings.journey.ts',
  [`${page}/desk/coding/[codebook]`]: 'src/modules/stories/coding',
  [`${page}/desk/coding/[codebook]/[telling]`]: 'src/modules/stories/coding',
  [`${page}/desk/coding/[codebook]/agreement`]: 'src/modules/stories/coding',
  [`${page}/desk/coding/[codebook]/patterns`]: 'src/modules/stories/coding',
  [`${page}/desk/coding/[codebook]/export`]: 'src/modules/stories/coding',
  [`${page}/join/[code]`]: 'tests/journeys/room.journey.ts',
  [`${page}/room/[code]`]: 'tests/journeys/room.journey.ts',
  [`${page}/room/[code]/live`]: 'tests/journeys/live.journey.ts',
  [`${page}/room/[code]/vote`]: 'tests/journeys/live.journey.ts',
  [`${page}/circle/in/[word]`]: 'tests/journeys/circle.journey.ts',
  [`${page}/circle/news`]: 'tests/journeys/circle.journey.ts',
  [`${page}/circle/notes`]: 'tests/journeys/circle.journey.ts',
  '/hsds/3.0/[list=hsds]': 'src/modules/initiatives/hsds',
  '/hsds/3.0/[list=hsds]/[id]': 'src/modules/initiatives/hsds',
};
