import type ts from 'typescript-5.9'
import { expectedErrors } from './assertions.ts'
import { type Compiler, messageOf } from './compiler.ts'

/** A mistake that an author can make, and what the compiler says to it. */
export interface Mistake {
  path: string
  /** The sentences that the author must read: the comments `// expected: …` at the top of the file. */
  expected: string[]
  /** What the compiler says. */
  messages: string[]
  /** What is wrong with the test itself; empty when it holds. */
  faults: string[]
}

/**
 * Compiles files that make a mistake each, `@ts-expect-error` made harmless, and compares what the compiler says with
 * what the file promises. `@ts-expect-error` alone passes whatever the error is, even that of a misspelt import.
 */
export function checkMistakes(compiler: Compiler, files: Record<string, string>): Mistake[] {
  const disarmed = Object.fromEntries(Object.entries(files).map(([path, source]) => [path, disarm(source)]))
  const program = compiler.program(disarmed)
  return Object.entries(files).map(([path, source]) => {
    const file = program.getSourceFile(path)
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    const expected = readExpected(source)
    const messages = diagnostics.map(messageOf)
    return { path, expected, messages, faults: findFaults(source, expected, diagnostics) }
  })
}

/** Same length, so that every position stays where it was. */
function disarm(source: string): string {
  return source.replaceAll('@ts-expect-error', '@ts_expect_error')
}

function readExpected(source: string): string[] {
  const expected: string[] = []
  for (const line of source.split('\n')) {
    const sentence = /^\/\/ expected: (.+)$/.exec(line)?.[1]
    if (sentence === undefined) break
    expected.push(sentence.trim())
  }
  return expected
}

function findFaults(source: string, expected: string[], diagnostics: readonly ts.Diagnostic[]): string[] {
  const faults: string[] = []
  if (expected.length === 0) faults.push('its first line is no comment `// expected: <what the author must read>`')
  if (expectedErrors(source).length === 0) faults.push('it has no @ts-expect-error')
  if (diagnostics.length === 0) faults.push('the compiler finds nothing wrong in it')
  const messages = diagnostics.map(messageOf)
  for (const sentence of expected) {
    if (!messages.some((message) => ordered(message).includes(ordered(sentence))))
      faults.push(`no error says: ${sentence}`)
  }
  return faults
}

/** With the texts of each union in alphabetical order: the compiler writes them in the order in which it met them. */
function ordered(message: string): string {
  return message.replaceAll(/"[^"]*"(?: \| "[^"]*")+/g, (union) => union.split(' | ').toSorted().join(' | '))
}
