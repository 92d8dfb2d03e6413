/**
 * A process of the bot that is moved. `work <name> <file> <messages>` works on a SQLite file until it is killed, with
 * something in the middle of everything; what else it is given is a command line.
 */
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { run } from 'plugboard/cli'
import { openVault, sqliteStore, startBot } from 'plugboard/runtime'
import { deliver, movingBot } from './moving-bot.fixture.ts'

const [command = '', name = '', ...words] = process.argv.slice(2)

if (command === 'work') await work()
else await run(movingBot(name, { send: async () => {}, hear: () => {}, linger: async () => {} }), { arguments: words })

async function work(): Promise<void> {
  const [file = '', messages = '0'] = words
  const forever = once(process, 'disconnect')
  const store = await sqliteStore(file)
  const { vault } = await openVault(name, process.env, { store })
  await vault.set('one', 'TOKEN', 'hunter2')
  const begun = new Set<string>()
  const bot = movingBot(name, {
    send: async (room) => {
      if (room !== 'unsent') return
      begun.add('sending')
      await forever
    },
    hear: (what) => void begun.add(what),
    linger: async () => void (await forever),
  })
  const running = await startBot(bot, { store, traces: true, url: 'http://127.0.0.1:1' })
  await running.bindings.set('bot', 'voice', 'other')
  await running.actions.keeper.keep({ of: 'ada' })
  const all = Array.from({ length: Number(messages) }, (_, index) =>
    deliver(running, `many ${index}`, 'many', `${index}`),
  )
  await Promise.all(all)
  await deliver(running, 'poison', 'poisoned', 'poison')
  await running.idle()
  await running.traces()
  for (const [room, said] of [
    ['unsent', 'first'],
    ['lingering', 'linger'],
    ['lingering', 'next'],
    ['expiring', 'expire'],
  ] as const)
    await deliver(running, said, room, said)
  await until(() => begun.has('sending') && begun.has('the step is done'))
  await deliver(running, 'second', 'unsent', 'second')
  await until(async () => {
    const { inbox, outbox } = await store.backlog()
    return inbox.waiting === 2 && outbox.waiting === 2
  })
  process.send?.('worked')
  await forever
}

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await setTimeout(20)
}
