import { expect, test } from 'vitest';
import { filesOfTheHouse, textOf } from './tree.ts';
import { markupOffences, stylesThatDoNotMirror } from './views.ts';

const views = filesOfTheHouse().filter((file) => /^src\/.*\.svelte$/.test(file));
const sheets = filesOfTheHouse().filter((file) => /^src\/.*\.css$/.test(file));

test('no view holds a word that did not come from messages/', () => {
  expect(views.length).toBeGreaterThan(0);
  expect(views.flatMap((file) => markupOffences(file, textOf(file)))).toEqual([]);
});

test('raw words are found in text, in an expression and in what is only spoken', () => {
  const view = `<script lang="ts">const { say, open } = $props();</script>
<p>{say('places.name')} · 12 km</p>
<button title="Sluiten" aria-label={open ? 'Dicht' : say('x.y')} type="button">{'x' + open}</button>
{#if open}<svg><text>Ede</text></svg>{/if}
<p style="color: red" class="card">{open ? '→' : '·'} {say('a.b', { naam: 'Ede' })}</p>`;
  expect(markupOffences('Planted.svelte', view)).toEqual([
    expect.stringContaining("Planted.svelte:2: raw text '· 12 km'"),
    expect.stringContaining("raw text 'Sluiten' in title"),
    expect.stringContaining("raw text 'Dicht' in aria-label"),
    expect.stringContaining("raw text 'x' in an expression"),
    expect.stringContaining("Planted.svelte:4: raw text 'Ede'"),
    expect.stringContaining('a style on an element'),
  ]);
});

test('no style of a view or sheet stays behind when the page turns right to left', () => {
  expect([...views, ...sheets].flatMap((file) => stylesThatDoNotMirror(file, textOf(file)))).toEqual([]);
});

test('a style that names left or right is found, a mirrored one is not', () => {
  const sheet = `.a { margin-left: 1rem; text-align: right; padding: 1px 2px 3px 4px; }
@media print { .b { inset-inline-start: 0; margin: 1px 2px; border-start-start-radius: 1px; float: inline-start; } .c { left: 0 } }`;
  expect(stylesThatDoNotMirror('planted.css', sheet)).toEqual([
    expect.stringContaining('planted.css:1: margin-left'),
    expect.stringContaining('text-align: right'),
    expect.stringContaining('padding'),
    expect.stringContaining('planted.css:2: left'),
  ]);
  expect(stylesThatDoNotMirror('P.svelte', '<p></p>\n<style>\np { right: 0 }\n</style>')).toEqual([
    expect.stringContaining('P.svelte:3: right'),
  ]);
});
