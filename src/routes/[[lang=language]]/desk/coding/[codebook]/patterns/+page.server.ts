import { attributes } from '#modules/stories/coding/patterns/model.ts';
import { patternIn } from '#modules/stories/coding/patterns/queries.server.ts';
import { speakDesk } from '../../../ways.ts';
import { atCodebook } from '../../here.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  atCodebook(event, async ({ tx, book }) => {
    speakDesk(event.locals.language, event.url);
    const by = attributes.find((each) => each === event.url.searchParams.get('by')) ?? 'language';
    return { book, by, pattern: await patternIn(tx, book.id, by) };
  });
