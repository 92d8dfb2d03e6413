import { PlugboardError, z } from 'plugboard'
import { ask, type Caller } from './api.ts'
import { isGone, refuse } from './failure.ts'
import { type changes, type draft, type Issue, issueFrom, numberOf } from './issue.ts'
import { listIssues } from './list-issues.ts'
import { tell, type Telling } from './tell.ts'
import { type ToldIssue, toldIssue } from './told.ts'

type Paging = { readonly cursor?: string | undefined; readonly limit?: number | undefined }
type Draft = z.output<typeof draft>
type Changes = z.output<typeof changes>

/** What items have: issues are created, read, changed, deleted and listed. */
export const items = {
  listItems: async (call: Caller & { input: Paging }) => listIssues(call, call.input),

  createItem: async (call: Telling & { input: { draft: Draft } }) => {
    const { draft } = call.input
    await demandTriage(call, draft, 'draft')
    await demandAssignees(call, draft.assignees, 'draft.assignees')
    const attempt = { what: 'the issue cannot be created', path: 'draft' }
    const { data } = await ask(call, attempt, toldIssue, async (octokit, at) =>
      octokit.rest.issues.create({ ...at, ...draft }),
    )
    const item = issueFrom(data)
    await tell(call, { type: 'itemCreated', payload: { item } })
    return { item }
  },

  readItem: async (call: Caller & { input: { id: string } }) => ({
    item: issueFrom(await read(call, demandNumber(call.input.id, 'id'), 'id')),
  }),

  updateItem: async (call: Telling & { input: { item: { id: string }; changes: Changes } }) => {
    const { item, changes } = call.input
    const number = demandNumber(item.id, 'item.id')
    // It would change a pull request as well.
    const before = await read(call, number, 'item.id')
    if (Object.values(changes).every((value) => value === undefined)) return { item: issueFrom(before) }
    await demandTriage(call, changes, 'changes')
    await demandAssignees(call, changes.assignees, 'changes.assignees')
    return { item: await change(call, number, changes, 'changes') }
  },

  deleteItem: async (call: Telling & { input: { item: { id: string } } }) => {
    const { id } = call.input.item
    const number = numberOf(id)
    const found = number === undefined ? undefined : await unlessGone(call, number)
    if (!found) return {}
    await remove(call, found)
    await tell(call, { type: 'itemDeleted', payload: { id } })
    return {}
  },
}

/** Changes an issue, and tells of it. */
export async function change(call: Telling, number: number, changes: Changes, path: string): Promise<Issue> {
  const { stateReason, ...fields } = changes
  const { data } = await ask(
    call,
    { what: `issue ${number} cannot be changed`, path },
    toldIssue,
    async (octokit, at) =>
      octokit.rest.issues.update({
        ...at,
        ...fields,
        issue_number: number,
        ...(stateReason !== undefined && { state_reason: stateReason }),
      }),
  )
  const item = issueFrom(data)
  await tell(call, { type: 'itemUpdated', payload: { item } })
  return item
}

/** An issue as GitHub has it now. */
export async function read(call: Caller, number: number, path: string): Promise<ToldIssue> {
  const told = await readAny(call, number, path)
  if (told.pull_request) refuse(`${number} is a pull request, and no issue`, path)
  return told
}

/** An issue or pull request as GitHub has it now. */
export async function readAny(call: Caller, number: number, path: string): Promise<ToldIssue> {
  const attempt = { what: `issue ${number} cannot be read`, path }
  const { data } = await ask(call, attempt, toldIssue, async (octokit, at) =>
    octokit.rest.issues.get({ ...at, issue_number: number }),
  )
  return data
}

export function demandNumber(id: string, path: string): number {
  return numberOf(id) ?? refuse(`there is no issue '${id}'`, path)
}

const shownRights = z.object({
  permissions: z.object({ push: z.boolean().optional(), triage: z.boolean().optional() }).optional(),
})

/**
 * GitHub leaves out labels and assignees of somebody who may not set them, and says nothing. What an app may do its own
 * permissions say, and not these.
 */
async function demandTriage(call: Caller, named: Pick<Changes, 'labels' | 'assignees'>, path: string): Promise<void> {
  const field = (['labels', 'assignees'] as const).find((one) => (named[one] ?? []).length > 0)
  if (field === undefined || !('token' in call.configuration)) return
  const attempt = { what: 'the repository cannot be looked at', path: 'repository' }
  const { data } = await ask(call, attempt, shownRights, (octokit, at) => octokit.rest.repos.get(at))
  const { push = true, triage = false } = data.permissions ?? {}
  if (push || triage) return
  throw new PlugboardError({
    code: 'vendor_unauthorized',
    message: `the owner of the token may not give issues of this repository ${field}, which GitHub would leave out: give them the role Triage or Write`,
    where: { path: `${path}.${field}` },
  })
}

/** GitHub leaves out whom it does not let do it, and says nothing. */
export async function demandAssignees(call: Caller, logins: readonly string[] = [], path: string): Promise<void> {
  await Promise.all(
    logins.map(async (assignee, index) => {
      const attempt = { what: `'${assignee}' cannot be given an issue of this repository`, path: `${path}.${index}` }
      await ask(call, attempt, z.unknown(), async (octokit, at) =>
        octokit.rest.issues.checkUserCanBeAssigned({ ...at, assignee }),
      )
    }),
  )
}

/** The issue, if it is still there. GitHub says the same of a repository that it does not show, so that this is looked at. */
async function unlessGone(call: Caller, number: number): Promise<ToldIssue | undefined> {
  try {
    return await read(call, number, 'item.id')
  } catch (error) {
    if (!isGone(error)) throw error
    await demandRepository(call)
    return undefined
  }
}

/** Looks whether the repository is there, and may be seen. */
export async function demandRepository(call: Caller): Promise<void> {
  await ask(call, { what: 'the repository cannot be looked at', path: 'repository' }, z.object({}), (octokit, at) =>
    octokit.rest.repos.get(at),
  )
}

const deletion = 'mutation ($issueId: ID!) { deleteIssue(input: { issueId: $issueId }) { clientMutationId } }'

/** Of all that is asked of GitHub, this alone the other API has not. */
async function remove(call: Caller, { number, node_id: issueId }: ToldIssue): Promise<void> {
  const attempt = { what: `issue ${number} cannot be deleted`, path: 'item.id' }
  try {
    await ask(call, attempt, z.object({ deleteIssue: z.unknown() }), async (octokit, { request }) => ({
      data: await octokit.graphql(deletion, { issueId, request }),
      headers: {},
    }))
  } catch (error) {
    // Somebody else was faster.
    if (!(error instanceof Error) || !isGone(error)) throw error
  }
}
