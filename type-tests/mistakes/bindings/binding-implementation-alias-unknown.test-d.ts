// expected: no integration is installed as 'github'
// code: alias_unknown at start
import { BotDefinition, PluginDefinition } from 'plugboard'
import { installable } from '../../fixtures/installable.ts'
import { tracker } from '../../fixtures/integrations.ts'
import { listable } from '../../fixtures/interfaces.ts'

const lister = installable(new PluginDefinition({ name: 'lister', interfaces: { items: listable } }))

export default new BotDefinition()
  .addIntegration(tracker)
  // @ts-expect-error an implementation of an alias is chosen that is not installed
  .addPlugin(lister, { dependencies: { items: { integrationAlias: 'github', integrationInterfaceAlias: 'issues' } } })
