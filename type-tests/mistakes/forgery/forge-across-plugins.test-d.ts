// expected: Type '"fast.model"' is not assignable to type '"slow.model"'
// code: input_invalid at call
import { type NeedEntity, PluginDefinition, PluginImplementation } from 'plugboard'
import { llm } from '../../fixtures/interfaces.ts'

export const first = new PluginImplementation(new PluginDefinition({ name: 'first', interfaces: { fast: llm } }))
export const second = new PluginImplementation(new PluginDefinition({ name: 'second', interfaces: { slow: llm } }))
const models: NeedEntity<'fast', 'model', { input: { id: string }; parsed: { id: string } }>[] = []
first.on.message('text', async ({ interfaces: { fast } }) => {
  models.push(...(await fast.listModels({})).models)
})
second.on.message('text', async ({ interfaces: { slow } }) => {
  // @ts-expect-error an entity of one plugin’s need is handed to the need of another
  await slow.generate({ prompt: 'a', model: models[0] })
})
