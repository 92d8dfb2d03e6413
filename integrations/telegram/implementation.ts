import { IntegrationImplementation } from 'plugboard'
import { approach } from './approach.ts'
import definition from './definition.ts'
import { fetchFile } from './fetch-file.ts'
import { deliver, withdraw } from './outgoing/deliver.ts'
import type { Outgoing } from './outgoing/outgoing.ts'
import { parts } from './outgoing/parts.ts'
import { messageState } from './message-state.ts'
import type { Carried } from './messages.ts'
import { perform } from './perform.ts'
import { poll } from './poll.ts'
import { presence } from './presence.ts'
import { register, unregister } from './registration.ts'
import { deliveryIdOf, isGenuine, respond } from './respond.ts'

type Send<K extends keyof Carried> = (props: Outgoing & { payload: Carried[K] }) => Promise<void>

const sendAs =
  <K extends keyof Carried>(type: K): Send<K> =>
  async (props) =>
    deliver(props, await parts[type](props.payload, props))

/** Shows the beginning of a text while it is made; what is longer than a message comes at the end. */
const showAs =
  <K extends 'text' | 'markdown'>(type: K): Send<K> =>
  async (props) => {
    const [first] = await parts[type](props.payload, props)
    if (first) await deliver(props, [first])
  }

const messages = {
  text: sendAs('text'),
  markdown: sendAs('markdown'),
  image: sendAs('image'),
  audio: sendAs('audio'),
  video: sendAs('video'),
  file: sendAs('file'),
  location: sendAs('location'),
  card: sendAs('card'),
  carousel: sendAs('carousel'),
  choice: sendAs('choice'),
  dropdown: sendAs('dropdown'),
  bloc: sendAs('bloc'),
  sticker: sendAs('sticker'),
  contact: sendAs('contact'),
}
const drawn = { messages, drafts: { text: showAs('text'), markdown: showAs('markdown') }, discardDraft: withdraw }

export default new IntegrationImplementation(definition, {
  register,
  unregister,
  handler: respond,
  webhook: { verify: isGenuine, deliveryId: deliveryIdOf },
  files: {
    secret: ({ configuration }) => configuration.botToken,
    read: async ({ file, ...props }) => (await fetchFile(props, file.id)).body,
  },
  listen: poll,
  actions: { ...perform, ...presence, ...approach, ...messageState },
  channels: { direct: drawn, group: drawn, channel: { messages } },
})
