import { packed } from './zip.ts';

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A cell of a made sheet: a text, a number, a day as a spreadsheet counts it, or any XML of a cell. */
export type MadeCell = string | number | { readonly day: number } | { readonly xml: string };

function cellOf(cell: MadeCell, at: string): string {
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  return 'day' in cell ? `<c r="${at}" s="1"><v>${cell.day}</v></c>` : cell.xml;
}

const sheetOf = (rows: readonly (readonly MadeCell[])[]) =>
  rows
    .map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((cell, column) => cellOf(cell, `${letters[column]}${at + 1}`)).join('')}</row>`,
    )
    .join('');

/** The files of an XLSX with these sheets, as a spreadsheet program would write them; `rawRows` is the XML of the rows instead. */
export function xlsxFiles(
  sheets: Readonly<Record<string, readonly (readonly MadeCell[])[] | { rawRows: string }>>,
): Map<string, Buffer> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const names = Object.keys(sheets);
  const files: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names
      .map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}">${names
      .map(
        (_, at) =>
          `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="rId99" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
  Object.values(sheets).forEach((sheet, at) => {
    const rows = 'rawRows' in sheet ? sheet.rawRows : sheetOf(sheet);
    files[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;
  });
  return new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
}

/** An XLSX file with these sheets. */
export const anXlsx = (sheets: Parameters<typeof xlsxFiles>[0]): Buffer => packed(xlsxFiles(sheets));
