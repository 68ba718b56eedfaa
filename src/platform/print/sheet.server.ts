import type { Printing, Standard } from './job.ts';
import { setType } from './set-type.server.ts';
import type { Sheet, SheetBlock } from './sheet.ts';

/**
 * Sets a page of the house on paper: 'page' for reading on A4, 'wall' in large type for a wall, 'card' one to cut out. Every text
 * in it is placed as text. Refuses by the reasons of `print.json`; 'print_busy' when too many wait.
 */
export function setSheet(
  template: 'page' | 'wall' | 'card',
  sheet: Sheet,
  standard: Standard = 'ua-1',
): Promise<Printing> {
  const files: Record<string, Uint8Array> = {};
  const keep = (svg: string): string => {
    const name = `drawing-${Object.keys(files).length}.svg`;
    files[name] = new TextEncoder().encode(svg);
    return name;
  };
  const { code, day, blocks, ...words } = sheet;
  const data = {
    ...words,
    code: code === null ? null : keep(code),
    blocks: blocks.map((block) => placed(block, keep)),
  };
  return setType({ template, data, files, standard, day });
}

const placed = (block: SheetBlock, keep: (svg: string) => string) =>
  block.type === 'drawing' ? { ...block, svg: keep(block.svg) } : block;
