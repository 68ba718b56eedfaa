import { agreementOf } from '#modules/stories/coding/agreement/queries.server.ts';
import { speakDesk } from '../../../ways.ts';
import { atCodebook } from '../../here.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  atCodebook(event, async ({ tx, book }) => {
    speakDesk(event.locals.language, event.url);
    return { book, agreement: await agreementOf(tx, book.id) };
  });
