import { BotDefinition, BotImplementation, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { serve, type ServeOptions, startBot, type StartOptions } from 'plugboard/runtime'
import webchat from './index.ts'

const definition = new PluginDefinition({
  name: 'answers',
  version: '1.0.0',
  actions: {
    /** Says something that nobody has asked for. */
    write: {
      input: { schema: z.object({ conversationId: z.string(), type: z.string(), payload: z.unknown() }) },
      output: { schema: z.object({}) },
    },
  },
})

type Written = { readonly type: string; readonly payload: object }

const picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='8' height='4'/%3E"

/** What the bot answers, by what is said; to all else it says it again. */
const answers: Readonly<Record<string, readonly Written[]>> = {
  choose: [
    {
      type: 'choice',
      payload: {
        text: 'Tea or coffee?',
        options: [
          { label: 'Tea', value: 'tea, please' },
          { label: 'Coffee', value: 'coffee, please' },
        ],
      },
    },
  ],
  card: [
    {
      type: 'card',
      payload: {
        title: 'Plugboard',
        subtitle: 'Bots composed by contract',
        actions: [
          { action: 'url', label: 'Read more', value: 'https://example.com/' },
          { action: 'url', label: 'Run', value: 'javascript:document.title="caught"' },
          { action: 'say', label: 'Hello', value: 'hello' },
        ],
      },
    },
  ],
  image: [{ type: 'image', payload: { imageUrl: picture, title: 'A picture' } }],
  dropdown: [
    {
      type: 'dropdown',
      payload: {
        text: 'Which size?',
        options: [
          { label: 'Small', value: 'small, please' },
          { label: 'Large', value: 'large, please' },
        ],
      },
    },
  ],
  carousel: [
    {
      type: 'carousel',
      payload: {
        items: ['Oslo', 'Lima', 'Kyoto'].map((title) => ({
          title,
          subtitle: 'A city',
          imageUrl: picture,
          actions: [{ action: 'say', label: `Go to ${title}`, value: `to ${title}` }],
        })),
      },
    },
  ],
  sound: [
    {
      type: 'audio',
      payload: { audioUrl: 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEA', title: 'A sound' },
    },
  ],
  film: [{ type: 'video', payload: { videoUrl: 'data:video/mp4;base64,AAAA', title: 'A film' } }],
  paper: [{ type: 'file', payload: { fileUrl: 'https://example.com/paper.pdf', title: 'A paper' } }],
  formatted: [
    {
      type: 'markdown',
      payload: {
        markdown: [
          '# Title',
          'Some **bold**, *slanted*, ~~struck~~ and `code` with a [link](https://example.com/page).',
          'A second line.',
          '',
          '- one',
          '- two',
          '  - deeper',
          '- three',
          '',
          '1. first',
          '2. second',
          '',
          '> quoted',
          '',
          '```js',
          'const a = "<b>";',
          '```',
          '',
          '| a | b |',
          '|---|---|',
          '| 1 | 2 |',
          '',
          '---',
        ].join('\n'),
      },
    },
  ],
  hostile: [
    {
      type: 'markdown',
      payload: {
        markdown: [
          '<img src=x onerror="document.title=\'caught\'"> <script>document.title="caught"</script>',
          '[click](javascript:document.title="caught") ![x](javascript:alert(1)) [d](data:text/html,<script>1</script>)',
          '<javascript:document.title="caught"> [a](https://example.com/"onmouseover="alert(1))',
          '# <svg onload=document.title="caught">',
          '- <iframe src="javascript:parent.document.title=\'caught\'"></iframe>',
        ].join('\n\n'),
      },
    },
    {
      type: 'image',
      payload: { imageUrl: 'javascript:document.title="caught"', title: '<b>"><img src=x onerror=alert(1)>' },
    },
    { type: 'file', payload: { fileUrl: 'javascript:document.title="caught"', title: 'Run me' } },
    {
      type: 'location',
      payload: {
        latitude: 1,
        longitude: 2,
        title: '<script>document.title="caught"</script>',
        address: '"><img src=x>',
      },
    },
  ],
  mixed: [
    {
      type: 'bloc',
      payload: {
        items: [
          { type: 'text', payload: { text: 'First this.' } },
          { type: 'markdown', payload: { markdown: 'Then **this**.' } },
          { type: 'image', payload: { imageUrl: picture, title: 'And this' } },
        ],
      },
    },
  ],
  where: [{ type: 'location', payload: { latitude: 1, longitude: 2, title: 'Here' } }],
  twice: [
    { type: 'text', payload: { text: 'one' } },
    { type: 'text', payload: { text: 'two' } },
  ],
  markup: [
    { type: 'text', payload: { text: '<img src=x onerror="document.title=\'caught\'"> https://example.com/a?b=1.' } },
  ],
}

/** How the small bot differs from time to time. */
export interface SmallBotOptions {
  configuration?: {
    title?: string
    greeting?: string
    allowedOrigins?: string[]
    uploadLimit?: number
    uploadTypes?: string[]
    identitySecret?: string
  }
  /** Runs before a message goes to the channel. */
  beforeSending?: () => Promise<void>
  /** What the answer to `slowly` is made of. */
  parts?: AsyncIterable<string>
  start?: StartOptions
  serve?: ServeOptions
}

/** A bot that is served, whose answers are known: it says what was said again, with a few exceptions. */
export async function serveSmallBot({ configuration = {}, beforeSending, parts, ...options }: SmallBotOptions = {}) {
  const plugin = definition.implementedBy(async () => {
    const implementation = new PluginImplementation(definition, {
      actions: {
        write: async ({ input, client }) => {
          await client.createMessage(input as never)
          return {}
        },
      },
    })
    implementation.on.message('text', async ({ message, client, conversation }) => {
      const { text } = message.payload
      if (text === 'slowly' && parts) {
        await client.createMessage({ conversationId: conversation.id, type: 'text', stream: parts })
        return
      }
      for (const { type, payload } of answers[text] ?? [{ type: 'text', payload: { text: `You said: ${text}` } }])
        await client.createMessage({ conversationId: conversation.id, type, payload })
    })
    if (beforeSending)
      implementation.on.beforeOutgoingMessage('*', async () => {
        await beforeSending()
      })
    return { default: implementation }
  })
  const bot = new BotImplementation(
    new BotDefinition({ name: 'small' }).addIntegration(webchat, { configuration }).addPlugin(plugin),
  )
  const heard: { type: string; payload: unknown }[] = []
  bot.on.event('*', async ({ event }) => void heard.push({ type: event.type, payload: event.payload }))
  const running = await startBot(bot, { log: () => {}, environment: {}, retries: { attempts: 1 }, ...options.start })
  let server = await serve(() => running, { port: 0, ...options.serve })
  const { url } = server
  return {
    running,
    /** The events that the bot has heard. */
    heard,
    /** The actions of the chat. */
    actions: running.actions.webchat,
    /** Lets the bot say something by itself. */
    write: (conversationId: string, said: string | Written) =>
      running.actions.answers.write({
        conversationId,
        ...(typeof said === 'string' ? { type: 'text', payload: { text: said } } : said),
      }),
    /** The page; the endpoints are below it. */
    url: `${url}/webchat/`,
    /** Takes the server away, and leaves the bot. */
    pauseServing: () => server.close(),
    /** Serves again, under the same address. */
    serveAgain: async () => {
      server = await serve(() => running, { port: Number(new URL(url).port) })
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await running.stop()
    },
  }
}

/** What an answer is made of, as slowly as a test writes it. */
export function slowly() {
  const parts: (string | Error | undefined)[] = []
  let wake = (): void => {}
  const push = (part: string | Error | undefined): void => {
    parts.push(part)
    wake()
  }
  return {
    write: (part: string) => push(part),
    end: () => push(undefined),
    fail: (error: Error) => push(error),
    async *[Symbol.asyncIterator](): AsyncGenerator<string, void, void> {
      for (;;) {
        if (parts.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        const part = parts.shift()
        if (part === undefined) return
        if (part instanceof Error) throw part
        yield part
      }
    },
  }
}
