import { complete } from '../generation/style.ts'
import { fits, validValue } from '../generation/valid-value.ts'
import type { ScenarioContext } from '../contract.ts'
import { act, placeIn, send, shownOf } from './acting.ts'
import { made, madeInput, randomFor } from './inputs.ts'
import { withIds } from './with-ids.ts'
import type { Session } from './session.ts'
import type { Action, Subject } from './subject.ts'
import { demand, shown, skip } from './verdict.ts'

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
    client: session.client,
    place: () => placeIn(session),
    act: (name, about) => act(session, name, about),
    send: (message) => send(session, message),
    shown: (kind) => shownOf(session, kind),
  }
}

/**
 * An input that the integration should answer: that of its tests, else the contract's, else one made from the schema. In a
 * situation that comes about by an input, that one.
 */
export async function ordinaryInput(session: Session, action: string): Promise<unknown> {
  const { subject, situation } = session
  if (situation.input !== undefined && (situation.action ?? action) === action) return situation.input
  const { schema } = (subject.reference.actions[action] as Action).input
  const sample = sampleOf(subject, action)
  if (sample === undefined) return withRealIds(session, madeInput(session, action, complete, 'ordinary'))
  const input = await given(session, sample)
  demand(fits(schema, input), `the sample of action '${action}' does not fit its schema: ${shown(input)}`)
  return input
}

/** What the integration's tests give for an action, else the contract; undefined where neither does. */
export function sampleOf({ options, contracts }: Subject, action: string): unknown {
  const samples = [
    options.samples,
    ...contracts.toReversed().map((contract) => contract.samples as Readonly<Record<string, unknown>>),
  ]
  return samples.find((one) => one !== undefined && Object.hasOwn(one, action))?.[action]
}

/** A message that the integration's tests give for a channel and a type; undefined where they give none. */
export async function givenMessage(session: Session, name: string): Promise<unknown> {
  const { messages = {} } = session.subject.options
  return Object.hasOwn(messages, name) ? given(session, messages[name]) : undefined
}

/** What was made from a schema, with ids of what there is, where the contract says which. */
export async function withRealIds(session: Session, value: unknown): Promise<unknown> {
  const ids = session.subject.contracts.toReversed().find((contract) => contract.ids)?.ids
  if (!ids) return value
  session.ids ??= ids(contextOf(session))
  return withIds(value, await session.ids)
}

/** A conversation of a channel of the interface. The check is skipped where there is none. */
export async function conversationOn(session: Session, channel: string): Promise<string> {
  const { contracts, implementation, options } = session.subject
  const begin = contracts
    .toReversed()
    .map(
      ({ conversations }) => conversations as Readonly<Record<string, (context: ScenarioContext) => Promise<string>>>,
    )
    .find((conversations) => Object.hasOwn(conversations, channel))?.[channel]
  if (begin) return begin(contextOf(session))
  if (!options.people?.['write']) skip(`nobody says how a conversation of '${channel}' begins`)
  const { conversationId } = await placeIn(session)
  const { conversation } = await session.client.getConversation({ id: conversationId })
  if (conversation.channel !== (implementation.channels[channel] ?? channel))
    skip(`people write in '${conversation.channel}': nobody says how a conversation of '${channel}' begins`)
  return conversationId
}

async function given(session: Session, sample: unknown): Promise<unknown> {
  return typeof sample === 'function' ? (sample as (context: ScenarioContext) => unknown)(contextOf(session)) : sample
}

function entityOf({ subject }: Session, name: string, which: number): unknown {
  const schema = subject.reference.entities[name]
  demand(schema !== undefined, `the interface has no entity '${name}'`)
  const known = subject.options.entities?.[name] ?? []
  if (known.length > 0) return known[which % known.length]
  return made(`the entity '${name}'`, () => validValue(schema, randomFor(subject, `entity/${name}/${which}`), complete))
}
