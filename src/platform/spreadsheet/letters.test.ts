import { expect, test } from 'vitest';
import { lettersOf } from './letters.ts';

const said = (bytes: Buffer) => {
  const read = lettersOf(bytes);
  return read.ok ? [read.encoding, read.text] : [read.reason, read.row];
};
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

test.each([
  ['UTF-8', Buffer.from('naam\ncafé ሰላም'), ['utf-8', 'naam\ncafé ሰላም']],
  ['UTF-8 with its mark', Buffer.from('\ufeffnaam\ncafé'), ['utf-8', 'naam\ncafé']],
  ['UTF-16 as Excel writes Unicode text', utf16('naam\ncafé'), ['utf-16', 'naam\ncafé']],
  ['UTF-16 the other way round', utf16('café').swap16(), ['utf-16', 'café']],
  ['Windows-1252', Buffer.from('naam\ncaf\xe9 \x80', 'latin1'), ['windows-1252', 'naam\ncafé €']],
])('%s is read as it was written', (_, bytes, read) => {
  expect(said(bytes)).toEqual(read);
});

test.each([
  ['nothing', Buffer.alloc(0), ['empty', 0]],
  ['only white space', Buffer.from('\ufeff \n\n'), ['empty', 0]],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0]), ['not_text', 2]],
  ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), ['old_excel', 0]],
  [
    'letters written in two ways',
    Buffer.concat([Buffer.from('naam\ncafé\n'), Buffer.from('caf\xe9\n', 'latin1')]),
    ['mixed_letters', 3],
  ],
  ['letters that no Windows has', Buffer.from('naam\ncaf\x81\n', 'latin1'), ['unknown_letters', 2]],
])('%s is refused, with the line where it shows', (_, bytes, refused) => {
  expect(said(bytes)).toEqual(refused);
});
