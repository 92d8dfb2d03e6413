import { escaped } from './mrkdwn.ts'
import type { Content } from './outgoing.ts'
import { longestSection } from './split.ts'

/** What Slack would take for markup of its own. */
const markup = /[*_~`]|(?:^|\n)\s*>|:[\w+-]+:/
const inlines = /<(?<kind>[@#])(?<id>[A-Z0-9]+)>|(?<url>https?:\/\/[^\s<>"|]*[^\s<>"|.,;:!?)'\]}])/g

/**
 * A text exactly as it is. Slack has no way to escape its marks, so a text that has any is sent as rich text, which has its
 * formats beside it. Links and mentions stay what they are.
 */
export function exact(text: string): Content {
  if (!markup.test(text)) return { text: escaped(text) }
  return {
    text: escaped(text),
    blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: elementsOf(text) }] }],
  }
}

/** A text object of Block Kit that shows a text exactly as it is: as mrkdwn, which has links, unless that is too long for one. */
export function exactObject(text: string): object {
  const written = escaped(text)
  return markup.test(text) || written.length > longestSection
    ? { type: 'plain_text', text, emoji: false }
    : { type: 'mrkdwn', text: written }
}

function elementsOf(text: string): object[] {
  const elements: object[] = []
  let end = 0
  const write = (words: string): void => {
    if (words !== '') elements.push({ type: 'text', text: words })
  }
  for (const { 0: whole, index, groups } of text.matchAll(inlines)) {
    write(text.slice(end, index))
    const { kind, id, url } = groups ?? {}
    if (url !== undefined) elements.push({ type: 'link', url })
    else elements.push(kind === '@' ? { type: 'user', user_id: id } : { type: 'channel', channel_id: id })
    end = index + whole.length
  }
  write(text.slice(end))
  return elements
}
