import type { MessageEntity } from 'grammy/types'

/** A text and what is bold in it, a link and so on: places are counted in UTF-16 code units, as in JavaScript. */
export interface Formatted {
  readonly text: string
  readonly entities: readonly MessageEntity[]
}

/** A text as it is. */
export const plain = (text: string): Formatted => ({ text, entities: [] })

/** A text without the blanks around it, which Telegram would take away. */
export function trimmed({ text, entities }: Formatted): Formatted {
  const start = text.length - text.trimStart().length
  return part({ text, entities }, start, Math.max(start, text.trimEnd().length))
}

/** What stands from one place to another. */
export function part({ text, entities }: Formatted, start: number, end: number): Formatted {
  return {
    text: text.slice(start, end),
    entities: entities.flatMap((entity) => {
      const from = Math.max(entity.offset, start)
      const to = Math.min(entity.offset + entity.length, end)
      return from < to ? [{ ...entity, offset: from - start, length: to - from }] : []
    }),
  }
}

/** A text with the address of every link behind its words, where no link can be shown. */
export function withAddresses({ text, entities }: Formatted): string {
  const links = entities.flatMap((entity) =>
    entity.type === 'text_link' ? [{ end: entity.offset + entity.length, url: entity.url }] : [],
  )
  return links
    .toSorted((one, other) => other.end - one.end)
    .reduce((written, { end, url }) => `${written.slice(0, end)} (${url})${written.slice(end)}`, text)
}
