import { IntegrationDefinition, z } from 'plugboard'
import deletable from 'plugboard/interfaces/deletable'
import filesReadonly from 'plugboard/interfaces/files-readonly'
import listable from 'plugboard/interfaces/listable'
import readable from 'plugboard/interfaces/readable'
import storage from 'plugboard/interfaces/storage'

export default new IntegrationDefinition({
  name: 'local-files',
  version: '0.1.0',
  title: 'Local files',
  description: 'Files in a folder of the machine: no account, no key.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      folder: z
        .string()
        .min(1)
        .describe('The path of a folder that is there. Nothing outside of it is read or written.'),
      lookEvery: z
        .number()
        .int()
        .min(1)
        .max(86_400)
        .default(30)
        .describe('After how many seconds the folder is looked through again, where the system tells of no change.'),
    }),
  },
  states: {
    seen: {
      type: 'integration',
      title: 'Seen',
      description: 'What was in the folder when it was last told of: the keys of the files, each with its version.',
      schema: z.object({ folder: z.string(), files: z.array(z.tuple([z.string(), z.string()])) }),
    },
    deletions: {
      type: 'integration',
      title: 'Deletions',
      description: 'What the bot deletes and tells of by itself, until the folder is looked through.',
      schema: z.record(z.string(), z.object({ key: z.string(), at: z.number(), isTold: z.boolean() }).optional()),
    },
  },
  entities: {
    file: {
      title: 'File',
      schema: z.object({
        /** The same as `key`. */
        id: z.string(),
        /** The path beneath the folder, with slashes. */
        key: z.string(),
        /** The last part of the key. */
        name: z.string(),
        /** In bytes. */
        size: z.number().int().nonnegative(),
        /** When it was written last: ISO 8601, in UTC. */
        updatedAt: z.string(),
      }),
    },
    folder: {
      title: 'Folder',
      schema: z.object({
        /** The path beneath the outermost folder, with slashes. */
        id: z.string(),
        name: z.string(),
      }),
    },
  },
})
  .extend(storage, ({ entities: { file } }) => ({ entities: { file } }))
  .extend(filesReadonly, ({ entities: { file, folder } }) => ({
    entities: { file, folder },
    capabilities: ['changes'],
  }))
  .extend(listable, ({ entities: { file } }) => ({ entities: { item: file } }))
  .extend(readable, ({ entities: { file } }) => ({ entities: { item: file } }))
  .extend(deletable, ({ entities: { file } }) => ({ entities: { item: file } }))
