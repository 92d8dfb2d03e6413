// expected: interface 'listable' is implemented already as 'rows'; give this one a name of its own: extend(…, …, { as: '…' })
// code: interface_implemented_twice at definition
import { IntegrationDefinition, z } from 'plugboard'
import { listable } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'tracker',
  entities: {
    issue: { schema: z.object({ id: z.string() }) },
    label: { schema: z.object({ id: z.string(), color: z.string() }) },
  },
})
  .extend(
    listable,
    ({ entities }) => ({ entities: { item: entities.issue }, actions: { list: { name: 'listIssues' } } }),
    { as: 'rows' },
  )
  .extend(
    listable,
    // @ts-expect-error an interface is implemented twice under one name
    ({ entities }) => ({ entities: { item: entities.label }, actions: { list: { name: 'listLabels' } } }),
    { as: 'rows' },
  )
