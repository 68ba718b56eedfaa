import { error } from '@sveltejs/kit';
import { carriedVoice } from '#modules/agendas/carrying/queries.server.ts';
import { isKey } from '#platform/ids.ts';
import { asCarrier } from '../../../carrying.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params }) => {
  const voice = await asCarrier(params.word, async (tx, carrier) =>
    isKey(params.promise) ? carriedVoice(tx, carrier, params.promise) : null,
  );
  if (!voice) error(404, 'not found');
  return new Response(new Uint8Array(voice.bytes), {
    headers: {
      'content-type': voice.type,
      'content-length': String(voice.bytes.length),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
};
