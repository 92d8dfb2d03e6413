import type { Carried } from '../messages.ts'
import { type Button, buttonBlocks, optionBlocks, unlinked } from './buttons.ts'
import { exactObject } from './exact.ts'
import { plain } from './formatted.ts'
import { fromMarkdown } from './markdown.ts'
import { imageBlock, imagePart, isShowable, media } from './media-parts.ts'
import { escaped, toMrkdwn } from './mrkdwn.ts'
import type { Outgoing, Part } from './outgoing.ts'
import { longestSection, split } from './split.ts'
import { contentPart, fallback, formattedParts, textParts } from './text-parts.ts'

type Parts = Part[] | Promise<Part[]>

/** The blocks that Slack takes in one message. */
const mostBlocks = 50

/** What a message of each type becomes in Slack. */
export const parts: { readonly [K in keyof Carried]: (payload: Carried[K], outgoing: Outgoing) => Parts } = {
  ...media,
  text: ({ text }) => textParts(text),
  markdown: ({ markdown }) => formattedParts(fromMarkdown(markdown)),
  location: ({ latitude, longitude, title, address }) => {
    const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
    const place = { runs: [{ text: `${latitude}, ${longitude}`, url: map }] }
    const words = [title, address].flatMap((line) => (line === undefined ? [] : plain(line)))
    return formattedParts([
      { runs: [{ text: '📍 ' }, ...(words[0]?.runs ?? place.runs)] },
      ...words.slice(1),
      ...(words.length > 0 ? [place] : []),
    ])
  },
  card: async (card, outgoing) => cardParts([card], outgoing),
  carousel: ({ items }, outgoing) => cardParts(items, outgoing),
  choice: async ({ text, options }, outgoing) => {
    const buttons = options.map(({ label, value }): Button => ({ action: 'say', label, value }))
    return withElements(text, await buttonBlocks(outgoing, buttons))
  },
  dropdown: async ({ text, options }, outgoing) => withElements(text, await optionBlocks(outgoing, options)),
  bloc: async ({ items }, outgoing) => {
    const all: Part[] = []
    for (const { type, payload } of items) all.push(...(await parts[type](payload as never, outgoing)))
    return all
  },
  blocks: ({ blocks, text }) => [contentPart({ text: escaped(text ?? 'A message'), blocks })],
}

/** A text with elements below it: what does not fit above them comes before. */
function withElements(text: string, elements: readonly object[]): Part[] {
  const pieces = split(plain(text), longestSection).map((piece) =>
    piece.map(({ runs }) => runs.map((run) => run.text).join('')).join('\n'),
  )
  const last = pieces.at(-1) ?? '…'
  const [first = [], ...rest] = chunks([section(exactObject(last)), ...elements])
  return [
    ...pieces.slice(0, -1).flatMap(textParts),
    contentPart({ text: fallback(last), blocks: first }),
    ...rest.map((blocks) => contentPart({ text: '…', blocks })),
  ]
}

/** Cards, as many in a message as fit: a picture that Slack cannot fetch is uploaded before them. */
async function cardParts(cards: Carried['carousel']['items'], outgoing: Outgoing): Promise<Part[]> {
  const all: Part[] = []
  let blocks: object[] = []
  let titles: string[] = []
  const flush = (): void => {
    if (blocks.length > 0) all.push(contentPart({ text: fallback(titles.join(', ')), blocks }))
    blocks = []
    titles = []
  }
  for (const card of cards) {
    const { title, subtitle, imageUrl, actions } = card
    const lines = [
      { runs: [{ text: title.replaceAll('\n', ' '), bold: true }] },
      ...[...(subtitle === undefined ? [] : [subtitle]), ...unlinked(actions)].flatMap(plain),
    ]
    const words = split(lines, longestSection).map((piece) => section({ type: 'mrkdwn', text: toMrkdwn(piece) }))
    const shown = imageUrl !== undefined && isShowable(outgoing, imageUrl)
    const own = [
      ...(shown ? [imageBlock(imageUrl, undefined)] : []),
      ...words,
      ...(await buttonBlocks(outgoing, actions)),
    ]
    if (imageUrl !== undefined && !shown) {
      flush()
      all.push(imagePart(outgoing, imageUrl, title))
    }
    if (blocks.length + own.length + 1 > mostBlocks) flush()
    blocks.push(...(blocks.length > 0 ? [{ type: 'divider' }] : []), ...own)
    titles.push(title)
  }
  flush()
  return all
}

const section = (text: object): object => ({ type: 'section', text })

const chunks = (blocks: readonly object[]): object[][] =>
  Array.from({ length: Math.ceil(blocks.length / mostBlocks) }, (_, index) =>
    blocks.slice(index * mostBlocks, (index + 1) * mostBlocks),
  )
