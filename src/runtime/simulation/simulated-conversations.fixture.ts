import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  PlugboardError,
  z,
} from 'plugboard'
import { type RunningBot, startBot } from 'plugboard/runtime'
import { MemoryQueue } from '../memory/memory-queue.ts'
import { type PlantedBug, SimulatedProcess, SimulatedWorld } from './simulated-world.fixture.ts'

/** What happens in a simulated run. */
export interface Schedule {
  readonly seed: number
  /** How many processes share the database. */
  readonly processes: number
  /** How many messages each conversation has. */
  readonly conversations: readonly number[]
  /** After how many statements processes die, one death after another. */
  readonly deaths: readonly number[]
}

/** Something that must not happen, in words; empty where all is well. */
export type Faults = readonly string[]

interface Sent {
  readonly key: string
  readonly conversation: string
  readonly text: string
}

const text = { schema: z.object({ text: z.string() }) }

/**
 * People write to a bot over a platform that resends until it is acknowledged and now and then sends something twice. The bot
 * counts what it was told in a state, answers with the number, and tells itself of it by an event. Gives what went wrong.
 */
export async function faultsOf(schedule: Schedule, bug?: PlantedBug): Promise<Faults> {
  const { seed, conversations } = schedule
  const world = new SimulatedWorld(seed, schedule.deaths, bug)
  const sent: Sent[] = []
  const platform = platformOf(world, sent, bug)
  const living: { bot: RunningBot | undefined; process: SimulatedProcess }[] = []
  const start = (index: number): void => {
    const process = new SimulatedProcess()
    const place: (typeof living)[number] = { bot: undefined, process }
    living[index] = place
    const clock = world.clockOf(process)
    const queue = new MemoryQueue(clock)
    // A process that dies while it starts never answers.
    startBot(countingBot(world, platform, process), {
      store: world.storeOf(process),
      queue,
      clock,
      environment: {},
      log: () => {},
    }).then(
      (bot) => {
        place.bot = bot as never
      },
      () => {},
    )
    void process.died.then(() => start(index))
  }
  for (let index = 0; index < schedule.processes; index += 1) start(index)

  let writing = conversations.length
  const write = async (room: string, count: number): Promise<void> => {
    const clock = world.clockOf(undefined)
    for (let number = 1; number <= count; number += 1) {
      const body = JSON.stringify({ room, text: String(number), delivery: `${room}/${number}` })
      for (let acknowledged = false; !acknowledged;) {
        const place = living[Math.floor(world.random() * living.length)]
        const answer = place?.bot
          ? await Promise.race([
              place.bot.receive('desk', {
                method: 'POST',
                path: '/webhook',
                query: '',
                headers: {},
                body,
                rawBody: new TextEncoder().encode(body),
                signal: new AbortController().signal,
              }),
              place.process.died,
            ])
          : undefined
        // Some acknowledgements are lost on their way.
        acknowledged = answer?.status === 200 && world.random() > 0.15
        if (!acknowledged) await clock.sleep(500 + 500 * world.random())
      }
    }
    writing -= 1
  }
  conversations.forEach((count, index) => void write(`r${index}`, count))

  const isQuiet = (): boolean => writing === 0 && world.count('inbox') === 0 && world.count('outbox') === 0
  const finished = await world.run(isQuiet, 3_600_000)
  const faults = finished ? judge(world, conversations, sent) : ['it never comes to an end']
  world.close()
  return faults
}

