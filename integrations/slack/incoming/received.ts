import type { WebhookRequest } from 'plugboard'
import type { EventEnvelope, Interaction, MessageEvent, SlackEvent, SlashCommand } from './envelope.ts'

/** What a request of Slack holds. */
export type Received =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'event'; readonly envelope: EventEnvelope }
  | { readonly kind: 'limited' }
  | { readonly kind: 'interaction'; readonly interaction: Interaction }
  | { readonly kind: 'command'; readonly command: SlashCommand }
  /** Slack looks whether the address is reached by https. */
  | { readonly kind: 'look' }

/** What a request holds; undefined for what Slack does not send. */
export function receivedIn({ body = '' }: Pick<WebhookRequest, 'body'>): Received | undefined {
  if (body.startsWith('{')) return inJson(parsed(body))
  const form = new URLSearchParams(body)
  const payload = form.get('payload')
  if (payload !== null) {
    const interaction = parsed(payload)
    return isInteraction(interaction) ? { kind: 'interaction', interaction } : undefined
  }
  if (form.get('ssl_check') === '1') return { kind: 'look' }
  const command = { text: '', ...Object.fromEntries(form) }
  return isCommand(command) ? { kind: 'command', command } : undefined
}

/** The same of what comes over a connection, which has its kind beside it. */
export function receivedOver(type: string, payload: unknown): Received | undefined {
  if (type === 'events_api') return inJson(payload)
  if (type === 'interactive' && isInteraction(payload)) return { kind: 'interaction', interaction: payload }
  return type === 'slash_commands' && isCommand(payload) ? { kind: 'command', command: payload } : undefined
}

/** What tells one event from another, however often and by whichever way it comes; undefined for all else, which has no id. */
export function eventIdOf(received: Received): string | undefined {
  if (received.kind !== 'event') return undefined
  const { event, event_id } = received.envelope
  return isNewMessage(event) ? `message ${event.channel} ${event.ts}` : event_id
}

/** What tells one request from another, so that what Slack sends again, or somebody else, is taken once. */
export function deliveryIdOf(request: WebhookRequest): string | undefined {
  if (request.path !== '/webhook') return undefined
  const received = receivedIn(request)
  // An address is asked again and again whether it is one.
  if (!received || received.kind === 'challenge' || received.kind === 'look') return undefined
  // What has no id of its own is signed with its time, so that two presses of one button are two.
  return eventIdOf(received) ?? request.headers['x-slack-signature']
}

/** Whether somebody has written something: a mention comes as a message too, and both are one. */
export function isNewMessage(event: SlackEvent): event is SlackEvent & MessageEvent {
  const { type, subtype, channel, ts } = event
  if (typeof channel !== 'string' || typeof ts !== 'string') return false
  return type === 'app_mention' || (type === 'message' && (subtype === undefined || written.has(subtype)))
}

/** The kinds of messages that people write; all others tell what has happened. */
const written: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast', 'me_message', 'bot_message'])

function inJson(told: unknown): Received | undefined {
  if (!isRecord(told)) return undefined
  const { type, challenge, event, event_id } = told
  if (type === 'url_verification' && typeof challenge === 'string') return { kind: 'challenge', challenge }
  if (type === 'app_rate_limited') return { kind: 'limited' }
  if (type !== 'event_callback' || typeof event_id !== 'string' || !isRecord(event)) return undefined
  return typeof event['type'] === 'string' ? { kind: 'event', envelope: told as never } : undefined
}

function isInteraction(told: unknown): told is Interaction {
  return (
    isRecord(told) &&
    typeof told['type'] === 'string' &&
    isRecord(told['user']) &&
    typeof told['user']['id'] === 'string'
  )
}

const isCommand = (told: unknown): told is SlashCommand =>
  isRecord(told) &&
  typeof told['text'] === 'string' &&
  ['command', 'user_id', 'channel_id', 'trigger_id', 'response_url'].every((name) => Boolean(told[name]))

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
