import { deepStrictEqual } from 'node:assert/strict'
// #region interface
import { InterfaceDefinition, z } from 'plugboard'

export const translation = new InterfaceDefinition({
  name: 'translation',
  version: '1.0.0',
  entities: { language: { schema: z.object({ code: z.string() }) } },
  capabilities: { detect: 'Tells the language of a text.' },
  actions: {
    translate: {
      cacheable: true,
      idempotent: true,
      input: { schema: ({ language }) => z.object({ text: z.string(), to: language }) },
      output: { schema: () => z.object({ text: z.string() }) },
    },
    listLanguages: {
      idempotent: true,
      input: { schema: () => z.object({}) },
      output: { schema: ({ language }) => z.object({ languages: z.array(language) }) },
    },
    detectLanguage: {
      capability: 'detect',
      input: { schema: () => z.object({ text: z.string() }) },
      output: { schema: ({ language }) => z.object({ language }) },
    },
  },
})
// #endregion

// #region integration
import { IntegrationDefinition, IntegrationImplementation } from 'plugboard'

const definition = new IntegrationDefinition({
  name: 'phrasebook',
  version: '1.0.0',
  entities: { tongue: { schema: z.object({ code: z.enum(['de', 'fr']), name: z.string() }) } },
}).extend(translation, ({ entities }) => ({
  entities: { language: entities.tongue },
  actions: { listLanguages: { name: 'listTongues' } },
}))

const words: Record<string, Record<string, string>> = { hello: { de: 'hallo', fr: 'bonjour' } }

const phrasebook = definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, {
    actions: {
      translate: async ({ input }) => ({ text: words[input.text]?.[input.to.code] ?? input.text }),
      listTongues: async () => ({
        languages: [
          { code: 'de', name: 'German' },
          { code: 'fr', name: 'French' },
        ],
      }),
    },
  }),
}))
// #endregion

// #region use
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'

const bot = new BotDefinition({ interfaces: { translation } }).addIntegration(phrasebook)

const running = await startBot(bot)
const { languages } = await running.interfaces.translation.listLanguages({})
const french = languages.find(({ code }) => code === 'fr')
if (french) console.log(await running.interfaces.translation.translate({ text: 'hello', to: french }))
// #endregion
deepStrictEqual(french && (await running.interfaces.translation.translate({ text: 'hello', to: french })), {
  text: 'bonjour',
})
await running.stop()
