import type { Frame, Placing } from '../model.ts';
import { cornersOf, frames, sharesOf, weights } from './model.ts';

const corners = ['a', 'b', 'c'] as const;

export interface PlacingsSaid {
  readonly placings: Placing[];
  /** Frames that were said to fit, with nothing of any corner. */
  readonly unsaid: Frame[];
}

/**
 * Reads where a teller places their telling: `strength` is `fits` or `not`, and `strength.a` how much of the first corner. What is not
 * said is skipped; whoever says how much of something says that it fits.
 */
export function parsePlacings(form: FormData): PlacingsSaid {
  const placings: Placing[] = [];
  const unsaid: Frame[] = [];
  for (const frame of frames) {
    const given = corners.slice(0, cornersOf(frame)).map((corner) => {
      const weight = String(form.get(`${frame}.${corner}`) ?? '');
      return (weights as readonly string[]).includes(weight) ? Number(weight) : 0;
    });
    const shares = sharesOf(given);
    if (form.get(frame) === 'not') placings.push({ frame, fits: false });
    else if (shares) placings.push({ frame, fits: true, shares });
    else if (form.get(frame) === 'fits') unsaid.push(frame);
  }
  return { placings, unsaid };
}
