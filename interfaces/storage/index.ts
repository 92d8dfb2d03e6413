import { bytes, content, InterfaceDefinition, z } from 'plugboard'

/** The name of a file: parts between slashes, none of them empty, `.` or `..`; 1,024 bytes at most in UTF-8, with neither control characters nor backslashes. */
export const key = z
  .string()
  .min(1)
  // oxlint-disable-next-line eslint/no-control-regex -- those are what is refused
  .regex(/^(?!\.{1,2}(?:\/|$))[^/\\\u0000-\u001f\u007f]+(?:\/(?!\.{1,2}(?:\/|$))[^/\\\u0000-\u001f\u007f]+)*$/, {
    error: 'expected parts between slashes, none of them empty, "." or ".."',
  })
  .refine((name) => new TextEncoder().encode(name).length <= 1024, { error: 'expected 1024 bytes at most' })

/**
 * Files that can be stored, read, listed and deleted by their keys.
 *
 * An implementation promises: what `getFile` gives, joined, equals what `putFile` was given last; whoever reads or lists
 * meanwhile meets a file as it was or as it is, never half of it, and a put that fails or is aborted changes nothing;
 * `getFile` gives its bytes as they come, and an abort never ends them as if they were all; keys are told apart by case and
 * listed in an order of the integration's own, which stays the same from page to page; a key that is not there and an unknown
 * cursor are refused with the code `vendor_refused`.
 */
export default new InterfaceDefinition({
  name: 'storage',
  version: '1.0.0',
  title: 'Storage',
  description: 'Stores files by key.',
  capabilities: {
    contentType: 'Keeps the media type of a file.',
    signedUrl: 'Makes URLs by which anyone can read a file for a while.',
  },
  entities: {
    /** A file, without its bytes. */
    file: {
      title: 'File',
      schema: z.object({
        key: z.string(),
        /** In bytes. */
        size: z.number().int().nonnegative(),
        /** The media type, where it is known. */
        contentType: z.string().optional(),
        /** When it was stored: ISO 8601, in UTC. */
        updatedAt: z.string().optional(),
      }),
    },
  },
  actions: {
    putFile: {
      title: 'Put file',
      description: 'Stores a file, in the place of the one that has the same key, if there is one.',
      idempotent: true,
      fieldCapabilities: { contentType: 'contentType' },
      input: {
        schema: () =>
          z.object({
            key,
            /** The bytes, or a function that opens a stream of them. */
            content,
            /** The media type. Needs the capability `contentType`. */
            contentType: z.string().optional(),
          }),
      },
      output: { schema: ({ file }) => z.object({ file }) },
    },
    getFile: {
      title: 'Get file',
      description: 'Reads a file piece by piece.',
      idempotent: true,
      input: { schema: () => z.object({ key }) },
      stream: { schema: () => z.object({ bytes }) },
      output: { schema: ({ file }) => z.object({ file }) },
    },
    listFiles: {
      title: 'List files',
      description: 'Gives a page of the files.',
      idempotent: true,
      cacheable: true,
      input: {
        schema: () =>
          z.object({
            /** What the key begins with. Default: every key. */
            prefix: z.string().optional(),
            /** Where to go on: the `nextCursor` of the page before. Default: at the start. */
            cursor: z.string().optional(),
            /** The most files that the page may hold. Default: the integration's choice. */
            limit: z.number().int().positive().optional(),
          }),
      },
      output: {
        schema: ({ file }) =>
          z.object({
            files: z.array(file),
            /** Asks for the next page; left out on the last one. */
            nextCursor: z.string().optional(),
          }),
      },
    },
    deleteFile: {
      title: 'Delete file',
      description: 'Deletes a file. Deleting one that is not there succeeds.',
      idempotent: true,
      input: { schema: () => z.object({ key }) },
      output: { schema: () => z.object({}) },
    },
    createSignedUrl: {
      title: 'Create signed URL',
      description: 'Makes a URL by which anyone can read a file for a while.',
      capability: 'signedUrl',
      idempotent: true,
      input: {
        schema: () =>
          z.object({
            key,
            /** For how long, in milliseconds: a week at most. Default: 15 minutes. */
            expiresIn: z.number().int().min(1000).max(604_800_000).optional(),
          }),
      },
      output: {
        schema: () =>
          z.object({
            url: z.url(),
            /** Until when: ISO 8601, in UTC. */
            expiresAt: z.string(),
          }),
      },
    },
  },
})
