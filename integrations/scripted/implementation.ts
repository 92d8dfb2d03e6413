import { IntegrationImplementation } from 'plugboard'
import { decide } from './decide.ts'
import definition from './definition.ts'
import { errorOf, piecesBefore } from './failure.ts'
import { embed } from './embed.ts'
import { embeddingModels, models } from './models.ts'
import { pause } from './pause.ts'
import { respond } from './respond.ts'
import { tokensOf } from './tokens.ts'

export default new IntegrationImplementation(definition, {
  actions: {
    generateContent: async ({ input, configuration, signal, ctx }) => {
      const decision = decide(input, configuration)
      await pause(decision.delay, signal, ctx.integrationAlias)
      if (decision.fail) throw errorOf(decision.fail, ctx.integrationAlias)
      return respond(input, decision)
    },
    streamContent: async function* ({ input, configuration, signal, ctx }) {
      const decision = decide(input, configuration)
      const response = respond(input, decision)
      const pieces = tokensOf(response.content)
      const sent = decision.fail ? pieces.slice(0, piecesBefore(decision.fail)) : pieces
      await pause(decision.delay, signal, ctx.integrationAlias)
      for (const text of sent) {
        await pause(configuration.delay, signal, ctx.integrationAlias)
        yield { type: 'text', text }
      }
      if (decision.fail) throw errorOf(decision.fail, ctx.integrationAlias)
      for (const toolCall of response.toolCalls) {
        await pause(configuration.delay, signal, ctx.integrationAlias)
        yield { type: 'toolCall', toolCall }
      }
      await pause(0, signal, ctx.integrationAlias)
      return response
    },
    listLanguageModels: async () => ({ models: [...models] }),
    embed: async ({ input }) => embed(input),
    listEmbeddingModels: async () => ({ models: [...embeddingModels] }),
  },
})
