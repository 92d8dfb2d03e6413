// expected: integration 'tracker' has no implementation 'users' of interface 'listable'
// code: binding_interface at start
import { BotDefinition, PluginDefinition } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { tracker } from '../../fixtures/integrations.ts'
import { listable } from '../../fixtures/interfaces.ts'

const lister = installable(new PluginDefinition({ name: 'lister', interfaces: { items: listable } }))

export default new BotDefinition()
  .addIntegration(tracker)
  // @ts-expect-error an implementation is chosen that the integration does not have
  .addPlugin(lister, { dependencies: { items: { integrationAlias: 'tracker', integrationInterfaceAlias: 'users' } } })
