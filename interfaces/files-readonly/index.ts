import { bytes, InterfaceDefinition, z } from 'plugboard'

/**
 * Files in folders, to be read.
 *
 * An implementation promises: whoever follows `nextCursor` from the first page until there is none meets every file and
 * folder that was in the folder the whole time, and none twice; folders lead to every file, and never in a circle;
 * `readFile` gives the bytes as they come, and an abort never ends them as if they were all; a file or folder that is not
 * there and an unknown cursor are refused with the code `vendor_refused`. With the capability `changes`, each change is told
 * once, whoever made it.
 */
export default new InterfaceDefinition({
  name: 'files-readonly',
  version: '1.0.0',
  title: 'Files, to be read',
  description: 'Lists and reads files in folders.',
  capabilities: {
    changes: 'Tells when files are created, changed and deleted.',
  },
  entities: {
    /** A file, without its bytes. */
    file: {
      title: 'File',
      schema: z.object({
        /** Tells a file from the others, wherever it is moved to. */
        id: z.string(),
        /** What it is called within its folder. */
        name: z.string(),
        /** In bytes, where it is known. */
        size: z.number().int().nonnegative().optional(),
        /** The media type, where it is known. */
        contentType: z.string().optional(),
        /** When it was changed last: ISO 8601, in UTC. */
        updatedAt: z.string().optional(),
        /** Differs if the bytes differ. */
        contentHash: z.string().optional(),
      }),
    },
    /** Holds files and other folders. */
    folder: { title: 'Folder', schema: z.object({ id: z.string(), name: z.string() }) },
  },
  actions: {
    listItemsInFolder: {
      title: 'List items in folder',
      description: 'Gives a page of the files and folders in a folder.',
      idempotent: true,
      cacheable: true,
      input: {
        schema: ({ folder }) =>
          z.object({
            /** Default: the outermost folder. */
            folder: z.optional(folder),
            /** Where to go on: the `nextCursor` of the page before. Default: at the start. */
            cursor: z.string().optional(),
            /** The most files and folders that the page may hold. Default: the integration's choice. */
            limit: z.number().int().positive().optional(),
          }),
      },
      output: {
        schema: ({ file, folder }) =>
          z.object({
            files: z.array(file),
            folders: z.array(folder),
            /** Asks for the next page; left out on the last one. */
            nextCursor: z.string().optional(),
          }),
      },
    },
    readFile: {
      title: 'Read file',
      description: 'Reads a file piece by piece. Goes by its id alone.',
      idempotent: true,
      input: { schema: ({ file }) => z.object({ file }) },
      stream: { schema: () => z.object({ bytes }) },
      output: {
        schema: ({ file }) =>
          z.object({
            /** The file as it is now. */
            file,
          }),
      },
    },
    transferFile: {
      title: 'Transfer file',
      description: 'Copies a file into the files of the bot, in the place of the one that has the same key.',
      idempotent: true,
      input: {
        schema: ({ file }) =>
          z.object({
            file,
            /** The key that the copy gets. */
            fileKey: z.string().min(1).max(500),
          }),
      },
      output: { schema: ({ file }) => z.object({ file }) },
    },
  },
  events: {
    fileCreated: {
      title: 'File created',
      description: 'Told by integrations with the capability `changes`.',
      schema: ({ file }) => z.object({ file }),
    },
    fileUpdated: {
      title: 'File updated',
      description: 'Told by integrations with the capability `changes`.',
      schema: ({ file }) => z.object({ file }),
    },
    fileDeleted: {
      title: 'File deleted',
      description:
        'Told by integrations with the capability `changes`, by the id alone: what was deleted cannot be read any more.',
      schema: () => z.object({ id: z.string() }),
    },
  },
})
