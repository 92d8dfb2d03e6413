import { z } from 'zod'
import type { Sides } from './schema.ts'

const text = z.object({ text: z.string().min(1) })
const url = z.url()
const image = z.object({ imageUrl: url, title: z.string().optional() })
const audio = z.object({ audioUrl: url, title: z.string().optional() })
const video = z.object({ videoUrl: url, title: z.string().optional() })
const file = z.object({ fileUrl: url, title: z.string().optional() })
const location = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  address: z.string().optional(),
  title: z.string().optional(),
})
const card = z.object({
  title: z.string().min(1),
  subtitle: z.string().optional(),
  imageUrl: url.optional(),
  actions: z.array(
    z.object({ action: z.enum(['postback', 'url', 'say']), label: z.string().min(1), value: z.string().min(1) }),
  ),
})
const choice = z.object({
  text: z.string().min(1),
  options: z.array(z.object({ label: z.string().min(1), value: z.string().min(1) })).min(1),
})
const markdown = z.object({ markdown: z.string().min(1) })
const carousel = z.object({ items: z.array(card).min(1) })
const bloc = z.object({
  items: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('text'), payload: text }),
      z.object({ type: z.literal('markdown'), payload: markdown }),
      z.object({ type: z.literal('image'), payload: image }),
      z.object({ type: z.literal('audio'), payload: audio }),
      z.object({ type: z.literal('video'), payload: video }),
      z.object({ type: z.literal('file'), payload: file }),
      z.object({ type: z.literal('location'), payload: location }),
    ]),
  ),
})

const schemas = { text, image, audio, video, file, location, card, carousel, choice, dropdown: choice, markdown, bloc }

/** The types of the messages that most channels know. */
export type DefaultMessages = {
  [K in keyof typeof schemas]: Sides<(typeof schemas)[K]['_zod']['input'], (typeof schemas)[K]['_zod']['output']>
}

/** The messages that most channels know, to be used in `channels`: `messages: { ...messages.defaults }` or `{ text: messages.defaults.text }`. */
export const messages = {
  defaults: Object.freeze(
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, Object.freeze({ schema })])),
  ) as {
    readonly [K in keyof typeof schemas]: { readonly schema: (typeof schemas)[K] }
  },
}

const lines = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n')
const cardText = (payload: z.output<typeof card>): string =>
  lines(
    payload.title,
    payload.subtitle,
    payload.imageUrl,
    ...payload.actions.map(({ action, label, value }) => (action === 'url' ? `${label}: ${value}` : `- ${label}`)),
  )
const choiceText = (payload: z.output<typeof choice>): string =>
  lines(payload.text, ...payload.options.map(({ label }, index) => `${index + 1}. ${label}`))
const blocText = ({ type, payload }: z.output<typeof bloc>['items'][number]): string =>
  textRules[type](payload as never)

/** What a message becomes on a channel that does not carry its type, as text. */
const textRules: { [K in keyof DefaultMessages]: (payload: DefaultMessages[K]['parsed']) => string } = {
  text: (payload) => payload.text,
  markdown: (payload) => payload.markdown,
  image: (payload) => lines(payload.title, payload.imageUrl),
  audio: (payload) => lines(payload.title, payload.audioUrl),
  video: (payload) => lines(payload.title, payload.videoUrl),
  file: (payload) => lines(payload.title, payload.fileUrl),
  location: (payload) => lines(payload.title, payload.address, `${payload.latitude}, ${payload.longitude}`),
  card: cardText,
  carousel: (payload) => payload.items.map(cardText).join('\n\n'),
  choice: choiceText,
  dropdown: choiceText,
  bloc: (payload) => payload.items.map(blocText).join('\n\n'),
}

/**
 * The degrade rule: a default message that a channel does not carry becomes a `text` there. Declared, not hidden: the message is
 * stored as it was sent to the channel.
 */
export function degradeMessage(
  type: string,
  payload: unknown,
): { type: 'text'; payload: { text: string } } | undefined {
  if (!Object.hasOwn(textRules, type)) return undefined
  const parsed = schemas[type as keyof DefaultMessages].safeParse(payload)
  return parsed.success
    ? { type: 'text', payload: { text: textRules[type as keyof DefaultMessages](parsed.data as never) } }
    : undefined
}
