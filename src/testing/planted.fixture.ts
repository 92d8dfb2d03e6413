import type { IntegrationDefinition, z } from 'plugboard'
import { withHandlers } from 'plugboard/runtime'
import { type Contract, runSuite, type SuiteOptions } from 'plugboard/testing'
import type { AnyClient } from './people.ts'

/** What a handler of any integration is given, and what it gives. */
export interface Props {
  input: Record<string, unknown> & {
    messages?: { role: string; content: string; toolCallId?: string; toolCalls?: { id: string }[] }[]
  }
  signal: AbortSignal
}
type Run = (props: Props) => unknown
export type Change = (run: Run) => Run

/** What the handler of a message of any integration is given. */
export interface SendProps {
  payload: Record<string, unknown>
  conversation: { id: string; tags: Record<string, string> }
  signal: AbortSignal
  ack(acknowledgement: object): Promise<void>
}
type Send = (props: SendProps) => unknown
/** What the handler of requests of any integration is given. */
export interface RequestProps {
  req: { body: string }
  client: AnyClient
}
type Handle = (props: RequestProps) => unknown

/** A right implementation in which something is wrong. */
export interface Plant {
  /** What is wrong with it. */
  readonly wrong: string
  /** The check that has to find it. */
  readonly caughtBy: string
  /** By action: another handler, made from the right one. */
  readonly change?: Readonly<Record<string, Change>>
  /** By channel and type, as `hitl/text`: another handler of messages. */
  readonly sends?: Readonly<Record<string, (run: Send) => Send>>
  /** Another handler of requests. */
  readonly handles?: (run: Handle) => Handle
  /** Says something else of the input of its actions than the interface does. */
  readonly says?: z.core.$ZodType
  /** Says something else of the messages of its channels than the interface does. */
  readonly saysOfMessages?: z.core.$ZodType
  readonly options?: Partial<SuiteOptions>
}

type Given = { readonly kind: 'integration' }

/** Runs the suite with a wrong implementation, and gives the names of the checks that fail. */
export async function failuresOf(
  contract: { readonly kind: 'contract' },
  integration: Given,
  { change = {}, sends = {}, handles, says, saysOfMessages, options }: Plant,
): Promise<string[]> {
  const changed = withHandlers(integration as never, (handlers) => {
    const actions: Record<string, unknown> = { ...handlers.actions }
    for (const [name, make] of Object.entries(change)) actions[name] = make(actions[name] as Run)
    const channels: Record<string, { messages: Record<string, unknown> }> = { ...(handlers.channels as object) }
    for (const [name, make] of Object.entries(sends)) {
      const [channel = '', type = ''] = name.split('/')
      const { messages = {}, ...rest } = channels[channel] ?? {}
      channels[channel] = { ...rest, messages: { ...messages, [type]: make(messages[type] as Send) } }
    }
    const handler = handles ? handles(handlers.handler as never) : handlers.handler
    return { ...handlers, actions, channels, handler } as never
  })
  const spoken = saysOfMessages ? sayingOfMessages(changed, saysOfMessages) : changed
  const planted = says ? saying(spoken, says) : spoken
  const report = await runSuite(contract as Contract<never>, {
    integration: planted as never,
    date: '2026-11-29',
    generated: 4,
    patience: 50,
    timeout: 10_000,
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

/** The same of messages. */
function sayingOfMessages(integration: object, schema: z.core.$ZodType): object {
  const { channels } = integration as { channels: Record<string, { messages: Record<string, object> }> }
  const changed = Object.fromEntries(
    Object.entries(channels).map(([name, channel]) => [
      name,
      { ...channel, messages: Object.fromEntries(Object.keys(channel.messages).map((type) => [type, { schema }])) },
    ]),
  )
  return Object.create(integration, { channels: { value: changed } }) as object
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
