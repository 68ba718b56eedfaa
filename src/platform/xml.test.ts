import { expect, test } from 'vitest';
import { inXml, readXml } from './xml.ts';

const limits = { depth: 4, elements: 10 };

test('a file is read with its namespace, and each element knows its line', () => {
  const read = readXml('<a xmlns="urn:x">\n <b n="1 &amp; 2">&#x41;<![CDATA[<c>]]></b>\n</a>', limits);
  expect(read).toMatchObject({
    ok: true,
    root: {
      name: 'a',
      space: 'urn:x',
      line: 1,
      children: [{ name: 'b', line: 2, attributes: { n: '1 & 2' }, text: 'A<c>' }],
    },
  });
});

test.each([
  ['xml_with_dtd', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', 1],
  ['xml_with_dtd', '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]>\n<a>&y;</a>', 1],
  ['xml_unreadable', '<a>\n<b>\n</a>', 3],
  ['xml_unreadable', '<a>&unknown;</a>', 1],
  ['xml_unreadable', '<a x="1" x="2"/>', 1],
  ['xml_unreadable', '', 1],
  ['xml_unreadable', '<a/><b/>', 1],
  ['xml_too_deep', '<a><b><c><d>\n<e/></d></c></b></a>', 2],
  ['xml_too_much', `<a>${'<b/>'.repeat(20)}</a>`, 1],
])('%s: %s is refused at its line', (reason, text, line) => {
  expect(readXml(text, limits)).toMatchObject({ ok: false, reason, line });
});

test('a million open tags are refused before they are all read', () => {
  expect(readXml('<a>'.repeat(1_000_000), limits)).toMatchObject({ reason: 'xml_too_deep' });
});

test('any words are read back as they were, but for what XML cannot hold', () => {
  const words = 'a<b>&"\'\n\t\r ሰላም سلام 😀 \u0000\ud800';
  const read = readXml(`<a n="${inXml(words)}">${inXml(words)}</a>`, limits);
  const held = 'a<b>&"\'\n\t\r ሰላም سلام 😀 \ufffd\ufffd';
  expect(read).toMatchObject({ ok: true, root: { attributes: { n: held }, text: held } });
});
