import { PlugboardError } from 'plugboard'
import { callSlack } from '../api.ts'
import { exactObject } from '../outgoing/exact.ts'
import { shortened } from '../outgoing/formatted.ts'
import { longestSection } from '../outgoing/split.ts'
import type { Content } from '../outgoing/outgoing.ts'
import { fallback } from '../outgoing/text-parts.ts'
import type { SlackProps } from '../props.ts'
import type { Session } from './session.ts'

/** What the buttons of a session are called. */
export const takeId = 'plugboard_session:take'
export const endId = 'plugboard_session:end'

const longestHeader = 150

/** What the message that begins a session says. */
export interface Head {
  readonly title: string
  readonly description?: string | undefined
  /** Who needs help. */
  readonly name: string
}

/** The message that begins a session: its thread is the session. */
export function headOf({ title, description, name }: Head): Content {
  const blocks = [
    header(title),
    ...(description === undefined
      ? []
      : [{ type: 'section', text: exactObject(shortened(description, longestSection)) }]),
    context(`${name} asks for help. What you write in the thread goes there.`),
    { type: 'actions', elements: [button(takeId, 'Take over', 'primary'), button(endId, 'End')] },
  ]
  return { text: fallback(title), blocks }
}

/** Says at the head of a session that it is over, and takes its buttons away. */
export async function closeHead(props: SlackProps, { place, title }: Session): Promise<void> {
  const { channel, thread_ts: ts } = place
  const blocks = [header(title), context('It is over.')] as never[]
  await callSlack(props, (api) => api.chat.update({ channel, ts, text: fallback(title), blocks })).catch(
    (error: unknown) => {
      // Over is what it is, also where somebody has deleted the message.
      if (!PlugboardError.isInstance(error) || error.code !== 'vendor_refused') throw error
    },
  )
}

const header = (title: string): object => ({
  type: 'header',
  text: { type: 'plain_text', text: shortened(title, longestHeader), emoji: false },
})
const context = (text: string): object => ({
  type: 'context',
  elements: [{ type: 'plain_text', text: shortened(text, longestSection), emoji: false }],
})
const button = (action_id: string, label: string, style?: 'primary'): object => ({
  type: 'button',
  action_id,
  text: { type: 'plain_text', text: label, emoji: false },
  ...(style && { style }),
})
