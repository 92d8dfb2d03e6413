/** What must be seen of the synchronizer, whatever the integration that lists. */
import { setTimeout as sleep } from 'node:timers/promises'
import { BotDefinition, type ImplementedInterface } from 'plugboard'
import listable from 'plugboard/interfaces/listable'
import synchronizer from 'plugboard/plugins/synchronizer'
import { startBot } from 'plugboard/runtime'
import { asProvider, demand, demandEqual, type InstalledProvider, type PluginScenario } from 'plugboard/testing'

/** A minute. */
const mostRounds = 600

async function start(provider: InstalledProvider, as: string) {
  const listed = as === 'listable' ? 'provider' : { integrationAlias: 'provider', integrationInterfaceAlias: as }
  const bot = new BotDefinition({ interfaces: { items: listable }, defaults: { listable: listed } })
    .addIntegration(...asProvider(listable, provider))
    .addPlugin(synchronizer, { configuration: { pageSize: 2 } })
  const running = await startBot(bot, { environment: {}, log: () => {} })
  const synchronize = async () => {
    const { synchronization } = await running.actions.synchronizer.synchronize({})
    const ended = async () => {
      await running.idle()
      return running.actions.synchronizer.getSynchronization({ synchronization })
    }
    let end = await ended()
    // A long one waits in between, for what is in its way.
    for (let round = 0; end.status === 'in_progress' && round < mostRounds; round += 1) {
      await sleep(100)
      end = await ended()
    }
    return end
  }
  /** Everything that the integration lists. */
  const everything = async () => {
    const items: { id: string }[] = []
    let cursor: string | undefined
    do {
      const page = await running.interfaces.items.listItems({ cursor })
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return items
  }
  return Object.assign(running, { synchronize, everything })
}

/** Does so with each list of an integration that has several. */
function ofEach(run: (provider: InstalledProvider, as: string) => Promise<void>): PluginScenario['run'] {
  return async (provider) => {
    const { interfaces } = provider.integration as unknown as { interfaces: readonly ImplementedInterface[] }
    for (const { interface: base, as } of interfaces) if (base.name === 'listable') await run(provider, as)
  }
}

export default [
  {
    title: 'everything that the integration lists is mirrored, and looked through again without a change',
    need: 'source',
    run: ofEach(async (provider, as) => {
      await using bot = await start(provider, as)
      const { length } = await bot.everything()
      const { counts } = await bot.synchronize()
      demandEqual(
        counts,
        { created: length, updated: 0, unchanged: 0, deleted: 0 },
        'what the first pass counts in the mirror',
      )
      const again = await bot.synchronize()
      demandEqual(
        again.counts,
        { created: 0, updated: 0, unchanged: length, deleted: 0 },
        'what the second one counts in the mirror',
      )
    }),
  },
  {
    title: 'the mirror gives each item as the integration does',
    need: 'source',
    run: ofEach(async (provider, as) => {
      await using bot = await start(provider, as)
      await bot.synchronize()
      const items = await bot.everything()
      demand(items.length > 0, 'there is no item')
      for (const item of items) {
        const mirrored = await bot.actions.synchronizer.getItem({ id: item.id })
        demandEqual(mirrored.item, item, `the item '${item.id}' in the mirror`)
      }
      const page = await bot.actions.synchronizer.listItems({})
      demandEqual(page.items.length, items.length, 'the number of items in the mirror')
    }),
  },
] satisfies readonly PluginScenario[]
