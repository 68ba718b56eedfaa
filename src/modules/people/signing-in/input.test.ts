import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMailAddress } from '#platform/mail/address.ts';
import { parseBack, parseCalled, parseCode, parseFactor, parseMail } from './input.ts';

test('a mail address is kept in small letters, as mail servers know it', () => {
  expect(parseMail(' Samira@Example.ORG ')).toBe('samira@example.org');
  expect(parseMail('\u200fnoor+map@mail.example.nl\u200f')).toBe('noor+map@mail.example.nl');
  expect(parseMail('info@bücher.example')).toBe('info@xn--bcher-kva.example');
});

test.each([
  '',
  '@',
  'a@',
  '@b.nl',
  'a@b',
  'a b@c.nl',
  'a@b.nl, c@d.nl',
  'a@b.nl\nbcc: c@d.nl',
  '<a@b.nl>',
  'a@b.nl/x',
  'a@b.nl:25',
  'a@u@b.nl?x',
  'سميرة@example.org',
  `${'a'.repeat(65)}@b.nl`,
  `a@${'b'.repeat(260)}.nl`,
  'a..b@c.nl',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
])('%j is no mail address', (typed) => {
  expect(parseMail(typed)).toBeNull();
});

test('whatever is typed, what comes out is an address that mail can go to, and stays so', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: 'binary' })), (typed) => {
      const mail = parseMail(typed);
      if (mail !== null) {
        expect(isMailAddress(mail)).toBe(true);
        expect(parseMail(mail)).toBe(mail);
        expect(mail).toBe(mail.toLowerCase());
      }
    }),
    { numRuns: 3_000 },
  );
  for (const notText of [null, undefined, 7, {}, []]) expect(parseMail(notText)).toBeNull();
});

test('a code may be typed in Latin, Arabic or Persian digits, with spaces', () => {
  for (const typed of ['123456', ' 123 456 ', '123-456', '١٢٣٤٥٦', '۱۲۳ ۴۵۶', '\u2067123456\u2069'])
    expect(parseCode(typed), typed).toBe('123456');
  for (const typed of ['12345', '1234567', '12345a', '', '½23456', '１２３４５６', null])
    expect(parseCode(typed), String(typed)).toBeNull();
});

test('for the second step a code on paper will do as well', () => {
  expect(parseFactor('١٢٣٤٥٦')).toBe('123456');
  for (const typed of ['12345-67890', '1234567890', ' ١٢٣٤٥ ٦٧٨٩٠ '])
    expect(parseFactor(typed), typed).toBe('12345-67890');
  for (const typed of ['12345', '12345-6789', 'aB3dE-fG4hJ', '', '1'.repeat(100), 7])
    expect(parseFactor(typed), String(typed)).toBeNull();
});

test('a name is one line of at most eighty signs, in any script', () => {
  expect(parseCalled('  سميرة   van\tDijk\n')).toBe('سميرة van Dijk');
  expect(parseCalled('\u202eevil')).toBe('evil');
  expect(parseCalled(' \u2066 ')).toBeNull();
  expect(parseCalled('é'.repeat(200))?.length).toBe(80);
  expect([...(parseCalled('🌱'.repeat(90)) ?? '')].length).toBe(40);
  expect(parseCalled('🌱'.repeat(90))).not.toMatch(/[\ud800-\udbff]$/);
});

test('after signing in nobody is led anywhere but to a page of this house', () => {
  for (const page of [
    '/nl',
    '/ar/initiatives',
    '/nl/desk/queue?province=PV25&page=2',
    '/uk/initiatives/%D0%B0',
  ])
    expect(parseBack(page)).toBe(page);
  for (const elsewhere of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/nl//evil.example',
    '/nl/../..//evil',
    '/nl\n/x',
    'javascript:alert(1)',
    '/xx/me',
    '/nl#x',
    '/nl@evil.example',
    `/nl/${'a'.repeat(600)}`,
    '',
    null,
  ]) {
    const back = parseBack(elsewhere);
    if (back !== null)
      expect(new URL(back, 'https://home.example').origin, back).toBe('https://home.example');
    else expect(back).toBeNull();
  }
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string().map((rest) => `/nl/${rest}`),
        fc.string(),
      ),
      (said) => {
        const back = parseBack(said);
        if (back !== null) expect(new URL(back, 'https://home.example').origin).toBe('https://home.example');
      },
    ),
    { numRuns: 3_000 },
  );
});
