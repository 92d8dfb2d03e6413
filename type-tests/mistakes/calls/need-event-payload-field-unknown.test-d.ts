// expected: Property 'row' does not exist
import { PluginImplementation } from 'plugboard'
import { cleaner } from '../../fixtures/plugins.ts'

export const cleaning = new PluginImplementation(cleaner)
cleaning.on.event('items:deleted', async ({ event, logger }) => {
  // @ts-expect-error a field is read that the payload of a need’s event does not have
  logger.info(event.payload.row)
})
