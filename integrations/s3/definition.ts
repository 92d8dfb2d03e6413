import { IntegrationDefinition, z } from 'plugboard'
import deletable from 'plugboard/interfaces/deletable'
import filesReadonly from 'plugboard/interfaces/files-readonly'
import listable from 'plugboard/interfaces/listable'
import readable from 'plugboard/interfaces/readable'
import storage from 'plugboard/interfaces/storage'
import { byKey, bySurroundings } from './configuration.ts'

export default new IntegrationDefinition({
  name: 's3',
  version: '0.1.0',
  title: 'S3',
  description: 'The objects of a bucket: at Amazon, or at any server that speaks the protocol of S3.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: {
    title: 'Access key',
    description: 'An access key that was made for the bot.',
    schema: byKey,
  },
  configurations: {
    surroundings: {
      title: 'Surroundings',
      description:
        'Credentials from where the bot runs: environment variables, the shared files, a web identity, the container or the machine.',
      schema: bySurroundings,
    },
  },
  entities: {
    file: {
      title: 'File',
      schema: z.object({
        /** The same as `key`. */
        id: z.string(),
        /** The key of the object, without the prefix of the configuration. */
        key: z.string(),
        /** The last part of the key. */
        name: z.string(),
        /** In bytes. */
        size: z.number().int().nonnegative(),
        /** Left out in lists, which do not tell it. */
        contentType: z.string().optional(),
        /** When it was stored: ISO 8601, in UTC. Left out of what was just put, of which the platform does not tell it. */
        updatedAt: z.string().optional(),
        /** What S3 calls the ETag, without its quotes. */
        contentHash: z.string(),
      }),
    },
    folder: {
      title: 'Folder',
      description: 'What several keys begin with, up to a slash.',
      schema: z.object({
        /** The path beneath the prefix of the configuration, without a slash at its end. */
        id: z.string(),
        name: z.string(),
      }),
    },
  },
})
  .extend(storage, ({ entities: { file } }) => ({
    entities: { file },
    capabilities: ['contentType', 'signedUrl'],
  }))
  .extend(filesReadonly, ({ entities: { file, folder } }) => ({ entities: { file, folder } }))
  .extend(listable, ({ entities: { file } }) => ({ entities: { item: file } }))
  .extend(readable, ({ entities: { file } }) => ({ entities: { item: file } }))
  .extend(deletable, ({ entities: { file } }) => ({ entities: { item: file } }))
