import { z } from 'plugboard'

const done = { schema: z.object({}) }
const view = z.record(z.string(), z.json()).describe('A view of Block Kit, as Slack takes it.')
const viewId = z.object({
  /** What Slack calls the view. */
  viewId: z.string(),
})
const person = z.string().regex(/^[UW][A-Z0-9]{1,20}$/)
const channelId = z.string().regex(/^[CDG][A-Z0-9]{1,20}$/)

/** What can be done in Slack beside sending messages and what the interfaces have actions for. */
export const actions = {
  respond: {
    title: 'Respond',
    description: 'Answers a slash command, a button or a shortcut, also where the bot is not in the channel.',
    input: {
      schema: z.object({
        /** As the event gave it. */
        responseUrl: z.url(),
        markdown: z.string().min(1),
        /** Who sees the answer. Default: the person alone. */
        visibleTo: z.enum(['person', 'everyone']).optional(),
        /** Whether it takes the place of the message that has the button. Default: false. */
        replace: z.boolean().optional(),
      }),
    },
    output: done,
  },
  sendEphemeral: {
    title: 'Send to one',
    description: 'Writes something in a conversation that one person alone sees, until the app is loaded anew.',
    input: {
      schema: z.object({
        conversationId: z.string(),
        /** What Slack calls the person. */
        person,
        markdown: z.string().min(1),
      }),
    },
    output: done,
  },
  openView: {
    title: 'Open view',
    description: 'Opens a modal for whoever pressed, chose or entered something, within three seconds.',
    input: { schema: z.object({ triggerId: z.string().min(1), view }) },
    output: { schema: viewId },
  },
  updateView: {
    title: 'Update view',
    description: 'Changes a modal that is open.',
    idempotent: true,
    input: { schema: z.object({ viewId: z.string().min(1), view }) },
    output: { schema: viewId },
  },
  publishHome: {
    title: 'Publish home',
    description: 'Says what a person sees in the home of the app.',
    idempotent: true,
    input: { schema: z.object({ person, view }) },
    output: { schema: viewId },
  },
  findPerson: {
    title: 'Find person',
    description: 'Finds somebody in the workspace by an e-mail address.',
    idempotent: true,
    input: { schema: z.object({ email: z.email() }) },
    output: {
      schema: z.object({
        /** What Slack calls the person. */
        id: z.string(),
      }),
    },
  },
  joinChannel: {
    title: 'Join channel',
    description: 'Has the bot join a public channel.',
    idempotent: true,
    input: { schema: z.object({ channelId }) },
    output: done,
  },
  listMembers: {
    title: 'List members',
    description: 'Gives a page of those who are in a channel.',
    idempotent: true,
    input: {
      schema: z.object({
        channelId,
        /** The `nextCursor` of the page before. Default: the first page. */
        cursor: z.string().optional(),
        /** The most that the page may hold. Default: 100. */
        limit: z.number().int().positive().max(1000).optional(),
      }),
    },
    output: {
      schema: z.object({
        /** What Slack calls them. */
        people: z.array(z.string()),
        /** Asks for the next page; left out on the last one. */
        nextCursor: z.string().optional(),
      }),
    },
  },
}
