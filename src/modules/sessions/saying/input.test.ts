import { expect, test } from 'vitest';
import { parseRendering, parseSaying, parseSpeaking, parseWrittenDown } from './input.ts';

const who = '0f0e0d0c-1111-4222-8333-444455556666';
const formOf = (fields: Readonly<Record<string, string | File>>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const asked = { who, step: '2', language: 'ar', text: '  الباص\r\n\tقليل \u202e ' };

test('what is said is one line of visible signs', () => {
  expect(parseSaying(formOf(asked))).toMatchObject({
    ok: true,
    value: { who, step: 2, language: 'ar', text: 'الباص قليل', side: null, anyway: false },
  });
  expect(parseSaying(formOf({ ...asked, side: '1', anyway: 'yes' }))).toMatchObject({
    value: { side: 1, anyway: true },
  });
});

test('what is missing is told, and nothing else breaks on it', () => {
  expect(parseSaying(formOf({ ...asked, text: ' ' }))).toMatchObject({ reason: 'empty' });
  expect(parseSaying(formOf({ ...asked, text: 'a'.repeat(501) }))).toMatchObject({ reason: 'too_long' });
  expect(parseSaying(formOf({ ...asked, language: '<b>' }))).toMatchObject({ reason: 'no_language' });
  expect(parseSaying(formOf({ ...asked, who: "x' or 1=1" }))).toMatchObject({ reason: 'not_here' });
  expect(parseSaying(formOf({ ...asked, step: '-1' }))).toMatchObject({ reason: 'not_here' });
  expect(parseWrittenDown(formOf({ statement: who, text: '' }))).toMatchObject({ reason: 'empty' });
  expect(parseRendering(formOf({ who, language: 'nl', text: 'x' }))).toMatchObject({ reason: 'not_here' });
});

test('a voice may come without words, but not without sound', () => {
  const file = new File([new Uint8Array(10)], '../../voice');
  expect(parseSpeaking(formOf({ ...asked, text: '', file }))).toMatchObject({ ok: true });
  expect(parseSpeaking(formOf({ ...asked, file: new File([], 'x') }))).toMatchObject({ reason: 'empty' });
  const large = new File([new Uint8Array(3_000_001)], 'x');
  expect(parseSpeaking(formOf({ ...asked, file: large }))).toMatchObject({ reason: 'voice_too_big' });
});

test('a rendering is signed only when who made it says so', () => {
  const form = { who, statement: who, language: 'nl', text: 'Weinig bussen' };
  expect(parseRendering(formOf(form))).toMatchObject({ value: { signs: false } });
  expect(parseRendering(formOf({ ...form, signs: 'yes' }))).toMatchObject({ value: { signs: true } });
});
