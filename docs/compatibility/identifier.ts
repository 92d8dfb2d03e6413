import { IntegrationDefinition } from 'plugboard'

export default new IntegrationDefinition({
  name: 'slack',
  identifier: {
    // VRL script to extract user ID
    extractScript: `
.user.id = .body.event.user
`,
    // Fallback handler for anonymous users
    fallbackHandlerScript: `
.user.id = "anonymous"
`,
  },
})
