import { texts } from 'plugboard'
import { type Button, idsOf } from './buttons.ts'
import type { Content, Outgoing, Part } from './outgoing.ts'
import { longestBody, longestText, split } from './split.ts'
import { textParts } from './text-parts.ts'

/** The most buttons below a message, and the most lines of a list. */
export const mostButtons = 3
const mostRows = 10
const longestTitle = 20
const longestRow = 24
const longestDescription = 72

/** What stands on the button that opens a list. */
const opener = '☰'

type Header = Readonly<Record<string, unknown>>

interface Offered {
  readonly text: string
  readonly buttons: readonly Button[]
  /** Whether a list is wanted where there could be buttons. */
  readonly asList?: boolean
}

/**
 * Up to three short options are buttons, up to ten are a list, and more, or several of the same value, are written out with their
 * numbers.
 */
export async function choiceParts(outgoing: Outgoing, { text, buttons, asList = false }: Offered): Promise<Part[]> {
  const isPlain = buttons.length === 0 || buttons.length > mostRows || !isDistinct(buttons.map(({ value }) => value))
  if (isPlain) return textParts([text, ...buttons.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n'))
  const ids = await idsOf(outgoing, buttons)
  const asButtons = !asList && areShort(buttons)
  return withTextBefore(text, asButtons ? longestBody : longestText, (body) =>
    asButtons ? buttonsContent(body, buttons, ids) : listContent(body, buttons, ids),
  )
}

/** Whether options fit on buttons. */
export function areShort(buttons: readonly Button[]): boolean {
  const labels = buttons.map(({ label }) => label)
  return labels.length <= mostButtons && labels.every((label) => label.length <= longestTitle) && isDistinct(labels)
}

/** Buttons below a text, and above it a picture, if there is one. */
export function buttonsContent(
  body: string,
  buttons: readonly Button[],
  ids: readonly string[],
  header?: Header,
): Content {
  return interactive('button', body, header, {
    buttons: buttons.map(({ label }, index) => ({ type: 'reply', reply: { id: ids[index], title: label } })),
  })
}

/** A button that opens a page. */
export function linkContent(body: string, link: { label: string; url: string }, header?: Header): Content {
  const parameters = { display_text: texts.shortened(link.label, longestTitle), url: link.url }
  return interactive('cta_url', body, header, { name: 'cta_url', parameters })
}

/** Everything that does not fit above what is offered goes before it. */
export function withTextBefore(text: string, longest: number, offer: (body: string) => Content): Part[] {
  const whole = split(text, longestText)
  const last = whole.at(-1) ?? text
  const pieces = [...whole.slice(0, -1), ...split(last, longest)]
  const body = pieces.at(-1) ?? text
  return [...pieces.slice(0, -1).flatMap(textParts), { content: () => offer(body) }]
}

function listContent(body: string, buttons: readonly Button[], ids: readonly string[]): Content {
  const rows = buttons.map(({ label }, index) => ({
    id: ids[index],
    title: texts.shortened(label, longestRow),
    // What is too long for a line stands below it.
    ...(label.length > longestRow && { description: texts.shortened(label, longestDescription) }),
  }))
  return interactive('list', body, undefined, { button: opener, sections: [{ rows }] })
}

function interactive(type: string, text: string, header: Header | undefined, action: object): Content {
  return { type: 'interactive', interactive: { type, ...(header && { header }), body: { text }, action } }
}

const isDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length
