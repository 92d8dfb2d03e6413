import { PlugboardError } from 'plugboard'

/** Something that people did. */
export interface Happening {
  readonly kind: 'write' | 'edit' | 'delete' | 'react' | 'unreact' | 'deliver' | 'read' | 'assign' | 'answer' | 'end'
  readonly id: string
  readonly by: string
  readonly place: string
  readonly message: string | undefined
  readonly text: string
  readonly reaction: string
}

interface Kept {
  readonly by: string
  readonly reactions: Set<string>
  isGone: boolean
  text: string
}

const people: Readonly<Record<string, string>> = { ada: 'Ada', grace: 'Grace' }
const rooms = ['lobby', 'garden']

/** A chat platform in memory: rooms, people, and a desk whose people serve sessions. */
export class MessengerPlatform {
  readonly messages = new Map<string, Kept>()
  /** The sessions that are open, and who serves each. */
  readonly sessions = new Map<string, Set<string>>()
  readonly shown = {
    typing: [] as boolean[],
    messages: [] as { text: string; name: string | undefined }[],
    edits: [] as string[],
    deletions: [] as string[],
    reactions: [] as { reaction: string; isGone: boolean }[],
    reads: [] as string[],
  }
  weather: 'fair' | 'down' | 'slow' = 'fair'
  #count = 0

  next(): number {
    return (this.#count += 1)
  }

  /** Shows a message, and gives what it is called. */
  async show(place: string, { text, name }: { text: string; name: string | undefined }, signal: AbortSignal) {
    if (place.startsWith('session-') && !this.sessions.has(place)) throw refusal('the session has ended')
    if (this.weather === 'down')
      throw new PlugboardError({ code: 'vendor_unavailable', message: 'the connection was reset', retryable: true })
    if (this.weather === 'slow') await aborted(signal)
    const id = `from-bot-${this.next()}`
    this.messages.set(id, { by: 'bot', isGone: false, text, reactions: new Set() })
    this.shown.messages.push({ text, name })
    return id
  }

  edit(id: string, text: string): void {
    const message = this.#message(id)
    if (message.by !== 'bot') throw refusal('it is the message of somebody else')
    if (message.isGone) throw refusal('the message was deleted')
    message.text = text
    this.shown.edits.push(text)
  }

  remove(id: string): void {
    const message = this.#message(id)
    if (message.isGone) return
    message.isGone = true
    this.shown.deletions.push(id)
  }

  react(id: string, reaction: string, isGone: boolean): void {
    const { reactions } = this.#message(id)
    if (reactions.has(reaction) !== isGone) return
    if (isGone) reactions.delete(reaction)
    else reactions.add(reaction)
    this.shown.reactions.push({ reaction, isGone })
  }

  /** Opens a session, and gives what it is called. */
  open(): string {
    const id = `session-${this.next()}`
    this.sessions.set(id, new Set())
    return id
  }

  /** Whether somebody serves a session from now on who did not before. */
  serve(session: string, handle: string): boolean {
    const serving = this.sessions.get(session)
    if (!serving || serving.has(handle)) return false
    serving.add(handle)
    return true
  }

  nameOf(handle: string): string {
    const name = people[handle]
    if (name === undefined) throw refusal(`nobody is called '${handle}'`)
    return name
  }

  demandRoom(room: string): void {
    if (room === 'cellar') throw refusal('the bot may not write in the cellar')
    if (!rooms.includes(room)) throw refusal(`there is no room '${room}'`)
  }

  #message(id: string): Kept {
    const message = this.messages.get(id)
    if (!message) throw refusal(`there is no message '${id}'`)
    return message
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

const refusal = (message: string): PlugboardError => new PlugboardError({ code: 'vendor_refused', message })
