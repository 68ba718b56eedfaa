import { expect, test } from 'vitest';
import type { MessageKey } from '../i18n/keys.ts';
import type { Language } from '../i18n/languages.ts';
import { speaker } from '../i18n/speech.ts';
import { writeLetter } from './letter.ts';

const catalogue = {
  nl: {
    'mail.made.subject': 'Een bericht voor {by}',
    'mail.made.body': 'Dag,\n\n{by} schreef: {said}\nTot gauw.',
    'mail.go': 'Ga',
    'mail.unsubscribe': 'Stop',
    'mail.foot': 'Van ons',
  },
  ar: {
    'mail.made.subject': 'رسالة إلى {by}',
    'mail.made.body': 'مرحبا،\n\nكتب {by}: {said}\nإلى اللقاء.',
    'mail.go': 'اذهب',
    'mail.unsubscribe': 'توقف',
    'mail.foot': 'منا',
  },
};
const url = 'https://steppingstones.example/ar/x?a=1&b="2"';
const written = (language: Language, values: Record<string, string>) =>
  writeLetter(speaker(language, catalogue), 'made', {
    values,
    buttons: [{ label: 'mail.go' as MessageKey, url }],
    unsubscribe: 'https://steppingstones.example/stop',
  });

test('an Arabic letter runs from right to left, and a Latin name in it keeps its own direction', () => {
  const { subject, text, html } = written('ar', { by: 'Noor B.', said: 'Hallo!' });
  expect(subject).toBe('رسالة إلى Noor B.');
  expect(text).toContain('كتب \u2068Noor B.\u2069: \u2068Hallo!\u2069\nإلى اللقاء.');
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain('<main lang="ar" dir="rtl">');
  // An address is written out from left to right, alone on its line, so that it can be copied whole.
  expect(text).toContain(`اذهب:\n${url}\n`);
  expect(html).toContain('<p class="address" dir="ltr">');
});

test('nothing that someone wrote becomes markup, a header or a second recipient', () => {
  const hostile = '<img src=x onerror=alert(1)>\r\nBcc: x@example.org "&\'';
  const { subject, html } = written('nl', { by: hostile, said: hostile });
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toMatch(/<img|onerror="/);
  expect(html).toContain('&#60;img src=x onerror=alert(1)&#62;');
  expect(html).toContain('href="https://steppingstones.example/ar/x?a=1&#38;b=&#34;2&#34;"');
});

test('a code and a word to choose by stay as they are, so that they can be copied and chosen by', () => {
  expect(written('nl', { by: '123456', said: 'yes' }).text).toContain('123456 schreef: yes');
});
