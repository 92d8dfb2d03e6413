import { PlugboardError } from 'plugboard'
import type { Check } from '../suite/check.ts'
import { ordinaryInput } from '../suite/scenario-context.ts'
import { Session } from '../suite/session.ts'
import type { Subject } from '../suite/subject.ts'
import type { Situation } from '../suite/suite-options.ts'
import { demand, messageOf, shown, skip } from '../suite/verdict.ts'
import { abortedWhenBegun, demandStopped } from './abort-laws.ts'

/** What an integration has to make of a state that its platform can be in. */
interface Expectation {
  readonly situation: string
  readonly title: string
  readonly codes?: readonly string[]
  readonly retryable?: boolean
}

const expectations: readonly Expectation[] = [
  {
    situation: 'unauthorized',
    title: "wrong credentials are told by the code 'vendor_unauthorized', and not as passing",
    codes: ['vendor_unauthorized'],
    retryable: false,
  },
  {
    situation: 'rateLimited',
    title: "a platform that asks to wait is told by the code 'vendor_rate_limited', with how long",
    codes: ['vendor_rate_limited'],
    retryable: true,
  },
  {
    situation: 'unavailable',
    title: "a connection that breaks is told by the code 'vendor_unavailable', as passing",
    codes: ['vendor_unavailable', 'stream_broken'],
    retryable: true,
  },
  {
    situation: 'refused',
    title: "a request that the platform calls wrong is told by the code 'vendor_refused', and not as passing",
    codes: ['vendor_refused'],
    retryable: false,
  },
  { situation: 'malformed', title: 'an answer of the platform that makes no sense is told by a typed error' },
]

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

async function tells(session: Session, situation: Situation, { codes, retryable }: Expectation): Promise<void> {
  const action = actionOf(session.subject, situation)
  const { error, output } = await session.attempt(action, await ordinaryInput(session, action))
  demand(error !== undefined, `'${action}' succeeds all the same: ${shown(output)}`)
  demand(PlugboardError.isInstance(error), `'${action}' fails without a code: ${messageOf(error)}`)
  demand(
    !codes || codes.includes(error.code),
    `'${action}' should fail with the code '${codes?.[0]}', and fails with ${messageOf(error)}`,
  )
  demand(
    retryable === undefined || error.retryable === retryable,
    `'${action}' fails with '${error.code}' and says that to try again is ${error.retryable ? '' : 'no '}use`,
  )
  const { retryAfter } = situation
  demand(
    retryAfter === undefined || error.retryAfter === retryAfter,
    `'${action}' should say to try again after ${retryAfter} ms, and says ${error.retryAfter ?? 'nothing'}`,
  )
}

function actionOf({ reference, implementation }: Subject, { action }: Situation): string {
  const known = Object.entries(reference.actions).filter(([name]) => implementation.actions[name]?.name !== undefined)
  const found = action ?? (known.find(([, one]) => one.idempotent) ?? known[0])?.[0]
  demand(found !== undefined && Object.hasOwn(reference.actions, found), `the interface has no action '${found}'`)
  return found
}
