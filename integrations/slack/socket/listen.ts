import { once } from 'node:events'
import { PlugboardError } from 'plugboard'
import { callWith } from '../api.ts'
import { eventIdOf, receivedOver } from '../incoming/received.ts'
import { takeReceived } from '../incoming/take-received.ts'
import type { ListenProps } from '../props.ts'
import { Connection, type Ending, type Sent } from './connection.ts'

/** Milliseconds after which what only a person can mend is tried again. */
const whileNobodyMends = 600_000

/** Keeps a connection to Slack open as long as the bot runs, where it is configured so. */
export async function listen(props: ListenProps): Promise<void> {
  const { configuration, signal } = props
  if (!('appToken' in configuration)) {
    if (!signal.aborted) await once(signal, 'abort')
    return
  }
  const open = new Set<Connection>()
  const close = (): void => open.forEach((connection) => connection.close())
  let taking: Promise<unknown> = Promise.resolve()
  // One after another, so that what was said in a row comes in a row.
  const take = (sent: Sent): Promise<boolean> => {
    const taken = taking.then(() => takeSent(props, sent))
    taking = taken
    return taken
  }
  signal.addEventListener('abort', close)
  try {
    while (!signal.aborted) {
      const connection = new Connection(await addressOf(props, configuration.appToken), take)
      open.add(connection)
      void connection.closed.then(() => open.delete(connection))
      if (signal.aborted) return
      demandRenewal(await connection.ended)
    }
  } finally {
    signal.removeEventListener('abort', close)
    close()
    await taking
  }
}

/** An address by which one connection can be opened. */
async function addressOf(props: ListenProps, appToken: string): Promise<string> {
  const { url } = await callWith(props, appToken, (api) => api.apps.connections.open({}))
  if (url !== undefined && URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol)) return url
  throw new PlugboardError({
    code: 'vendor_failed',
    message: 'Slack gives no address for a connection',
    retryable: true,
  })
}

/** Goes on at once where Slack asks for another connection, and otherwise after a pause. */
function demandRenewal({ reason, wasGreeted }: Ending): void {
  if (reason !== undefined && reason !== 'link_disabled' && wasGreeted) return
  throw reason === 'link_disabled'
    ? new PlugboardError({
        code: 'vendor_refused',
        message: 'Slack closed the connection: turn on Socket Mode → Enable Socket Mode of the app',
        retryAfter: whileNobodyMends,
      })
    : new PlugboardError({
        code: 'vendor_unavailable',
        message: `the connection to Slack ended: ${reason ?? 'it broke off'}`,
        retryable: true,
      })
}

/** Brings in what Slack sent. Gives whether it is done with: what could not be stored comes again. */
async function takeSent(props: ListenProps, { envelope_id: id, type, payload }: Sent): Promise<boolean> {
  const { deliver, logger, signal } = props
  const received = receivedOver(type, payload)
  if (!received) {
    logger.warn('Slack sends what this version does not know', { type })
    return true
  }
  try {
    await deliver(eventIdOf(received) ?? id, ({ client }) => takeReceived({ ...props, client }, received))
    return true
  } catch (error) {
    if (signal.aborted) return false
    const isLeft = isOfTheEvent(error)
    logger.error(`something of Slack cannot be taken and ${isLeft ? 'is left aside' : 'is to come again'}`, {
      error,
      type,
    })
    return isLeft
  }
}

/** Whether an error would come again as often as Slack sends the same. */
const isOfTheEvent = (error: unknown): boolean =>
  // It is not made as Slack says.
  error instanceof TypeError ||
  (PlugboardError.isInstance(error) && !error.retryable && ofTheEvent.includes(error.code))

const ofTheEvent: readonly string[] = ['payload_invalid', 'message_type_unknown', 'tag_invalid', 'vendor_refused']
