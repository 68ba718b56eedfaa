import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { giveSpeech, speaker } from '#platform/i18n/speech.ts';
import { basemap } from '../basemap/drawing.ts';
import type { Basemap, Frame } from '../basemap/model.ts';
import type { Place, Province, ProvinceCode } from '../model.ts';
import LandMap from './LandMap.svelte';

const catalogue = await catalogueOnDisk('messages');
const provinces: Province[] = basemap({ kind: 'country' }).land.map(({ name }) => ({
  code: name,
  name,
  called: name === 'PV27' ? 'Noord-Holland' : `Provincie ${name.slice(2)} & <meer>`,
  point: { lat: 52, lon: 5 },
}));

interface Shown {
  map: Basemap;
  title: string;
  provinces: Province[];
  provinceHref?: (code: ProvinceCode) => string;
  towns?: Place[];
}
interface Renderer {
  component(inside: (renderer: Renderer) => void): void;
}

function drawn(frame: Frame, more: Partial<Shown> = {}, times = 1): string {
  const props = { map: basemap(frame), title: 'Kaart van Nederland', provinces, ...more };
  // The page around a view lets it speak; here that is one component more.
  const page = (renderer: Renderer) =>
    renderer.component((inner) => {
      giveSpeech(() => speaker('nl', catalogue));
      for (let at = 0; at < times; at++) Reflect.apply(LandMap, undefined, [inner, props]);
    });
  const shown: { body: string } = Reflect.apply(render, undefined, [page, { props: {} }]);
  return shown.body;
}

describe('the map', () => {
  const html = drawn({ kind: 'country' }, { provinceHref: (code) => `/nl/initiatives?province=${code}` });

  test('says what it is, and each province is one link with a name', () => {
    expect(html).toContain('aria-label="Kaart van Nederland"');
    const links = [
      ...html.matchAll(/<a [^>]*href="\/nl\/initiatives\?province=(PV\d\d)"[^>]*aria-label="([^"]+)"/g),
    ];
    expect(new Set(links.map((link) => link[1])).size).toBe(12);
    expect(links.every((link) => /: kom dichterbij$/.test(link[2] ?? ''))).toBe(true);
  });

  test('carries each outline once, and names what they are called as text only', () => {
    expect(html.match(/<path id="[^"]+-PV25"/g)).toHaveLength(1);
    expect(html).not.toContain('<meer>');
    expect(html).toContain('IJsselmeer');
  });

  test('keeps to the strictest content policy: no style, no script, nothing from elsewhere', () => {
    expect(html).not.toMatch(/\sstyle=|<script|data:|https?:|\son\w+=/);
  });

  test('without an address for provinces there are no links', () => {
    expect(drawn({ kind: 'province', code: 'PV25' as ProvinceCode })).not.toContain('<a ');
  });

  test('two maps on one page share no id', () => {
    const ids = [...drawn({ kind: 'country' }, {}, 2).matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.length).toBe(26);
    expect(new Set(ids).size).toBe(26);
  });
});
