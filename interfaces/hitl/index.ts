import { InterfaceDefinition, messages, z } from 'plugboard'

const { text, image, audio, video, file, location, bloc } = messages.defaults

/** What is said by someone: left out where it is the bot's own. */
const said = { userId: z.string().optional() }

/** A message that was exchanged before the session. */
const earlier = z.object({
  /** Who wrote it: the bot, or a user that `createUser` made for somebody of the conversation that is handed over. */
  source: z.discriminatedUnion('type', [
    z.object({ type: z.literal('user'), userId: z.string() }),
    z.object({ type: z.literal('bot') }),
  ]),
  /** The type of the message, such as `text`. */
  type: z.string(),
  /** What it says. */
  payload: z.record(z.string(), z.json()),
})

/**
 * Handing a conversation over to people: humans in the loop.
 *
 * An implementation promises: a session is a conversation of the channel `hitl`; what is written to it reaches the people
 * who serve it, after what was said before, under the name of the user in `userId`, and what they write comes in as a message of
 * it, from the user whom `hitlAssigned` told of; `hitlAssigned`
 * tells who serves the session, once for each who takes it on; `hitlStopped` tells that they ended it, once, and not where
 * `stopHitl` did; after the end nothing comes in any more, and what is sent to it is refused with the code `vendor_refused`.
 */
export default new InterfaceDefinition({
  name: 'hitl',
  version: '1.0.0',
  title: 'Humans in the loop',
  description: 'Hands conversations over to people and back.',
  entities: {
    /** How a session is to be served: a queue, a priority. Its fields are the integration's own. */
    hitlSession: { title: 'Session', schema: z.object({}), optional: true },
  },
  actions: {
    createUser: {
      title: 'Create user',
      description: 'Makes the user under whose name a person’s messages are handed over.',
      input: {
        schema: () =>
          z.object({ name: z.string().optional(), pictureUrl: z.url().optional(), email: z.email().optional() }),
      },
      output: { schema: () => z.object({ userId: z.string() }) },
    },
    startHitl: {
      title: 'Start session',
      description: 'Asks people to take a conversation over.',
      input: {
        schema: ({ hitlSession }) =>
          z.object({
            /** Who needs help: a user that `createUser` made. */
            userId: z.string(),
            title: z.string().min(1),
            description: z.string().optional(),
            /** What was said until now, the oldest first. Default: nothing. */
            messageHistory: z.array(earlier).optional(),
            /** Default: as the platform serves every session. */
            hitlSession: z.optional(hitlSession),
          }),
      },
      output: {
        schema: () =>
          z.object({
            /** The session: a conversation of the channel `hitl`. */
            conversationId: z.string(),
          }),
      },
    },
    stopHitl: {
      title: 'Stop session',
      description: 'Ends a session. Ending one that has ended succeeds.',
      idempotent: true,
      input: {
        schema: () => z.object({ conversationId: z.string() }),
      },
      output: { schema: () => z.object({}) },
    },
  },
  events: {
    hitlAssigned: {
      title: 'Session assigned',
      description: 'Someone has taken the session on.',
      schema: () =>
        z.object({
          conversationId: z.string(),
          /** Who: a user with the name under which they serve. */
          userId: z.string(),
        }),
    },
    hitlStopped: {
      title: 'Session stopped',
      description: 'The people who served the session have ended it.',
      schema: () => z.object({ conversationId: z.string() }),
    },
  },
  channels: {
    hitl: {
      title: 'Session',
      description: 'A conversation between someone who needs help and the people who serve them.',
      messages: {
        text: { schema: () => text.schema.extend(said) },
        image: { schema: () => image.schema.extend(said) },
        audio: { schema: () => audio.schema.extend(said) },
        video: { schema: () => video.schema.extend(said) },
        file: { schema: () => file.schema.extend(said) },
        location: { schema: () => location.schema.extend(said) },
        bloc: { schema: () => bloc.schema.extend(said) },
      },
    },
  },
})
