import type { ErrorCode } from './codes.ts'
import { PlugboardError, type Where } from './plugboard-error.ts'
import { describeProblems, type Problem } from './problem.ts'

/** An error that gives all problems at once. Base of the errors about definitions, implementations and compositions. */
export class ProblemsError extends PlugboardError {
  override readonly name: string = 'ProblemsError'
  /** Everything that is wrong, in the order in which it was found. Never empty. */
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, subject: string, problems: readonly Problem[], where: Where = {}) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`
    super({ code, message: `${subject} has ${count}:\n${describeProblems(problems)}`, where })
    this.problems = problems
  }
}
