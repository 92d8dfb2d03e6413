import { BotDefinition, PluginDefinition, PluginImplementation } from 'plugboard'
import { serve, startBot } from 'plugboard/runtime'
import webchat from './index.ts'

const definition = new PluginDefinition({ name: 'answers', version: '1.0.0' })

type Written = { readonly type: 'text' | 'image' | 'choice' | 'card' | 'location'; readonly payload: object }

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
  configuration?: { title?: string; greeting?: string; allowedOrigins?: string[] }
  /** Runs before a message goes to the channel. */
  beforeSending?: () => Promise<void>
  /** What the answer to `slowly` is made of. */
  parts?: AsyncIterable<string>
}

/** A bot that is served, whose answers are known: it says what was said again, with a few exceptions. */
export async function serveSmallBot({ configuration = {}, beforeSending, parts }: SmallBotOptions = {}) {
  const plugin = definition.implementedBy(async () => {
    const implementation = new PluginImplementation(definition)
    implementation.on.message('text', async ({ message, client, conversation }) => {
      const { text } = message.payload
      if (text === 'slowly' && parts) {
        await client.createMessage({ conversationId: conversation.id, type: 'text', stream: parts })
        return
      }
      for (const { type, payload } of answers[text] ?? [{ type: 'text', payload: { text: `You said: ${text}` } }])
        await client.createMessage({ conversationId: conversation.id, type, payload: payload as never })
    })
    if (beforeSending)
      implementation.on.beforeOutgoingMessage('*', async () => {
        await beforeSending()
      })
    return { default: implementation }
  })
  const running = await startBot(
    new BotDefinition({ name: 'small' }).addIntegration(webchat, { configuration }).addPlugin(plugin),
    { log: () => {}, environment: {}, retries: { attempts: 1 } },
  )
  let server = await serve(() => running, { port: 0 })
  const { url } = server
  return {
    running,
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
