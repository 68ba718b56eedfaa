import { anyone, signedIn, withAWord, type Doors } from '#platform/policy.ts';

/** A door that is looked through and deeds done at by the same people. */
const both = <Same>(policy: Same) => ({ GET: policy, POST: policy });

/** The doors of what is published and printed. Who works on a publication needs no role: the room asks whether they were invited to it. */
export const publicationDoors = {
  '/[[lang=language]]/publications': { GET: anyone },
  '/[[lang=language]]/publications/[slug]': { GET: anyone },
  '/[[lang=language]]/publications/[slug]/changes': { GET: anyone },
  '/[[lang=language]]/publications/[slug]/[edition=number]': { GET: anyone },
  '/[[lang=language]]/publications/[slug]/[edition=number]/part/[article]': { GET: anyone },
  '/[[lang=language]]/publications/[slug]/[edition=number]/cite.bib': { GET: anyone },
  '/[[lang=language]]/publications/[slug]/[edition=number]/cite.json': { GET: anyone },
  '/[[lang=language]]/publications/[slug]/[edition=number]/[file=file]': { GET: anyone },
  '/[[lang=language]]/publications/[slug]/[edition=number]/picture/[picture]': { GET: anyone },
  '/data/v1/publications': { GET: anyone },
  '/data/v1/publications.atom': { GET: anyone },
  '/data/v1/publications.json': { GET: anyone },
  '/data/v1/publications.jsonld': { GET: anyone },
  '/[[lang=language]]/desk/publications/[publication]/release': { GET: signedIn, POST: signedIn },
  '/[[lang=language]]/desk/publications/[publication]/proof.pdf': { GET: signedIn },
  '/[[lang=language]]/initiatives/[slug]/print.pdf': { GET: anyone },
  '/[[lang=language]]/chains/print.pdf': { GET: anyone },
  '/[[lang=language]]/agendas/[slug]/sheet.pdf': { GET: anyone },
  '/[[lang=language]]/words/print.pdf': { GET: anyone },
  '/[[lang=language]]/tellings/[slug]/card.pdf': { GET: anyone },
  '/[[lang=language]]/together': { GET: signedIn },
  '/[[lang=language]]/together/in/[word]': both(signedIn),
  '/[[lang=language]]/together/[publication]': both(signedIn),
  '/[[lang=language]]/together/[publication]/pieces': both(signedIn),
  '/[[lang=language]]/used': { GET: withAWord },
  '/[[lang=language]]/used/[word]': both(withAWord),
  '/[[lang=language]]/used/[word]/page.pdf': { GET: withAWord },
  '/[[lang=language]]/me/used': both(signedIn),
  '/[[lang=language]]/me/used/[piece]': both(signedIn),
  '/[[lang=language]]/me/used/[piece]/page.pdf': { GET: signedIn },
  '/[[lang=language]]/together/[publication]/margin/[paragraph]': both(signedIn),
  '/[[lang=language]]/desk/publications/[publication]/told-back': both(signedIn),
} as const satisfies Doors;
