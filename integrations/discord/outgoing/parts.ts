import type { Carried } from '../messages.ts'
import { buttonRows, listRows, mostButtons, mostOptions, unlinked } from './components.ts'
import { fromMarkdown } from './markdown.ts'
import { fileParts, imageParts, isShowable } from './media-parts.ts'
import type { Outgoing, Part, Row } from './outgoing.ts'
import { textParts, writtenParts } from './text-parts.ts'
import { escaped, shortened } from './text.ts'

type Parts = Part[] | Promise<Part[]>

const longestTitle = 256
const longestDescription = 4096

/** What a message of each type becomes in Discord. */
export const parts: { readonly [K in keyof Carried]: (payload: Carried[K], outgoing: Outgoing) => Parts } = {
  text: ({ text }) => textParts(text),
  markdown: ({ markdown }) => writtenParts(fromMarkdown(markdown)),
  image: ({ imageUrl, title }, outgoing) => imageParts(outgoing, imageUrl, title),
  audio: ({ audioUrl, title }, outgoing) => fileParts(outgoing, audioUrl, title),
  video: ({ videoUrl, title }, outgoing) => fileParts(outgoing, videoUrl, title),
  file: ({ fileUrl, title }, outgoing) => fileParts(outgoing, fileUrl, title),
  location: locationParts,
  card: cardParts,
  carousel: async ({ items }, outgoing) => {
    const cards: Part[] = []
    for (const card of items) cards.push(...(await cardParts(card, outgoing)))
    return cards
  },
  choice: ({ text, options }, outgoing) =>
    below(text, options, mostButtons, (some) =>
      buttonRows(
        outgoing,
        some.map((option) => ({ action: 'say', ...option })),
      ),
    ),
  dropdown: ({ text, options }, outgoing) => below(text, options, mostOptions, (some) => listRows(outgoing, some)),
  bloc: async ({ items }, outgoing) => {
    const all: Part[] = []
    for (const { type, payload } of items) all.push(...(await parts[type](payload as never, outgoing)))
    return all
  },
  form: async ({ text, label, ...form }, outgoing) =>
    textParts(text, await buttonRows(outgoing, [{ action: 'form', label, value: JSON.stringify(form) }])),
}

function locationParts({ latitude, longitude, title, address }: Carried['location']): Part[] {
  const link = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  const name = title === undefined ? [] : [`**${escaped(title)}**`]
  return writtenParts([...name, ...(address === undefined ? [] : [escaped(address)]), link].join('\n'))
}

async function cardParts({ title, subtitle, imageUrl, actions }: Carried['card'], outgoing: Outgoing): Promise<Part[]> {
  const description = [...(subtitle === undefined ? [] : [escaped(subtitle)]), ...unlinked(actions)].join('\n')
  // A picture that cannot be shown from its address stands before the card.
  const isShown = imageUrl !== undefined && isShowable(outgoing, imageUrl)
  const all: Part[] = imageUrl === undefined || isShown ? [] : await imageParts(outgoing, imageUrl, undefined)
  const embed = {
    title: shortened(title, longestTitle),
    ...(description !== '' && { description: shortened(description, longestDescription) }),
    ...(isShown && { image: { url: imageUrl } }),
  }
  // More buttons than fit below a card stand below further messages.
  for (let first = 0; first === 0 || first < actions.length; first += mostButtons) {
    const components = await buttonRows(outgoing, actions.slice(first, first + mostButtons))
    if (first === 0) all.push({ embeds: [embed], ...(components.length > 0 && { components }) })
    else if (components.length > 0) all.push({ content: '…', components })
  }
  return all
}

/** More options than fit below one message stand below several. */
async function below<T>(
  text: string,
  options: readonly T[],
  most: number,
  rowsOf: (some: readonly T[]) => Promise<Row[]>,
): Promise<Part[]> {
  const all: Part[] = []
  for (let first = 0; first < options.length; first += most)
    all.push(...textParts(first === 0 ? text : '…', await rowsOf(options.slice(first, first + most))))
  return all
}
