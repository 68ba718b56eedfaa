import { expect, test } from 'vitest';
import type { Field, Table } from '../model.ts';
import { guesses } from './model.ts';

const known = { municipalities: new Set(['ede', 'arnhem', 'tiel']), towns: new Set(['velp', 'lunteren']) };
const table = (columns: readonly string[], rows: readonly (readonly string[])[] = []): Table => ({
  form: 'csv',
  columns,
  rows: rows.map((cells, at) => ({ row: at + 2, cells })),
  about: {},
});
const guessed = (of: Table, remembered: Record<string, Field | ''> = {}) =>
  Object.fromEntries(
    [...guesses(of, remembered, known)].map(([column, { field, by }]) => [column, `${field} by ${by}`]),
  );

test.each([
  [
    ['Naam organisatie', 'Gemeente', 'E-mailadres', "Thema's"],
    ['name', 'municipality', 'mail', 'themes'],
  ],
  [
    ['Organization', 'City', 'Phone number', 'Founded'],
    ['name', 'town', 'phone', 'founded'],
  ],
  [
    ['الاسم', 'بلدية', 'هاتف', 'شرح'],
    ['name', 'municipality', 'phone', 'summary:nl'],
  ],
  [
    ['Назва', 'місто', 'сайт', 'опис (uk)'],
    ['name', 'town', 'website', 'summary:uk'],
  ],
  [
    ['Nom', 'Ville', 'Téléphone', 'summary_en'],
    ['name', 'town', 'phone', 'summary:en'],
  ],
  [
    ['İsim', 'Şehir', 'Telefon', 'Açıklama (tr)'],
    ['name', 'town', 'phone', 'summary:tr'],
  ],
])('columns are known by what they are called: %s', (columns, fields) => {
  expect(guessed(table(columns))).toEqual(
    Object.fromEntries(columns.map((column, at) => [column, `${fields[at]} by name`])),
  );
});

test('columns without a telling name are known by what stands in them', () => {
  const rows = [
    ['Taalcafé', 'Ede', 'info@a.nl', 'https://a.nl', '52.041', '5.665', '026 123 45 67', 'x'],
    ['Samen Een', 'Tiel', 'b@b.nl', 'www.b.nl', '51,982', '5,910', '+31 6 12345678', 'y'],
  ];
  expect(guessed(table(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'], rows))).toEqual({
    B: 'municipality by content',
    C: 'mail by content',
    D: 'website by content',
    E: 'lat by content',
    F: 'lon by content',
    G: 'phone by content',
  });
});

test('no field is guessed twice but those that may be told in parts', () => {
  expect(guessed(table(['Naam', 'Titel', 'Thema', 'Onderwerp']))).toEqual({
    Naam: 'name by name',
    Thema: 'themes by name',
    Onderwerp: 'themes by name',
  });
});

test('what was told of a source before goes first, and what was left out then is left out', () => {
  const columns = ['Naam', 'Titel', 'Plaats'];
  expect(guessed(table(columns), { Naam: '', Titel: 'name', Plaats: 'municipality' })).toEqual({
    Titel: 'name by remembered',
    Plaats: 'municipality by remembered',
  });
});
