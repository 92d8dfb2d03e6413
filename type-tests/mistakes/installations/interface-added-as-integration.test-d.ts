// expected: Type '"interface"' is not assignable to type '"integration"'
import { BotDefinition } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

new BotDefinition()
  // @ts-expect-error an interface is added as an integration
  .addIntegration(llm)
