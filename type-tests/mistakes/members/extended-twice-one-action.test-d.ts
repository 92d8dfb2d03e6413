// expected: action 'list' of interface 'listable': a 'list' that is there already has an incompatible output; rename one of them
// code: refinement_incompatible at definition
import { IntegrationDefinition, z } from 'plugboard'
import { listable } from '../../fixtures/interfaces.ts'

new IntegrationDefinition({
  name: 'tracker',
  entities: {
    issue: { schema: z.object({ id: z.string(), open: z.boolean() }) },
    label: { schema: z.object({ id: z.string(), color: z.string() }) },
  },
})
  .extend(listable, ({ entities }) => ({ entities: { item: entities.issue } }), { as: 'issues' })
  .extend(
    listable,
    // @ts-expect-error the actions of two implementations would have one name
    ({ entities }) => ({ entities: { item: entities.label } }),
    { as: 'labels' },
  )
