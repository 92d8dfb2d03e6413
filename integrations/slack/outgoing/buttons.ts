import { createHash } from 'node:crypto'
import type { Carried } from '../messages.ts'
import { shortened } from './formatted.ts'
import type { Outgoing } from './outgoing.ts'

export type Button = Carried['card']['actions'][number]

/** What was pressed: `say` is said by the person, `postback` only told. */
export interface Pressed {
  readonly action: 'say' | 'postback'
  readonly value: string
}

/** What Slack takes: characters of a label and of what is behind it, elements in a block, options in a list. */
const longestLabel = 75
const longestValue = { button: 2000, option: 150 }
const longestUrl = 3000
export const mostButtons = 25
export const mostOptions = 100
/** How many long values are kept for a conversation. */
const mostKept = 500

const prefix = 'plugboard'
type Store = Pick<Outgoing['client'], 'getState' | 'setState'>
type Keeper = Pick<Outgoing, 'conversation'> & { readonly client: Store }

/** Buttons, in as many blocks as they need. Values that are too long for Slack are kept here. */
export async function buttonBlocks(keeper: Keeper, buttons: readonly Button[]): Promise<object[]> {
  const shown = buttons.filter((button) => button.action !== 'url' || isLink(button.value))
  const values = await coded(keeper, shown, longestValue.button)
  const elements = shown.map(({ action, label, value }, index) => ({
    type: 'button',
    text: labelOf(label),
    // Slack wants another one for each element of a block.
    action_id: `${prefix}:${action}:${index}`,
    ...(action === 'url' ? { url: value } : { value: values[index] }),
  }))
  return inBlocks(elements, mostButtons)
}

/** Options, in as many lists that open as they need. */
export async function optionBlocks(keeper: Keeper, options: Carried['dropdown']['options']): Promise<object[]> {
  const values = await coded(keeper, options, longestValue.option)
  const all = options.map(({ label }, index) => ({ text: labelOf(label), value: values[index] }))
  const lists = Array.from({ length: Math.ceil(all.length / mostOptions) }, (_, index) => ({
    type: 'static_select',
    action_id: `${prefix}:say:${index}`,
    placeholder: labelOf('…'),
    options: all.slice(index * mostOptions, (index + 1) * mostOptions),
  }))
  return inBlocks(lists, mostButtons)
}

/** Whether an element was made here. */
export const isOwnElement = (actionId: string): boolean => actionId.startsWith(`${prefix}:`)

/** What an element says that it was given; undefined for a link, or for a value so old that it is forgotten. */
export async function pressedFrom(
  client: Pick<Store, 'getState'>,
  conversationId: string,
  { actionId, value }: { readonly actionId: string; readonly value: string | undefined },
): Promise<Pressed | undefined> {
  const action = actionId.split(':')[1]
  if ((action !== 'say' && action !== 'postback') || value === undefined) return undefined
  const rest = value.slice(1)
  if (value.startsWith('=')) return { action, value: rest }
  const { state } = await client.getState({ name: 'buttons', id: conversationId })
  const values = state?.payload.values ?? {}
  const kept = Object.hasOwn(values, rest) ? values[rest] : undefined
  return kept === undefined ? undefined : { action, value: kept }
}

/** Links that Slack would refuse, with the whole message; they are written out instead. */
export function unlinked(buttons: readonly Button[]): string[] {
  return buttons.flatMap(({ action, label, value }) =>
    action === 'url' && !isLink(value) ? [`${label}: ${value}`] : [],
  )
}

function isLink(value: string): boolean {
  return (
    value.length <= longestUrl && URL.canParse(value) && /^(?:https?|mailto|tel|slack):$/.test(new URL(value).protocol)
  )
}

const labelOf = (label: string): object => ({
  type: 'plain_text',
  text: shortened(label, longestLabel),
  emoji: false,
})

function inBlocks(elements: readonly object[], most: number): object[] {
  return Array.from({ length: Math.ceil(elements.length / most) }, (_, index) => ({
    type: 'actions',
    elements: elements.slice(index * most, (index + 1) * most),
  }))
}

/** Values as they stand behind elements: those that are too long by their digests. */
async function coded(
  keeper: Keeper,
  items: readonly { readonly value: string; readonly action?: string }[],
  longest: number,
): Promise<string[]> {
  const kept: Record<string, string> = {}
  const values = items.map(({ value, action }) => {
    if (action === 'url' || value.length < longest) return `=${value}`
    const digest = createHash('sha256').update(value).digest('base64url')
    kept[digest] = value
    return `#${digest}`
  })
  if (Object.keys(kept).length > 0) await keep(keeper, kept)
  return values
}

async function keep({ client, conversation: { id } }: Keeper, kept: Readonly<Record<string, string>>): Promise<void> {
  const { state } = await client.getState({ name: 'buttons', id })
  const before = Object.entries(state?.payload.values ?? {}).filter(([digest]) => !Object.hasOwn(kept, digest))
  const values = Object.fromEntries([...before, ...Object.entries(kept)].slice(-mostKept))
  await client.setState({ name: 'buttons', id, payload: { values } })
}
