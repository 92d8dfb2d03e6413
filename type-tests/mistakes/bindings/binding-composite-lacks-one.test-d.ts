// expected: integration 'archive' does not implement interface 'deletable'
// code: binding_interface at start
import { BotDefinition, IntegrationDefinition, z } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { listable } from '../../fixtures/interfaces.ts'
import { cleaner } from '../../fixtures/plugins.ts'

const archive = new IntegrationDefinition({
  name: 'archive',
  entities: { page: { schema: z.object({ id: z.string() }) } },
}).extend(listable, ({ entities }) => ({ entities: { item: entities.page } }))
export default new BotDefinition()
  .addIntegration(installable(archive))
  // @ts-expect-error an integration is bound to a composite need of which it implements one interface
  .addPlugin(cleaner, { dependencies: { items: 'archive' } })
