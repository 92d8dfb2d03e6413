import { PluginDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'

export default new PluginDefinition({
  name: 'personality',
  version: '0.1.0',
  title: 'Personality',
  description: 'Rewrites what the bot says in a style, through any language model.',
  readme: 'README.md',
  interfaces: { llm },
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** How the bot speaks: "like a pirate", "formally". */
        style: z.string().min(1),
        /** Which model. Default: the integration's choice. */
        model: entities.llm.modelRef.optional(),
        /** How freely words are chosen, from 0 to 2. Default: the integration's. */
        temperature: z.number().min(0).max(2).optional(),
      }),
  },
})
