import { PlugboardError } from 'plugboard'
import type { Check } from '../suite/check.ts'
import { ordinaryInput } from '../suite/scenario-context.ts'
import { Session } from '../suite/session.ts'
import type { Subject } from '../suite/subject.ts'
import type { Situation } from '../suite/suite-options.ts'
import { demand, messageOf, shown, skip } from '../suite/verdict.ts'
import { abortedWhenBegun, demandStopped } from './abort-laws.ts'
import { demandTold, type Expectation, expectations } from './expectations.ts'

/** What holds for any integration when its platform fails; skipped where nobody brings that about. */
export function situationLaws(subject: Subject): Check[] {
  const check = (
    name: string,
    title: string,
    run: (session: Session, situation: Situation) => Promise<void>,
  ): Check => ({
    name: `situations/${name}`,
    title,
    run: async () => {
      const situation = subject.options.situations?.[name]
      if (!situation) skip(`the situation '${name}' is not brought about`)
      await using session = await Session.start(subject, situation)
      await run(session, situation)
    },
  })
  return [
    ...expectations.map((expected) =>
      check(expected.situation, expected.title, (session, situation) => tells(session, situation, expected)),
    ),
    check('slow', 'a call that takes long is given up when it is aborted', async (session, situation) => {
      const action = actionOf(subject, situation)
      const call = await abortedWhenBegun(session, action, await ordinaryInput(session, action))
      await demandStopped(session, call)
    }),
  ]
}

async function tells(session: Session, situation: Situation, expected: Expectation): Promise<void> {
  const action = actionOf(session.subject, situation)
  const { error, output } = await session.attempt(action, await ordinaryInput(session, action))
  demand(error !== undefined, `'${action}' succeeds all the same: ${shown(output)}`)
  demand(PlugboardError.isInstance(error), `'${action}' fails without a code: ${messageOf(error)}`)
  demandTold(`'${action}'`, error, expected, situation)
}

function actionOf({ reference, implementation }: Subject, { action }: Situation): string {
  const known = Object.entries(reference.actions).filter(([name]) => implementation.actions[name]?.name !== undefined)
  const found = action ?? (known.find(([, one]) => one.idempotent) ?? known[0])?.[0]
  demand(found !== undefined && Object.hasOwn(reference.actions, found), `the interface has no action '${found}'`)
  return found
}
