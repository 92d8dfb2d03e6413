import { IntegrationImplementation } from 'plugboard'
import definition from './channels.ts'

const nothing = async () => {}

export default new IntegrationImplementation(definition, {
  channels: {
    dm: { messages: { text: nothing, image: nothing, file: nothing } },
    group: { messages: { text: nothing } },
  },
})
