import { z } from 'plugboard'
import type { ToldIssue } from './told.ts'

const state = z.enum(['open', 'closed'])
/** Why an issue is closed, or open again. */
const reason = z.enum(['completed', 'not_planned', 'duplicate', 'reopened'])
const labels = z.array(z.string().min(1)).max(100)
const assignees = z.array(z.string().min(1)).max(10)

/** An issue, as an item. */
export const issue = z.object({
  /** Its number, as text. */
  id: z.string(),
  title: z.string(),
  /** As Markdown; empty where there is nothing. */
  body: z.string(),
  state,
  /** Why it is in this state, where somebody said so. */
  stateReason: z.string().optional(),
  /** The names of its labels. */
  labels: z.array(z.string()),
  /** The names of those who are to do it. */
  assignees: z.array(z.string()),
  /** The name of whoever opened it. */
  author: z.string(),
  /** Where people look at it. */
  url: z.string(),
  /** How many comments it has. */
  comments: z.number().int(),
  /** ISO 8601, in UTC. */
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Issue = z.output<typeof issue>

/** What an issue is created from. */
export const draft = z.object({
  title: z.string().min(1).max(256),
  body: z.string().optional(),
  /** Those that the repository does not have are made. */
  labels: labels.optional(),
  assignees: assignees.optional(),
})

/** What is to be different in an issue. */
export const changes = z.object({
  title: z.string().min(1).max(256).optional(),
  body: z.string().optional(),
  state: state.optional(),
  /** Goes with `state`. */
  stateReason: reason.optional(),
  /** All that it is to have. */
  labels: labels.optional(),
  /** All that it is to have. */
  assignees: assignees.optional(),
})

/** What GitHub calls an account that is gone. */
const ghost = 'ghost'

/** An issue of what GitHub tells. */
export function issueFrom(told: ToldIssue): Issue {
  return {
    id: `${told.number}`,
    title: told.title,
    body: told.body ?? '',
    state: told.state,
    ...(told.state_reason && { stateReason: told.state_reason }),
    labels: told.labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? []))),
    assignees: (told.assignees ?? []).map(({ login }) => login),
    author: told.user?.login ?? ghost,
    url: told.html_url,
    comments: told.comments,
    createdAt: told.created_at,
    updatedAt: told.updated_at,
  }
}

/** The number of an issue by its id; undefined for what is the id of none. */
export const numberOf = (id: string): number | undefined => (/^[1-9]\d{0,9}$/.test(id) ? Number(id) : undefined)
