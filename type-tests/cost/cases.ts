import { bound, chained } from './bot.ts'
import { definition, handlers, ownMembers } from './integration.ts'
import { child, declared } from './interface.ts'
import { crud } from './crud.ts'
import { consumer, plugin } from './plugin.ts'
import { repeat } from './repeat.ts'

/**
 * What is measured: a module that holds the thing `count` times, each with another name, so that nothing is shared that
 * an author's would not share. `npm run test:cost -- --update` pins the numbers.
 */
interface CostCase {
  source: (count: number) => string
  atMost?: number
}

export const cases: Record<string, CostCase> = {
  'an object schema': {
    source: (count) => `
      import { z } from 'zod'
      ${repeat(count, (index) => `export const schema${index} = z.object({ id${index}: z.string(), size: z.number() })`)}
    `,
  },
  'an interface with two actions and an event': { source: declared },
  'an interface that builds on another': { source: child },
  'a definition that extends an interface': { source: definition, atMost: 650 },
  'the same with typed handlers': { source: handlers, atMost: 2_000 },
  'a definition with an action of its own, a channel, a state and a renamed action': { source: ownMembers },
  'an integration that implements crud, with typed handlers': { source: crud },
  'a plugin that needs an interface': { source: plugin },
  'the same with an action, a state and handlers of messages and events': { source: consumer },
  'an integration added to a bot with a bound plugin, its definition included': { source: bound, atMost: 2_500 },
  'an integration and a bound plugin in one chain of calls': { source: chained, atMost: 2_500 },
}
