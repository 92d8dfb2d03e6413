import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import type { WebhookResponse } from '../../implementation/request.ts'

const voiceOf = <const TVersion extends string>(version: TVersion) =>
  new InterfaceDefinition({
    name: 'voice',
    version,
    capabilities: { shout: 'louder than speech' },
    entities: { tone: { schema: z.object({ id: z.string() }) } },
    actions: {
      speak: {
        input: { schema: () => z.object({ text: z.string() }) },
        output: { schema: () => z.object({ text: z.string() }) },
      },
    },
  })
const voice = voiceOf('1.1.0')
const voiceBefore = voiceOf('1.0.0')
const ears = new InterfaceDefinition({
  name: 'ears',
  version: '1.0.0',
  actions: { hear: { input: { schema: () => z.object({}) }, output: { schema: () => z.object({}) } } },
})

const speak = (name: string) => ({
  actions: { speak: async ({ input }: { input: { text: string } }) => ({ text: `${name}: ${input.text}` }) },
})
const lowDefinition = new IntegrationDefinition({
  name: 'low',
  version: '1.0.0',
  entities: { tone: { schema: z.object({ id: z.enum(['c', 'd']) }) } },
}).extend(voice, ({ entities }) => ({ entities: { tone: entities.tone } }))
const low = lowDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(lowDefinition, speak('low')),
}))
const highDefinition = new IntegrationDefinition({
  name: 'high',
  version: '1.0.0',
  entities: { tone: { schema: z.object({ id: z.enum(['a', 'c']) }) } },
}).extend(voice, ({ entities }) => ({ entities: { tone: entities.tone }, capabilities: ['shout'] }))
const high = highDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(highDefinition, speak('high')),
}))
const formerDefinition = new IntegrationDefinition({
  name: 'former',
  version: '1.0.0',
  entities: { tone: { schema: z.object({ id: z.string() }) } },
}).extend(voiceBefore, ({ entities }) => ({ entities: { tone: entities.tone }, capabilities: ['shout'] }))
const former = formerDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(formerDefinition, speak('former')),
}))
const asleepDefinition = new IntegrationDefinition({
  name: 'asleep',
  version: '1.0.0',
  configuration: { schema: z.object({ key: z.string() }) },
  entities: { tone: { schema: z.object({ id: z.string() }) } },
}).extend(voice, ({ entities }) => ({ entities: { tone: entities.tone }, capabilities: ['shout'] }))
const asleep = asleepDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(asleepDefinition, speak('asleep')),
}))
const listenerDefinition = new IntegrationDefinition({ name: 'listener', version: '1.0.0' }).extend(ears, () => ({
  entities: {},
}))
const listener = listenerDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(listenerDefinition, { actions: { hear: async () => ({}) } }),
}))

/** What happens at the desk, which takes requests. */
export interface Desk {
  /** Called when a request to `/wait` came in; answered when it resolves. */
  wait(signal: AbortSignal): Promise<void>
  /** Called when the stream of `/stream` is to end; it does when this resolves. */
  ended(): void | Promise<void>
}
const deskFor = (desk: Partial<Desk>) => {
  const definition = new IntegrationDefinition({ name: 'desk', version: '1.0.0' })
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      handler: async ({ req, signal }): Promise<WebhookResponse> => {
        if (req.path === '/fail') throw new TypeError('the desk is broken')
        if (req.path === '/odd') return { headers: { 'x-odd': 'a\nb' } }
        if (req.path === '/wait') await desk.wait?.(signal)
        if (req.path === '/stream')
          return {
            headers: { 'content-type': 'text/event-stream' },
            body: new ReadableStream({
              start(controller) {
                controller.enqueue(new TextEncoder().encode(': open\n\n'))
                signal.addEventListener('abort', () => {
                  // Closing fails where the reader has gone already.
                  const close = async (): Promise<void> => controller.close()
                  void Promise.resolve(desk.ended?.())
                    .then(close)
                    .catch(() => {})
                })
              },
            }),
          }
        const { method, path, query, headers, body } = req
        return {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            method,
            path,
            query,
            type: headers['content-type'],
            body,
            length: req.rawBody.length,
          }),
        }
      },
    }),
  }))
}

const narratorDefinition = new PluginDefinition({
  name: 'narrator',
  version: '1.0.0',
  interfaces: { voice },
  configuration: { schema: ({ entities }) => z.object({ tone: entities.voice.tone.optional() }) },
})
const narrator = narratorDefinition.implementedBy(async () => ({
  default: new PluginImplementation(narratorDefinition),
}))
const shouterDefinition = new PluginDefinition({
  name: 'shouter',
  version: '1.0.0',
  interfaces: { voice: need(voice, { capabilities: ['shout'] }) },
})
const shouter = shouterDefinition.implementedBy(async () => ({ default: new PluginImplementation(shouterDefinition) }))

/** A bot with needs to be bound to something else, candidates that fit and that do not, and a desk that takes requests. */
export async function startNarrators(desk: Partial<Desk> = {}, tone?: { id: string }) {
  const bot = new BotDefinition({ name: 'narrators', interfaces: { voice }, defaults: { voice: 'high' } })
    .addIntegration(high)
    .addIntegration(low)
    .addIntegration(former)
    .addIntegration(asleep, { configuration: { key: undefined } })
    .addIntegration(listener)
    .addIntegration(deskFor(desk))
    .addPlugin(narrator, { configuration: { tone } })
    .addPlugin(shouter)
  return startBot(bot, { log: () => {}, environment: {} })
}
