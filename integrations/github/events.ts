import { z } from 'plugboard'
import { issue } from './issue.ts'

const actor = z.string().describe('The name of whoever did it.')

/** What GitHub tells beside messages and items. */
export const events = {
  issueChanged: {
    title: 'Issue changed',
    description: 'Something was done with an issue. What changes an item is told as `itemUpdated`, too.',
    schema: z.object({
      /** As GitHub calls it: `opened`, `edited`, `closed`, `reopened`, `labeled`, `assigned`, `transferred`, `deleted` … */
      action: z.string(),
      issue,
      /** Of `labeled` and `unlabeled`: which label. */
      label: z.string().optional(),
      /** Of `assigned` and `unassigned`: whom. */
      assignee: z.string().optional(),
      actor,
    }),
  },
  commentEdited: {
    title: 'Comment edited',
    description: 'Somebody changed a comment. The event belongs to the message, if the bot knows it.',
    schema: z.object({
      commentId: z.string(),
      /** What it is now. */
      text: z.string(),
      actor,
    }),
  },
  commentDeleted: {
    title: 'Comment deleted',
    description: 'Somebody deleted a comment. The event belongs to the message, if the bot knows it.',
    schema: z.object({ commentId: z.string(), actor }),
  },
  eventReceived: {
    title: 'Other event',
    description: 'A webhook of which there is no message or event here: `push`, `release`, `pull_request` …',
    schema: z.object({
      /** What GitHub calls it. */
      name: z.string(),
      action: z.string().optional(),
      /** The webhook as GitHub sent it. */
      payload: z.record(z.string(), z.unknown()),
    }),
  },
}
