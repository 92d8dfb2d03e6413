import { isDeepStrictEqual } from 'node:util'
import type { z } from 'plugboard'
import { CannotGenerate } from '../generation/cannot-generate.ts'
import { Random } from '../generation/random.ts'
import { complete, plain, sparse, type Style, unicode } from '../generation/style.ts'
import { type Given, validValue } from '../generation/valid-value.ts'
import { ableInput } from './able-input.ts'
import type { Session } from './session.ts'
import type { Action, Subject } from './subject.ts'
import { skip } from './verdict.ts'

/** Numbers for one purpose, from the seed of the suite. */
export const randomFor = ({ options }: Subject, purpose: string): Random =>
  new Random(`${options.seed ?? 1}/${purpose}`)

/** The values that the integration's tests give for its entities, wherever their schemas stand. */
export function givenEntities({ reference, options }: Subject): Given {
  const given = new Map<z.core.$ZodType, (random: Random) => unknown>()
  for (const [name, schema] of Object.entries(reference.entities)) {
    const values = options.entities?.[name]
    if (values && values.length > 0) given.set(schema, (random) => random.pick(values))
  }
  return given
}

/** An input that is made from the schema; the check is skipped where none can be. */
export function madeInput({ subject, capabilities }: Session, name: string, style: Style, purpose: string): unknown {
  const action = subject.reference.actions[name] as Action
  const input = made(`an input of action '${name}'`, () =>
    validValue(action.input.schema, randomFor(subject, `${name}/${purpose}`), style, givenEntities(subject)),
  )
  return ableInput(input, action, capabilities)
}

/** Different inputs of an action that all fit its schema. */
export function generatedInputs(session: Session, action: string): unknown[] {
  const styles = [plain, sparse, complete, unicode]
  const inputs = Array.from({ length: session.subject.options.generated ?? 6 }, (_, index) =>
    madeInput(session, action, styles[index % styles.length] ?? plain, `generated/${index}`),
  )
  return inputs.filter((input, index) => inputs.findIndex((other) => isDeepStrictEqual(other, input)) === index)
}

/** What is made, or the end of the check where the schema asks for what nobody could guess. */
export function made<T>(what: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof CannotGenerate) skip(`${what} cannot be made up: ${error.message}. Give the suite one.`)
    throw error
  }
}
