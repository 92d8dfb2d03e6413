import { complete } from '../generation/style.ts'
import { fits, validValue } from '../generation/valid-value.ts'
import type { ScenarioContext } from '../contract.ts'
import { made, madeInput, randomFor } from './inputs.ts'
import type { Session } from './session.ts'
import type { Action } from './subject.ts'
import { demand, shown } from './verdict.ts'

/** What a scenario works with, in one session. */
export function contextOf(session: Session): ScenarioContext {
  const { subject } = session
  return {
    provider: session.provider as never,
    integration: subject.integration.name,
    capabilities: session.capabilities,
    sample: async (action) => (await ordinaryInput(session, action)) as never,
    make: (entity, which = 0) => entityOf(session, entity, which) as never,
    events: async (event) => {
      await session.bot.idle()
      return session.heard.filter(({ type }) => type === event).map(({ payload }) => payload as never)
    },
  }
}

/**
 * An input that the integration should answer: that of its tests, else the contract's, else one made from the schema. In a
 * situation that comes about by an input, that one.
 */
export async function ordinaryInput(session: Session, action: string): Promise<unknown> {
  const { subject, situation } = session
  if (situation.input !== undefined && (situation.action ?? action) === action) return situation.input
  const { options, contracts, reference } = subject
  const { schema } = (reference.actions[action] as Action).input
  const samples = [
    options.samples,
    ...contracts.toReversed().map((contract) => contract.samples as Readonly<Record<string, unknown>>),
  ]
  const sample = samples.find((one) => one !== undefined && Object.hasOwn(one, action))?.[action]
  if (sample === undefined) return madeInput(session, action, complete, 'ordinary')
  const input =
    typeof sample === 'function' ? await (sample as (context: ScenarioContext) => unknown)(contextOf(session)) : sample
  demand(fits(schema, input), `the sample of action '${action}' does not fit its schema: ${shown(input)}`)
  return input
}

function entityOf({ subject }: Session, name: string, which: number): unknown {
  const schema = subject.reference.entities[name]
  demand(schema !== undefined, `the interface has no entity '${name}'`)
  const given = subject.options.entities?.[name] ?? []
  if (given.length > 0) return given[which % given.length]
  return made(`the entity '${name}'`, () => validValue(schema, randomFor(subject, `entity/${name}/${which}`), complete))
}
