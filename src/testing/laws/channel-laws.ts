import { isDeepStrictEqual } from 'node:util'
import { nearMisses } from '../generation/near-misses.ts'
import { complete } from '../generation/style.ts'
import { validValue } from '../generation/valid-value.ts'
import type { Check } from '../suite/check.ts'
import { givenEntities, made, randomFor } from '../suite/inputs.ts'
import { parsed, Session } from '../suite/session.ts'
import type { Subject } from '../suite/subject.ts'
import { codeOf, demand, messageOf, shown } from '../suite/verdict.ts'

const mostMisses = 20

/** What holds for the messages of the channels of any interface, as far as no platform is needed for it. */
export function channelLaws(subject: Subject): Check[] {
  return Object.entries(subject.reference.channels).flatMap(([channel, { messages }]) =>
    Object.entries(messages).map(([type, { schema }]) => ({
      name: `channels/${channel}/${type}`,
      title: `a message '${type}' comes in on '${channel}' as it was told, and only if it fits its schema`,
      run: async () => comesIn(subject, channel, type, schema),
    })),
  )
}

async function comesIn(
  subject: Subject,
  channel: string,
  type: string,
  schema: Parameters<typeof validValue>[0],
): Promise<void> {
  const heard: unknown[] = []
  await using session = await Session.start(subject, {}, (bot) =>
    bot.on.message('*', async ({ message }) => void heard.push(message.payload)),
  )
  const random = randomFor(subject, `channels/${channel}/${type}`)
  const payload = made(`a message '${type}'`, () => validValue(schema, random, complete, givenEntities(subject)))
  const own = subject.implementation.channels[channel] ?? channel
  const { user } = await session.client.getOrCreateUser({ tags: {} })
  const { conversation } = await session.client.getOrCreateConversation({ channel: own, tags: {} })
  const tell = async (given: unknown): Promise<unknown> => {
    try {
      await session.client.createMessage({
        conversationId: conversation.id,
        userId: user.id,
        type,
        payload: given,
      })
      return undefined
    } catch (error) {
      return error
    }
  }
  for (const { what, value } of random.shuffled(nearMisses(schema, payload)).slice(0, mostMisses)) {
    const error = await tell(value)
    demand(
      codeOf(error) === 'payload_invalid',
      `a message that does not fit is not refused: ${what}${error === undefined ? '' : `: ${messageOf(error)}`}`,
    )
  }
  const error = await tell(payload)
  demand(error === undefined, `a message that fits is refused: ${messageOf(error)}; it was ${shown(payload)}`)
  await session.bot.idle()
  demand(
    heard.length === 1 && isDeepStrictEqual(heard[0], parsed(schema, payload)),
    `the message is not heard as it was told: ${shown(payload)} became ${shown(heard)}`,
  )
}
