import { facilitatorHere } from '../../led.server.ts';
import { voiceAnswer } from '../../../../../room/[code]/voice/voice.server.ts';
import type { RequestHandler } from './$types';

/** A voice in a room, to who leads it: before they write it down, or decide what the room sees. */
export const GET: RequestHandler = async (event) =>
  voiceAnswer(event.request, facilitatorHere(event), event.params.session, event.params.id);
