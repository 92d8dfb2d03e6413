import type { Check } from '../suite/check.ts'
import type { HandlerCall } from '../suite/probe.ts'
import { ordinaryInput } from '../suite/scenario-context.ts'
import { isStream, type Session } from '../suite/session.ts'
import type { Action } from '../suite/subject.ts'
import { codeOf, demand, messageOf, skip } from '../suite/verdict.ts'

type MakeCheck = (law: string, title: string, run: (session: Session) => Promise<string | void>) => Check

/** How an action ends that is not wanted any more. */
export function abortLaws(name: string, { stream }: Action, check: MakeCheck): Check[] {
  return [
    check('abort-before', 'a call that was aborted before it began never reaches the integration', async (session) => {
      const { error, calls } = await session.attempt(name, await ordinaryInput(session, name), AbortSignal.abort())
      demandAborted(error)
      demand(calls.length === 0, 'the integration is called though the call was aborted before')
    }),
    check(
      'abort',
      'a call that is aborted ends as aborted, and the integration stops working on it',
      async (session) => {
        const call = await abortedWhenBegun(session, name, await ordinaryInput(session, name))
        await demandStopped(session, call)
      },
    ),
    ...(stream
      ? [
          check('abort-stream', 'a stream that is aborted midway fails, and never ends as if it were done', (session) =>
            abortedMidway(session, name),
          ),
          check('leave-stream', 'a stream whose reader leaves is aborted, and ends', (session) => left(session, name)),
        ]
      : []),
  ]
}

/** Aborts as soon as the handler has been called, and gives its call. */
export async function abortedWhenBegun(session: Session, name: string, input: unknown): Promise<HandlerCall> {
  const control = new AbortController()
  let begun: HandlerCall | undefined
  session.probe.onCall = (call) => {
    begun ??= call
    // Not at once: a handler that looks at its signal first and never again is to be seen.
    setImmediate(() => control.abort())
  }
  const { error } = await session.attempt(name, input, control.signal)
  session.probe.onCall = () => {}
  if (begun === undefined) skip(`the integration is not called: ${messageOf(error)}`)
  // One that was quicker than the abort has nothing to stop.
  if (error !== undefined && !(begun.end?.kind === 'threw' && !begun.end.aborted)) demandAborted(error)
  return begun
}

/** Demands that a handler which was aborted has ended, and that a stream gave nothing more. */
export async function demandStopped(session: Session, call: HandlerCall): Promise<void> {
  demand(
    await session.endsInTime(call),
    'the integration goes on working, though the call was aborted: hand `signal` on to whatever it waits for',
  )
  const [first] = call.afterAbort
  demand(
    first === undefined,
    `the stream ${first} after it was aborted, where it should fail: look at \`signal\` before each item and at the end`,
  )
}

async function abortedMidway(session: Session, name: string): Promise<string | void> {
  const control = new AbortController()
  // What makes the input may call the integration, too.
  const input = await ordinaryInput(session, name)
  const before = session.probe.calls.length
  const stream = session.provider[name]?.(input, { signal: control.signal })
  demand(isStream(stream), 'the action gives no stream')
  let error: unknown
  let items = 0
  try {
    for await (const _ of stream) {
      items += 1
      if (items > 1) break
      control.abort()
    }
  } catch (thrown) {
    error = thrown
  }
  const call = session.probe.calls[before]
  if (items === 0 || call === undefined) skip(`no item came: ${error === undefined ? 'it was done' : messageOf(error)}`)
  demand(items === 1, 'an item comes after the stream was aborted')
  demandAborted(error)
  await demandStopped(session, call)
}

async function left(session: Session, name: string): Promise<void> {
  const input = await ordinaryInput(session, name)
  const before = session.probe.calls.length
  const stream = session.provider[name]?.(input)
  demand(isStream(stream), 'the action gives no stream')
  let items = 0
  let error: unknown
  try {
    for await (const _ of stream) {
      items += 1
      break
    }
  } catch (thrown) {
    error = thrown
  }
  const call = session.probe.calls[before]
  if (items === 0 || call === undefined) skip(`no item came: ${error === undefined ? 'it was done' : messageOf(error)}`)
  if (call.end?.kind === 'returned') skip('the integration had given everything before its reader left')
  demand(call.signal.aborted, 'the integration is not told that the reader has left')
  await demandStopped(session, call)
}

function demandAborted(error: unknown): void {
  demand(error !== undefined, 'the call succeeds though it was aborted')
  demand(
    codeOf(error) === 'aborted',
    `the call should fail with the code 'aborted', and fails with ${messageOf(error)}`,
  )
}
