import { z } from 'plugboard'

const personId = z.string().regex(/^[UW][A-Z0-9]{1,20}$/)
const channelId = z.string().regex(/^[CG][A-Z0-9]{1,20}$/)
const name = z.string().regex(/^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u)

/** What the interfaces speak of, in Slack's terms. */
export const entities = {
  person: {
    title: 'Person',
    description: 'Somebody in the workspace, or another bot.',
    schema: z.object({
      /** What Slack calls the person. */
      id: personId,
    }),
  },
  place: {
    title: 'Place',
    description: 'A channel that the bot is in, a person, or a thread of one of both.',
    schema: z.object({
      /** What Slack calls the channel or the direct conversation; or the person, with whom one is then opened. */
      channelId: z.string().regex(/^[CDGUW][A-Z0-9]{1,20}$/),
      /** The message that begins the thread. Default: no thread. */
      threadTs: z
        .string()
        .regex(/^\d{1,12}\.\d{1,8}$/)
        .optional(),
    }),
  },
  channel: {
    title: 'Channel',
    description: 'A channel of the workspace, public or private.',
    schema: z.object({
      id: z.string(),
      name: z.string(),
      isPrivate: z.boolean(),
      /** Whether the bot is in it. */
      isMember: z.boolean(),
      topic: z.string(),
      purpose: z.string(),
    }),
  },
  channelDraft: {
    title: 'Channel to be',
    description: 'What a channel is created from.',
    schema: z.object({
      /** Small letters, digits, hyphens and underscores, at most 80. Slack has one channel of a name. */
      name,
      /** Default: false. */
      isPrivate: z.boolean().optional(),
    }),
  },
  member: {
    title: 'Member',
    description: 'An account of the workspace: of a person or a bot.',
    schema: z.object({
      id: z.string(),
      /** What people call the account: the name that it shows, or else its full name. */
      name: z.string(),
      username: z.string(),
      email: z.string().optional(),
      pictureUrl: z.string().optional(),
      isBot: z.boolean(),
      /** Whether the account was deactivated. */
      isDeactivated: z.boolean(),
    }),
  },
  desk: {
    title: 'Desk',
    description: 'The channel whose people serve a session.',
    schema: z.object({
      /** What Slack calls the channel. */
      channelId,
    }),
  },
}

export type Channel = z.output<(typeof entities)['channel']['schema']>
export type Member = z.output<(typeof entities)['member']['schema']>
