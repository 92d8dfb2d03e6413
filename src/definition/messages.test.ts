import { expect, test } from 'vitest'
import { IntegrationDefinition, messages, z } from 'plugboard'
import { degradeMessage } from './messages.ts'

const url = 'https://example.com/a'
const card = {
  title: 'Tea',
  subtitle: 'Green',
  imageUrl: url,
  actions: [
    { action: 'url', label: 'See', value: url },
    { action: 'postback', label: 'Buy', value: 'buy-tea' },
  ],
}
const choice = {
  text: 'Which?',
  options: [
    { label: 'Green', value: 'g' },
    { label: 'Black', value: 'b' },
  ],
}
const cardText = `Tea\nGreen\n${url}\nSee: ${url}\n- Buy`

/** Of each message that most channels know: a payload, and what it becomes as text. */
const examples: [keyof typeof messages.defaults, object, string][] = [
  ['text', { text: 'Hi' }, 'Hi'],
  ['markdown', { markdown: '**Hi**' }, '**Hi**'],
  ['image', { imageUrl: url, title: 'A cup' }, `A cup\n${url}`],
  ['audio', { audioUrl: url }, url],
  ['video', { videoUrl: url, title: 'A film' }, `A film\n${url}`],
  ['file', { fileUrl: url }, url],
  ['location', { latitude: 48.2, longitude: 16.4, title: 'Home', address: 'Here 1' }, 'Home\nHere 1\n48.2, 16.4'],
  ['card', card, cardText],
  ['carousel', { items: [card, { title: 'Milk', actions: [] }] }, `${cardText}\n\nMilk`],
  ['choice', choice, 'Which?\n1. Green\n2. Black'],
  ['dropdown', choice, 'Which?\n1. Green\n2. Black'],
  [
    'bloc',
    {
      items: [
        { type: 'text', payload: { text: 'Hi' } },
        { type: 'image', payload: { imageUrl: url } },
      ],
    },
    `Hi\n\n${url}`,
  ],
]

test('there is an example of each', () => {
  expect(examples.map(([type]) => type).toSorted()).toEqual(Object.keys(messages.defaults).toSorted())
})

test.each(examples)(
  '%s is taken as it is, and becomes text where a channel does not carry it',
  (type, payload, text) => {
    expect(z.parse(messages.defaults[type].schema, payload)).toEqual(payload)
    expect(degradeMessage(type, payload)).toEqual({ type: 'text', payload: { text } })
  },
)

test.each(examples)('%s is refused without what it consists of', (type) => {
  expect(z.safeParse(messages.defaults[type].schema, {}).success).toBe(false)
  expect(degradeMessage(type, {})).toBeUndefined()
})

test.each([
  ['text', { text: '' }],
  ['image', { imageUrl: 'no url' }],
  ['location', { latitude: 91, longitude: 0 }],
  ['location', { latitude: 0, longitude: -181 }],
  ['choice', { text: 'Which?', options: [] }],
  ['carousel', { items: [] }],
  ['bloc', { items: [{ type: 'card', payload: card }] }],
] as const)('%s is refused with %j', (type, payload) => {
  expect(z.safeParse(messages.defaults[type].schema, payload).success).toBe(false)
})

test.each(['sticker', 'toString', '__proto__'])('%s is no message of these, and becomes nothing', (type) => {
  expect(degradeMessage(type, { text: 'Hi' })).toBeUndefined()
})

test('a channel takes all of them, or one by one', () => {
  const definition = new IntegrationDefinition({
    name: 'acme',
    channels: {
      all: { messages: { ...messages.defaults } },
      some: { messages: { text: messages.defaults.text } },
    },
  })
  expect(Object.keys(definition.channels.all.messages)).toEqual(Object.keys(messages.defaults))
  expect(definition.channels.some.messages.text.schema).toBe(messages.defaults.text.schema)
})
