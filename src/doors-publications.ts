import { anyone, signedIn, type Doors } from '#platform/policy.ts';

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
} as const satisfies Doors;
