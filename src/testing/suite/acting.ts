import { type ErrorCode, type Message, PlugboardError } from 'plugboard'
import type { About, ActContext, Place, Shown } from '../people.ts'
import type { HandlerCall } from './probe.ts'
import type { Session } from './session.ts'
import { demand, skip } from './verdict.ts'

/** A message that the bot is to send. */
export interface Written {
  readonly conversationId: string
  readonly type: string
  readonly payload: unknown
}

/** What somebody writes where nothing is said. */
const somethingToSay = 'Hello'
const someReaction = '👍'

/** Has people do something on the platform, and gives the messages that came in by it. */
export async function act(session: Session, name: string, about: About = {}): Promise<readonly Message[]> {
  const { options, contracts } = session.subject
  const meaning = meaningOf(name, contracts)
  demand(meaning !== undefined, `the contract has no act '${name}'`)
  const play = options.people?.[name]
  if (!play) skip(`nobody plays the act '${name}': ${meaning}`)
  const earlier = session.messages.length
  await play(await contextFor(session, about))
  await session.bot.idle()
  return session.messages.slice(earlier)
}

function meaningOf(name: string, contracts: Session['subject']['contracts']): string | undefined {
  if (name === 'write') return 'somebody writes to the bot'
  return contracts.find(({ acts }) => Object.hasOwn(acts, name))?.acts[name]
}

async function contextFor(session: Session, about: About): Promise<ActContext> {
  const { conversationId, messageId, text = somethingToSay, reaction = someReaction, entity } = about
  const { client } = session
  const conversation =
    conversationId === undefined ? undefined : (await client.getConversation({ id: conversationId })).conversation
  const message = messageId === undefined ? undefined : (await client.getMessage({ id: messageId })).message
  return {
    receive: (request) => session.receive(request),
    client,
    text,
    reaction,
    ...(conversation && { conversation }),
    ...(message && { message }),
    ...(entity !== undefined && { entity }),
  }
}

/** A conversation in which somebody has written: the same one all through the session. */
export function placeIn(session: Session): Promise<Place> {
  session.place ??= act(session, 'write').then(([message]) => {
    demand(message !== undefined, `somebody wrote to the bot, and no message came in${session.refusals}`)
    const { conversationId, id: messageId, userId } = message
    return { conversationId, messageId, userId }
  })
  return session.place
}

/** Writes as the bot. Gives the call of the channel as it begins; undefined where the message comes to none. */
export async function beginSend(
  session: Session,
  written: Written,
): Promise<{ readonly id: string; readonly call: HandlerCall | undefined }> {
  const { probe, bot } = session
  const id = await session.write(written)
  const found = () => probe.sends.find(({ messageId }) => messageId === id)
  const begun = Promise.withResolvers<void>()
  // What was written before may be sent once more meanwhile.
  probe.onSend = ({ messageId }) => {
    if (messageId === id) begun.resolve()
  }
  if (!found()) await Promise.race([begun.promise, bot.idle()])
  probe.onSend = () => {}
  return { id, call: found() }
}

/** Writes as the bot. Gives the message when it was sent, and throws why it was not. */
export async function send(session: Session, written: Written): Promise<Message> {
  const { id, call } = await beginSend(session, written)
  await call?.ended
  if (call?.end?.kind === 'threw') throw call.end.error
  await session.bot.idle()
  const { items } = await session.bot.deadLetters()
  const dead = items.find(({ item }) => 'message' in item && item.message.id === id)
  if (dead) throw new PlugboardError({ code: dead.code as ErrorCode, message: dead.message })
  demand(call !== undefined, `a message '${written.type}' never comes to the integration`)
  return (await session.client.getMessage({ id })).message
}

/** The same, twice again where it fails in a way that passes: a platform has bad moments. Gives the call that sent it. */
export async function insistOnSending(session: Session, written: Written): Promise<HandlerCall | undefined> {
  for (let again = 0; ; again += 1) {
    try {
      const { id } = await send(session, written)
      return session.probe.sends.findLast(({ messageId }) => messageId === id)
    } catch (error) {
      if (again === 2 || !PlugboardError.isInstance(error) || !error.retryable) throw error
    }
  }
}

/** What the platform was asked to show of a kind. */
export async function shownOf<K extends keyof Shown>(session: Session, kind: K): Promise<NonNullable<Shown[K]>> {
  await session.bot.idle()
  const found = (await session.subject.options.shown?.())?.[kind]
  if (found === undefined) skip(`what the platform shows of '${kind}' cannot be told`)
  return found
}
