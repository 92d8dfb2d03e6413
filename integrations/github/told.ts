import { z } from 'plugboard'

/** A person, organization or app, as GitHub tells it. */
export const account = z.object({
  id: z.number(),
  login: z.string(),
  avatar_url: z.string().optional(),
  type: z.string().optional(),
})

/** What is read of an issue, wherever GitHub tells it. A pull request is one, too. */
export const toldIssue = z.object({
  node_id: z.string(),
  number: z.number().int(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  state_reason: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  assignees: z.array(account).nullish(),
  user: account.nullish(),
  html_url: z.string(),
  comments: z.number().int(),
  created_at: z.string(),
  updated_at: z.string(),
  pull_request: z.unknown().optional(),
})
export type ToldIssue = z.output<typeof toldIssue>

/** What is read of a comment. */
export const toldComment = z.object({
  id: z.number().int(),
  body: z.string().nullish(),
  user: account.nullish(),
  html_url: z.string(),
})

const labelled = z.object({ name: z.string() })

/** What every webhook that is about a repository has. */
export const toldDelivery = z.object({
  action: z.string().optional(),
  repository: z.object({ full_name: z.string() }).optional(),
  sender: account.optional(),
})

/** The webhook `issues`. */
export const toldOfIssue = toldDelivery.extend({
  action: z.string(),
  issue: toldIssue,
  label: labelled.nullish(),
  assignee: account.nullish(),
})

/** The webhook `issue_comment`. */
export const toldOfComment = toldDelivery.extend({ action: z.string(), issue: toldIssue, comment: toldComment })

/** The webhook `pull_request`. It counts comments under the same name, but not always. */
export const toldOfPull = toldDelivery.extend({
  action: z.string(),
  pull_request: z.object({
    number: z.number().int(),
    title: z.string(),
    body: z.string().nullish(),
    user: account.nullish(),
    html_url: z.string(),
  }),
})

export type Account = z.output<typeof account>
