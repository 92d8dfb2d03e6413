import type { ErrorCode } from './codes.ts'

/** One thing that is wrong with a definition, implementation or composition. */
export interface Problem {
  /** A stable code, listed in `errorCodes` of `plugboard/errors`. */
  readonly code: ErrorCode
  /** The place, such as `channels.dm.messages`. */
  readonly path: string
  /** What is wrong, in a sentence that names the parts, what was expected and what was given. */
  readonly message: string
  /** What to do about it. */
  readonly remedy: string
}

/** The problems as lines of text, each with its code, place, sentence and remedy. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(({ code, path, message, remedy }) => `  - [${code}] ${path}: ${message} ${remedy}`).join('\n')
}
