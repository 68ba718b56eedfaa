import type { MessageKey } from '../i18n/keys.ts';
import type { Speech } from '../i18n/speech.ts';

export interface LetterButton {
  readonly label: MessageKey;
  readonly url: string;
}

/** What fills the sentences of a letter, as it waits. */
export interface LetterWords {
  readonly values: Readonly<Record<string, string | number>>;
  readonly buttons: readonly LetterButton[];
  /** Where one tap stops letters of this kind. */
  readonly unsubscribe?: string;
}

export interface WrittenLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

// First-strong isolates: a name in another script may not turn the sentence around it. Codes and words to choose by stay as they are.
const isolated = (value: string | number) =>
  typeof value === 'string' && !/^[a-z0-9-]*$/.test(value) ? `\u2068${value}\u2069` : value;
const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`).replaceAll('\n', '<br>');

// No pictures, no fonts from elsewhere, nothing that tells that a letter was read.
const look = `body{margin:0;background:#fff;color:#1c2421}
main{max-width:34rem;margin:0 auto;padding:24px 16px;font:18px/1.6 system-ui,sans-serif}
.way a{display:inline-block;padding:10px 20px;border-radius:8px;background:#155e4b;color:#fff;font-weight:700;text-decoration:none}
.address{font-size:15px;word-break:break-all}
footer{margin-top:32px;border-top:1px solid #ccd5d0;font-size:15px;color:#4b5752}`;

/**
 * Writes the letter `mail.<name>.subject` and `mail.<name>.body` (paragraphs are split by a blank line) as plain text and
 * as HTML in the reader's language and direction. Every value and address is text: none of it becomes markup.
 */
export function writeLetter(
  say: Speech,
  name: string,
  { values, buttons, unsubscribe }: LetterWords,
): WrittenLetter {
  const told = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isolated(value)]));
  const part = (which: 'subject' | 'body') => say(`mail.${name}.${which}` as MessageKey, told);
  const subject = part('subject')
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const paragraphs = part('body')
    .split(/\n{2,}/)
    .map((each) => each.trim());
  const ways = [
    ...buttons.map(({ label, url }) => ({ label: say(label, told), url })),
    ...(unsubscribe ? [{ label: say('mail.unsubscribe'), url: unsubscribe }] : []),
  ];
  const foot = say('mail.foot');
  const text = [...paragraphs, ...ways.map(({ label, url }) => `${label}:\n${url}`), `-- \n${foot}`];
  const link = ({ label, url }: { label: string; url: string }, at: number) =>
    at < buttons.length
      ? `<p class="way"><a href="${escaped(url)}">${escaped(label)}</a></p>\n<p class="address" dir="ltr">${escaped(url)}</p>`
      : `<p><a href="${escaped(url)}">${escaped(label)}</a></p>`;
  const html = `<!doctype html>
<html lang="${say.language}" dir="${say.direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title><style>
${look}
</style></head>
<body>
<main lang="${say.language}" dir="${say.direction}">
${paragraphs.map((each) => `<p>${escaped(each)}</p>`).join('\n')}
${ways.map(link).join('\n')}
<footer><p>${escaped(foot)}</p></footer>
</main>
</body>
</html>
`;
  return { subject, text: `${text.join('\n\n')}\n`, html };
}
