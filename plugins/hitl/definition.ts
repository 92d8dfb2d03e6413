import { PluginDefinition, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl'
import { texts } from './texts.ts'

const conversationId = z
  .string()
  .min(1)
  .optional()
  .describe('Leave it out, unless another conversation is meant than the one in which this is called.')
/** The id of a session: the time from asking for humans until the conversation is handed back. */
const session = z.string()
/** The workflow that ends a session in time. */
const timer = z.string()
const command = z.string().trim().min(1)
const seconds = z.number().positive().max(31_536_000)

/**
 * Why a conversation is handed back: a command of the `user` or of an `agent`, `humans` on their platform, a `request` by
 * `stopHitl`, a `timeout`, or a platform that is `unavailable`.
 */
const by = z.enum(['user', 'agent', 'humans', 'request', 'timeout', 'unavailable'])

export default new PluginDefinition({
  name: 'hitl',
  version: '0.1.0',
  title: 'Humans in the loop',
  description: 'Hands conversations over to people, on any platform that serves them, and back.',
  readme: 'README.md',
  interfaces: { hitl },
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** A message by which people ask for a human: "/human". Default: none. */
        startCommand: command.optional(),
        /** A message by which the user ends it. */
        stopCommand: command.default('/stop'),
        /** A message by which the humans end it. Platforms for teams keep the slash for themselves. */
        humansStopCommand: command.default('!stop'),
        /** In how many seconds somebody has to come. */
        waitSeconds: seconds.default(600),
        /** After how many seconds without a message it ends by itself. */
        silenceSeconds: seconds.default(86_400),
        /** How many of the latest messages the humans are given. */
        historyLength: z.number().int().nonnegative().max(200).default(20),
        /** What a session is called where nobody says otherwise. */
        title: z.string().min(1).default('Somebody asks for help'),
        /** The name of whoever serves, where the platform tells none. */
        agent: z.string().min(1).default('A colleague'),
        /** What texts of the humans begin with; `{agent}` is the name. Empty for nothing. */
        agentPrefix: z.string().default('{agent}: '),
        /** How sessions are served. Default: as the platform serves every session. */
        hitlSession: entities.hitl.hitlSession.optional(),
        /** What people are told. */
        texts: texts.prefault({}),
      }),
  },
  actions: {
    startHitl: {
      title: 'Hand over to a human',
      description:
        'Asks people to take a conversation over. The bot is silent in it from then on, until they have ended it or nobody came. Where they were asked before, nothing happens.',
      idempotent: true,
      input: {
        schema: ({ entities }) =>
          z.object({
            conversationId,
            title: z.string().min(1).optional().describe('What it is about, in a few words.'),
            description: z.string().optional().describe('What whoever helps should know before.'),
            userId: z
              .string()
              .min(1)
              .optional()
              .describe('Leave it out, unless somebody else needs help than who wrote last.'),
            email: z.email().optional().describe('The address of the person, where it is known.'),
            hitlSession: entities.hitl.hitlSession.optional().describe('Leave it out: it is served as is configured.'),
          }),
      },
      output: {
        schema: z.object({
          /** `asked`: they are being asked; `waiting`: they were, and nobody has come yet; `active`: somebody is there. */
          status: z.enum(['asked', 'waiting', 'active']),
        }),
      },
    },
    stopHitl: {
      title: 'Hand back to the bot',
      description: 'Ends the conversation with humans. Where there is none, nothing happens.',
      idempotent: true,
      input: { schema: z.object({ conversationId }) },
      output: {
        schema: z.object({
          /** Whether there was something to end. */
          stopped: z.boolean(),
        }),
      },
    },
  },
  events: {
    /** Somebody is to be asked. */
    requested: {
      title: 'Humans requested',
      schema: ({ entities }) =>
        z.object({
          session,
          timer,
          title: z.string().optional(),
          description: z.string().optional(),
          userId: z.string().optional(),
          email: z.string().optional(),
          hitlSession: entities.hitl.hitlSession.optional(),
        }),
    },
    /** The platform was asked: `humans` is the conversation in which people serve it. */
    handedOver: { title: 'Handed over', schema: z.object({ session, humans: z.string() }) },
    /** Somebody has come. */
    joined: { title: 'Human joined', schema: z.object({ session, userId: z.string() }) },
    /** Somebody who serves the conversation wrote. */
    answered: {
      title: 'Human answered',
      schema: z.object({
        session,
        userId: z.string(),
        type: z.string(),
        payload: z.record(z.string(), z.json()),
      }),
    },
    /** It is to end. */
    ending: { title: 'Session ending', schema: z.object({ session, by, timer: timer.optional() }) },
    /** The bot answers again. */
    handedBack: { title: 'Handed back', schema: z.object({ session, by }) },
    /** The platform is to be told that it ended. */
    closing: { title: 'Session closing', schema: z.object({ session, humans: z.string() }) },
  },
  message: { tags: { agent: { title: 'Agent', description: 'The name of the human whose message it is.' } } },
  states: {
    session: {
      type: 'conversation',
      schema: z.object({
        /** Of a conversation that is handed over. */
        open: z
          .object({
            session,
            timer,
            status: z.enum(['waiting', 'active']),
            /** The conversation in which humans serve it. */
            humans: z.string(),
            /** By the id of a user of the conversation: what `createUser` made of them. */
            users: z.record(z.string(), z.string()),
            /** Those who have come. */
            agents: z.array(z.string()),
            /** The messages of users that were handed over with the history. */
            handed: z.array(z.string()),
          })
          .optional(),
        /** Of the conversation in which humans serve another one. */
        serves: z.object({ session, conversationId: z.string(), over: z.boolean() }).optional(),
      }),
    },
    /** That humans were requested, and are not asked yet. */
    request: { type: 'conversation', schema: z.object({ session: session.optional(), timer: timer.optional() }) },
  },
  workflows: {
    timer: {
      title: 'Timer',
      input: { schema: z.object({ session, conversationId: z.string() }) },
      output: { schema: z.object({}) },
      tags: { phase: { title: 'Phase', description: '`asking` until the platform has been asked.' } },
    },
  },
})
