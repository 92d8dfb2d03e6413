import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  type Conversation,
  type Page,
  PluginImplementation,
  type Workflow,
  z,
} from 'plugboard'
import { assistant, shop } from './fixtures/plugins.ts'

type Order = Workflow<'order', { sku: string; pieces: number }, { total: number; currency: string }>

expectTypeOf<keyof (typeof shop.$types)['workflows']>().toEqualTypeOf<'order' | 'reminder'>()
const { on } = new PluginImplementation(shop)

// A workflow is started by its input, and read as that was parsed.
on.message('*', async ({ client, conversation }) => {
  const { workflow } = await client.createWorkflow({
    name: 'order',
    input: { sku: 'tea' },
    tags: { of: undefined },
    conversationId: conversation.id,
    timeout: 1000,
  })
  expectTypeOf(workflow).toEqualTypeOf<Order>()
  expectTypeOf(workflow.status).toEqualTypeOf<
    'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled' | 'timedout'
  >()
  expectTypeOf(client.createWorkflow).parameter(0).toHaveProperty('name').toEqualTypeOf<'order' | 'reminder'>()
  expectTypeOf(client.getWorkflow<'order'>).returns.resolves.toEqualTypeOf<{ workflow: Order }>()
  expectTypeOf(client.listWorkflows<'order'>).returns.resolves.toEqualTypeOf<Page<Order>>()
  const { id } = workflow
  // It ends with what its output takes, with a reason, or without either.
  await client.updateWorkflow({ name: 'order', id, tags: { of: 'ada' }, timeout: 1000 })
  await client.updateWorkflow({ name: 'order', id, status: 'completed', output: { total: 1 } })
  await client.updateWorkflow({ name: 'order', id, status: 'failed', failureReason: 'no stock' })
  const cancelled = await client.updateWorkflow({ name: 'reminder', id, status: 'cancelled' })
  expectTypeOf(cancelled.workflow.name).toEqualTypeOf<'reminder'>()
  await client.continueWorkflow({ name: 'order', id, after: 1000 })
  await client.listWorkflows({ name: 'order', statuses: ['pending', 'in_progress'], tags: { of: 'ada' } })
})

// Its handlers receive it with what can be done to it; where its time is over, nothing can.
on.workflowStart('order', async ({ workflow, conversation }) => {
  expectTypeOf(workflow.input).toEqualTypeOf<{ sku: string; pieces: number }>()
  expectTypeOf(workflow.setCompleted)
    .parameter(0)
    .toEqualTypeOf<{ output: { total: number; currency?: string | undefined } }>()
  expectTypeOf(workflow.continue).returns.resolves.toEqualTypeOf<{ workflow: Order }>()
  expectTypeOf(conversation).toEqualTypeOf<Conversation | undefined>()
  await workflow.update({ tags: { of: 'bob' } })
})
on.workflowContinue('reminder', async ({ workflow }) => {
  expectTypeOf(workflow.setFailed).parameter(0).toEqualTypeOf<{ failureReason: string }>()
  await workflow.cancel()
})
on.workflowTimeout('order', async ({ workflow }) => {
  expectTypeOf(workflow).toEqualTypeOf<Order>()
})
expectTypeOf(on.workflowStart).parameter(0).toEqualTypeOf<'order' | 'reminder'>()

// A definition without workflows can name none; a bot's own are its own.
const { on: assistantOn } = new PluginImplementation(assistant, { actions: { ask: async () => ({ answer: '' }) } })
expectTypeOf(assistantOn.workflowStart).parameter(0).toEqualTypeOf<never>()
const bot = new BotDefinition({
  workflows: { talk: { input: { schema: z.object({ n: z.number() }) }, output: { schema: z.object({}) } } },
})
new BotImplementation(bot).on.workflowStart('talk', async ({ workflow, client }) => {
  expectTypeOf(workflow.input.n).toEqualTypeOf<number>()
  expectTypeOf(client.createWorkflow).parameter(0).toHaveProperty('name').toEqualTypeOf<'talk'>()
})
