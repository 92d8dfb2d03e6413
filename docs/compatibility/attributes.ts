import { IntegrationDefinition } from 'plugboard'

export default new IntegrationDefinition({
  name: 'myintegration',
  attributes: {
    category: 'Communication & Channels',
    featured: 'true',
    pricing: 'free',
  },
})
