import {
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  messages,
  PlugboardError,
  z,
} from 'plugboard'
import { type ActContext, defineContract, demand, demandEqual, runSuite, type SuiteOptions } from 'plugboard/testing'
import { expect, it } from 'vitest'

const greeting = new InterfaceDefinition({
  name: 'greeting',
  version: '1.0.0',
  entities: { friend: { schema: z.object({}) } },
  actions: {
    greet: {
      idempotent: true,
      input: { schema: () => z.object({ conversationId: z.string(), warmth: z.number().int().min(1).max(3) }) },
      output: { schema: () => z.object({}) },
    },
  },
})
const contract = defineContract(greeting, {
  acts: { wave: 'somebody waves' },
  ids: async ({ place }) => ({ conversationId: (await place()).conversationId }),
  scenarios: [
    {
      name: 'waves-back',
      title: 'whoever waves is greeted',
      async run({ act, place }) {
        const { conversationId, messageId } = await place()
        await act('wave', { conversationId, messageId, reaction: '👋', entity: { name: 'Ada' } })
      },
    },
    {
      name: 'takes-what-is-written',
      title: 'what somebody writes comes in',
      async run({ act }) {
        const written = await act('write', { text: 'Good evening' })
        demandEqual(
          written.map(({ payload }) => payload),
          [{ text: 'Good evening' }],
          'what came in',
        )
      },
    },
    {
      name: 'is-in-one-place',
      title: 'the place is the same one',
      run: async ({ place }) => demandEqual(await place(), await place(), 'the place'),
    },
    {
      name: 'writes-back',
      title: 'what the bot writes is sent',
      async run({ place, send, shown }) {
        const { conversationId } = await place()
        const { direction } = await send({ conversationId, type: 'text', payload: { text: 'Hi' } })
        demandEqual(direction, 'outgoing', 'the direction of the message')
        demandEqual((await shown('messages')).at(-1), { text: 'Hi' }, 'what is shown')
      },
    },
    {
      name: 'says-why-not',
      title: 'what is not sent says why',
      async run({ place, send }) {
        const { conversationId } = await place()
        const error: unknown = await send({ conversationId, type: 'text', payload: { text: 'refuse me' } }).catch(
          (thrown: unknown) => thrown,
        )
        demand(PlugboardError.isInstance(error) && error.code === 'vendor_refused', 'it is sent')
      },
    },
  ],
})

const definition = new IntegrationDefinition({
  name: 'greeter',
  entities: { friend: { schema: z.object({ name: z.string() }) } },
  channels: { room: { messages: { text: messages.defaults.text }, conversation: { tags: { id: {} } } } },
}).extend(greeting, ({ entities }) => ({ entities: { friend: entities.friend } }))

/** A right integration, and what its platform was asked to show. */
function greeter() {
  const shown: { text: string }[] = []
  const greeted: string[] = []
  const integration = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      webhook: { verify: 'none', deliveryId: 'none' },
      handler: async ({ req, client }) => {
        if (req.headers['x-signature'] !== 'right') return { status: 403, body: 'go away' }
        const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
        const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { id: 'hall' } })
        const payload = { text: req.body ?? '' }
        await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload })
        return undefined
      },
      channels: {
        room: {
          messages: {
            text: async ({ payload }) => {
              if (payload.text === 'refuse me') throw new PlugboardError({ code: 'vendor_refused', message: 'no' })
              shown.push(payload)
            },
          },
        },
      },
      actions: {
        greet: async ({ input, client }) => {
          greeted.push((await client.getConversation({ id: input.conversationId })).conversation.tags['id'] ?? '')
          return {}
        },
      },
    }),
  }))
  return { integration, shown, greeted }
}

const write = ({ receive, text }: ActContext, signature = 'right') =>
  receive({ headers: { 'x-signature': signature }, body: text })
async function run(options: Partial<SuiteOptions> = {}) {
  const { integration, shown, greeted } = greeter()
  const people = { write: (context: ActContext) => write(context), wave: () => {} }
  const report = await runSuite(contract, {
    integration,
    date: '2026-11-29',
    people,
    shown: () => ({ messages: shown }),
    ...options,
  })
  const outcomeOf = (name: string) => report.checks.find(({ check }) => check === name)
  return { report, greeted, outcomeOf }
}

it('does everything where somebody has written', async () => {
  const { report, greeted } = await run()
  expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  expect(new Set(greeted)).toEqual(new Set(['hall']))
})

it('gives an act what it is about', async () => {
  const seen: ActContext[] = []
  await run({ people: { write, wave: (context) => void seen.push(context) } })
  expect(seen).toMatchObject([
    {
      conversation: { channel: 'room', tags: { id: 'hall' } },
      message: { payload: { text: 'Hello' } },
      text: 'Hello',
      reaction: '👋',
      entity: { name: 'Ada' },
    },
  ])
})

it('skips what nobody plays or shows, and says so', async () => {
  const without = await run({ people: {}, shown: () => ({}) })
  expect(without.outcomeOf('greet/output')).toMatchObject({
    outcome: 'skipped',
    reason: "nobody plays the act 'write': somebody writes to the bot",
  })
  expect(without.report.outcome).toBe('passed')
  const alone = await run({ people: { write }, shown: () => ({}) })
  expect(alone.outcomeOf('greeting/waves-back')).toMatchObject({
    outcome: 'skipped',
    reason: "nobody plays the act 'wave': somebody waves",
  })
  expect(alone.outcomeOf('greeting/writes-back')).toMatchObject({
    outcome: 'skipped',
    reason: "what the platform shows of 'messages' cannot be told",
  })
})

it('fails where what people do brings nothing in, and says what was refused', async () => {
  const refused = await run({ people: { write: (context) => write(context, 'wrong') } })
  expect(refused.outcomeOf('greet/output')).toMatchObject({
    outcome: 'failed',
    reason: 'somebody wrote to the bot, and no message came in; the webhook answered 403: "go away"',
  })
  expect(refused.outcomeOf('greeting/takes-what-is-written')?.reason).toMatch(/; the webhook answered 403: "go away"$/)
  const silent = await run({ people: { write: () => {} } })
  expect(silent.outcomeOf('greet/output')).toMatchObject({
    outcome: 'failed',
    reason: 'somebody wrote to the bot, and no message came in',
  })
})

it('ends where a message is never sent, or a request never answered', async () => {
  const never = (): Promise<never> => new Promise(() => {})
  const silent = (handlers: object) =>
    definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, {
        webhook: { verify: 'none', deliveryId: 'none' },
        handler: async ({ req, client }) => {
          const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
          const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { id: 'hall' } })
          const payload = { text: req.body ?? '' }
          await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload })
          return undefined
        },
        channels: { room: { messages: { text: never } } },
        actions: { greet: async () => ({}) },
        ...handlers,
      }),
    }))
  const outcomesOf = async (handlers: object) => {
    const { checks } = await runSuite(contract, {
      integration: silent(handlers),
      date: '2026-11-29',
      people: { write: (context) => write(context) },
      patience: 50,
      timeout: 200,
      generated: 2,
    })
    return (name: string) => checks.find(({ check }) => check === name)
  }
  const unsent = await outcomesOf({})
  expect(unsent('greeting/writes-back')).toMatchObject({
    outcome: 'failed',
    reason: "no answer within 200 ms: 'room/text' was called, and does not end",
  })
  expect(unsent('greeting/says-why-not')?.reason).toMatch(/^no answer within 50 ms/)
  const unheard = await outcomesOf({ handler: never })
  expect(unheard('greeting/writes-back')).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('the webhook answered 503') as string,
  })
})
