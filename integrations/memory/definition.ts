import { IntegrationDefinition, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import { changes, draft, note, shelf } from './notes.ts'

export default new IntegrationDefinition({
  name: 'memory',
  version: '0.1.0',
  title: 'Memory',
  description: 'Notes that the bot keeps itself: no account, no key.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      /** How many notes a page holds where the caller does not say. Default: 20. */
      pageSize: z.number().int().min(1).max(100).default(20),
      /** Notes that are there from the start. Default: none. */
      seed: z.array(draft).default([]),
    }),
  },
  entities: {
    note: { title: 'Note', schema: note },
    draft: { title: 'Draft', description: 'What a note is created from.', schema: draft },
    changes: { title: 'Changes', description: 'What is to be different in a note.', schema: changes },
  },
  states: {
    shelf: { type: 'integration', title: 'Shelf', description: 'The notes of the installation.', schema: shelf },
  },
}).extend(crud, ({ entities }) => ({
  entities: { item: entities.note, draft: entities.draft, changes: entities.changes },
}))
