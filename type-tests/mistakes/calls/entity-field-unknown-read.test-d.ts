// expected: Property 'context' does not exist on type 'NeedEntity<"llm", "model", { input: { id: string; }; parsed: { id: string; }; }>'
import { PluginImplementation } from 'plugboard'
import { greeter } from '../../fixtures/plugins.ts'

export const greeting = new PluginImplementation(greeter)
greeting.on.message('text', async ({ interfaces }) => {
  const { models } = await interfaces.llm.listModels({})
  // @ts-expect-error a field of an entity is read that the interface does not promise
  return void models[0]?.context
})
