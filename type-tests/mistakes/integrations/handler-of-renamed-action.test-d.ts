// expected: 'list' does not exist
// code: handler_unknown at definition
import { IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { listable } from '../../fixtures/interfaces.ts'

const tracker = new IntegrationDefinition({
  name: 'tracker',
  entities: { issue: { schema: z.object({ id: z.string() }) } },
}).extend(listable, ({ entities }) => ({
  entities: { item: entities.issue },
  actions: { list: { name: 'listIssues' } },
}))
export default new IntegrationImplementation(tracker, {
  actions: {
    listIssues: async () => ({ items: [] }),
    // @ts-expect-error a handler has the name that its action had before it was renamed
    list: async () => ({ items: [] }),
  },
})
