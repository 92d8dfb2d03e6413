import { z } from 'plugboard'

const triggerId = z.string().describe('With it a modal is opened, within three seconds.')
const view = {
  /** What whoever made the view calls it; empty if nothing. */
  callbackId: z.string(),
  /** What Slack calls it. */
  viewId: z.string(),
  /** What whoever made the view has put into it; empty if nothing. */
  privateMetadata: z.string(),
}
const joined = z.object({
  /** What Slack calls whoever it is. */
  person: z.string(),
  /** What Slack calls the channel. */
  channelId: z.string(),
  /** Whether it is this bot. */
  isThisBot: z.boolean(),
})

/** What Slack tells beside messages and what the interfaces have events for. Where there is a conversation or a user, the event has it. */
export const events = {
  botMentioned: {
    title: 'Mention',
    description: 'Somebody mentioned the bot in a channel or a thread. The message comes as well.',
    schema: z.object({
      /** What Slack calls the message. */
      messageTs: z.string(),
      /** What was written, without the mention. */
      text: z.string(),
    }),
  },
  commandReceived: {
    title: 'Slash command',
    description: 'Somebody entered a slash command of the app.',
    schema: z.object({
      /** With its slash. */
      command: z.string(),
      /** What stands behind it; empty if nothing does. */
      text: z.string(),
      triggerId,
      /** Where it can be answered, for half an hour and five times: by the action `respond`. */
      responseUrl: z.string(),
    }),
  },
  buttonPressed: {
    title: 'Button pressed',
    description:
      'Somebody pressed a button or chose an option that this integration made. The value also comes as a text, as if it had been written.',
    schema: z.object({
      value: z.string(),
      action: z.enum(['say', 'postback']),
      /** What Slack calls the message that has the button. */
      messageTs: z.string(),
      triggerId,
    }),
  },
  actionTaken: {
    title: 'Block action',
    description: 'Somebody used an element of blocks that the bot made by itself, in a message, a modal or its home.',
    schema: z.object({
      actionId: z.string(),
      blockId: z.string(),
      /** Such as `button`. */
      type: z.string(),
      /** The value of what was pressed or chosen; undefined where there is none, or several. */
      value: z.string().optional(),
      /** What Slack calls the message that has the element; undefined in a view. */
      messageTs: z.string().optional(),
      triggerId,
      /** Where it can be answered: by the action `respond`. */
      responseUrl: z.string().optional(),
      /** The action as Slack sent it. */
      sent: z.record(z.string(), z.unknown()),
    }),
  },
  viewSubmitted: {
    title: 'View submitted',
    description: 'Somebody submitted a modal, which has closed.',
    schema: z.object({
      ...view,
      /** What was entered, by block and action, as Slack sent it. */
      values: z.record(z.string(), z.record(z.string(), z.unknown())),
      triggerId,
    }),
  },
  viewClosed: {
    title: 'View closed',
    description: 'Somebody closed a modal that asked for being told of it.',
    schema: z.object(view),
  },
  shortcutUsed: {
    title: 'Shortcut',
    description: 'Somebody used a shortcut of the app, of a message or of the whole workspace.',
    schema: z.object({
      callbackId: z.string(),
      triggerId,
      /** What Slack calls the message; undefined for a shortcut of the workspace. */
      messageTs: z.string().optional(),
      responseUrl: z.string().optional(),
    }),
  },
  memberJoined: {
    title: 'Member joined',
    description: 'Somebody joined a channel that the bot is in.',
    schema: joined,
  },
  memberLeft: { title: 'Member left', description: 'Somebody left a channel that the bot is in.', schema: joined },
  eventReceived: {
    title: 'Other event',
    description: 'Something of which there is no message or event here, if the app has subscribed to it.',
    schema: z.object({
      /** Such as `pin_added`; with its subtype behind a dot where it has one. */
      kind: z.string(),
      /** The event as Slack sent it. */
      event: z.record(z.string(), z.unknown()),
    }),
  },
}
