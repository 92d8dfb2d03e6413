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

/** How a message of each type goes out: in the parts that it becomes. */
const messages = Object.fromEntries(
  Object.entries(parts).map(([type, partsOf]) => [
    type,
    async (props: Outgoing & { payload: never }) => deliver(props, await partsOf(props.payload, props)),
  ]),
) as { [K in keyof Carried]: (props: Outgoing & { payload: Carried[K] }) => Promise<void> }

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
