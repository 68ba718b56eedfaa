import type { Phase, Theme } from '../../initiatives/model.ts';
import type { Form, TableAudience } from '../model.ts';

/** What someone wants a table to be, as they typed it. */
export interface TableWish {
  readonly form: Form;
  readonly formName: string;
  /** Names of the rings of an own form, from the middle outwards. */
  readonly rings: readonly string[];
  readonly name: string;
  readonly purpose: string;
  readonly agreed: string;
  /** 'municipality GM0344' or 'province utrecht', as the choices of a place are written. */
  readonly where: string;
  readonly region: string;
  readonly themes: readonly Theme[];
  readonly phases: readonly Phase[];
  /** '2026', '2026-03' or '2026-03-05'; empty is not known. */
  readonly began: string;
  readonly openTo: TableAudience;
}

export interface TableProblem {
  readonly field: 'form-name' | 'rings' | 'name' | 'purpose' | 'agreed' | 'where' | 'region' | 'began';
  readonly reason: `tables.desk.problem.${
    'form-name' | 'rings' | 'name' | 'purpose' | 'agreed' | 'where' | 'not-here' | 'began' | 'long'}`;
}
