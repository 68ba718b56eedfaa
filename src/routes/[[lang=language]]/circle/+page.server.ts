import { letDilemmaTravel } from '#modules/learning/intervision/commands.server.ts';
import { circleOpenerOf } from '#modules/learning/intervision/access.ts';
import {
  parseCalled,
  parseKeeping,
  parseKind,
  parseSaid,
  parseWhich,
  parseWord,
  parseWorded,
} from '#modules/learning/intervision/input.ts';
import { circleOf, seatOf } from '#modules/learning/intervision/queries.server.ts';
import * as round from '#modules/learning/intervision/round/model.ts';
import { seenBy } from '#modules/learning/intervision/seeing/model.ts';
import type { Actions, PageServerLoad } from './$types';
import { inCircle, phoneAt, plainly, takeWord } from './here.server.ts';
import { settleHere } from './keeping.server.ts';

export const load: PageServerLoad = async ({ cookies, locals, url }) => {
  const at = phoneAt(cookies);
  const opens = circleOpenerOf(locals.viewer) !== null;
  const signedIn = locals.viewer.kind === 'person';
  const nothing = { circle: null, people: 0, news: 0, link: '', opens, signedIn };
  if (!at) return { ...nothing, over: url.searchParams.has('over') };
  const opened = await circleOf(at);
  if (!opened) {
    takeWord(cookies);
    return { ...nothing, over: true };
  }
  const { circle, news } = opened;
  const link = `${url.origin}/${locals.language}/circle/in/${at.word}`;
  const people = circle.people.length;
  return { circle: seenBy(circle, seatOf(at)), people, news, link, opens, signedIn, over: false };
};

export const actions = {
  come: (event) => inCircle(event, (form, circle, seat) => round.comeIn(circle, seat, parseCalled(form))),
  leave: plainly(round.leave),
  bring: plainly(round.bringCase),
  begin: plainly(round.begin),
  next: (event) =>
    inCircle(event, (form, circle, seat, now) => round.goOn(circle, seat, now, parseWhich(form))),
  more: plainly(round.moreTime),
  stop: plainly(round.stop),
  again: plainly(round.again),
  end: plainly(round.end),
  takeOut: (event) => inCircle(event, (form, circle, seat) => round.takeOut(circle, seat, parseWhich(form))),
  brief: (event) =>
    inCircle(event, (form, circle, seat) =>
      round.writeCase(circle, seat, parseSaid(form, event.locals.language)),
    ),
  write: (event) =>
    inCircle(event, (form, circle, seat) =>
      round.writeNote(
        circle,
        seat,
        parseWhich(form),
        parseSaid(form, event.locals.language),
        parseKind(form),
      ),
    ),
  takeBack: (event) =>
    inCircle(event, (form, circle, seat) => round.takeNoteBack(circle, seat, parseWhich(form))),
  word: (event) =>
    inCircle(event, (form, circle, seat) =>
      round.wordDilemma(circle, seat, parseWorded(form, event.locals.language)),
    ),
  say: (event) => inCircle(event, (form, circle, seat) => round.sayOfDilemma(circle, seat, parseWord(form))),
  travel: (event) => inCircle(event, null, (_form, at) => letDilemmaTravel(at)),
  settle: (event) =>
    inCircle(event, null, (form, at) => settleHere(at, parseKeeping(form) ?? 'none', event.locals)),
} satisfies Actions;
