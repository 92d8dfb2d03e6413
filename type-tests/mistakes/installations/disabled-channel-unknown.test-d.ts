// expected: Type '"telegram"' is not assignable to type '"console" | "chat"'
// code: channel_unknown at definition
import { BotDefinition } from 'plugboard'
import { vendor } from '../../fixtures/integrations.ts'

export default new BotDefinition()
  // @ts-expect-error a channel is disabled that the integration does not have
  .addIntegration(vendor, { configuration: { apiKey: 'key' }, disabledChannels: ['telegram'] })
