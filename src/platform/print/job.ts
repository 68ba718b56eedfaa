import type { Day } from '../clock.ts';
import type { Result } from '../result.ts';

/** The pages we have a template for, in `print/`. */
export const templates = ['magazine', 'report', 'common-story', 'page', 'wall', 'card'] as const;
export type Template = (typeof templates)[number];

/** PDF/UA-1 is for reading, PDF/A-2a for the archive; PDF/A-1b is what the oldest outside judge can read. */
export type Standard = 'ua-1' | 'a-2a' | 'a-1b';

export interface PrintJob {
  readonly template: Template;
  /** All that people wrote, as JSON can say it; a template places it and never reads it as an order. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Pictures and drawings the data names, by that name. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly standard: Standard;
  /** The day the file says it was made on, so that the same words are the same bytes. */
  readonly day: Day;
}

export const printReasons = [
  'print_failed',
  'print_too_large',
  'print_took_too_long',
  'print_busy',
  'print_unknown_letters',
] as const;
export type PrintReason = (typeof printReasons)[number];

/** How a refusal is answered on the web: 503 when it may be tried again soon, 500 when it is the house that fails, 422 when what was asked cannot be set as it is. */
export const statusOf = (reason: PrintReason): 422 | 500 | 503 =>
  reason === 'print_busy' || reason === 'print_took_too_long' ? 503 : reason === 'print_failed' ? 500 : 422;

export interface Printed {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

/** A reason is a key of `messages/<language>/print.json`; details say what exactly, for whoever may mend it. */
export type Printing = Result<Printed, PrintReason>;

/** What goes to the process that sets type. */
export interface Asked {
  readonly id: number;
  readonly template: Template;
  readonly standard: Standard;
  readonly data: string;
  readonly files: readonly (readonly [name: string, bytes: Uint8Array])[];
}

export type Answered =
  | { readonly id: number; readonly pdf: Uint8Array; readonly pages: number }
  | { readonly id: number; readonly complaints: string };
