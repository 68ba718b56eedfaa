import { daysLater } from '#platform/clock.ts';
import type { Days } from '../../model.ts';
import { isFormal, type Field, type Relation, type Stone } from '../model.ts';

type Value = string | boolean | null;
type Attributes = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly of: (one: never) => Value }>
>;

const ofStone = {
  kind: { type: 'string', of: (stone: Stone) => stone.kind },
  ledBy: { type: 'string', of: (stone: Stone) => stone.ledBy },
  formal: { type: 'boolean', of: (stone: Stone) => isFormal(stone) },
  municipality: { type: 'string', of: (stone: Stone) => stone.municipality },
  province: { type: 'string', of: (stone: Stone) => stone.province },
} as const satisfies Attributes;

const ofRelation = {
  relation: { type: 'string', of: (relation: Relation) => relation.type },
  standing: { type: 'string', of: (relation: Relation) => relation.standing },
  since: { type: 'string', of: (relation: Relation) => relation.since },
  sincePrecision: { type: 'string', of: (relation: Relation) => relation.sincePrecision },
  until: { type: 'string', of: (relation: Relation) => relation.until },
  untilPrecision: { type: 'string', of: (relation: Relation) => relation.untilPrecision },
  assertedBy: { type: 'string', of: (relation: Relation) => relation.assertedBy },
  sources: { type: 'string', of: (relation: Relation) => relation.sources.join(' ') },
} as const satisfies Attributes;

/**
 * The field on a day as GEXF 1.2 (gexf.net): directed, typed edges, dates as attributes, and `start`/`end` where known;
 * `end` is the last day that counts.
 */
export function gexfOf(field: Field): string {
  const declare = (kind: string, attributes: Attributes) =>
    `<attributes class="${kind}" mode="static">${Object.entries(attributes)
      .map(([name, { type }]) => `<attribute id="${name}" title="${name}" type="${type}"/>`)
      .join('')}</attributes>`;
  const values = (pairs: readonly Pair[]) =>
    `<attvalues>${pairs.map(([name, value]) => `<attvalue for="${name}" value="${inXml(String(value))}"/>`).join('')}</attvalues>`;
  const life = ({ from, until }: Days) =>
    (from === null ? '' : ` start="${from}"`) + (until === null ? '' : ` end="${daysLater(until, -1)}"`);
  const nodes = [...field.stones.values()].map(
    (stone) =>
      `<node id="${inXml(stone.slug)}" label="${inXml(stone.name)}"${life(stone.valid)}>${values(told(ofStone, stone))}</node>`,
  );
  const edges = field.relations.map(
    (each) =>
      `<edge id="${inXml(each.key)}" source="${inXml(each.from)}" target="${inXml(each.to)}" label="${each.type}"${life(each.valid)}>${values(told(ofRelation, each))}</edge>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<meta lastmodifieddate="${field.day}"><creator>Steppingstones</creator><description>The open field on ${field.day}</description></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
${declare('node', ofStone)}
${declare('edge', ofRelation)}
<nodes>
${nodes.join('\n')}
</nodes>
<edges>
${edges.join('\n')}
</edges>
</graph>
</gexf>
`;
}

/** The field on a day as GraphML (graphml.graphdrawing.org): directed, typed edges, dates as data. */
export function graphmlOf(field: Field): string {
  const named = {
    name: { type: 'string', of: (stone: Stone) => stone.name },
    ...ofStone,
  } as const satisfies Attributes;
  const declare = (kind: string, attributes: Attributes) =>
    Object.entries(attributes)
      .map(
        ([name, { type }]) =>
          `<key id="${kind}-${name}" for="${kind}" attr.name="${name}" attr.type="${type}"/>`,
      )
      .join('\n');
  const values = (kind: string, pairs: readonly Pair[]) =>
    pairs.map(([name, value]) => `<data key="${kind}-${name}">${inXml(String(value))}</data>`).join('');
  const nodes = [...field.stones.values()].map(
    (stone) => `<node id="${inXml(stone.slug)}">${values('node', told(named, stone))}</node>`,
  );
  const edges = field.relations.map(
    (each) =>
      `<edge id="${inXml(each.key)}" source="${inXml(each.from)}" target="${inXml(each.to)}">${values('edge', told(ofRelation, each))}</edge>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${declare('node', named)}
${declare('edge', ofRelation)}
<graph id="field-${field.day}" edgedefault="directed">
${nodes.join('\n')}
${edges.join('\n')}
</graph>
</graphml>
`;
}

type Pair = readonly [name: string, value: string | boolean];

function told<One>(
  attributes: Readonly<Record<string, { readonly of: (one: One) => Value }>>,
  one: One,
): Pair[] {
  return Object.entries(attributes).flatMap(([name, { of }]): Pair[] => {
    const value = of(one);
    return value === null || value === '' ? [] : [[name, value]];
  });
}

// XML 1.0 has no way at all to write most control signs, so they cannot travel.
const unwritable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const inXml = (text: string) =>
  text.replace(unwritable, '').replace(/[&<>"\t\n\r]/g, (sign) => escapes[sign] ?? sign);
