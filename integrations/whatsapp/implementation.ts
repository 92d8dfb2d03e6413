import { IntegrationImplementation } from 'plugboard'
import { approach } from './approach.ts'
import { credentialsOf } from './credentials.ts'
import definition from './definition.ts'
import { fetchFile } from './fetch-file.ts'
import { messageState } from './message-state.ts'
import type { Carried } from './messages.ts'
import { deliver } from './outgoing/deliver.ts'
import type { Outgoing } from './outgoing/outgoing.ts'
import { parts } from './outgoing/parts.ts'
import { perform } from './perform.ts'
import { presence } from './presence.ts'
import { register } from './registration.ts'
import { deliveryIdOf, isGenuine, respond } from './respond.ts'

type Send<K extends keyof Carried> = (props: Outgoing & { payload: Carried[K] }) => Promise<void>

const sendAs =
  <K extends keyof Carried>(type: K): Send<K> =>
  async (props) =>
    deliver(props, await parts[type](props.payload, props))

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
  contacts: sendAs('contacts'),
  template: sendAs('template'),
}

export default new IntegrationImplementation(definition, {
  register,
  handler: respond,
  webhook: { verify: isGenuine, deliveryId: deliveryIdOf },
  files: {
    secret: (props) => credentialsOf(props).appSecret,
    read: async ({ file, ...props }) => (await fetchFile(props, file.id)).body,
  },
  actions: { ...perform, ...presence, ...approach, ...messageState },
  channels: { direct: { messages } },
})
