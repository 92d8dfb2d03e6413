import { IntegrationImplementation } from 'plugboard'
import { approach } from './approach.ts'
import definition from './definition.ts'
import { messageState } from './message-state.ts'
import { listen } from './gateway/listen.ts'
import type { Carried } from './messages.ts'
import { deliver, withdraw } from './outgoing/deliver.ts'
import type { Outgoing } from './outgoing/outgoing.ts'
import { parts } from './outgoing/parts.ts'
import { perform } from './perform.ts'
import { presence } from './presence.ts'
import { register } from './registration.ts'
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

const channel = { messages, drafts: { text: show('text'), markdown: show('markdown') }, discardDraft: withdraw }

export default new IntegrationImplementation(definition, {
  register,
  handler: respond,
  webhook: { verify: isGenuine, deliveryId: deliveryIdOf },
  listen,
  // What people do beside commands and presses, Discord tells over the gateway alone.
  capabilities: ({ configuration }) =>
    'publicKey' in configuration ? ['edit', 'delete'] : ['edit', 'delete', 'react', 'edits', 'reactions'],
  actions: { ...perform, ...presence, ...approach, ...messageState },
  channels: { channel, dm: channel, thread: channel },
})
