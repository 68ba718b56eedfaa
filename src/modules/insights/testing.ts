import type { Gathering, Pledge } from './model.ts';

/** A gathering as a region reads it: `aGathering({ themes: ['work'], on: '2020-03-05' })`. */
export const aGathering = (told: Partial<Gathering> = {}): Gathering => ({
  id: 'g0',
  slug: 'maaksessie-werk',
  title: { nl: 'Maaksessie Werk' },
  language: 'nl',
  on: '2020-03-05',
  precision: 'day',
  municipality: null,
  themes: ['work'],
  issues: [],
  questions: [],
  inviters: [],
  followed: true,
  series: false,
  ...told,
});

/** A promise as a region reads it: `aPledge({ standing: 'done' })`. */
export const aPledge = (told: Partial<Pledge> = {}): Pledge => ({
  id: 'p0',
  agenda: 'maaksessie-werk',
  number: 1,
  gathering: 'g0',
  what: { nl: 'We bellen de bus.' },
  language: 'nl',
  themes: ['work'],
  standing: 'moving',
  why: null,
  on: '2020-03-05',
  ...told,
});
