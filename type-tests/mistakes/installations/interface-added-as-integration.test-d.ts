// expected: Type '"interface"' is not assignable to type '"integration"'
// code: definition_invalid at definition
import { BotDefinition } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

export default new BotDefinition()
  // @ts-expect-error an interface is added as an integration
  .addIntegration(llm)
