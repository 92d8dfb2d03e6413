import type { Refusal } from './rehearse.ts'

/** What a mistake says of its run in the comment `// code: …` of its head; undefined where only types refuse it. */
export function promisedCode(source: string): string | undefined {
  for (const line of source.split('\n')) {
    if (!line.startsWith('// ')) return undefined
    const code = /^\/\/ code: (.+)$/.exec(line)?.[1]
    if (code !== undefined) return code.trim()
  }
  return undefined
}

/** What the comment is to say: `alias_taken at start`, `entity_unknown, entity_unmapped at definition`. */
export function codeOf(refusal: Refusal | undefined): string | undefined {
  return refusal && `${refusal.codes.join(', ')} at ${refusal.moment}`
}

/** What is wrong with the comment of a mistake that ends in a refusal; empty where it holds. */
export function compareCode(source: string, refusal: Refusal | undefined): string[] {
  const [promised, actual] = [promisedCode(source), codeOf(refusal)]
  if (promised === actual) return []
  return [
    promised === undefined
      ? `it promises no refusal when it runs, but there is one. Write // code: ${actual}`
      : `it promises \`${promised}\` when it runs, but ${actual === undefined ? 'nothing is refused' : `it is \`${actual}\``}`,
  ]
}
