import { createHash } from 'node:crypto'
import type { Outgoing } from './outgoing.ts'

/** A button, and what it does. */
export interface Button {
  readonly action: 'say' | 'postback'
  readonly label: string
  readonly value: string
}

/** A button of this integration that was pressed. */
export interface Pressed {
  readonly action: 'say' | 'postback'
  readonly value: string
}

/** What WhatsApp keeps for a button: letters are enough to tell them apart, and white space would be cut. */
const longestId = 200
/** Values that are kept for one conversation, since WhatsApp does not. */
const mostKept = 500

type Store = Pick<Outgoing['client'], 'getState' | 'setState'>

/** By what each button is known when it is pressed. Values that are too long for WhatsApp are kept here. */
export async function idsOf(
  { client, conversation }: { readonly client: Store; readonly conversation: { readonly id: string } },
  buttons: readonly Button[],
): Promise<string[]> {
  const kept: Record<string, string> = {}
  const ids = buttons.map(({ action, value }) => {
    const mark = action === 'say' ? 's' : 'p'
    if (value.length < longestId && value.trim() === value) return `${mark}${value}`
    const digest = createHash('sha256').update(value).digest('base64url')
    kept[digest] = value
    return `${mark.toUpperCase()}${digest}`
  })
  if (Object.keys(kept).length > 0) await keep(client, conversation.id, kept)
  return ids
}

/** What a button says that it was given; undefined for one that was not made here, or so long ago that it is forgotten. */
export async function pressedFrom(
  client: Pick<Store, 'getState'>,
  conversationId: string,
  id: string,
): Promise<Pressed | undefined> {
  const mark = id[0]?.toLowerCase()
  if (mark !== 's' && mark !== 'p') return undefined
  const action = mark === 's' ? 'say' : 'postback'
  const rest = id.slice(1)
  if (id.startsWith(mark)) return { action, value: rest }
  const { state } = await client.getState({ name: 'buttons', id: conversationId })
  const values = state?.payload.values ?? {}
  const value = Object.hasOwn(values, rest) ? values[rest] : undefined
  return value === undefined ? undefined : { action, value }
}

async function keep(client: Store, id: string, kept: Readonly<Record<string, string>>): Promise<void> {
  const { state } = await client.getState({ name: 'buttons', id })
  const before = Object.entries(state?.payload.values ?? {}).filter(([digest]) => !Object.hasOwn(kept, digest))
  const values = Object.fromEntries([...before, ...Object.entries(kept)].slice(-mostKept))
  await client.setState({ name: 'buttons', id, payload: { values } })
}
