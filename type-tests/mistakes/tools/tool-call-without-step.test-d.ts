// expected: Expected 2 arguments, but got 1
import { PluginImplementation } from 'plugboard'
import { agent } from '../../fixtures/plugins.ts'

export const acting = new PluginImplementation(agent)
acting.on.message('text', async ({ tools }) => {
  // @ts-expect-error a tool is called without what tells the call from others
  for (const tool of tools) await tool.call({})
})
