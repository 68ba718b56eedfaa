import { newsOf } from '#modules/learning/intervision/queries.server.ts';
import { phoneAt, takeWord } from '../here.server.ts';
import type { RequestHandler } from './$types';

/** The how many-eth writing of the circle this is, so that a phone knows whether to look; 410 when it is over. */
export const GET: RequestHandler = async ({ cookies }) => {
  const at = phoneAt(cookies);
  const news = at && (await newsOf(at));
  if (news !== null) return new Response(String(news));
  if (at) takeWord(cookies);
  return new Response('over', { status: 410 });
};
