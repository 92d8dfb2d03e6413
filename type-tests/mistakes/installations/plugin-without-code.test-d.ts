// expected: nothing says where its code is: install what implementedBy() gives
// code: implementation_missing at start
import { BotDefinition, PluginDefinition } from 'plugboard'

const bare = new PluginDefinition({ name: 'bare' })
// @ts-expect-error a plugin is installed that does not know its code
export default new BotDefinition().addPlugin(bare, { alias: 'helper' })
