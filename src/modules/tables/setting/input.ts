import type { Day } from '#platform/clock.ts';
import { wordsIn } from '#platform/form.ts';
import { phases, themes } from '../../initiatives/model.ts';
import { chosenIn, parseKnownDay } from '../input.ts';
import { audiences, forms, mostRings } from '../model.ts';
import type { TableProblem, TableWish } from './model.ts';

const limits = { name: 120, purpose: 1000, agreed: 1000, formName: 80, ring: 40, region: 120 };

const ticked = <Of extends string>(form: FormData, name: string, words: readonly Of[]): Of[] =>
  words.filter((each) => form.getAll(name).includes(each));

/** Reads the form of a table; what is wrong is told field by field, and nothing a person wrote is lost. */
export function parseTable(form: FormData, today: Day): { wish: TableWish; problems: TableProblem[] } {
  const wish: TableWish = {
    form: chosenIn(form, 'form', forms),
    formName: wordsIn(form, 'form-name'),
    rings: wordsIn(form, 'rings', true)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    name: wordsIn(form, 'name'),
    purpose: wordsIn(form, 'purpose', true),
    agreed: wordsIn(form, 'agreed', true),
    where: wordsIn(form, 'where'),
    region: wordsIn(form, 'region'),
    themes: ticked(form, 'theme', themes),
    phases: ticked(form, 'phase', phases),
    began: wordsIn(form, 'began'),
    openTo: chosenIn(form, 'open-to', audiences),
  };
  return { wish, problems: problemsOf(wish, today) };
}

function problemsOf(wish: TableWish, today: Day): TableProblem[] {
  const problems: TableProblem[] = [];
  const wrong = (field: TableProblem['field'], reason: TableProblem['reason']) =>
    problems.push({ field, reason });
  const tooLong = (field: TableProblem['field'], text: string, most: number) => {
    if (text.length > most) wrong(field, 'tables.desk.problem.long');
  };
  if (wish.form === 'own') {
    if (wish.formName.length < 2) wrong('form-name', 'tables.desk.problem.form-name');
    if (wish.rings.length < 1 || wish.rings.length > mostRings) wrong('rings', 'tables.desk.problem.rings');
    if (wish.rings.some((ring) => ring.length > limits.ring)) wrong('rings', 'tables.desk.problem.long');
  }
  if (wish.name.length < 3) wrong('name', 'tables.desk.problem.name');
  if (wish.purpose.length < 3) wrong('purpose', 'tables.desk.problem.purpose');
  if (wish.form === 'single-partner' ? wish.agreed.length < 3 : wish.agreed !== '' && wish.agreed.length < 3)
    wrong('agreed', 'tables.desk.problem.agreed');
  if (!/^(municipality GM\d{4}|province [a-z-]+)$/.test(wish.where))
    wrong('where', 'tables.desk.problem.where');
  if (wish.began !== '' && !parseKnownDay(wish.began, today)) wrong('began', 'tables.desk.problem.began');
  tooLong('form-name', wish.formName, limits.formName);
  tooLong('name', wish.name, limits.name);
  tooLong('purpose', wish.purpose, limits.purpose);
  tooLong('agreed', wish.agreed, limits.agreed);
  if (wish.region.length === 1) wrong('region', 'tables.desk.problem.name');
  tooLong('region', wish.region, limits.region);
  return problems;
}
