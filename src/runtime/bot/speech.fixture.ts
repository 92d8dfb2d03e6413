import { BotDefinition, IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, z } from 'plugboard'

/** An interface with everything that one can have. */
export const speech = new InterfaceDefinition({
  name: 'speech',
  version: '1.0.0',
  capabilities: { stream: 'word by word', loud: 'shouts' },
  entities: { voice: { schema: z.object({ id: z.string() }) } },
  actions: {
    say: {
      fieldCapabilities: { loud: 'loud' },
      input: {
        schema: ({ voice }) =>
          z.object({
            text: z.string(),
            times: z.number().default(2),
            trimmed: z
              .string()
              .transform((text) => text.length)
              .optional(),
            loud: z.boolean().optional(),
            voice: voice.optional(),
          }),
      },
      output: { schema: ({ voice }) => z.object({ text: z.string(), voice: voice.optional() }) },
    },
    sayWords: {
      capability: 'stream',
      downgrade: { to: 'say', items: ({ text }: { text: string }) => [{ word: text }] },
      input: { schema: () => z.object({ text: z.string(), times: z.number().default(1) }) },
      stream: { schema: () => z.object({ word: z.string() }) },
      output: { schema: () => z.object({ text: z.string() }) },
    },
    listVoices: {
      idempotent: true,
      input: { schema: () => z.object({}) },
      output: { schema: ({ voice }) => z.object({ voices: z.array(voice) }) },
    },
  },
  events: { spoke: { schema: ({ voice }) => z.object({ voice }) } },
})

type Props = Readonly<Record<string, never>> & {
  readonly input: Record<string, unknown>
  readonly signal: AbortSignal
  readonly ctx: { readonly idempotencyKey: string }
}

/** What the integration does: replaced by a test. */
export interface Behaviour {
  say?: (props: Props) => unknown
  sayWords?: (props: Props) => AsyncGenerator<unknown, unknown, void>
  listVoices?: (props: Props) => unknown
}

/** An integration whose code is given by a test, with voices whose ids begin with its name. */
export function speaker<const TName extends string>(
  name: TName,
  behaviour: Behaviour = {},
  capabilities: readonly ('stream' | 'loud')[] = ['stream', 'loud'],
) {
  const definition = new IntegrationDefinition({
    name,
    version: '1.0.0',
    configuration: { schema: z.object({ key: z.string().default('none') }) },
    configurations: { quiet: { schema: z.object({}), capabilities: ['stream'] } },
    entities: { tone: { schema: z.object({ id: z.string().startsWith(name), pitch: z.number() }) } },
    channels: {
      chat: { messages: { text: { schema: z.object({ text: z.string() }) } }, conversation: { tags: { room: {} } } },
      dm: { messages: { text: { schema: z.object({ text: z.string() }) } } },
    },
    user: { tags: { id: {} } },
  }).extend(speech, ({ entities }) => ({
    entities: { voice: entities.tone },
    capabilities: ['stream', 'loud'],
    events: { spoke: { name: 'hasSpoken' } },
  }))
  const sent: string[] = []
  const handlers = {
    handler: async ({
      req,
      client,
    }: {
      req: { body?: string; headers: Record<string, string | undefined> }
      client: never
    }) => {
      await bringIn(client, JSON.parse(req.body ?? '{}') as Incoming)
      return { status: 202 }
    },
    webhook: {
      verify: 'none',
      deliveryId: (req: { headers: Readonly<Record<string, string | undefined>> }) => req.headers['x-delivery'],
    },
    capabilities: () => capabilities,
    channels: {
      chat: {
        messages: {
          text: async ({
            payload,
            conversation,
          }: {
            payload: { text: string }
            conversation: { tags: Record<string, string | undefined> }
          }) => void sent.push(`${conversation.tags['room']}: ${payload.text}`),
        },
      },
      dm: { messages: { text: async () => {} } },
    },
    actions: {
      say: async ({ input }: Props) => ({ text: String(input['text']).repeat(Number(input['times'])) }),
      sayWords: async function* ({ input }: Props) {
        for (const word of String(input['text']).split(' ')) yield { word }
        return { text: String(input['text']) }
      },
      listVoices: async () => ({ voices: [{ id: `${name}-1`, pitch: 1 }] }),
      ...behaviour,
    },
  }
  const installable = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, handlers as never),
  }))
  return Object.assign(installable, { sent })
}

/** What a webhook of a speaker brings in. */
export interface Incoming {
  readonly text?: string
  readonly room?: string
  readonly channel?: string
  readonly event?: object
}

type AnyClient = {
  getOrCreateUser(user: object): Promise<{ user: { id: string } }>
  getOrCreateConversation(conversation: object): Promise<{ conversation: { id: string } }>
  createMessage(message: object): Promise<unknown>
  createEvent(event: object): Promise<unknown>
}

async function bringIn(client: AnyClient, { text, room = 'r', channel = 'chat', event }: Incoming): Promise<void> {
  const { user } = await client.getOrCreateUser({ tags: { id: 'ada' } })
  const { conversation } = await client.getOrCreateConversation({ channel, tags: { room } })
  if (text !== undefined)
    await client.createMessage({ conversationId: conversation.id, userId: user.id, type: 'text', payload: { text } })
  if (event) await client.createEvent({ type: 'hasSpoken', payload: event, conversationId: conversation.id })
}

/** A request to the webhook of a speaker. */
export const webhook = (body: Incoming, delivery?: string) => ({
  method: 'POST',
  path: '/webhook',
  query: '',
  headers: delivery === undefined ? {} : { 'x-delivery': delivery },
  body: JSON.stringify(body),
  rawBody: new Uint8Array(),
  signal: new AbortController().signal,
})

/** A bot that needs speech itself, with one speaker. */
export const speakingBot = (behaviour: Behaviour = {}, capabilities?: readonly ('stream' | 'loud')[]) =>
  new BotDefinition({ interfaces: { speech } }).addIntegration(speaker('one', behaviour, capabilities))

/** A promise, and what settles it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
