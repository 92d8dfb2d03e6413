import ts from 'typescript-5.9'

/**
 * How many things a type test asserts: its `@ts-expect-error` comments, and its `expectTypeOf(…)` chains that end in a
 * matcher. A chain without one, like `expectTypeOf(x)`, asserts nothing and is not counted.
 */
export function countAssertions(source: string): number {
  const file = ts.createSourceFile('test-d.ts', source, ts.ScriptTarget.Latest, true)
  let count = expectedErrors(source).length
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isMatcher(node)) count += 1
    ts.forEachChild(node, visit)
  }
  visit(file)
  return count
}

/** The lines, from 0, of the comments `@ts-expect-error` that the compiler acts on. */
export function expectedErrors(source: string): number[] {
  const file: DirectedFile = ts.createSourceFile('test-d.ts', source, ts.ScriptTarget.Latest)
  const directives = file.commentDirectives ?? []
  return directives.flatMap(({ type, range }) =>
    type === expectError ? [ts.getLineAndCharacterOfPosition(file, range.pos).line] : [],
  )
}

/** The compiler keeps these on a source file, without declaring them. */
type DirectedFile = ts.SourceFile & { commentDirectives?: Array<{ type: number; range: ts.TextRange }> }
const expectError = 0

function isMatcher(call: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(call.expression) || !/^to[A-Z]/.test(call.expression.name.text)) return false
  let chain: ts.Expression = call.expression
  while (!ts.isIdentifier(chain)) {
    if (!ts.isPropertyAccessExpression(chain) && !ts.isCallExpression(chain)) return false
    chain = chain.expression
  }
  return chain.text === 'expectTypeOf'
}
