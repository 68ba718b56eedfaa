import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { aField, aRelation, aStone } from '../testing.ts';
import { gexfOf, graphmlOf } from './model.ts';

const nasty = `<b>"Thee & 'taal'"</b>\u0000\u000b \ud83c\udf0a \ud800 شاي\n]]>`;
const field = aField(
  [
    aRelation('knit member-of church', {
      since: '2019-01-01',
      sincePrecision: 'year',
      valid: { from: '2019-01-01', until: '2025-01-01' },
    }),
    aRelation('knit refers-to church', { standing: 'disputed', sources: ['https://example.org/?a=1&b=2'] }),
    aRelation('church partners-with gemeente-a', { standing: 'confirmed' }),
  ],
  [aStone('knit', { name: nasty, ledBy: 'refugee-led' })],
);

/** Reads XML as far as these tests ask: throws where tags do not close in order or a bare & or < stands in text. */
function wellFormed(xml: string): number {
  const open: string[] = [];
  let elements = 0;
  const body = xml.replace(/^<\?xml[^?]*\?>/, '');
  for (const [, text = '', tag] of body.matchAll(/([^<]*)(<[^>]*>|$)/g)) {
    if (/&(?!(amp|lt|gt|quot|#\d+);)/.test(text) || text.includes('>'))
      throw new Error(`bare sign in text: ${text}`);
    if (!tag) continue;
    const parts =
      /^<(\/?)([\w.:-]+)((?:\s+[\w.:-]+="(?:[^"&<]|&(?:amp|lt|gt|quot|#\d+);)*")*)\s*(\/?)>$/.exec(tag);
    if (!parts) throw new Error(`broken tag: ${tag}`);
    const [, closing, name = '', , alone] = parts;
    if (closing && open.pop() !== name) throw new Error(`closed out of order: ${name}`);
    if (!closing) elements += 1;
    if (!closing && !alone) open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join()}`);
  return elements;
}

describe.each([
  ['GEXF', gexfOf(field)],
  ['GraphML', graphmlOf(field)],
])('%s', (_, xml) => {
  test('is well-formed whatever signs a name holds', () => {
    expect(wellFormed(xml)).toBeGreaterThan(10);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b]/);
    expect(xml).toContain('&lt;b&gt;');
    expect(xml).toContain('شاي');
  });

  test('holds every entry and every relation, also two between the same', () => {
    expect(xml.match(/<node /g)).toHaveLength(3);
    expect(xml.match(/<edge /g)).toHaveLength(3);
    expect(xml).toContain('source="knit" target="church"');
    expect(xml).toContain('disputed');
  });
});

test('the last day of a relation counts in GEXF', () => {
  expect(gexfOf(field)).toContain('start="2019-01-01" end="2024-12-31"');
});

const reader = `
import io, sys, json
try:
    import networkx as nx
except ImportError:
    print('absent'); sys.exit()
kind, text = sys.argv[1], sys.stdin.buffer.read()
graph = (nx.read_gexf if kind == 'gexf' else nx.read_graphml)(io.BytesIO(text))
print(json.dumps({'directed': graph.is_directed(), 'nodes': sorted(graph.nodes), 'types': sorted(d['relation'] for _, _, d in graph.edges(data=True)),
  'led': graph.nodes['knit']['ledBy'], 'formal': graph.nodes['gemeente-a']['formal']}))`;

test.each([
  ['gexf', gexfOf(field)],
  ['graphml', graphmlOf(field)],
])('networkx reads the %s, where it is installed', (kind, xml) => {
  const answer = (() => {
    try {
      return execFileSync('python3', ['-c', reader, kind], {
        input: xml,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'ignore'],
      }).trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
      throw error;
    }
  })();
  if (answer === 'absent') return expect(xml).toContain('directed');
  expect(JSON.parse(answer)).toEqual({
    directed: true,
    nodes: ['church', 'gemeente-a', 'knit'],
    types: ['member-of', 'partners-with', 'refers-to'],
    led: 'refugee-led',
    formal: true,
  });
});
