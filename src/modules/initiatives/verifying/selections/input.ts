import type { AskingProblem, Given, Parsed } from '../../asking/input.ts';
import { parseRegion } from '../../asking/input.ts';
import { readable } from '../../input.ts';
import type { SelectionWish } from './model.ts';

const word = (given: Given, name: string): string => {
  const value = given.get(name);
  return typeof value === 'string' ? readable(value).trim().normalize('NFC').toWellFormed() : '';
};

/** A list that someone wants to keep: its name, what it is for, who keeps it and for which region they speak. */
export function parseSelection(form: FormData): Parsed<SelectionWish> {
  const problems: AskingProblem[] = [];
  const [name, about, keptBy] = [word(form, 'name'), word(form, 'about'), word(form, 'keptBy')];
  const region = parseRegion(word(form, 'region'));
  for (const [field, value, most] of [
    ['name', name, 120],
    ['keptBy', keptBy, 120],
    ['about', about, 1000],
  ] as const) {
    if (value === '' && field !== 'about') problems.push({ field, reason: 'verifying.desk.problem.name' });
    if (value.length > most) problems.push({ field, reason: 'verifying.desk.problem.long' });
  }
  if (!region) problems.push({ field: 'region', reason: 'verifying.desk.problem.region' });
  if (problems.length > 0 || !region) return { ok: false, problems };
  return { ok: true, value: { name, about: about === '' ? null : about, keptBy, region } };
}

/** The entries a form names by their addresses or the last word of them, each once, at most two hundred. */
export function parseSlugs(form: FormData): string[] {
  const ticked = form.getAll('slug').flatMap((value) => (typeof value === 'string' ? value : []));
  const written = word(form, 'slugs').split(/[\s,;]+/);
  const slugs = [...ticked, ...written].map(
    (one) =>
      one
        .replace(/[?#].*$/, '')
        .split('/')
        .filter(Boolean)
        .at(-1) ?? '',
  );
  return [...new Set(slugs.filter((slug) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)))].slice(0, 200);
}
