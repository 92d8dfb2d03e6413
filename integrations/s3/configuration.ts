import { z } from 'plugboard'
import { key } from 'plugboard/interfaces/storage'

/** Where the objects are, whoever asks for them. */
const place = {
  bucket: z.string().min(3).max(255).describe('The name of a bucket that is there.'),
  region: z
    .string()
    .min(1)
    .default('us-east-1')
    .describe('Where the bucket is. R2 calls it `auto`; MinIO takes the default.'),
  prefix: key
    .optional()
    .describe('What stands before every key, without slashes at its ends. Nothing else in the bucket is touched.'),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The address of a server other than Amazon’s.'),
  forcePathStyle: z
    .boolean()
    .default(false)
    .describe('Whether the bucket stands in the path and not before the host, as most servers of one’s own want it.'),
  partSize: z
    .number()
    .int()
    .min(5)
    .max(1024)
    .default(8)
    .describe('In MiB. What is longer goes up in parts of this size, 10,000 at most; a few are held in memory.'),
}

/** With a key of its own. */
export const byKey = z.object({
  accessKeyId: z.string().min(1).describe('The id of the access key.'),
  secretAccessKey: z.string().min(1).describe('The secret of the access key.'),
  sessionToken: z.string().min(1).optional().describe('What belongs to a temporary key.'),
  ...place,
})

/** With what the surroundings give. */
export const bySurroundings = z.object({
  profile: z.string().min(1).optional().describe('The profile of the shared configuration file. Default: `default`.'),
  ...place,
})

/** How an installation is configured. */
export type Settings = z.output<typeof byKey> | z.output<typeof bySurroundings>
