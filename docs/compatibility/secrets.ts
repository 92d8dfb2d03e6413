import { IntegrationDefinition } from 'plugboard'

export default new IntegrationDefinition({
  name: 'myintegration',
  secrets: {
    SENTRY_DSN: {
      description: 'Sentry DSN for error tracking',
    },
    API_SECRET: {
      description: 'Secret key for API authentication',
    },
  },
})
