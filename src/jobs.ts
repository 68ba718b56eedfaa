import { lookEverywhere } from '#modules/consent/jobs.server.ts';
import { buryWhoLeft } from '#modules/consent/tombstones/jobs.server.ts';
import { remindAskings, sendAskings } from '#modules/initiatives/asking/jobs.server.ts';
import { askFollower, tellFollowers } from '#modules/initiatives/following/jobs.server.ts';
import { seekEveryNight } from '#modules/initiatives/duplicates/jobs.server.ts';
import { forgetDrafts } from '#modules/initiatives/keeping/jobs.server.ts';
import { mailAddLink, mailKeepLink } from '#modules/initiatives/keeping/letters/jobs.server.ts';
import { tellBringerOf } from '#modules/initiatives/verifying/jobs.server.ts';
import { askOtherSides } from '#modules/initiatives/relations/saying/jobs.server.ts';
import { bringIn, sweepFiles } from '#modules/initiatives/bringing/jobs.server.ts';
import { tellOfGlass } from '#modules/initiatives/glass/jobs.server.ts';
import { forgetCircles } from '#modules/learning/intervision/jobs.server.ts';
import { countTellers } from '#modules/insights/hiding/jobs.server.ts';
import { forgetAskers, tellKeepers } from '#modules/pools/joining/jobs.server.ts';
import { countPools } from '#modules/pools/load/jobs.server.ts';
import { makeFiles } from '#modules/publications/files/jobs.server.ts';
import { turnEditions } from '#modules/publications/withdrawing/jobs.server.ts';
import { indexStory } from '#modules/stories/gathering/jobs.server.ts';
import { drawPicture } from '#modules/sessions/ballots/drawing/jobs.server.ts';
import { forgetWhoWasThere } from '#modules/sessions/closing/jobs.server.ts';
import { countWordsAgain } from '#modules/languages/search/jobs.server.ts';
import { forgetWhoLeft } from '#modules/people/jobs.server.ts';
import { indexTelling, turnTellings } from '#modules/stories/opening/jobs.server.ts';
import { forgetNewcomers } from '#modules/stories/telling/jobs.server.ts';
import {
  askOffer,
  askOne,
  followPromises,
  inviteOne,
  tellOffer,
} from '#modules/agendas/following/jobs.server.ts';
import {
  followEveryAdvice,
  tellOfAdvice,
  tellOfAnswer,
  tellOfConsultation,
  writeOfAdvice,
} from '#modules/pools/following/jobs.server.ts';
import { tellOfUse } from '#modules/publications/telling-back/jobs.server.ts';
import type { JobBook, NightlyName } from '#platform/jobs/work.server.ts';
import { sendLetter, sweepPost } from '#platform/mail/send.server.ts';
import type { MailWay } from '#platform/mail/way.server.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import { forgetWhatIsOver } from '#platform/sign-in/tidy.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'sweep-post': Record<string, never>;
    'tidy-sign-in': Record<string, never>;
  }
}

/** Everything that can be put off, by name. A room's jobs live in its jobs.server.ts; this is the one place where they come together. */
export const jobBook = (way: MailWay | null): JobBook => ({
  'ask-follower': askFollower,
  'ask-how-it-is': askOne,
  'ask-offer': askOffer,
  'ask-other-sides': askOtherSides,
  'bring-in': bringIn,
  'bury-person': buryWhoLeft,
  'count-pools': countPools,
  'count-tellers': countTellers,
  'count-words': countWordsAgain,
  'draw-picture': drawPicture,
  'remind-askings': remindAskings,
  'send-askings': sendAskings,
  'follow-advice': followEveryAdvice,
  'follow-promises': followPromises,
  'forget-circles': forgetCircles,
  'forget-askers': forgetAskers,
  'forget-drafts': forgetDrafts,
  'forget-newcomers': forgetNewcomers,
  'forget-rooms': forgetWhoWasThere,
  'index-story': indexStory,
  'invite-carrier': inviteOne,
  'index-telling': indexTelling,
  'look-everywhere': lookEverywhere,
  'mail-add-link': mailAddLink,
  'mail-keep-link': mailKeepLink,
  'make-files': makeFiles,
  'forget-person': forgetWhoLeft,
  'seek-likenesses': seekEveryNight,
  'send-mail': ({ letter }) => sendLetter(letter, way, mailOf),
  'sweep-bringings': sweepFiles,
  'sweep-post': sweepPost,
  'tell-of-advice': tellOfAdvice,
  'tell-of-answer': tellOfAnswer,
  'tell-of-consultation': tellOfConsultation,
  'tell-of-glass': tellOfGlass,
  'tell-bringer': tellBringerOf,
  'tell-followers': tellFollowers,
  'tell-help-offered': tellOffer,
  'tell-keepers': tellKeepers,
  'tell-of-use': tellOfUse,
  'tidy-sign-in': forgetWhatIsOver,
  'turn-editions': turnEditions,
  'turn-tellings': turnTellings,
  'write-of-advice': writeOfAdvice,
});

/** What is done every night at half past three. */
export const nightly: readonly NightlyName[] = [
  'count-pools',
  'count-tellers',
  'count-words',
  'forget-circles',
  'follow-advice',
  'forget-askers',
  'forget-drafts',
  'forget-newcomers',
  'forget-rooms',
  'remind-askings',
  'seek-likenesses',
  'sweep-bringings',
  'sweep-post',
  'tell-followers',
  'tidy-sign-in',
  'turn-editions',
  'turn-tellings',
];
