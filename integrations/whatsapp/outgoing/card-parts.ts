import type { Carried } from '../messages.ts'
import { type Button, idsOf } from './buttons.ts'
import { areShort, buttonsContent, choiceParts, linkContent, withTextBefore } from './choice-parts.ts'
import { imageParts, pictureObject } from './media-parts.ts'
import type { Outgoing, Part } from './outgoing.ts'
import { longestBody, longestCaption } from './split.ts'
import { textParts } from './text-parts.ts'

/**
 * A card: its buttons below its text, and its picture above. WhatsApp has buttons that answer or one that opens a page, so that links
 * beside others are written out; more than three buttons are a list, which has no picture above.
 */
export async function cardParts(outgoing: Outgoing, card: Carried['card']): Promise<Part[]> {
  const { title, subtitle, imageUrl, actions } = card
  const buttons = actions.flatMap((one): Button[] => (one.action === 'url' ? [] : [{ ...one, action: one.action }]))
  const links = actions.filter(({ action }) => action === 'url')
  const [link] = links
  const isLink = buttons.length === 0 && links.length === 1 && link !== undefined && isPage(link.value)
  const written = isLink ? [] : links.map(({ label, value }) => `${label}: ${value}`)
  const text = [`*${title}*`, ...(subtitle === undefined ? [] : [subtitle]), ...written].join('\n')
  if (buttons.length === 0 && !isLink)
    return imageUrl === undefined ? textParts(text) : imageParts(outgoing, imageUrl, text)
  if (!isLink && !areShort(buttons)) {
    const picture = imageUrl === undefined ? [] : imageParts(outgoing, imageUrl)
    return [...picture, ...(await choiceParts(outgoing, { text, buttons, asList: true }))]
  }
  // What is too long goes before, and the picture with it.
  const fits = text.length <= longestCaption
  const picture = imageUrl !== undefined && fits ? await pictureObject(outgoing, imageUrl) : undefined
  const header = picture && { type: 'image', image: picture }
  const above = imageUrl === undefined || header ? [] : imageParts(outgoing, imageUrl)
  const ids = await idsOf(outgoing, buttons)
  return [
    ...above,
    ...withTextBefore(text, longestBody, (body) =>
      isLink
        ? linkContent(body, { label: link.label, url: link.value }, header)
        : buttonsContent(body, buttons, ids, header),
    ),
  ]
}

const isPage = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
