import { isDeepStrictEqual } from 'node:util'
import type { z } from 'plugboard'
import { complete } from '../generation/style.ts'
import { nearMisses } from '../generation/near-misses.ts'
import { fits } from '../generation/valid-value.ts'
import type { Check } from '../suite/check.ts'
import { generatedInputs, madeInput, randomFor } from '../suite/inputs.ts'
import { ordinaryInput, sampleOf, withRealIds } from '../suite/scenario-context.ts'
import { type Attempt, parsed, Session } from '../suite/session.ts'
import type { Action, Subject } from '../suite/subject.ts'
import { CheckSkipped, codeOf, demand, messageOf, shown, skip } from '../suite/verdict.ts'
import { abortLaws } from './abort-laws.ts'

/** Codes by which the runtime refuses an input before the integration sees it. */
const refusals = new Set(['input_invalid', 'entity_invalid', 'capability_missing'])
/** How many near misses of an input are tried. */
const mostMisses = 60

/** What holds for an action of any interface. */
export function actionLaws(subject: Subject, name: string, action: Action): Check[] {
  const check = (law: string, title: string, run: (session: Session) => Promise<string | void>): Check => ({
    name: `${name}/${law}`,
    title,
    run: async () => {
      await using session = await Session.start(subject)
      demandCapability(session, name, action)
      const note = await run(session)
      return note
    },
  })
  return [
    check('output', 'an ordinary input is answered, and what is given fits its schema', (session) =>
      answersOrdinary(session, name, action),
    ),
    check('valid-input', 'every input that fits the schema is taken', (session) => takesValid(session, name, action)),
    check(
      'invalid-input',
      'an input that does not fit the schema is refused before the integration is called',
      (session) => refusesInvalid(session, name, action),
    ),
    check('unknown-fields', 'fields that the schema does not name are treated as it says', (session) =>
      treatsUnknownFields(session, name, action),
    ),
    ...(action.cacheable
      ? [
          check('cacheable', 'equal inputs get equal outputs, as the interface says', (session) =>
            answersAlike(session, name),
          ),
        ]
      : []),
    ...abortLaws(name, action, check),
  ]
}

/** Skips what needs a capability that the integration does not have. */
export function demandCapability({ capabilities, subject }: Session, name: string, { capability }: Action): void {
  const withheld = subject.implementation.actions[name]?.name === undefined
  if (capability !== undefined && (withheld || !capabilities.includes(capability)))
    skip(`the integration does not have the capability '${capability}'`)
}

async function answersOrdinary(session: Session, name: string, action: Action): Promise<void> {
  const input = await ordinaryInput(session, name)
  const attempt = await session.insist(name, input)
  const isMade = sampleOf(session.subject, name) === undefined
  demand(
    attempt.error === undefined,
    `an ordinary input is not answered: ${messageOf(attempt.error)}; it was ${shown(input)}${isMade ? `, made up from the schema: where the platform knows no such thing, give one by \`samples: { ${name}: … }\`, or by \`entities\` what it knows` : ''}`,
  )
  demandOutput(attempt, action)
  if (action.stream) demand(attempt.items.length > 0, 'the stream gives its output alone: not one item comes before it')
}

/** What the handler gave is held against the interface, whatever the integration makes of the interface's schemas. */
function demandOutput({ calls, output, items }: Attempt, action: Action): void {
  const raw = calls.at(-1)?.end
  if (raw?.kind === 'returned')
    demand(fits(action.output.schema, raw.output), `the output does not fit its schema: ${shown(raw.output)}`)
  demand(fits(action.output.schema, output), `the output does not fit its schema: ${shown(output)}`)
  const { stream } = action
  if (!stream) return
  const wrong = items.find((item) => !fits(stream.schema, item))
  demand(wrong === undefined, `an item does not fit its schema: ${shown(wrong)}`)
}

async function takesValid(session: Session, name: string, action: Action): Promise<string | void> {
  const inputs = await Promise.all(generatedInputs(session, name).map((input) => withRealIds(session, input)))
  if (inputs.length === 0) skip('no input was to be made up')
  let answered = 0
  for (const input of inputs) {
    const attempt = await session.attempt(name, input)
    const code = codeOf(attempt.error)
    demand(
      code !== 'input_invalid',
      `an input that fits is refused: ${messageOf(attempt.error)}; it was ${shown(input)}`,
    )
    // By that code the runtime tells of a stream that ends without an output, too.
    const withoutOutput = code === 'stream_broken' && attempt.calls.at(-1)?.end?.kind === 'returned'
    demand(
      code !== 'output_invalid' && !withoutOutput,
      `an input that fits gets a wrong answer: ${messageOf(attempt.error)}; it was ${shown(input)}`,
    )
    if (attempt.error !== undefined) continue
    answered += 1
    demandOutput(attempt, action)
  }
  return answered === inputs.length
    ? undefined
    : `${answered} of ${inputs.length} were answered, the others refused with a typed error`
}

async function refusesInvalid(session: Session, name: string, action: Action): Promise<void> {
  const { schema } = action.input
  const random = randomFor(session.subject, `${name}/near-misses`)
  const misses = nearMisses(schema, await richInput(session, name))
  if (misses.length === 0) skip('there is no input that the schema refuses')
  for (const { what, value } of random.shuffled(misses).slice(0, mostMisses)) {
    const { error, calls, output } = await session.attempt(name, value)
    demand(calls.length === 0, `the integration is called with an input that does not fit: ${what}`)
    demand(error !== undefined, `an input that does not fit is answered: ${what}; the answer is ${shown(output)}`)
    demand(
      refusals.has(codeOf(error) ?? ''),
      `an input that does not fit is not refused as such: ${what}: ${messageOf(error)}`,
    )
  }
}

/** An input with all that it may have; an ordinary one where none can be made up. */
async function richInput(session: Session, name: string): Promise<unknown> {
  try {
    return madeInput(session, name, complete, 'rich')
  } catch (error) {
    if (error instanceof CheckSkipped) return ordinaryInput(session, name)
    throw error
  }
}

const unknownField = 'fieldThatNobodyKnows'

async function treatsUnknownFields(session: Session, name: string, action: Action): Promise<void> {
  const { schema } = action.input
  if ((schema as z.core.$ZodTypes)._zod.def.type !== 'object') skip('the input is no plain object')
  const input = { ...((await ordinaryInput(session, name)) as object), [unknownField]: true }
  const { error, calls } = await session.insist(name, input)
  if (!fits(schema, input)) {
    demand(codeOf(error) === 'input_invalid', `the schema refuses unknown fields, and one is not refused`)
    demand(calls.length === 0, 'the integration is called with an unknown field that the schema refuses')
    return
  }
  const [call] = calls
  demand(
    call !== undefined,
    `an input with an unknown field, which the schema takes, does not reach the integration: ${messageOf(error)}`,
  )
  const seen = Object.hasOwn(call.input as object, unknownField)
  const expected = Object.hasOwn(parsed(schema, input) as object, unknownField)
  demand(
    seen === expected,
    expected
      ? 'the schema lets unknown fields through, and the integration does not get them'
      : 'the schema drops unknown fields, and the integration gets them',
  )
}

async function answersAlike(session: Session, name: string): Promise<void> {
  const input = await ordinaryInput(session, name)
  const first = await session.insist(name, input)
  const second = await session.insist(name, input)
  if (first.error !== undefined || second.error !== undefined)
    skip(`it is not answered: ${messageOf(first.error ?? second.error)}`)
  demand(
    isDeepStrictEqual(first.output, second.output),
    `the same input gets another output the second time: ${shown(first.output)}, then ${shown(second.output)}`,
  )
}
