// expected: integration 'tracker' implements interface 'listable' more than once: choose one by integrationInterfaceAlias
// code: binding_ambiguous at start
import { BotDefinition, PluginDefinition } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { tracker } from '../../fixtures/integrations.ts'
import { listable } from '../../fixtures/interfaces.ts'

const lister = new PluginDefinition({ name: 'lister', interfaces: { items: listable } })

export default new BotDefinition()
  .addIntegration(tracker)
  // @ts-expect-error an integration is bound that implements the interface twice, and none is chosen
  .addPlugin(installable(lister), { dependencies: { items: 'tracker' } })
