import { IntegrationDefinition } from 'plugboard'

export default new IntegrationDefinition({
  name: 'myintegration',
  __advanced: {
    esbuild: {
      external: ['some-native-module'],
      platform: 'node',
    },
  },
})
