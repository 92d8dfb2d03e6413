import type { IntegrationDefinition, z } from 'plugboard'
import { withHandlers } from 'plugboard/runtime'
import { type Contract, runSuite, type SuiteOptions } from 'plugboard/testing'

/** What a handler of any integration is given, and what it gives. */
export interface Props {
  input: Record<string, unknown> & { messages?: { role: string; content: string }[] }
  signal: AbortSignal
}
type Run = (props: Props) => unknown
type Change = (run: Run) => Run

/** A right implementation in which something is wrong. */
export interface Plant {
  /** What is wrong with it. */
  readonly wrong: string
  /** The check that has to find it. */
  readonly caughtBy: string
  /** By action: another handler, made from the right one. */
  readonly change?: Readonly<Record<string, Change>>
  /** Says something else of the input of its actions than the interface does. */
  readonly says?: z.core.$ZodType
  readonly options?: Partial<SuiteOptions>
}

type Given = { readonly kind: 'integration' }

/** Runs the suite with a wrong implementation, and gives the names of the checks that fail. */
export async function failuresOf(
  contract: { readonly kind: 'contract' },
  integration: Given,
  { change = {}, says, options }: Plant,
): Promise<string[]> {
  const changed = withHandlers(integration as never, (handlers) => {
    const actions: Record<string, unknown> = { ...handlers.actions }
    for (const [name, make] of Object.entries(change)) actions[name] = make(actions[name] as Run)
    return { ...handlers, actions } as never
  })
  const planted = says ? saying(changed, says) : changed
  const report = await runSuite(contract as Contract<never>, {
    integration: planted as never,
    date: '2026-11-29',
    generated: 4,
    patience: 50,
    ...options,
  })
  return report.checks.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check)
}

/** A definition that says of its inputs what no interface has said: one made by hand, or by something that is no Plugboard. */
function saying(integration: object, input: z.core.$ZodType): object {
  const { interfaces } = integration as IntegrationDefinition
  const changed = interfaces.map((implementation) => ({
    ...implementation,
    actions: Object.fromEntries(
      Object.entries(implementation.actions).map(([name, one]) => [
        name,
        { ...one, action: { ...one.action, input: { schema: input } } },
      ]),
    ),
  }))
  return Object.create(integration, { interfaces: { value: changed } }) as object
}

/** Another input for a handler. */
export const given =
  (change: (input: Props['input']) => Props['input']): Change =>
  (run) =>
  (props) =>
    run({ ...props, input: change(props.input) })

/** Another output of a handler, made from the right one and the input. */
export const giving =
  (change: (output: never, input: Props['input']) => unknown): Change =>
  (run) =>
  async (props) =>
    change((await run(props)) as never, props.input)

/** A handler that throws for some inputs. */
export const failing =
  (error: (input: Props['input']) => Error | undefined): Change =>
  (run) =>
  (props) => {
    const thrown = error(props.input)
    if (thrown !== undefined) throw thrown
    return run(props)
  }

/** A handler that never hears of an abort. */
export const deaf: Change = (run) => async (props) => {
  await new Promise((resolve) => {
    setTimeout(resolve, 200)
  })
  return run({ ...props, signal: new AbortController().signal })
}
