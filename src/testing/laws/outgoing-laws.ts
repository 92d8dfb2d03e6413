import { isDeepStrictEqual } from 'node:util'
import { messages as known, PlugboardError, type z } from 'plugboard'
import { nearMisses } from '../generation/near-misses.ts'
import { complete, plain, sparse, type Style } from '../generation/style.ts'
import { validValue } from '../generation/valid-value.ts'
import { beginSend, insistOnSending, type Written } from '../suite/acting.ts'
import type { Check } from '../suite/check.ts'
import { givenEntities, made, randomFor } from '../suite/inputs.ts'
import type { HandlerCall } from '../suite/probe.ts'
import { conversationOn, givenMessage, withRealIds } from '../suite/scenario-context.ts'
import { parsed, Session } from '../suite/session.ts'
import type { Subject } from '../suite/subject.ts'
import { codeOf, demand, messageOf, shown, skip } from '../suite/verdict.ts'
import { demandStopped } from './abort-laws.ts'
import { demandTold, type Expectation, expectations } from './expectations.ts'

const mostMisses = 20

type Messages = Readonly<Record<string, { readonly schema: z.core.$ZodType }>>

/** What holds for what is written on the channels of any interface. */
export function outgoingLaws(subject: Subject): Check[] {
  return Object.entries(subject.reference.channels).flatMap(([channel, { messages }]) => {
    const check = (law: string, title: string, run: (session: Session) => Promise<string | void>): Check => ({
      name: `channels/${channel}/${law}`,
      title,
      run: async () => {
        await using session = await Session.start(subject)
        const note = await run(session)
        return note
      },
    })
    const [first = ''] = Object.keys(messages)
    return [
      ...Object.entries(messages).flatMap(([type, { schema }]) => [
        check(`${type}/sent`, `a message '${type}' that fits its schema is sent as it was written`, (session) =>
          sends(session, channel, type, schema),
        ),
        check(
          `${type}/invalid`,
          `a message '${type}' that does not fit its schema is refused before the integration is called`,
          (session) => refuses(session, channel, type, schema),
        ),
      ]),
      check('degraded', 'a message that the channel does not carry is sent as a text', (session) =>
        degrades(session, channel, messages),
      ),
      check('abort', 'a message whose sending is cut off is given up', (session) => givesUp(session, channel, first)),
      ...expectations.map((expected) =>
        check(expected.situation, expected.title, (session) => tells(session, channel, first, expected)),
      ),
    ]
  })
}

async function sends(session: Session, channel: string, type: string, schema: z.core.$ZodType): Promise<void> {
  const conversationId = await conversationOn(session, channel)
  for (const payload of await payloadsFor(session, channel, type, schema)) {
    const call = await insisted(session, { conversationId, type, payload })
    demand(
      call?.action === `${ownName(session, channel)}/${type}` &&
        isDeepStrictEqual(parsed(schema, call.input), parsed(schema, payload)),
      `the message is not sent as it was written: ${shown(payload)} became '${call?.action}' ${shown(call?.input)}`,
    )
  }
}

async function insisted(session: Session, written: Written): Promise<HandlerCall | undefined> {
  const outcome = await insistOnSending(session, written).then(
    (call) => ({ call, error: undefined }),
    (error: unknown) => ({ call: undefined, error }),
  )
  const { type, payload } = written
  demand(
    outcome.error === undefined,
    `a message '${type}' that fits is not sent: ${messageOf(outcome.error)}; it was ${shown(payload)}`,
  )
  return outcome.call
}

/** A message that the integration's tests give; else several that are made from the schema. */
async function payloadsFor(
  session: Session,
  channel: string,
  type: string,
  schema: z.core.$ZodType,
): Promise<readonly unknown[]> {
  const given = await givenMessage(session, `${channel}/${type}`)
  if (given !== undefined) return [given]
  const makings = [complete, sparse, plain].map((style) =>
    withRealIds(session, madePayload(session, channel, type, schema, style)),
  )
  return Promise.all(makings)
}

function madePayload(
  { subject }: Session,
  channel: string,
  type: string,
  schema: z.core.$ZodType,
  style: Style,
): unknown {
  const random = randomFor(subject, `channels/${channel}/${type}/${style.optional}`)
  return made(`a message '${type}'`, () => validValue(schema, random, style, givenEntities(subject)))
}

async function refuses(session: Session, channel: string, type: string, schema: z.core.$ZodType): Promise<void> {
  const conversationId = await conversationOn(session, channel)
  const payload = madePayload(session, channel, type, schema, complete)
  const random = randomFor(session.subject, `channels/${channel}/${type}/near-misses`)
  const earlier = session.probe.sends.length
  for (const { what, value } of random.shuffled(nearMisses(schema, payload)).slice(0, mostMisses)) {
    let error: unknown
    try {
      await beginSend(session, { conversationId, type, payload: value })
    } catch (thrown) {
      error = thrown
    }
    demand(
      session.probe.sends.length === earlier,
      `the integration is called with a message that does not fit: ${what}`,
    )
    demand(
      codeOf(error) === 'payload_invalid',
      `a message that does not fit is not refused as such: ${what}${error === undefined ? '' : `: ${messageOf(error)}`}`,
    )
  }
}

async function degrades(session: Session, channel: string, messages: Messages): Promise<void> {
  const types = Object.keys(known.defaults).filter((type) => !Object.hasOwn(messages, type))
  if (types.length === 0) skip('the channel carries every message that most channels know')
  if (!Object.hasOwn(messages, 'text')) skip('the channel carries no text')
  const conversationId = await conversationOn(session, channel)
  for (const type of types) {
    const { schema } = known.defaults[type as keyof typeof known.defaults]
    const payload = madePayload(session, channel, type, schema, plain)
    await insisted(session, { conversationId, type, payload })
  }
}

async function givesUp(session: Session, channel: string, type: string): Promise<void> {
  await within(session, channel, type, 'slow', async (message) => {
    const { call } = await beginSend(session, message)
    if (!call) skip('the message does not come to the integration')
    // Not at once: a handler that looks at its signal first and never again is to be seen.
    setImmediate(() => void session.bot.stop())
    await demandStopped(session, call)
  })
}

async function tells(session: Session, channel: string, type: string, expected: Expectation): Promise<void> {
  const name = `${channel}/${expected.situation}`
  const situation = session.subject.options.situations?.[name]
  if (!situation) skip(`the situation '${name}' is not brought about`)
  await within(session, channel, type, expected.situation, async (message) => {
    const { call } = await beginSend(session, message)
    await call?.ended
    demand(call?.end?.kind === 'threw', `a message '${type}' is sent all the same`)
    const { error } = call.end
    demand(PlugboardError.isInstance(error), `a message '${type}' fails without a code: ${messageOf(error)}`)
    demandTold(`a message '${type}'`, error, expected, situation)
  })
}

/** Does something with a message in a situation that is brought about once there is a conversation for it. */
async function within(
  session: Session,
  channel: string,
  type: string,
  name: string,
  work: (message: Written) => Promise<void>,
): Promise<void> {
  const situation = session.subject.options.situations?.[`${channel}/${name}`]
  const schema = session.subject.reference.channels[channel]?.messages[type]?.schema
  if (!schema) skip('the channel carries nothing')
  const conversationId = await conversationOn(session, channel)
  const [payload] = await payloadsFor(session, channel, type, schema)
  await situation?.before?.()
  try {
    await work({ conversationId, type, payload })
  } finally {
    await situation?.after?.()
  }
}

const ownName = ({ subject }: Session, channel: string): string => subject.implementation.channels[channel] ?? channel
