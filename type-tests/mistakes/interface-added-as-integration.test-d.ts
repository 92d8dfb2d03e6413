// expected: ' is not assignable to type '
import { BotDefinition } from 'plugboard'
import { llm } from '../fixtures/interfaces.ts'

new BotDefinition()
  // @ts-expect-error an interface is added as an integration
  .addIntegration(llm)
