import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayReceivePayload,
  type GatewaySendPayload,
} from 'discord-api-types/v10'
import type { GatewaySettings } from '../configuration.ts'
import type { ListenProps } from '../props.ts'
import { comesAgain } from './comes-again.ts'
import { keepSession, type Session } from './session.ts'
import { deliveryOf, isHeard, takeDispatch } from './take-dispatch.ts'

/** How a connection ended. */
export interface Ending {
  /** As the WebSocket says; 4000 where this side has ended it. */
  readonly code: number
  /** Whether it had come so far that something could be heard. */
  readonly wasOpen: boolean
  /** Whether Discord does not know the session any more. */
  readonly isInvalid: boolean
  /** What prevented that something was taken. */
  readonly error?: Error
}
type Props = Omit<ListenProps, 'configuration'> & { readonly configuration: GatewaySettings }

/** Milliseconds in which Discord greets whoever connects. */
const longestSilence = 30_000
/** Any code but those by which Discord would end the session. */
const goesOn = 4000

const heard =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages |
  GatewayIntentBits.DirectMessageReactions

/** One connection to the Gateway. What comes is taken one after another, and its number is kept with it. */
export class Connection {
  readonly #props: Props
  readonly #ended = Promise.withResolvers<Ending>()
  #session: Session | undefined
  #socket: WebSocket | undefined
  #heart: ReturnType<typeof setTimeout> | undefined
  #isAcknowledged = true
  #wasOpen = false
  #isOver = false
  #taking: Promise<void> = Promise.resolve()

  constructor(props: Props, session: Session | undefined) {
    this.#props = props
    this.#session = session
  }

  async run(address: string): Promise<Ending> {
    const { signal } = this.#props
    const url = new URL(address)
    url.search = 'v=10&encoding=json'
    this.#socket = new WebSocket(url)
    this.#socket.addEventListener('message', ({ data }) => this.#receive(String(data)))
    this.#socket.addEventListener('close', ({ code }) => this.#endAfterwards({ code }))
    // What is wrong is told when it closes.
    this.#socket.addEventListener('error', () => {})
    this.#heart = setTimeout(() => this.#end({ code: goesOn }), longestSilence)
    const stop = (): void => this.#end({ code: goesOn })
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    try {
      return await this.#ended.promise
    } finally {
      signal.removeEventListener('abort', stop)
      clearTimeout(this.#heart)
      await this.#taking
    }
  }

  #end(ending: { code: number; isInvalid?: boolean; error?: Error }): void {
    this.#isOver = true
    this.#socket?.close(goesOn)
    this.#ended.resolve({ isInvalid: false, wasOpen: this.#wasOpen, ...ending })
  }

  /** Ends it once everything that came before is taken: what comes next may know nothing of it any more. */
  #endAfterwards(ending: { code: number; isInvalid?: boolean }): void {
    clearTimeout(this.#heart)
    this.#taking = this.#taking.then(() => this.#end(ending))
  }

  #receive(text: string): void {
    if (this.#isOver) return
    const payload = payloadIn(text)
    if (!payload) return this.#endAfterwards({ code: goesOn })
    if (payload.op === GatewayOpcodes.Hello) {
      this.#beat(payload.d.heartbeat_interval, Math.random())
      this.#begin()
    }
    if (payload.op === GatewayOpcodes.Heartbeat) this.#heartbeat()
    if (payload.op === GatewayOpcodes.HeartbeatAck) this.#isAcknowledged = true
    if (payload.op === GatewayOpcodes.Reconnect) this.#endAfterwards({ code: goesOn })
    if (payload.op === GatewayOpcodes.InvalidSession) this.#endAfterwards({ code: goesOn, isInvalid: !payload.d })
    if (payload.op === GatewayOpcodes.Dispatch)
      this.#taking = this.#taking
        .then(() => this.#take(payload))
        .catch((error: unknown) => this.#end({ code: goesOn, error: error as Error }))
  }

  #begin(): void {
    const { botToken: token, readMessages } = this.#props.configuration
    if (this.#session) {
      const { id: session_id, sequence: seq } = this.#session
      return this.#send({ op: GatewayOpcodes.Resume, d: { token, session_id, seq } })
    }
    this.#send({
      op: GatewayOpcodes.Identify,
      d: {
        token,
        intents: heard | (readMessages ? GatewayIntentBits.MessageContent : 0),
        properties: { os: process.platform, browser: 'plugboard', device: 'plugboard' },
      },
    })
  }

  /** Heartbeats as often as Discord asks; the first one somewhere in between, so that not all bots beat at once. */
  #beat(interval: number, part = 1): void {
    clearTimeout(this.#heart)
    this.#heart = setTimeout(() => {
      // It is open, and nobody is there.
      if (!this.#isAcknowledged) return this.#end({ code: goesOn })
      this.#isAcknowledged = false
      this.#heartbeat()
      this.#beat(interval)
    }, interval * part)
  }

  #heartbeat(): void {
    this.#send({ op: GatewayOpcodes.Heartbeat, d: this.#session?.sequence ?? null })
  }

  #send(payload: GatewaySendPayload): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(payload))
  }

  async #take(payload: GatewayDispatchPayload): Promise<void> {
    // What is not taken comes again with the next connection.
    if (this.#isOver) return
    const { client } = this.#props
    if (payload.t === GatewayDispatchEvents.Ready) {
      const { session_id: id, resume_gateway_url: url } = payload.d
      this.#session = { id, url, sequence: payload.s }
      await keepSession(client, this.#session)
    }
    if (payload.t === GatewayDispatchEvents.Ready || payload.t === GatewayDispatchEvents.Resumed) this.#wasOpen = true
    if (!this.#session) return
    const session = { ...this.#session, sequence: payload.s }
    if (isHeard(payload)) await this.#deliver(payload, session)
    this.#session = session
  }

  async #deliver(payload: GatewayDispatchPayload, session: Session): Promise<void> {
    const { client, deliver, logger } = this.#props
    const id = deliveryOf(payload) ?? `${session.id}/${payload.s}`
    try {
      const isNew = await deliver(id, async (transaction) => {
        await takeDispatch({ ...this.#props, client: transaction.client }, payload)
        await keepSession(transaction.client, session)
      })
      if (!isNew) await keepSession(client, session)
    } catch (error) {
      if (!comesAgain(error)) throw error
      logger.error('an event of Discord cannot be taken and is left aside', { error, event: payload.t })
      await keepSession(client, session)
    }
  }
}

function payloadIn(text: string): GatewayReceivePayload | undefined {
  try {
    const payload: unknown = JSON.parse(text)
    return typeof payload === 'object' && payload !== null && 'op' in payload
      ? (payload as GatewayReceivePayload)
      : undefined
  } catch {
    return undefined
  }
}
