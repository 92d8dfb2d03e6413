// expected: Type '"fast.model"' is not assignable to type '"slow.model"'
// code: entity_invalid
import { PluginDefinition, PluginImplementation } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

const first = new PluginImplementation(new PluginDefinition({ name: 'first', interfaces: { fast: llm } }))
const second = new PluginImplementation(new PluginDefinition({ name: 'second', interfaces: { slow: llm } }))
first.on.message('text', async ({ interfaces: { fast } }) => {
  const { models } = await fast.listModels({})
  second.on.message('text', async ({ interfaces: { slow } }) => {
    // @ts-expect-error an entity of one plugin’s need is handed to the need of another
    await slow.generate({ prompt: 'a', model: models[0] })
  })
})
