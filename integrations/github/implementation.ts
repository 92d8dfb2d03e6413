import { IntegrationImplementation } from 'plugboard'
import { approach } from './approach.ts'
import { forget } from './api.ts'
import definition from './definition.ts'
import { deliver, pictureOf } from './deliver.ts'
import { items } from './items.ts'
import { perform } from './perform.ts'
import { register } from './registration.ts'
import { deliveryIdOf, isGenuine, respond } from './respond.ts'

type Outgoing = Parameters<typeof deliver>[0]

const messages = {
  text: async (props: Outgoing & { payload: { text: string } }) => deliver(props, props.payload.text),
  markdown: async (props: Outgoing & { payload: { markdown: string } }) => deliver(props, props.payload.markdown),
  image: async (props: Outgoing & { payload: Parameters<typeof pictureOf>[0] }) =>
    deliver(props, pictureOf(props.payload)),
}

export default new IntegrationImplementation(definition, {
  register,
  stop: forget,
  handler: respond,
  webhook: { verify: isGenuine, deliveryId: deliveryIdOf },
  actions: { ...items, ...perform, ...approach },
  channels: { issue: { messages }, pullRequest: { messages } },
})
