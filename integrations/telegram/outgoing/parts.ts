import type { Carried } from '../messages.ts'
import { type Button, keyboardOf, mostButtons, unlinked } from './buttons.ts'
import { type Formatted, plain } from './formatted.ts'
import { fromMarkdown } from './markdown.ts'
import { imageParts, media } from './media-parts.ts'
import type { Outgoing, Part } from './outgoing.ts'
import { textParts } from './text-parts.ts'

type Parts = Part[] | Promise<Part[]>

/** What a message of each type becomes in Telegram. */
export const parts: { readonly [K in keyof Carried]: (payload: Carried[K], outgoing: Outgoing) => Parts } = {
  ...media,
  text: ({ text }) => textParts(plain(text)),
  markdown: ({ markdown }) => textParts(fromMarkdown(markdown)),
  location: locationParts,
  contact: ({ phoneNumber, firstName, lastName, vcard }) => [
    {
      send: ({ api, to }) =>
        api.sendContact({
          ...to,
          phone_number: phoneNumber,
          first_name: firstName,
          ...(lastName !== undefined && { last_name: lastName }),
          ...(vcard !== undefined && { vcard }),
        }),
    },
  ],
  card: cardParts,
  carousel: async ({ items }, outgoing) => {
    const cards: Part[] = []
    for (const card of items) cards.push(...(await cardParts(card, outgoing)))
    return cards
  },
  choice: (payload, outgoing) => choiceParts(payload, outgoing, 1),
  // Telegram has no list that opens: two columns take less room.
  dropdown: (payload, outgoing) => choiceParts(payload, outgoing, 2),
  bloc: async ({ items }, outgoing) => {
    const all: Part[] = []
    for (const { type, payload } of items) all.push(...(await parts[type](payload as never, outgoing)))
    return all
  },
}

function locationParts({ latitude, longitude, title, address }: Carried['location']): Part[] {
  const name = title ?? address
  if (name === undefined) return [{ send: ({ api, to }) => api.sendLocation({ ...to, latitude, longitude }) }]
  const place = { latitude, longitude, title: name, address: address ?? `${latitude}, ${longitude}` }
  return [{ send: ({ api, to }) => api.sendVenue({ ...to, ...place }) }]
}

async function cardParts({ title, subtitle, imageUrl, actions }: Carried['card'], outgoing: Outgoing): Promise<Part[]> {
  const keyboard = await keyboardOf(outgoing, actions)
  const rest = [...(subtitle === undefined ? [] : [subtitle]), ...unlinked(actions)]
  const caption: Formatted = {
    text: [title, ...rest].join('\n'),
    entities: [{ type: 'bold', offset: 0, length: title.length }],
  }
  return imageUrl === undefined ? textParts(caption, keyboard) : imageParts(outgoing, imageUrl, { caption, keyboard })
}

/** More options than fit below one message stand below several. */
async function choiceParts({ text, options }: Carried['choice'], outgoing: Outgoing, columns: number): Promise<Part[]> {
  const all: Part[] = []
  for (let first = 0; first < options.length; first += mostButtons) {
    const buttons = options
      .slice(first, first + mostButtons)
      .map(({ label, value }): Button => ({ action: 'say', label, value }))
    all.push(...textParts(plain(first === 0 ? text : '…'), await keyboardOf(outgoing, buttons, columns)))
  }
  return all
}
