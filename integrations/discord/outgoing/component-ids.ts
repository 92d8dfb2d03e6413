import { createHash } from 'node:crypto'
import type { DiscordClient } from '../props.ts'

/** What a button or option does, and with what. */
export interface Doing {
  readonly action: 'say' | 'postback' | 'form'
  readonly value: string
}
type Store = Pick<DiscordClient, 'getState' | 'setState'>

/** Characters that Discord keeps for a button or option. */
const longestId = 100
/** Values that are kept for one conversation, since Discord does not. */
const mostKept = 500
const marks = { say: 's', postback: 'p', form: 'f' } as const

/** What Discord is to call buttons or options of one message, each otherwise. Values that are too long for it are kept here. */
export async function componentIds(
  { client, conversation }: { readonly client: Store; readonly conversation: { readonly id: string } },
  doings: readonly Doing[],
): Promise<string[]> {
  const kept: Record<string, string> = {}
  const ids = doings.map(({ action, value }, index) => {
    const mark = marks[action]
    const id = `${mark}${index}:${value}`
    if (id.length <= longestId) return id
    const digest = createHash('sha256').update(value).digest('base64url')
    kept[digest] = value
    return `${mark.toUpperCase()}${index}:${digest}`
  })
  if (Object.keys(kept).length > 0) await keep(client, conversation.id, kept)
  return ids
}

/** What a button or option does; undefined for one that was not made here, or so long ago that it is forgotten. */
export async function pressedFrom(
  client: Pick<Store, 'getState'>,
  conversationId: string,
  id: string,
): Promise<Doing | undefined> {
  const [, mark = '', rest = ''] = /^([spf])\d+:([\s\S]*)$/i.exec(id) ?? []
  const action = actions[mark.toLowerCase()]
  if (!action) return undefined
  if (mark === mark.toLowerCase()) return { action, value: rest }
  const { state } = await client.getState({ name: 'buttons', id: conversationId })
  const values = state?.payload.values ?? {}
  const value = Object.hasOwn(values, rest) ? values[rest] : undefined
  return value === undefined ? undefined : { action, value }
}

const actions: Readonly<Record<string, Doing['action'] | undefined>> = { s: 'say', p: 'postback', f: 'form' }

async function keep(client: Store, id: string, kept: Readonly<Record<string, string>>): Promise<void> {
  const { state } = await client.getState({ name: 'buttons', id })
  const before = Object.entries(state?.payload.values ?? {}).filter(([digest]) => !Object.hasOwn(kept, digest))
  const values = Object.fromEntries([...before, ...Object.entries(kept)].slice(-mostKept))
  await client.setState({ name: 'buttons', id, payload: { values } })
}
