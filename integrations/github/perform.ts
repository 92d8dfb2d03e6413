import { z } from 'plugboard'
import type { actions } from './actions.ts'
import { type Answer, ask, type At, type Octokit } from './api.ts'
import { comment } from './comment.ts'
import { issueFrom } from './issue.ts'
import { change, demandAssignees, demandNumber, read } from './items.ts'
import type { GithubProps } from './props.ts'
import { searchIssues } from './search-issues.ts'
import { tell } from './tell.ts'

type Send = (octokit: Octokit, at: At & { readonly issue_number: number }) => Promise<Answer>
type Perform<K extends keyof typeof actions> = (
  props: GithubProps & { input: z.output<(typeof actions)[K]['input']['schema']> },
) => Promise<z.output<(typeof actions)[K]['output']['schema']>>

/** What each action does. */
export const perform: { readonly [K in keyof typeof actions]: Perform<K> } = {
  addLabels: async (props) => {
    const { id, labels } = props.input
    await altered(props, id, 'cannot be given labels', async (octokit, at) =>
      octokit.rest.issues.addLabels({ ...at, labels }),
    )
    return {}
  },
  removeLabel: async (props) => {
    const { id, label } = props.input
    const number = demandNumber(id, 'id')
    const { labels } = issueFrom(await read(props, number, 'id'))
    const isThere = labels.some((name) => name.toLowerCase() === label.toLowerCase())
    if (isThere)
      await altered(props, id, 'cannot be taken a label from', async (octokit, at) =>
        octokit.rest.issues.removeLabel({ ...at, name: label }),
      )
    return {}
  },
  assign: async (props) => {
    const { id, assignees } = props.input
    await demandAssignees(props, assignees, 'assignees')
    await altered(props, id, 'cannot be assigned', async (octokit, at) =>
      octokit.rest.issues.addAssignees({ ...at, assignees }),
    )
    return {}
  },
  unassign: async (props) => {
    const { id, assignees } = props.input
    await altered(props, id, 'cannot be taken from people', async (octokit, at) =>
      octokit.rest.issues.removeAssignees({ ...at, assignees }),
    )
    return {}
  },
  closeIssue: async (props) => {
    const { id, reason } = props.input
    const number = demandNumber(id, 'id')
    const before = issueFrom(await read(props, number, 'id'))
    if (before.state === 'closed' && (reason === undefined || before.stateReason === reason)) return { issue: before }
    return { issue: await change(props, number, { state: 'closed', stateReason: reason }, 'id') }
  },
  reopenIssue: async (props) => {
    const number = demandNumber(props.input.id, 'id')
    const before = issueFrom(await read(props, number, 'id'))
    return { issue: before.state === 'open' ? before : await change(props, number, { state: 'open' }, 'id') }
  },
  comment: async (props) => {
    const { id, markdown } = props.input
    const { id: commentId, url } = await comment(props, demandNumber(id, 'id'), markdown, 'id')
    return { commentId, url }
  },
  searchIssues: async (props) => searchIssues(props, props.input),
}

/** Does something with an issue, and tells of it. */
async function altered(props: GithubProps, id: string, what: string, send: Send): Promise<void> {
  const number = demandNumber(id, 'id')
  const attempt = { what: `issue ${number} ${what}`, path: 'id' }
  await ask(props, attempt, z.unknown(), async (octokit, at) => send(octokit, { ...at, issue_number: number }))
  // What is answered is not always the issue.
  if (props.configuration.webhookSecret === undefined)
    await tell(props, { type: 'itemUpdated', payload: { item: issueFrom(await read(props, number, 'id')) } })
}
