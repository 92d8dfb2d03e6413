import { describe, expect, it } from 'vitest'
import { BotDefinition, BotImplementation, PlugboardError, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { startBot, type StartOptions } from 'plugboard/runtime'
import { VirtualClock } from '../../container/policies/virtual-clock.fixture.ts'
import { gate, speaker, webhook } from '../bot/speech.fixture.ts'
import { memoryStore } from '../sqlite/memory-store.ts'

const quiet = { log: () => {}, environment: {} }
const minute = 60_000

const definition = new PluginDefinition({
  name: 'shop',
  workflows: {
    order: {
      input: { schema: z.object({ sku: z.string(), pieces: z.number().default(1) }) },
      output: { schema: z.object({ total: z.number() }) },
      tags: { of: {} },
    },
    reminder: { timeout: 60 * minute, input: { schema: z.object({}) }, output: { schema: z.object({}) } },
  },
  states: { step: { type: 'workflow', schema: z.object({ count: z.number() }) } },
  actions: {
    act: {
      input: { schema: z.object({ on: z.custom<(client: Client) => unknown>() }) },
      output: { schema: z.object({ result: z.unknown() }) },
    },
  },
})
type Implementation = PluginImplementation<(typeof definition)['$types']>
type Client = Record<string, (request: object) => Promise<{ workflow: Shown } & { items: Shown[] }>>
interface Shown {
  id: string
  status: string
  [name: string]: unknown
}

/** A plugin with the handlers of a test. */
const shop = (listen: (on: Implementation['on']) => void) =>
  definition.implementedBy(async () => {
    const implementation = new PluginImplementation(definition, {
      actions: { act: async ({ input, client }) => ({ result: await input.on(client as never) }) },
    })
    listen(implementation.on)
    return { default: implementation }
  })

async function start(listen: (on: Implementation['on']) => void, options: StartOptions = {}) {
  const clock = (options.clock as VirtualClock | undefined) ?? new VirtualClock()
  const bot = new BotDefinition().addIntegration(speaker('one')).addPlugin(shop(listen))
  const running = await startBot(bot, { ...quiet, ...options, clock })
  const act = async (on: (client: Client) => unknown) => (await running.actions.shop.act({ on })).result as never
  return Object.assign(running, {
    clock,
    act,
    order: async (given: object = {}): Promise<Shown> => {
      const request = { name: 'order', input: { sku: 'tea' }, ...given }
      const { workflow } = await act(async (client) => client['createWorkflow']!(request))
      await running.idle()
      return workflow
    },
    get: async (id: string, name = 'order'): Promise<Shown> =>
      (await act((client) => client['getWorkflow']!({ name, id })))['workflow'],
    pass: async (milliseconds: number) => {
      await clock.advance(milliseconds)
      await running.idle()
    },
  })
}

describe('a workflow', () => {
  it('is started with its input as it was parsed, and completed with its output', async () => {
    const seen: unknown[] = []
    await using bot = await start((on) => {
      on.workflowStart('order', async ({ workflow }) => {
        seen.push(workflow.status, workflow.input)
        const done = await workflow.setCompleted({ output: { total: workflow.input.pieces * 3 } })
        seen.push(done.workflow.status)
      })
    })
    const made = await bot.order({ tags: { of: 'ada' } })
    expect(made).toMatchObject({ status: 'pending', input: { sku: 'tea', pieces: 1 }, tags: { of: 'ada' } })
    expect(Date.parse(made['timeoutAt'] as string) - Date.parse(made['createdAt'] as string)).toBe(5 * minute)
    expect(seen).toEqual(['in_progress', { sku: 'tea', pieces: 1 }, 'completed'])
    expect(await bot.get(made.id)).toMatchObject({ status: 'completed', output: { total: 3 } })
    expect(made).not.toHaveProperty('owner')
  })

  it('goes on step by step, with a state of its own, over a restart in between', async () => {
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    const steps: number[] = []
    const listen = (on: Implementation['on']): void => {
      on.workflowStart('reminder', async ({ workflow, client }) => {
        await client.setState({ name: 'step', id: workflow.id, payload: { count: 0 } })
        await workflow.continue()
      })
      on.workflowContinue('reminder', async ({ workflow, client }) => {
        const { state } = await client.getState({ name: 'step', id: workflow.id })
        const count = (state?.payload.count ?? -100) + 1
        steps.push(count)
        await client.setState({ name: 'step', id: workflow.id, payload: { count } })
        if (count < 4) await workflow.continue({ after: 10 * minute })
        else await workflow.setCompleted({ output: {} })
      })
    }
    let id = ''
    {
      await using bot = await start(listen, { store, clock })
      // Idle is a bot only once a workflow that goes on at once has done so.
      id = (await bot.order({ name: 'reminder', input: {} })).id
      expect(steps).toEqual([1])
      await bot.pass(9 * minute)
      expect(steps).toEqual([1])
      await bot.pass(2 * minute)
      expect(steps).toEqual([1, 2])
    }
    clock.set(clock.now() + 9 * minute)
    await using bot = await start(listen, { store, clock })
    await bot.idle()
    expect(steps).toEqual([1, 2, 3])
    await bot.pass(11 * minute)
    expect(steps).toEqual([1, 2, 3, 4])
    expect(await bot.get(id, 'reminder')).toMatchObject({ status: 'completed' })
    await bot.pass(60 * minute)
    expect(steps).toHaveLength(4)
  })

  it('times out after its time, once in several processes, and nothing of a handler that is late counts', async () => {
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    const told: string[] = []
    const { opened, open } = gate()
    const listen = (on: Implementation['on']): void => {
      on.workflowStart('order', async ({ workflow }) => {
        await opened
        await workflow.setCompleted({ output: { total: 1 } })
      })
      on.workflowContinue('order', async () => void told.push('continued'))
      on.workflowTimeout('order', async ({ workflow }) => void told.push(`${workflow.status} ${workflow.input.sku}`))
    }
    await using bot = await start(listen, { store, clock, handlerTimeout: 60 * minute })
    await using other = await start(listen, { store, clock, handlerTimeout: 60 * minute })
    const { workflow } = await bot.act(async (client) => {
      const made = await client['createWorkflow']!({ name: 'order', input: { sku: 'tea' }, timeout: minute })
      await client['continueWorkflow']!({ name: 'order', id: made.workflow.id })
      return made
    })
    await clock.advance(2 * minute)
    open()
    await bot.idle()
    await other.idle()
    expect(told).toEqual(['timedout tea'])
    expect(await bot.get((workflow as Shown).id)).toMatchObject({ status: 'timedout' })
    expect(await bot.get((workflow as Shown).id)).not.toHaveProperty('output')
  })

  it('is cancelled or failed by whoever has its id, and does not go on then', async () => {
    const told: string[] = []
    await using bot = await start((on) => {
      on.workflowStart('order', async () => {})
      on.workflowContinue('order', async () => void told.push('continued'))
      on.workflowTimeout('order', async () => void told.push('timed out'))
    })
    const update = (given: object) => bot.act((client) => client['updateWorkflow']!({ name: 'order', ...given }))
    const [first, second] = [await bot.order(), await bot.order()]
    await bot.act(async (client) => {
      const { id } = first
      await client['continueWorkflow']!({ name: 'order', id })
      const { workflow } = await client['updateWorkflow']!({ name: 'order', id, status: 'cancelled' })
      expect(workflow.status).toBe('cancelled')
      expect((await client['getWorkflow']!({ name: 'order', id })).workflow).toEqual(workflow)
      const ended = { code: 'workflow_ended' }
      await expect(client['updateWorkflow']!({ name: 'order', id, tags: {} })).rejects.toMatchObject(ended)
      await expect(client['continueWorkflow']!({ name: 'order', id })).rejects.toMatchObject(ended)
    })
    await update({ id: second.id, status: 'failed', failureReason: 'no stock' })
    await bot.idle()
    await bot.pass(10 * minute)
    expect(told).toEqual([])
    expect(await bot.get(first.id)).toMatchObject({ status: 'cancelled' })
    expect(await bot.get(second.id)).toMatchObject({ status: 'failed', failureReason: 'no stock' })
  })

  it('is listed by its status and tags', async () => {
    await using bot = await start((on) => {
      on.workflowStart('order', async ({ workflow }) => {
        await workflow.update({ tags: { of: undefined, by: 'bob' } })
        if (workflow.input.pieces > 1) await workflow.cancel()
      })
    })
    const [one] = [await bot.order({ tags: { of: 'ada' } }), await bot.order({ input: { sku: 'tea', pieces: 2 } })]
    const list = async (filter: object): Promise<string[]> => {
      const { items } = await bot.act((client) => client['listWorkflows']!({ name: 'order', ...filter }))
      return (items as Shown[]).map(({ id }) => id)
    }
    expect(await list({ statuses: ['in_progress'], tags: { by: 'bob' } })).toEqual([one.id])
    expect(await list({ tags: { of: 'ada' } })).toEqual([])
    expect(await list({})).toHaveLength(2)
    expect(await list({ statuses: ['cancelled'] })).toHaveLength(1)
  })

  it('is not started by a handler that fails, and is once by one that is tried again', async () => {
    const clock = new VirtualClock()
    await using store = memoryStore(clock)
    const bot = new BotImplementation(
      new BotDefinition({
        workflows: { talk: { input: { schema: z.object({ n: z.number() }) }, output: { schema: z.object({}) } } },
      }).addIntegration(speaker('one')),
    )
    let attempts = 0
    const started: unknown[] = []
    bot.on.message('text', async ({ client, conversation, user }) => {
      attempts += 1
      const about = { conversationId: conversation.id, userId: user.id }
      await client.createWorkflow({ name: 'talk', input: { n: attempts }, ...about })
      if (attempts < 3) throw new PlugboardError({ code: 'vendor_failed', message: 'away', retryable: true })
    })
    bot.on.workflowStart('talk', async ({ workflow, conversation, user }) => {
      started.push([workflow.input.n, conversation?.tags['room'], user?.tags['id']])
      if (started.length === 1) throw new Error('again')
    })
    await using running = await startBot(bot, { ...quiet, clock, store })
    await running.receive('one', webhook({ text: 'go' }))
    await clock.advance(minute)
    await running.idle()
    expect(started).toEqual([
      [3, 'r', 'ada'],
      [3, 'r', 'ada'],
    ])
  })

  it('stays as it is when its handler fails for good, and can be tried again', async () => {
    let fails = true
    await using bot = await start(
      (on) => {
        on.workflowStart('order', async ({ workflow }) => {
          if (fails) throw new Error('no')
          await workflow.setCompleted({ output: { total: 1 } })
        })
      },
      { retries: { attempts: 1 } },
    )
    const { id } = await bot.order()
    expect(await bot.get(id)).toMatchObject({ status: 'in_progress' })
    const [letter] = (await bot.deadLetters()).items
    fails = false
    await bot.retryDeadLetter(letter!.id)
    await bot.idle()
    expect(await bot.get(id)).toMatchObject({ status: 'completed' })
  })
})

it('what does not fit a workflow is refused, and says what is wrong', async () => {
  await using bot = await start(() => {})
  const { id } = await bot.order()
  const refused: [string, object, string][] = [
    ['createWorkflow', { input: { sku: 5 } }, 'input_invalid'],
    ['createWorkflow', { name: 'orders', input: { sku: 'a' } }, 'workflow_unknown'],
    ['createWorkflow', { name: 'toString', input: {} }, 'workflow_unknown'],
    ['createWorkflow', { input: { sku: 'a' }, timeout: 0 }, 'workflow_invalid'],
    ['createWorkflow', { input: { sku: 'a' }, timeout: '5' }, 'workflow_invalid'],
    ['createWorkflow', { input: { sku: 'a' }, tags: { of: 5 } }, 'tag_invalid'],
    ['getWorkflow', { id: 'none' }, 'workflow_unknown'],
    ['getWorkflow', {}, 'workflow_unknown'],
    ['getWorkflow', { name: 'reminder', id }, 'workflow_unknown'],
    ['updateWorkflow', { id, status: 'completed', output: {} }, 'output_invalid'],
    ['updateWorkflow', { id, status: 'completed', output: { total: Number.NaN } }, 'output_invalid'],
    ['updateWorkflow', { id, status: 'failed' }, 'workflow_invalid'],
    ['updateWorkflow', { id, status: 'timedout' }, 'workflow_invalid'],
    ['updateWorkflow', { id: 'none', tags: {} }, 'workflow_unknown'],
    ['continueWorkflow', { id, after: -1 }, 'workflow_invalid'],
    ['listWorkflows', { statuses: ['done'] }, 'workflow_invalid'],
    ['listWorkflows', { name: 'orders' }, 'workflow_unknown'],
  ]
  for (const [method, request, code] of refused)
    await expect(
      bot.act((client) => client[method]!({ name: 'order', ...request })),
      JSON.stringify(request),
    ).rejects.toMatchObject({ code })
  expect(await bot.get(id)).toMatchObject({ status: 'pending' })
})

it('a workflow of another plugin is none of its own', async () => {
  await using bot = await start(() => {})
  const { id } = await bot.order()
  const other = new BotImplementation(
    new BotDefinition({
      workflows: { order: { input: { schema: z.object({}) }, output: { schema: z.object({}) } } },
    }).addIntegration(speaker('one')),
  )
  const failures: unknown[] = []
  other.on.message('*', async ({ client }) => {
    await client.getWorkflow({ name: 'order', id }).catch((error: unknown) => failures.push(error))
  })
  await using running = await startBot(other, quiet)
  await running.receive('one', webhook({ text: 'go' }))
  await running.idle()
  expect(failures).toMatchObject([{ code: 'workflow_unknown' }])
})
