import type { Carried } from '../messages.ts'
import type { Button } from './buttons.ts'
import { cardParts } from './card-parts.ts'
import { choiceParts } from './choice-parts.ts'
import { contactContent } from './contact-content.ts'
import { fromMarkdown } from './markdown.ts'
import { media } from './media-parts.ts'
import type { Outgoing, Part } from './outgoing.ts'
import { templateContent } from './template-content.ts'
import { textParts } from './text-parts.ts'

type Parts = Part[] | Promise<Part[]>

/** What a message of each type becomes in WhatsApp. */
export const parts: { readonly [K in keyof Carried]: (payload: Carried[K], outgoing: Outgoing) => Parts } = {
  ...media,
  text: ({ text }) => textParts(text),
  markdown: ({ markdown }) => textParts(fromMarkdown(markdown)),
  location: ({ latitude, longitude, title: name, address }) => [
    {
      content: () => ({
        type: 'location',
        location: {
          latitude,
          longitude,
          ...(name !== undefined && { name }),
          ...(address !== undefined && { address }),
        },
      }),
    },
  ],
  contacts: ({ contacts }) => [{ content: () => contactContent(contacts) }],
  template: (payload) => [{ content: () => templateContent(payload) }],
  card: (payload, outgoing) => cardParts(outgoing, payload),
  carousel: async ({ items }, outgoing) => {
    const cards: Part[] = []
    for (const card of items) cards.push(...(await cardParts(outgoing, card)))
    return cards
  },
  choice: ({ text, options }, outgoing) => choiceParts(outgoing, { text, buttons: options.map(buttonOf) }),
  dropdown: ({ text, options }, outgoing) =>
    choiceParts(outgoing, { text, buttons: options.map(buttonOf), asList: true }),
  bloc: async ({ items }, outgoing) => {
    const all: Part[] = []
    for (const { type, payload } of items) all.push(...(await parts[type](payload as never, outgoing)))
    return all
  },
}

const buttonOf = ({ label, value }: { label: string; value: string }): Button => ({ action: 'say', label, value })
