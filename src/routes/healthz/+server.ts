import type { RequestHandler } from './$types';

export const GET: RequestHandler = () =>
  new Response('alive\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
