// expected: nothing says where its code is: install what implementedBy() gives
// code: implementation_missing at start
import { BotDefinition, IntegrationDefinition } from 'plugboard'

const bare = new IntegrationDefinition({ name: 'bare' })
// @ts-expect-error a definition is installed that does not know its code
export default new BotDefinition().addIntegration(bare)
