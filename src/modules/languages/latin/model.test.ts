import { expect, test } from 'vitest';
import { addressFor, heard, inLatin } from './model.ts';

test('a name is written in Latin letters from every script the field is written in', () => {
  expect(inLatin('Коалиция')).toBe('koalitsia');
  expect(inLatin('تال كافيه')).toBe('tal kafyh');
  expect(inLatin('انجمن')).toBe('angmn');
  expect(inLatin('ሰላም')).toBe('salam');
  expect(inLatin('Μπουκάλι')).toBe('bukali');
  expect(inLatin('Coöperatie Zoë')).toBe('cooperatie zoe');
});

test('letters nobody here can read stay as they are', () => {
  expect(inLatin('難民')).toBe('難民');
  expect(inLatin('')).toBe('');
});

test.each([
  ['Amsterdam', 'أمستردام', 'Амстердам', 'ኣምስተርዳም'],
  ['Rotterdam', 'روتردام', 'Роттердам', 'ሮተርዳም'],
  ['Den Haag', 'دن هاخ', 'Ден Гааг', 'ደን ሃግ'],
  ['Samentaal', 'سامنتال', 'Саментал', 'ሳመንታል'],
])('%s sounds the same in every script', (...written) => {
  const sounds = written.map((name) =>
    inLatin(name)
      .split(' ')
      .map((word) => heard(word))
      .join(''),
  );
  expect(new Set(sounds).size, sounds.join(' ')).toBe(1);
});

test('what is heard keeps apart what sounds apart', () => {
  expect(heard('mara')).not.toBe(heard('lemat'));
  expect(heard('welkom')).toBe('LKM');
  expect(heard('welkom', 'F')).toBe('FLKM');
  expect(heard('1818')).toBe('1818');
});

test('an address can be read and typed whatever script a name was written in, and names the thing where it cannot', () => {
  expect(addressFor('Ervaringspool Gelderland', 'pool', 'a1b2c3')).toBe('ervaringspool-gelderland-a1b2c3');
  expect(addressFor('مجموعة الخبرة', 'pool', 'a1b2c3')).toBe('mgmwh-alkhbrh-a1b2c3');
  expect(addressFor('Досвід!', 'pool', 'a1b2c3')).toBe('dosvid-a1b2c3');
  expect(addressFor('難民', 'tafel', 'a1b2c3')).toBe('tafel-a1b2c3');
  expect(addressFor(`${'a'.repeat(59)} b`, 'pool', 'a1')).toBe(`${'a'.repeat(59)}-a1`);
});
