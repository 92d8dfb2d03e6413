import { DefinitionError } from 'plugboard'

/** What a call refuses: code and place of each problem, in the order in which they are told. */
export function problemsOf(work: () => unknown): string[] {
  return errorOf(work).problems.map(({ code, path }) => `${code} ${path}`)
}

/** The same with the sentence of each. */
export function reportOf(work: () => unknown): string[] {
  return errorOf(work).problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)
}

/** What a call says is wrong, one sentence for each problem. */
export function sentencesOf(work: () => unknown): string[] {
  return errorOf(work).problems.map(({ message }) => message)
}

/** The error by which a call refuses. Anything else that it throws goes on. */
export function errorOf(work: () => unknown): DefinitionError {
  try {
    work()
  } catch (error) {
    if (error instanceof DefinitionError) return error
    throw error
  }
  throw new Error('It was accepted.')
}

/** What the compiler would refuse, as JavaScript or data from elsewhere would have it. */
export const loosely = (value: unknown): never => value as never
