import { parse, type AST } from 'svelte/compiler';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const letters = /\p{L}/u;
const spoken = new Set([
  'title',
  'alt',
  'placeholder',
  'label',
  'summary',
  'abbr',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-placeholder',
  'aria-valuetext',
]);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** The parsed tree seen plainly; svelte types each kind of node apart. */
function plainly(value: unknown): Node {
  if (!isNode(value)) throw new Error('This is no part of a parsed view.');
  return value;
}

function children(node: Node): Node[] {
  return Object.entries(node)
    .filter(([key]) => key !== 'parent' && key !== 'leadingComments' && key !== 'trailingComments')
    .flatMap(([, value]) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
}

function walk(node: Node, visit: (node: Node) => boolean): void {
  if (visit(node)) for (const child of children(node)) walk(child, visit);
}

/** The literal texts that an expression may itself become: 'ja' in `{open ? 'ja' : x}`, not the key in `{say('a.b')}`. */
function literalsOf(expression: Node): string[] {
  const part = (key: string) => (isNode(expression[key]) ? literalsOf(expression[key]) : []);
  if (expression.type === 'Literal') return typeof expression.value === 'string' ? [expression.value] : [];
  if (expression.type === 'TemplateLiteral') {
    return (expression.quasis as { value: { cooked: string } }[]).map((each) => each.value.cooked);
  }
  if (expression.type === 'ConditionalExpression') return [...part('consequent'), ...part('alternate')];
  if (expression.type === 'LogicalExpression' || expression.type === 'BinaryExpression')
    return [...part('left'), ...part('right')];
  return [];
}

function textsOf(value: unknown): string[] {
  const parts = (Array.isArray(value) ? value : [value]).filter(isNode);
  return parts.flatMap((part) =>
    part.type === 'Text' ? [String(part.data)] : isNode(part.expression) ? literalsOf(part.expression) : [],
  );
}

/** What is wrong in the markup of one Svelte file: words that never pass through messages/, and styles written on an element. */
export function markupOffences(file: string, text: string): string[] {
  const root = parse(text, { modern: true, filename: file }) as AST.Root;
  const offences: string[] = [];
  const at = (node: Node, what: string) =>
    offences.push(`${file}:${text.slice(0, node.start).split('\n').length}: ${what}`);
  walk(plainly(root.fragment), (node) => {
    if (node.type === 'Text' && letters.test(String(node.data)))
      at(node, `raw text '${String(node.data).trim()}'`);
    if (node.type === 'ExpressionTag' && isNode(node.expression)) {
      const raw = literalsOf(node.expression).find((literal) => letters.test(literal));
      if (raw !== undefined) at(node, `raw text '${raw}' in an expression`);
    }
    if (node.type === 'StyleDirective') at(node, 'a style on an element; the content policy refuses it');
    if (node.type !== 'Attribute') return true;
    if (node.name === 'style') at(node, 'a style on an element; the content policy refuses it');
    if (spoken.has(String(node.name))) {
      const raw = textsOf(node.value).find((each) => letters.test(each));
      if (raw !== undefined) at(node, `raw text '${raw}' in ${String(node.name)}`);
    }
    return false;
  });
  return offences;
}

const sided =
  /^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)(-|$)|^(left|right)$|^border-(top|bottom)-(left|right)-radius$/;
const sidedValue = /^(text-align|float|clear|caption-side)$/;
const four = /^(margin|padding|inset|border-width|border-color|border-style|scroll-margin|scroll-padding)$/;

function declarationOffence(property: string, value: string): string | null {
  if (sided.test(property)) return `${property}: write the logical side (inline-start, inline-end)`;
  if (sidedValue.test(property) && /\b(left|right)\b/.test(value))
    return `${property}: ${value}: write start or end`;
  const sides = value.trim().split(/\s+(?![^(]*\))/);
  if (four.test(property) && sides.length === 4 && sides[1] !== sides[3]) {
    return `${property}: ${value}: four sides of which left and right differ do not mirror; write the inline sides apart`;
  }
  return null;
}

/** Styles that do not mirror for a reader from right to left, in a Svelte file or a style sheet. */
export function stylesThatDoNotMirror(file: string, text: string): string[] {
  const isSheet = file.endsWith('.css');
  const root = parse(isSheet ? `<style>${text}</style>` : text, { modern: true, filename: file }) as AST.Root;
  const offences: string[] = [];
  if (!root.css) return offences;
  walk(plainly(root.css), (node) => {
    if (node.type !== 'Declaration') return true;
    const offence = declarationOffence(String(node.property).toLowerCase(), String(node.value));
    if (offence)
      offences.push(
        `${file}:${text.slice(0, node.start - (isSheet ? 7 : 0)).split('\n').length}: ${offence}`,
      );
    return false;
  });
  return offences;
}
