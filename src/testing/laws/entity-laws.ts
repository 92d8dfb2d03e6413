import { isDeepStrictEqual } from 'node:util'
import { holds, placed, valuesOf } from '../entities/walk.ts'
import type { Check } from '../suite/check.ts'
import { ordinaryInput } from '../suite/scenario-context.ts'
import { Session } from '../suite/session.ts'
import type { Subject } from '../suite/subject.ts'
import { CheckSkipped, demand, messageOf, shown, skip } from '../suite/verdict.ts'

/** How many entities that came out of one action go back in. */
const mostEntities = 3

/** What holds for the entities of any interface: what an action gives, the others take. */
export function entityLaws(subject: Subject): Check[] {
  return Object.keys(subject.reference.entities).map((name) => ({
    name: `entities/${name}`,
    title: `what comes out as '${name}' goes back in, also after it was stored as JSON`,
    run: async () => {
      await using session = await Session.start(subject)
      const note = await goesBackIn(session, name)
      return note
    },
  }))
}

async function goesBackIn(session: Session, name: string): Promise<string | void> {
  const { entities, actions } = session.subject.reference
  const schema = entities[name]
  if (!schema) return
  const found: unknown[] = []
  for (const [key, action] of Object.entries(actions)) {
    if (!holds(action.output.schema, schema)) continue
    try {
      const { output } = await session.insist(key, await ordinaryInput(session, key))
      found.push(...valuesOf(action.output.schema, output, schema).slice(0, mostEntities))
    } catch (error) {
      if (!(error instanceof CheckSkipped)) throw error
    }
  }
  if (found.length === 0) skip('no action gives one')
  for (const value of found) {
    const text = JSON.stringify(value)
    const stored: unknown = JSON.parse(text)
    const opened = session.provider.entities[name]?.safeParse(stored)
    demand(opened !== undefined, `what came out is no entity of the integration: ${shown(value)}`)
    demand(
      isDeepStrictEqual(opened, value),
      `what came out changes when it is stored: ${shown(value)} becomes ${shown(opened)}`,
    )
  }
  const takers = Object.entries(actions).filter(([, action]) => holds(action.input.schema, schema))
  let tried = 0
  for (const [key, action] of takers) {
    for (const value of found) {
      if (session.subject.implementation.actions[key]?.name === undefined) continue
      const input = placed(action.input.schema, await ordinaryInput(session, key), schema, value)
      const { error } = await session.insist(key, input)
      demand(error === undefined, `'${key}' refuses what came out: ${messageOf(error)}; it was ${shown(value)}`)
      tried += 1
    }
  }
  return tried === 0 ? 'no action takes one: it was stored and read alone' : undefined
}
