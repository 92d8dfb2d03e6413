// expected: the alias 'greeter' is taken: give this one another
// code: alias_taken
import { BotDefinition } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

new BotDefinition()
  .addPlugin(greeter)
  // @ts-expect-error a plugin is installed twice under one name
  .addPlugin(greeter)
