import ts from 'typescript';

interface Asked {
  readonly types: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
}

function namesIn(node: ts.Node | undefined): Asked {
  const types = new Set<string>();
  const calls = new Set<string>();
  const walk = (each: ts.Node): void => {
    if (ts.isTypeReferenceNode(each)) types.add(each.typeName.getText());
    if (ts.isCallExpression(each)) calls.add(each.expression.getText());
    ts.forEachChild(each, walk);
  };
  if (node) walk(node);
  return { types, calls };
}

function importedFrom(source: ts.SourceFile, file: RegExp): Set<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (!file.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings))
      for (const each of bindings.elements) names.add(each.name.text);
  }
  return names;
}

interface Deed {
  readonly name: string;
  readonly deed: ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;
}

function exportedDeeds(source: ts.SourceFile): Deed[] {
  const isExported = (node: ts.Node) =>
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword);
  return source.statements.flatMap((statement): Deed[] => {
    if (!isExported(statement)) return [];
    if (ts.isFunctionDeclaration(statement))
      return [{ name: statement.name?.text ?? 'default', deed: statement }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        ? [{ name: name.getText(), deed: initializer }]
        : [],
    );
  });
}

// Proofs of who is there that the cellar itself hands out; a bare Viewer proves nothing.
const proofs = new Set(['Operator']);
// What the cellar itself asks the database about who is there.
const questions = new Set(['insistOnOperator', 'insistOnRight', 'hasRight']);

// Functions of the database that throw at whoever may not, for every room that calls them.
const insisting = /\bcore\.tell_room\(/;

const has = (names: ReadonlySet<string>, wanted: ReadonlySet<string>) =>
  [...names].some((name) => wanted.has(name));

/**
 * One sentence for every exported deed of a commands file that works outside a viewer's transaction, or that neither
 * takes a proof of access (a type from access.ts, or the cellar's Operator) nor asks for one (a call to access.ts, or the
 * cellar's insistOnOperator).
 */
export function deedsWithoutAccess(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const access = importedFrom(source, /\/access\.ts$/);
  for (const name of importedFrom(source, /\/platform\/viewer\.ts$|#platform\/viewer\.ts$/))
    if (proofs.has(name)) access.add(name);
  for (const name of importedFrom(source, /\/platform\/access\.server\.ts$|#platform\/access\.server\.ts$/))
    if (questions.has(name)) access.add(name);
  return exportedDeeds(source).flatMap(({ name, deed }) => {
    const taken = new Set(deed.parameters.flatMap((parameter) => [...namesIn(parameter).types]));
    const { calls } = namesIn(deed.body);
    const inTransaction = taken.has('Tx') || calls.has('withViewer');
    const asks = has(taken, access) || has(calls, access) || insisting.test(deed.body?.getText(source) ?? '');
    if (!inTransaction)
      return [
        `${file}: ${name} works outside a viewer's transaction. Take a Tx, or open one with withViewer.`,
      ];
    if (!asks)
      return [
        `${file}: ${name} does not ask who may. Take a proof from access.ts, or call it first (the operator's deeds: insistOnOperator).`,
      ];
    return [];
  });
}
