import { createHash } from 'node:crypto'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import { isLink } from './link.ts'
import type { Outgoing } from './outgoing.ts'

/** A button, and what it does. */
export interface Button {
  readonly action: 'say' | 'postback' | 'url'
  readonly label: string
  readonly value: string
}

/** A button of this integration that was pressed. */
export interface Pressed {
  readonly action: 'say' | 'postback'
  readonly value: string
}

/** The most buttons below a message. */
export const mostButtons = 100
/** Bytes that Telegram keeps for a button. */
const longestData = 64
/** Values that are kept for one conversation, since Telegram does not. */
const mostKept = 500

type Store = Pick<Outgoing['client'], 'getState' | 'setState'>

/** The buttons as they stand below a message. Values that are too long for Telegram are kept here. */
export async function keyboardOf(
  { client, conversation }: Pick<Outgoing, 'conversation'> & { readonly client: Store },
  buttons: readonly Button[],
  columns = 1,
): Promise<InlineKeyboardMarkup | undefined> {
  const shown = buttons.filter((button) => button.action !== 'url' || isLink(button.value)).slice(0, mostButtons)
  if (shown.length === 0) return undefined
  const kept: Record<string, string> = {}
  const keys = shown.map(({ action, label, value }): InlineKeyboardButton => {
    if (action === 'url') return { text: label, url: value }
    const mark = action === 'say' ? 's' : 'p'
    if (Buffer.byteLength(value) < longestData) return { text: label, callback_data: `${mark}${value}` }
    const digest = createHash('sha256').update(value).digest('base64url')
    kept[digest] = value
    return { text: label, callback_data: `${mark.toUpperCase()}${digest}` }
  })
  if (Object.keys(kept).length > 0) await keep(client, conversation.id, kept)
  const rows = Array.from({ length: Math.ceil(keys.length / columns) }, (_, row) =>
    keys.slice(row * columns, (row + 1) * columns),
  )
  return { inline_keyboard: rows }
}

/** What a button says that it was given; undefined for one that was not made here, or so long ago that it is forgotten. */
export async function pressedFrom(
  client: Pick<Store, 'getState'>,
  conversationId: string,
  data: string,
): Promise<Pressed | undefined> {
  const mark = data[0]?.toLowerCase()
  if (mark !== 's' && mark !== 'p') return undefined
  const action = mark === 's' ? 'say' : 'postback'
  const rest = data.slice(1)
  if (data.startsWith(mark)) return { action, value: rest }
  const { state } = await client.getState({ name: 'buttons', id: conversationId })
  const values = state?.payload.values ?? {}
  const value = Object.hasOwn(values, rest) ? values[rest] : undefined
  return value === undefined ? undefined : { action, value }
}

/** Links that Telegram would refuse, with the whole message; they are written out instead. */
export function unlinked(buttons: readonly Button[]): string[] {
  return buttons.flatMap(({ action, label, value }) =>
    action === 'url' && !isLink(value) ? [`${label}: ${value}`] : [],
  )
}

async function keep(client: Store, id: string, kept: Readonly<Record<string, string>>): Promise<void> {
  const { state } = await client.getState({ name: 'buttons', id })
  const before = Object.entries(state?.payload.values ?? {}).filter(([digest]) => !Object.hasOwn(kept, digest))
  const values = Object.fromEntries([...before, ...Object.entries(kept)].slice(-mostKept))
  await client.setState({ name: 'buttons', id, payload: { values } })
}
