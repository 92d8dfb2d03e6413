import { expectTypeOf } from 'expect-type'
import {
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  messages,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'

type Link = { title?: string | undefined }
type Card = {
  title: string
  subtitle?: string | undefined
  imageUrl?: string | undefined
  actions: { action: 'postback' | 'url' | 'say'; label: string; value: string }[]
}
type Choice = { text: string; options: { label: string; value: string }[] }

// The messages that most channels know, each with its payload.
expectTypeOf<keyof typeof messages.defaults>().toEqualTypeOf<
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'file'
  | 'location'
  | 'card'
  | 'carousel'
  | 'choice'
  | 'dropdown'
  | 'markdown'
  | 'bloc'
>()

// A channel can take all of them, with its own beside them.
const rich = new IntegrationDefinition({
  name: 'rich',
  channels: {
    room: { messages: { ...messages.defaults, sticker: { schema: z.object({ pack: z.string().default('a') }) } } },
  },
})
type Room = (typeof rich.$types)['channels']['room']['messages']
type Payload<K extends keyof Room> = Room[K]['parsed']
expectTypeOf<keyof Room>().toEqualTypeOf<keyof typeof messages.defaults | 'sticker'>()
expectTypeOf<Payload<'text'>>().toEqualTypeOf<{ text: string }>()
expectTypeOf<Payload<'markdown'>>().toEqualTypeOf<{ markdown: string }>()
expectTypeOf<Payload<'image'>>().toEqualTypeOf<{ imageUrl: string; title?: string | undefined }>()
expectTypeOf<Payload<'audio'>['title']>().toEqualTypeOf<Link['title']>()
expectTypeOf<Payload<'file'>['fileUrl']>().toEqualTypeOf<string>()
expectTypeOf<Payload<'card'>>().toEqualTypeOf<Card>()
expectTypeOf<Payload<'carousel'>>().toEqualTypeOf<{ items: Card[] }>()
expectTypeOf<Payload<'choice'>>().toEqualTypeOf<Choice>()
expectTypeOf<Payload<'dropdown'>>().toEqualTypeOf<Choice>()
expectTypeOf<Payload<'bloc'>['items'][number]['type']>().toEqualTypeOf<
  'text' | 'markdown' | 'image' | 'audio' | 'video' | 'file' | 'location'
>()
expectTypeOf<Extract<Payload<'bloc'>['items'][number], { type: 'video' }>['payload']>().toEqualTypeOf<{
  videoUrl: string
  title?: string | undefined
}>()
expectTypeOf<Room['sticker']>().toEqualTypeOf<{ input: { pack?: string | undefined }; parsed: { pack: string } }>()

// Or some of them, or one under another name, or one with more to it.
const plain = new IntegrationDefinition({
  name: 'plain',
  channels: {
    chat: {
      messages: {
        text: messages.defaults.text,
        picture: messages.defaults.image,
        file: { schema: messages.defaults.file.schema.extend({ size: z.number() }) },
      },
    },
  },
})
new IntegrationImplementation(plain, {
  channels: {
    chat: {
      messages: {
        text: async ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<{ text: string }>()
        },
        picture: async ({ type, payload }) => {
          expectTypeOf(type).toEqualTypeOf<'picture'>()
          expectTypeOf(payload).toEqualTypeOf<{ imageUrl: string; title?: string | undefined }>()
        },
        file: async ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<{ fileUrl: string; title?: string | undefined; size: number }>()
        },
      },
    },
  },
})

// A channel of an interface: its messages have the integration's entities, and its tags are merged.
const boards = new InterfaceDefinition({
  name: 'boards',
  entities: { card: { schema: z.object({ id: z.string() }) } },
  channels: {
    board: {
      messages: {
        card: { schema: ({ card }) => z.object({ card }) },
        text: { schema: () => messages.defaults.text.schema },
      },
    },
  },
})
const wall = new IntegrationDefinition({
  name: 'wall',
  entities: { note: { schema: z.object({ id: z.string(), colour: z.string() }) } },
}).extend(boards, ({ entities }) => ({
  entities: { card: entities.note },
  channels: { board: { message: { tags: { noteId: {} } }, conversation: { tags: { wallId: {} } } } },
}))
expectTypeOf<keyof (typeof wall.$types)['channels']['board']['messages']>().toEqualTypeOf<'card' | 'text'>()
new IntegrationImplementation(wall, {
  channels: {
    board: {
      messages: {
        card: async ({ payload, ack, message }) => {
          expectTypeOf(payload).toEqualTypeOf<{ card: { id: string; colour: string } }>()
          expectTypeOf(message.payload).toEqualTypeOf<{ card: { id: string; colour: string } }>()
          await ack({ tags: { noteId: payload.card.id } })
        },
        text: async ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<{ text: string }>()
        },
      },
    },
  },
})

// What is sent by a plugin.
new PluginImplementation(new PluginDefinition({ name: 'sender' })).on.message('choice', async ({ client, message }) => {
  expectTypeOf(message.payload).toEqualTypeOf<Choice>()
  expectTypeOf(message.payload.options[0]?.value).toEqualTypeOf<string | undefined>()
  const { conversationId } = message
  await client.createMessage({ conversationId, type: 'choice', payload: message.payload })
  await client.createMessage({ conversationId, type: 'carousel', payload: { items: [{ title: 'a', actions: [] }] } })
  expectTypeOf(client.createMessage).toBeCallableWith({ conversationId, type: 'sticker', payload: { pack: 'a' } })
})
