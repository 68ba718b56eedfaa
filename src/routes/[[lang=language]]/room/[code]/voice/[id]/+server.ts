import { phoneHere } from '../../here.server.ts';
import { voiceAnswer } from '../voice.server.ts';
import type { RequestHandler } from './$types';

/** A voice in the room, to the phones in it and to nobody else. */
export const GET: RequestHandler = async (event) => {
  const { phone, session } = await phoneHere(event);
  return voiceAnswer(event.request, phone, session, event.params.id);
};
