import { IntegrationDefinition, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import { byParts, byUrl, ofMongo } from './configuration.ts'

export default new IntegrationDefinition({
  name: 'database',
  version: '0.1.0',
  title: 'Database',
  description: 'The rows of a table of PostgreSQL, or the documents of a collection of MongoDB.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    title: 'Address',
    description: 'The database by a connection string, whose scheme says which one it is.',
    schema: byUrl,
  },
  configurations: {
    postgres: { title: 'PostgreSQL', description: 'The database by host, name and user.', schema: byParts },
    mongodb: { title: 'MongoDB', description: 'A collection by a connection string.', schema: ofMongo },
  },
  entities: {
    row: {
      title: 'Row',
      description: 'A row, or a document: its id as text, and what is in its other columns or fields.',
      schema: z.object({ id: z.string() }).catchall(z.json()),
    },
    draft: {
      title: 'Draft',
      description: 'What a row is created from: values by column, or field. What is left out is what the table says.',
      schema: z.object({}).catchall(z.json()),
    },
    changes: {
      title: 'Changes',
      description: 'What is to be different in a row: values by column, or field. What is left out stays.',
      schema: z.object({}).catchall(z.json()),
    },
  },
}).extend(crud, ({ entities }) => ({
  entities: { item: entities.row, draft: entities.draft, changes: entities.changes },
}))
