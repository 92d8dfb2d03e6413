import type { MessageContent } from '../../implementation/consumer-handlers.ts'
import type { Conversation, Message } from '../../implementation/records.ts'
import { aborted } from '../calls/located.ts'
import type { Installation } from '../composition/installation.ts'
import type { Logger } from '../../implementation/logger.ts'
import { HandlerRun } from '../consumers/handler-run.ts'
import { Draft, type DraftHandlers, type DraftServices } from './draft.ts'
import { payloadsOf } from './payloads-of.ts'
import type { DraftedMessage, MadeMessage, StreamedMessage } from './streamed-message.ts'

/** What drafts work with. */
export interface DraftsServices extends Omit<DraftServices, 'installation' | 'logger'> {
  readonly stopping: AbortController
  installation(alias: string): Installation | undefined
  loggerOf(installation: Installation): Logger
  loggerFor(place: object): Logger
}

/** The drafts of messages that are being made. They are outside of what is guaranteed: a message is what is stored and sent. */
export class Drafts {
  readonly #services: DraftsServices
  /** Those that were shown and whose handler has not ended, by the id of the message. */
  readonly #open = new Map<string, { readonly run: string; readonly draft: Draft }>()

  constructor(services: DraftsServices) {
    this.#services = services
  }

  /** Reads a stream to its end, and shows what comes as far as the channel can. */
  async read({ type, stream, message, conversation, run, where }: StreamedMessage): Promise<MadeMessage> {
    const draft = await this.#draftOf(message, conversation, run)
    let payload: unknown
    try {
      for await (const part of payloadsOf(type, stream, where)) {
        if (run.signal.aborted) throw aborted(where, run.signal)
        payload = part
        draft?.push({ type, payload: part })
      }
    } finally {
      await draft?.close()
      if (draft?.wasShown) this.#open.set(message.id, { run: run.key, draft })
    }
    return { payload, tags: draft?.tags ?? {} }
  }

  /** Takes away what a handler has shown that is over, if no message comes of it. */
  async settle(run: HandlerRun, messages: readonly Message[]): Promise<void> {
    for (const [id, draft] of this.#ofRun(run)) {
      this.#open.delete(id)
      if (!messages.some((message) => message.id === id)) await this.#quietly(() => draft.discard())
    }
  }

  /** Lets go of what a handler has shown that is another process's now. */
  forget(run: HandlerRun): void {
    for (const [id] of this.#ofRun(run)) this.#open.delete(id)
  }

  /** Takes away what was shown of a message that a hook has stopped. */
  async withdraw(message: Message, conversation: Conversation): Promise<void> {
    const run = new HandlerRun(`${message.id}/withdraw`, this.#services.stopping.signal)
    const { type, payload } = message
    await this.#quietly(async () => {
      const draft = await this.#draftOf(message, conversation, run)
      await draft?.discard({ type, payload } as MessageContent)
    })
  }

  #ofRun({ key }: HandlerRun): readonly (readonly [string, Draft])[] {
    if (this.#open.size === 0) return []
    return [...this.#open].flatMap(([id, { run, draft }]) =>
      run === key || run.startsWith(`${key}/`) ? [[id, draft] as const] : [],
    )
  }

  async #draftOf(message: DraftedMessage, conversation: Conversation, run: HandlerRun): Promise<Draft | undefined> {
    const installation = this.#services.installation(conversation.integration)
    const handlers = installation && draftHandlers(installation, conversation.channel)
    // What the handler sent before waits for the handler's end: a draft must not overtake it.
    const overtakes = run.effects.messages.some(({ conversationId }) => conversationId === conversation.id)
    if (!handlers || overtakes) return undefined
    const user = await this.#services.store.getUser(message.userId)
    if (!user) return undefined
    const { consumers, store, clock, contextFor, pauses } = this.#services
    const services: DraftServices = {
      consumers,
      store,
      clock,
      contextFor,
      pauses,
      installation,
      logger: this.#services.loggerOf(installation),
    }
    return new Draft(services, { message, conversation, user, run }, handlers)
  }

  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!this.#services.stopping.signal.aborted)
        this.#services.loggerFor({}).warn('a draft of which no message comes could not be taken away', { error })
    }
  }
}

/** How a channel shows drafts; undefined for one that does not, or cannot now. */
function draftHandlers(installation: Installation, channel: string): DraftHandlers | undefined {
  const { inactive, isRegistered, disabledChannels, handlers } = installation
  if (inactive !== undefined || !isRegistered || disabledChannels.has(channel)) return undefined
  const channels = handlers?.channels as Readonly<Record<string, Partial<DraftHandlers>>> | undefined
  const { drafts, discardDraft } = (channels && Object.hasOwn(channels, channel) && channels[channel]) || {}
  return drafts && { drafts, ...(discardDraft && { discardDraft }) }
}
