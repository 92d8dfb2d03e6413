import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import { languageModelActions } from 'plugboard/ai-sdk'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'
import { request } from './conversation.ts'
import { instant, measuring } from './instant.ts'
import { forget, model } from './mock-model.ts'

const overDefinition = new IntegrationDefinition({
  name: 'over-model',
  version: '1.0.0',
  configuration: { schema: z.object({ apiKey: z.string(), defaultModel: z.string() }) },
  entities: {
    model: { schema: z.object({ id: z.string() }) },
    options: { schema: z.object({ seed: z.number().optional() }) },
  },
}).extend(llm, ({ entities }) => ({
  entities: { modelRef: entities.model, vendorOptions: entities.options },
  capabilities: ['stream', 'tools'],
}))

/** An integration over the mock model. */
const overModel = overDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(overDefinition, {
    actions: languageModelActions({ name: 'over-model', models: [], connect: () => () => model }),
  }),
}))

const callerDefinition = new PluginDefinition({
  name: 'caller',
  version: '1.0.0',
  interfaces: { direct: llm, model: llm, measuring },
  actions: { hold: { input: { schema: z.object({}) }, output: { schema: z.object({}) } } },
})

/** What a plugin's handler can call, for as long as it is not released. */
export type Held = {
  generate: () => Promise<unknown>
  measure: (input: { text: string }) => Promise<unknown>
  generateOnModel: () => Promise<string>
}

/**
 * Starts a bot and gives what a handler of its plugin can call; the handler runs on until the release. `renew` has another
 * one in its place, for a handler that makes a million calls is like no other: each call has a key that counts them.
 */
export async function holdHandler(): Promise<{ held: Held; renew: () => Promise<void>; release: () => Promise<void> }> {
  let hold = (_: Held): void => {}
  let ended = Promise.withResolvers<void>()
  const caller = callerDefinition.implementedBy(async () => ({
    default: new PluginImplementation(callerDefinition, {
      actions: {
        hold: async ({ interfaces: { direct, model: over, measuring: small } }) => {
          const input = { ...request, model: direct.entities.modelRef.parse(request.model) }
          const inputOver = { ...request, model: over.entities.modelRef.parse(request.model) }
          hold({
            generate: () => direct.generateContent(input),
            measure: (given) => small.measure(given),
            generateOnModel: async () => {
              const { content } = await over.generateContent(inputOver)
              forget()
              return content
            },
          })
          await ended.promise
          return {}
        },
      },
    }),
  }))
  const bot = new BotDefinition({ name: 'bench' })
    .addIntegration(instant, { configuration: { apiKey: 'key' } })
    .addIntegration(overModel, { configuration: { apiKey: 'key', defaultModel: 'large' } })
    .addPlugin(caller, { dependencies: { direct: 'instant', model: 'over-model', measuring: 'instant' } })
  const running = await startBot(bot)
  const start = async () => {
    const held = new Promise<Held>((resolve) => (hold = resolve))
    ended = Promise.withResolvers()
    const holding = running.actions.caller.hold({})
    const tooEarly = holding.then(() => Promise.reject(new Error('The handler ended too early.')))
    return { held: await Promise.race([held, tooEarly]), holding: tooEarly.catch(() => holding) }
  }
  const end = async () => {
    ended.resolve()
    await current.holding
  }
  let current = await start()
  return {
    held: {
      generate: () => current.held.generate(),
      measure: (input) => current.held.measure(input),
      generateOnModel: () => current.held.generateOnModel(),
    },
    renew: async () => {
      await end()
      current = await start()
    },
    release: async () => {
      await end()
      await running.stop()
    },
  }
}