/** What is wrong with what was sent and stored. */
function judge(world: SimulatedWorld, conversations: readonly number[], sent: readonly Sent[]): Faults {
  const faults: string[] = []
  const platform = new Map<string, Sent>()
  for (const message of sent) if (!platform.has(message.key)) platform.set(message.key, message)
  conversations.forEach((count, index) => {
    const room = `r${index}`
    const answers = [...platform.values()].filter(({ conversation }) => conversation === room)
    const said = answers.filter((answer) => !answer.text.startsWith('event')).map((answer) => answer.text)
    const expected = Array.from({ length: count }, (_, number) => `${number + 1}: ${number + 1}`)
    if (said.join() !== expected.join()) faults.push(`${room}: expected ${expected.join()}; got ${said.join()}`)
    const told = answers.filter((answer) => answer.text.startsWith('event')).map((answer) => answer.text)
    if (new Set(told).size !== count || told.length !== count)
      faults.push(`${room}: ${told.length} events: ${told.join()}`)
  })
  if (world.count('dead_letters') > 0) faults.push(`${world.count('dead_letters')} dead letters`)
  const total = conversations.reduce((sum, count) => sum + count, 0)
  if (world.count('messages') !== 3 * total) faults.push(`${world.count('messages')} messages for ${total}`)
  return faults
}

interface Platform {
  send(process: SimulatedProcess, message: Sent): Promise<void>
}

function platformOf(world: SimulatedWorld, sent: Sent[], bug: PlantedBug | undefined): Platform {
  return {
    send: async (process, message) => {
      const key = bug?.idempotencyKey?.(message.key, world.random) ?? message.key
      await world.turn(process, () => {
        if (world.random() < 0.05)
          throw new PlugboardError({ code: 'vendor_unavailable', message: 'away', retryable: true })
        sent.push({ ...message, key })
      })
      // The answer has a way too, on which the process may die or be suspended.
      await world.turn(process, () => {})
    },
  }
}

function countingBot(world: SimulatedWorld, platform: Platform, process: SimulatedProcess) {
  const desk = new IntegrationDefinition({
    name: 'desk',
    channels: { room: { messages: { text }, conversation: { tags: { room: { identity: true } } } } },
    user: { tags: { id: { identity: true } } },
  })
  const packaged = desk.implementedBy(async () => ({
    default: new IntegrationImplementation(desk, {
      webhook: { deliveryId: ({ body }) => (JSON.parse(body ?? '{}') as { delivery: string }).delivery },
      handler: async ({ client, req }) => {
        const { room, text: said } = JSON.parse(req.body ?? '{}') as { room: string; text: string }
        const { user } = await client.getOrCreateUser({ tags: { id: room } })
        const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { room } })
        const conversationId = conversation.id
        await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text: said } })
      },
      channels: {
        room: {
          messages: {
            text: ({ payload, conversation, ctx }) =>
              platform.send(process, {
                key: ctx.idempotencyKey,
                conversation: conversation.tags.room ?? '',
                text: payload.text,
              }),
          },
        },
      },
    }),
  }))
  const definition = new BotDefinition({
    name: 'counter',
    states: { count: { type: 'conversation', schema: z.object({ count: z.number() }) } },
    events: { counted: { schema: z.object({ count: z.number() }) } },
  }).addIntegration(packaged)
  const bot = new BotImplementation(definition)
  bot.on.message('text', async ({ message, client, conversation }) => {
    const { id } = conversation
    const { state } = await client.getState({ name: 'count', id })
    const count = (state?.payload.count ?? 0) + 1
    await client.setState({ name: 'count', id, payload: { count } })
    await client.createMessage({
      conversationId: id,
      type: 'text',
      payload: { text: `${message.payload.text}: ${count}` },
    })
    if (world.random() < 0.03) throw new Error('A handler fails now and then.')
  })
  bot.on.message('text', async ({ client, conversation }) => {
    const { id } = conversation
    const { state } = await client.getState({ name: 'count', id })
    await client.createEvent({ type: 'counted', payload: { count: state?.payload.count ?? 0 }, conversationId: id })
    if (world.random() < 0.03) throw new Error('Another one does, too.')
  })
  bot.on.event('counted', async ({ event, client }) => {
    const { count } = event.payload
    const conversationId = event.conversationId ?? ''
    await client.createMessage({ conversationId, type: 'text', payload: { text: `event ${count}` } })
  })
  return bot
}
