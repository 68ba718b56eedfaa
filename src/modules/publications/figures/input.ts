import { isDay, type Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { isProvinceCode } from '../../places/model.ts';
import { figureKinds } from '../model.ts';
import type { FigureAsk } from './model.ts';

/** Why a question for a figure cannot be asked; each has a text. */
export type AskRefusal = `figures.desk.refused.${'kind' | 'day' | 'order' | 'name'}`;

/**
 * The question of a figure out of an address or a form: `kind`, and the parts it asks for. A day that is left out is today; a name may
 * be pasted as the address of its page.
 */
export function parseAsk(asked: URLSearchParams, today: Day): Result<FigureAsk, AskRefusal> {
  const word = (name: string) => (asked.get(name) ?? '').trim();
  const day = (name: string): Day | null => {
    const given = word(name) || today;
    return isDay(given) && given <= today ? given : null;
  };
  const slug = (name: string): string | null => {
    const given = /([a-z0-9]+(?:-[a-z0-9]+)*)\/?(?:[?#].*)?$/.exec(word(name).toLowerCase())?.[1] ?? '';
    return given.length > 0 && given.length <= 120 ? given : null;
  };
  const kind = figureKinds.find((one) => one === word('kind'));
  const on = day('on');
  switch (kind) {
    case undefined:
      return refused('figures.desk.refused.kind');
    case 'field': {
      const province = word('province');
      if (!on) return refused('figures.desk.refused.day');
      return ok({ kind, on, province: isProvinceCode(province) ? province : null });
    }
    case 'shoreline': {
      const [from, until] = [word('from') === '' ? '2015-01-01' : day('from'), day('until')];
      if (!from || !until) return refused('figures.desk.refused.day');
      return from < until ? ok({ kind, from, until }) : refused('figures.desk.refused.order');
    }
    case 'chain': {
      const from = slug('initiative');
      if (!on) return refused('figures.desk.refused.day');
      return from ? ok({ kind, from, to: slug('to'), on }) : refused('figures.desk.refused.name');
    }
    case 'trajectory': {
      const initiative = slug('initiative');
      return initiative ? ok({ kind, initiative }) : refused('figures.desk.refused.name');
    }
    case 'landscape': {
      const session = slug('session');
      return session ? ok({ kind, session }) : refused('figures.desk.refused.name');
    }
    case 'promises': {
      const agenda = slug('agenda');
      return agenda ? ok({ kind, agenda }) : refused('figures.desk.refused.name');
    }
    case 'silence': {
      const advice = slug('advice');
      return advice ? ok({ kind, advice }) : refused('figures.desk.refused.name');
    }
  }
}

/** The question as the parts of an address that asks it again. */
export function askAgain(ask: FigureAsk): URLSearchParams {
  const parts: Record<string, string | null> = { ...ask };
  if (ask.kind === 'chain') Object.assign(parts, { initiative: ask.from, from: null });
  return new URLSearchParams(
    Object.entries(parts).filter((pair): pair is [string, string] => pair[1] !== null),
  );
}
