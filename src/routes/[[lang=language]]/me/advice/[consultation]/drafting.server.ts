import {
  letPointGo,
  letVoiceGo,
  layVoice,
  seeOtherwise,
  writePoint,
} from '#modules/pools/advising/commands.server.ts';
import { parseVoice } from '#modules/pools/advising/input.ts';
import { limits } from '#modules/pools/advising/model.ts';
import { wordsWithin } from '#modules/pools/consulting/input.ts';
import { keyOrNothing } from '#platform/form.ts';
import type { RequestEvent } from './$types';
import { done } from './here.server.ts';

/** What can be done with the points of an advice while it is a draft. */
export const drafting = {
  point: (event: RequestEvent) =>
    done(event, async (tx, party, form, here) => {
      const text = wordsWithin(form, 'text', limits.point);
      const point = form.has('point') ? keyOrNothing(form, 'point') : null;
      return text.ok ? writePoint(tx, party, { ...here, point, text: text.value }) : text;
    }),
  drop: (event: RequestEvent) =>
    done(event, (tx, party, form, here) =>
      letPointGo(tx, party, { ...here, point: keyOrNothing(form, 'point') }),
    ),
  voice: (event: RequestEvent) =>
    done(event, async (tx, party, form, here) => {
      const laid = parseVoice(form);
      return laid.ok ? layVoice(tx, party, here, laid.value) : laid;
    }),
  unvoice: (event: RequestEvent) =>
    done(event, (tx, party, form, here) =>
      letVoiceGo(tx, party, { ...here, voice: keyOrNothing(form, 'voice') }),
    ),
  otherwise: (event: RequestEvent) =>
    done(event, async (tx, party, form, here) => {
      const point = keyOrNothing(form, 'point');
      if (String(form.get('text') ?? '').trim() === '')
        return seeOtherwise(tx, party, here, { point, text: null });
      const text = wordsWithin(form, 'text', limits.words);
      return text.ok ? seeOtherwise(tx, party, here, { point, text: text.value }) : text;
    }),
};
