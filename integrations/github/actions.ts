import { z } from 'plugboard'
import { issue } from './issue.ts'

const id = z.string().describe('The number of an issue, as text.')
const nothing = { schema: z.object({}) }
const logins = z.array(z.string().min(1)).min(1).max(10).describe('Names of people.')

/** What can be done with an issue beside what items have. */
export const actions = {
  addLabels: {
    title: 'Add labels',
    description: 'Gives an issue labels that it does not have. Those that the repository does not have are made.',
    idempotent: true,
    input: { schema: z.object({ id, labels: z.array(z.string().min(1)).min(1).max(100) }) },
    output: nothing,
  },
  removeLabel: {
    title: 'Remove label',
    description: 'Takes a label from an issue. One that it does not have is taken already.',
    idempotent: true,
    input: { schema: z.object({ id, label: z.string().min(1) }) },
    output: nothing,
  },
  assign: {
    title: 'Assign',
    description: 'Gives an issue to people. Whom GitHub does not let do it is refused.',
    idempotent: true,
    input: { schema: z.object({ id, assignees: logins }) },
    output: nothing,
  },
  unassign: {
    title: 'Unassign',
    description: 'Takes an issue from people.',
    idempotent: true,
    input: { schema: z.object({ id, assignees: logins }) },
    output: nothing,
  },
  closeIssue: {
    title: 'Close issue',
    description: 'Closes an issue, which stays to be read and can be opened again.',
    idempotent: true,
    input: { schema: z.object({ id, reason: z.enum(['completed', 'not_planned', 'duplicate']).optional() }) },
    output: { schema: z.object({ issue }) },
  },
  reopenIssue: {
    title: 'Reopen issue',
    description: 'Opens an issue again.',
    idempotent: true,
    input: { schema: z.object({ id }) },
    output: { schema: z.object({ issue }) },
  },
  comment: {
    title: 'Comment',
    description: 'Comments on an issue or pull request.',
    input: { schema: z.object({ id, markdown: z.string().min(1).max(65_536) }) },
    output: { schema: z.object({ commentId: z.string(), url: z.string() }) },
  },
  searchIssues: {
    title: 'Search issues',
    description: 'Finds issues of the repository. The first thousand can be listed.',
    idempotent: true,
    cacheable: true,
    input: {
      schema: z.object({
        /** Words and qualifiers as on GitHub’s pages: `crash label:bug is:open`. */
        query: z.string().max(200),
        cursor: z.string().optional(),
        /** Default: 30; at most 100. */
        limit: z.number().int().positive().optional(),
      }),
    },
    output: {
      schema: z.object({
        issues: z.array(issue),
        /** How many there are, as far as GitHub has counted. */
        total: z.number().int(),
        nextCursor: z.string().optional(),
      }),
    },
  },
}
