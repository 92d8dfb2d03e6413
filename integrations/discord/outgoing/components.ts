import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10'
import { componentIds, type Doing } from './component-ids.ts'
import type { Outgoing, Row } from './outgoing.ts'
import { shortened } from './text.ts'

/** A button, and what it does. */
export interface Button {
  readonly action: Doing['action'] | 'url'
  readonly label: string
  readonly value: string
}
type Place = Pick<Outgoing, 'client' | 'conversation'>

const rowsOfMessage = 5
const buttonsOfRow = 5
const optionsOfList = 25
/** The most buttons of a message, and the most options in the lists of one. */
export const mostButtons = rowsOfMessage * buttonsOfRow
export const mostOptions = rowsOfMessage * optionsOfList

const longestButton = 80
const longestOption = 100
const longestLink = 512

/** Buttons below a message: at most 25, five in a row. */
export async function buttonRows(place: Place, buttons: readonly Button[]): Promise<Row[]> {
  const shown = buttons.filter(isShown).slice(0, mostButtons)
  const ids = await componentIds(place, shown.map(doingOf))
  const keys = shown.map(({ action, label, value }, index): APIButtonComponent => {
    const common = { type: ComponentType.Button as const, label: shortened(label, longestButton) }
    return action === 'url'
      ? { ...common, style: ButtonStyle.Link, url: value }
      : { ...common, style: ButtonStyle.Primary, custom_id: ids[index] as string }
  })
  return inRows(keys, buttonsOfRow).map((components) => ({ type: ComponentType.ActionRow, components }))
}

/** Lists below a message: at most five, of 25 options each. */
export async function listRows(place: Place, options: readonly { label: string; value: string }[]): Promise<Row[]> {
  const shown = options.slice(0, mostOptions)
  const ids = await componentIds(
    place,
    shown.map(({ value }) => ({ action: 'say', value })),
  )
  const choices = shown.map(({ label }, index) => ({
    label: shortened(label, longestOption),
    value: ids[index] as string,
  }))
  return inRows(choices, optionsOfList).map((list, index) => ({
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.StringSelect, custom_id: `list${index}`, options: list }],
  }))
}

/** Links that Discord would refuse, with the whole message; they are written out instead. */
export function unlinked(buttons: readonly Button[]): string[] {
  return buttons.filter((button) => !isShown(button)).map(({ label, value }) => `${label}: ${value}`)
}

const doingOf = ({ action, value }: Button): Doing =>
  action === 'url' ? { action: 'postback', value: '' } : { action, value }

function isShown({ action, value }: Button): boolean {
  if (action !== 'url') return true
  return value.length <= longestLink && URL.canParse(value) && /^(?:https?|discord):$/.test(new URL(value).protocol)
}

const inRows = <T>(items: readonly T[], width: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / width) }, (_, row) => items.slice(row * width, (row + 1) * width))
