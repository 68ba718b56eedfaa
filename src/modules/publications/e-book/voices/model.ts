import type { Speech } from '#platform/i18n/speech.ts';
import { tongueName } from '../../../languages/naming/model.ts';
import { calledIn } from '../../../stories/reading/model.ts';
import { marked, nothing, openAddress, spoken, spokenWithin, type Marked } from '../markup/model.ts';
import type { Binding } from '../model.ts';
import type { Voice } from '../../model.ts';

/** How a voice is called, with its name set apart from the line around it. */
function named(say: Speech, { called, roleThen }: Voice): Marked {
  const { name, was } = calledIn(say, { name: called, roleThen });
  if (name === null) return marked`${was ?? ''}`;
  return marked`<bdi>${name}</bdi>${was === null ? nothing : marked`${say('platform.comma')}${was}`}`;
}

/** The words of a voice, sign for sign, in one element of their own. */
const words = (text: string, language: string): Marked =>
  marked`<blockquote${spoken(language)}><p class="words">${text}</p></blockquote>`;

function renderingOf(say: Speech, voice: Voice, rendering: Voice['renderings'][number]): Marked {
  const from = tongueName(voice.language, say.language);
  const how =
    rendering.madeHow === 'machine'
      ? marked`${say('stories.rendering.machine', { from })}`
      : rendering.signedAs === null
        ? marked`${say('stories.rendering.unnamed', { from })}`
        : marked`${say('stories.rendering.by', { from })} <bdi>${rendering.signedAs}</bdi>`;
  return marked`<div class="beside rendering">${words(rendering.words, rendering.language)}
<p class="said">${how}</p></div>`;
}

/** A voice with its renderings beside it: the words as they were said come first, and no rendering stands in their place. */
export function voiceOf({ say, origin }: Binding, voice: Voice, around: string): Marked {
  const own = voice.kind === 'own-words' ? marked` · ${say('print.own-words')}` : nothing;
  const said =
    voice.language === around
      ? nothing
      : marked` · ${say('stories.told-in', { language: tongueName(voice.language, say.language) })}`;
  const href = voice.telling === null ? null : openAddress(`/tellings/${voice.telling}`, origin);
  const called = named(say, voice);
  return marked`<figure class="voice">
<div class="columns"><div class="beside">${words(voice.words, voice.language)}</div>
${voice.renderings.map((one) => renderingOf(say, voice, one))}</div>
<figcaption class="said"${spokenWithin(say.language, around)}>${href === null ? called : marked`<a href="${href}">${called}</a>`}${own}${said}</figcaption>
</figure>`;
}

/** A voice in the margin of a block: a remark, or someone who sees it otherwise. */
export function marginOf(binding: Binding, voice: Voice, around: string): Marked {
  const { say } = binding;
  const stance = voice.stance === 'differs' ? 'differs' : 'remark';
  return marked`<aside class="margin ${stance}" aria-label="${say(`print.margin.${stance}`)}">
<p class="stance"${spokenWithin(say.language, around)}>${say(`print.margin.${stance}`)}</p>
${voiceOf(binding, voice, around)}
</aside>`;
}
