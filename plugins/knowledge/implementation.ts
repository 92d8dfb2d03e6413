import { PluginImplementation } from 'plugboard'
import { answer } from './answer.ts'
import { begin, beginAfterwards, isDue } from './begin.ts'
import definition from './definition.ts'
import { search } from './search.ts'
import { step } from './step.ts'

const knowledge = new PluginImplementation(definition, {
  actions: {
    search: async ({ input, ...context }) => ({ passages: await search(context, input.query, input.limit) }),
    answer: async ({ input, ...context }) => answer(context, input.question, input.limit),
    ingest: async ({ client }) => ({ ingestion: await begin(client) }),
    getIngestion: async ({ input, client }) => {
      const { workflow } = await client.getWorkflow({ name: 'ingestion', id: input.ingestion })
      const { status, output: result, failureReason } = workflow
      return { status, result, failureReason }
    },
  },
})

knowledge.on.event('ingestionDue', async ({ event, configuration, client }) => {
  if (await isDue(client, configuration.every, event.createdAt)) await begin(client)
})

knowledge.on.event('files:fileCreated', async ({ client }) => beginAfterwards(client))
knowledge.on.event('files:fileUpdated', async ({ client }) => beginAfterwards(client))
knowledge.on.event('files:fileDeleted', async ({ client }) => beginAfterwards(client))

knowledge.on.workflowStart('ingestion', async ({ workflow, ...context }) => step(context, workflow))
knowledge.on.workflowContinue('ingestion', async ({ workflow, ...context }) => step(context, workflow))
knowledge.on.workflowTimeout('ingestion', async ({ workflow, logger }) => {
  logger.warn('an ingestion was given up, since nothing of it was done for half an hour', { id: workflow.id })
})

export default knowledge
