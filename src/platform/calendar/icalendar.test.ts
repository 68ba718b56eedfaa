import { expect, test } from 'vitest';
import { iCalendar, type Gathering } from './icalendar.ts';

const gathering: Gathering = {
  kind: 'gathering',
  uid: 'session-1@house',
  stamp: new Date('2026-11-22T10:00:00Z'),
  starts: new Date('2026-12-03T18:30:00Z'),
  minutes: 150,
  summary: 'Maaksessie Werk',
  place: 'Buurthuis, Arnhem',
  language: 'nl',
  url: 'https://house.example/nl/sessions/werk',
};
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

test('a gathering lands in a calendar at its moment, for as long as it lasts', () => {
  const lines = unfolded(iCalendar('Bijeenkomsten', [gathering]));
  expect(lines).toEqual(
    expect.arrayContaining([
      'DTSTART:20261203T183000Z',
      'DTEND:20261203T210000Z',
      'LOCATION:Buurthuis\\, Arnhem',
      'STATUS:CONFIRMED',
      'SUMMARY;LANGUAGE=nl:Maaksessie Werk',
    ]),
  );
  expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR', '']);
});

test('something to be done by a day is a task with that day', () => {
  const lines = unfolded(
    iCalendar('Agenda', [{ ...gathering, kind: 'task', due: '2027-03-01', standing: 'let-go' } as never]),
  );
  expect(lines).toEqual(
    expect.arrayContaining(['BEGIN:VTODO', 'DUE;VALUE=DATE:20270301', 'STATUS:CANCELLED']),
  );
});

test('no line is longer than 75 octets and no letter is broken, in any script', () => {
  const summary = 'لقاء العمل في أرنهم ስራሕ 🌊 '.repeat(20).trim();
  const text = iCalendar('x', [{ ...gathering, summary, language: 'ar' }]);
  const octets = text.split('\r\n').map((line) => Buffer.byteLength(line));
  expect(Math.max(...octets)).toBeLessThanOrEqual(75);
  expect(text).not.toContain('\ufffd');
  expect(unfolded(text)).toContain(`SUMMARY;LANGUAGE=ar:${summary}`);
});

test('words cannot begin a line of their own', () => {
  const summary = 'Werk\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT; en, ook \\ meer';
  const lines = unfolded(iCalendar('x', [{ ...gathering, summary }]));
  expect(lines.filter((line) => line.startsWith('ATTENDEE') || line === 'END:VEVENT')).toEqual([
    'END:VEVENT',
  ]);
  expect(lines).toContain(
    'SUMMARY;LANGUAGE=nl:Werk\\nATTENDEE:mailto:x@example.org\\nEND:VEVENT\\; en\\, ook \\\\ meer',
  );
});
