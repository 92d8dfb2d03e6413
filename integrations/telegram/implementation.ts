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

const drawn = { messages, drafts: { text: show('text'), markdown: show('markdown') }, discardDraft: withdraw }

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
