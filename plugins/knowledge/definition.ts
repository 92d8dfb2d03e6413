import { need, PluginDefinition, z } from 'plugboard'
import embeddings from 'plugboard/interfaces/embeddings'
import filesReadonly from 'plugboard/interfaces/files-readonly'
import llm from 'plugboard/interfaces/llm'
import storage from 'plugboard/interfaces/storage'
import { answer, counts, ingestionResult, passage } from './shapes.ts'

const ingestion = z.string().min(1).describe('The id of an ingestion.')

export default new PluginDefinition({
  name: 'knowledge',
  version: '0.1.0',
  title: 'Knowledge',
  description:
    'Reads the files of any integration, finds the passages that are nearest to a question, and answers by them.',
  readme: 'README.md',
  interfaces: {
    embeddings,
    llm,
    files: need(filesReadonly, { unless: 'storage' }),
    storage: need(storage, { unless: 'files' }),
  },
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** After how many minutes all files are looked through again, in steps of five. 0: only when it is asked for. */
        every: z.number().int().nonnegative().default(60),
        /** What the path of a file begins with. Default: every file. */
        prefix: z.string().default(''),
        /** The longest passage, in characters. */
        passageLength: z.number().int().min(100).max(8000).default(1000),
        /** How many characters of a passage the next one of the same heading begins with; half of a passage at most. */
        overlap: z.number().int().nonnegative().default(150),
        /** The most bytes that a file may have; larger ones are not read, and told. */
        mostBytes: z.number().int().positive().default(2_000_000),
        /** How many passages are embedded at once. */
        batchSize: z.number().int().min(1).max(500).default(64),
        /** Which model embeds. Default: the integration's choice. */
        embeddingModel: entities.embeddings.embeddingModel.optional(),
        /** How long the vectors are to be. Needs the capability `dimensions`. Default: the model's own. */
        dimensions: z.number().int().positive().optional(),
        /** How many passages a search gives, and an answer is made from. */
        passages: z.number().int().min(1).max(50).default(5),
        /** How near a passage must be to be given: from -1 to 1. It depends on the model. */
        leastScore: z.number().min(-1).max(1).default(0.25),
        /** Which model answers. Default: the integration's choice. */
        model: entities.llm.modelRef.optional(),
        /** The longest answer, in tokens. Default: the integration's. */
        maxTokens: z.number().int().positive().optional(),
        /** What is answered where nothing that was read is near enough, or answers the question. */
        unknown: z.string().min(1).default('I do not know.'),
      }),
  },
  actions: {
    search: {
      title: 'Search the documents',
      description:
        'Finds the passages of the documents that say most about a question or a subject, the nearest first. Gives none where nothing is near enough.',
      input: {
        schema: z.object({
          query: z.string().min(1).max(8000).describe('The question, or a few words on the subject.'),
          limit: z.number().int().min(1).max(50).optional().describe('How many passages are given at most.'),
        }),
      },
      output: { schema: z.object({ passages: z.array(passage) }) },
    },
    answer: {
      title: 'Answer by the documents',
      description: 'Answers a question by what the documents say, with the passages that it rests on.',
      input: {
        schema: z.object({
          question: z.string().min(1).max(8000),
          limit: z.number().int().min(1).max(50).optional().describe('How many passages the answer is made from.'),
        }),
      },
      output: { schema: answer },
    },
    ingest: {
      title: 'Ingest',
      description: 'Begins to take in what was changed in the files. One ingestion goes on at a time.',
      input: { schema: z.object({}) },
      output: { schema: z.object({ ingestion }) },
    },
    getIngestion: {
      title: 'Get ingestion',
      description: 'Says how an ingestion stands, and which files it could not take in.',
      input: { schema: z.object({ ingestion }) },
      output: {
        schema: z.object({
          status: z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled', 'timedout']),
          /** What it did, once it is completed. */
          result: ingestionResult.optional(),
          /** Why it failed. */
          failureReason: z.string().optional(),
        }),
      },
    },
  },
  tables: {
    documents: {
      schema: z.object({
        /** The need, and what tells the file from others. */
        key: z.string(),
        source: z.enum(['files', 'storage']),
        path: z.string(),
        contentType: z.string().optional(),
        size: z.number().optional(),
        /** The file as it was met last: plain, for it may belong to an integration that is not bound any more. */
        file: z.json(),
        /** What the integration said of it when it was taken in: differs if the file was changed. */
        fingerprint: z.string(),
        /** What the integration says of it now. */
        wanted: z.string(),
        /** Of which version its passages are; empty before it was taken in. */
        version: z.string(),
        /** The version that is being taken in. */
        next: z.string().optional(),
        /** The model by which its passages were embedded. */
        model: z.string(),
        /** What is left to be done. */
        due: z.enum(['no', 'read', 'embed']),
        /** The ingestion that met it last. */
        pass: z.string(),
        /** How often it was tried in vain since it was last met. */
        failures: z.number().int(),
        /** Why it could not be taken in. */
        error: z.string().optional(),
      }),
    },
    passages: {
      schema: z.object({
        /** The key of the document. */
        document: z.string(),
        version: z.string(),
        position: z.number().int(),
        /** By which model it was embedded, and how long its vectors are; empty before. */
        model: z.string(),
        // Objects, whose fields no index holds: nobody looks a text or vector up by what it is.
        content: z.object({ title: z.string(), heading: z.string(), text: z.string() }),
        /** Of length one, in base64. */
        vector: z.object({ values: z.string() }).optional(),
      }),
    },
  },
  states: {
    /** The ingestion that goes on, or was the latest, and whether another one is to follow it. */
    latest: { type: 'bot', schema: z.object({ id: z.string(), startedAt: z.string(), again: z.boolean() }) },
    /** How far an ingestion has come. */
    progress: {
      type: 'workflow',
      schema: ({ entities }) =>
        z.object({
          phase: z.enum(['beginning', 'listing', 'sweeping', 'reading']),
          /** The model by which passages are embedded; empty before it is known. */
          model: z.string(),
          /** The places that are still to be listed, and where the first of them goes on. */
          ahead: z.array(
            z.object({
              source: z.enum(['files', 'storage']),
              folder: entities.files.folder.optional(),
              path: z.string(),
            }),
          ),
          cursor: z.string().optional(),
          /** How often a list was begun anew, since the integration knew its cursor no more. */
          restarts: z.number(),
          /** How often the integrations failed since they last answered. */
          failures: z.number(),
          counts: z.object(counts),
        }),
    },
  },
  workflows: {
    ingestion: {
      title: 'Ingestion',
      description: 'Lists the files, removes what is gone, and takes in what was changed, document by document.',
      input: { schema: z.object({}) },
      output: { schema: ingestionResult },
      timeout: 1_800_000,
    },
  },
  events: {
    /** An ingestion is completed. */
    ingested: { schema: ingestionResult.extend({ ingestion }) },
    ingestionDue: { schema: z.object({}) },
  },
  recurringEvents: { ingestion: { type: 'ingestionDue', payload: {}, schedule: { cron: '*/5 * * * *' } } },
})
