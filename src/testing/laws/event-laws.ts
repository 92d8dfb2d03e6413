import { isDeepStrictEqual } from 'node:util'
import { complete } from '../generation/style.ts'
import { nearMisses } from '../generation/near-misses.ts'
import { validValue } from '../generation/valid-value.ts'
import type { Check } from '../suite/check.ts'
import { givenEntities, made, randomFor } from '../suite/inputs.ts'
import { parsed, Session } from '../suite/session.ts'
import type { Subject } from '../suite/subject.ts'
import { codeOf, demand, messageOf, shown } from '../suite/verdict.ts'

const mostMisses = 20

/** What holds for the events of any interface. */
export function eventLaws(subject: Subject): Check[] {
  return Object.entries(subject.reference.events).map(([name, { schema }]) => ({
    name: `events/${name}`,
    title: `'${name}' reaches whoever needs the interface, and only if it fits its schema`,
    run: async () => {
      await using session = await Session.start(subject)
      const type = subject.implementation.events[name] ?? name
      const random = randomFor(subject, `events/${name}`)
      const payload = made(`an event '${name}'`, () => validValue(schema, random, complete, givenEntities(subject)))
      for (const { what, value } of random.shuffled(nearMisses(schema, payload)).slice(0, mostMisses)) {
        const error: unknown = await session.client.createEvent({ type, payload: value as never }).then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
        demand(
          codeOf(error) === 'payload_invalid',
          `an event that does not fit is not refused: ${what}: ${messageOf(error)}`,
        )
      }
      const earlier = session.heard.length
      await session.client.createEvent({ type, payload: payload as never })
      await session.bot.idle()
      const heard = session.heard.slice(earlier)
      demand(
        heard.length === 1 && isDeepStrictEqual(heard[0]?.payload, parsed(schema, payload)),
        `the event is not heard as it was told: ${shown(payload)} became ${shown(heard)}`,
      )
    },
  }))
}
