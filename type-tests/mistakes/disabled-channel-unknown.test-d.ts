// expected: ' is not assignable to type '
// code: channel_unknown
import { BotDefinition } from 'plugboard'
import { vendor } from '../fixtures/integrations.ts'

new BotDefinition()
  // @ts-expect-error a channel is disabled that the integration does not have
  .addIntegration(vendor, { configuration: { apiKey: 'key' }, disabledChannels: ['telegram'] })
