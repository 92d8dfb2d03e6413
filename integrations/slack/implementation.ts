import { IntegrationImplementation } from 'plugboard'
import { apiUrlOf } from './api.ts'
import { approach } from './approach.ts'
import definition from './definition.ts'
import { fetchFile } from './fetch-file.ts'
import { handOver } from './hitl/hand-over.ts'
import { sendInSession } from './hitl/send-in-session.ts'
import { deliveryIdOf } from './incoming/received.ts'
import { lists } from './lists.ts'
import { messageState } from './message-state.ts'
import type { Carried } from './messages.ts'
import { deliver, withdraw } from './outgoing/deliver.ts'
import type { Outgoing } from './outgoing/outgoing.ts'
import { parts } from './outgoing/parts.ts'
import { perform } from './perform.ts'
import { presence } from './presence.ts'
import { register } from './registration.ts'
import { isGenuine, respond } from './respond.ts'
import { listen } from './socket/listen.ts'

/** How a message of each type goes out: in the parts that it becomes. */
const messages = Object.fromEntries(
  Object.entries(parts).map(([type, partsOf]) => [
    type,
    async (props: Outgoing & { payload: never }) => deliver(props, await partsOf(props.payload, props)),
  ]),
) as { [K in keyof Carried]: (props: Outgoing & { payload: Carried[K] }) => Promise<void> }

/** Shows the beginning of a text while it is made; what is longer than a message comes at the end. */
const show =
  <K extends 'text' | 'markdown'>(type: K) =>
  async (props: Outgoing & { payload: Carried[K] }): Promise<void> => {
    const [first] = await parts[type](props.payload, props)
    if (first) await deliver(props, [first])
  }

const channel = {
  messages,
  drafts: { text: show('text'), markdown: show('markdown') },
  discardDraft: withdraw,
}
const hitl = {
  messages: {
    text: sendInSession('text'),
    image: sendInSession('image'),
    audio: sendInSession('audio'),
    video: sendInSession('video'),
    file: sendInSession('file'),
    location: sendInSession('location'),
    bloc: sendInSession('bloc'),
  },
}

export default new IntegrationImplementation(definition, {
  oauth: ({ ctx, configuration }) => ({
    clientId: ctx.secrets.CLIENT_ID,
    clientSecret: ctx.secrets.CLIENT_SECRET,
    authorizationUrl: new URL('../oauth/v2/authorize', apiUrlOf({ configuration })).href,
    tokenUrl: new URL('oauth.v2.access', apiUrlOf({ configuration })).href,
  }),
  register,
  listen,
  handler: respond,
  webhook: { verify: isGenuine, deliveryId: deliveryIdOf },
  files: {
    secret: ({ configuration }) =>
      'signingSecret' in configuration ? configuration.signingSecret : configuration.appToken,
    read: async ({ file, ...props }) => (await fetchFile(props, file.id)).body,
  },
  actions: { ...perform, ...presence, ...approach, ...messageState, ...lists, ...handOver },
  channels: { channel, dm: channel, thread: channel, hitl },
})
