import { BotImplementation, PlugboardError } from 'plugboard'
import { composition } from './composition.ts'
import { issueFrom } from './issue.ts'
import { labelsOf, responseFormat, systemPrompt, verdictFrom } from './verdict.ts'

/** How the bot works. */
export interface TriageOptions {
  /** Whether issues are looked at without being touched. Default: false. */
  readonly dryRun?: boolean
  /**
   * Issues that were opened before are left alone: ISO 8601. Default: a day before the bot looked for the first time, so that
   * it does not comment on whatever is open.
   */
  readonly since?: string | undefined
}

const day = 86_400_000

/**
 * A bot that looks through new issues: labels them, and comments on them, as a model finds right.
 * @throws {PlugboardError} with the code `argument_invalid`, if `since` is no date.
 */
export function triageBot({ dryRun = false, since }: TriageOptions = {}, definition = composition()) {
  if (since !== undefined && Number.isNaN(Date.parse(since)))
    throw new PlugboardError({
      code: 'argument_invalid',
      message: `'${since}' is no date since when issues are looked at: write TRIAGE_SINCE like 2026-11-29`,
    })
  const bot = new BotImplementation(definition)

  // Whoever says it in the terminal need not wait for the clock.
  bot.on.message('text', async ({ message, conversation, client }) => {
    const isAsked = message.payload.text.trim().toLowerCase() === 'triage'
    const text = isAsked ? 'I look for new issues.' : 'Write “triage”, and I look for new issues at once.'
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text } })
    if (isAsked) await client.createEvent({ type: 'triageDue', payload: { conversationId: conversation.id } })
  })

  bot.on.event('triageDue', async ({ event, client }) => {
    const { conversationId } = event.payload
    const tags = { tellIn: conversationId }
    const { items } = await client.listWorkflows({ name: 'rounds', statuses: ['pending', 'in_progress'] })
    const [rounds] = items
    if (!rounds) await client.createWorkflow({ name: 'rounds', input: {}, tags })
    else {
      await client.updateWorkflow({ name: 'rounds', id: rounds.id, tags })
      await client.continueWorkflow({ name: 'rounds', id: rounds.id })
    }
  })

  const look: Parameters<typeof bot.on.workflowStart<'rounds'>>[1] = async ({ workflow, client, interfaces }) => {
    const conversationId = workflow.tags['tellIn']
    const from = Date.parse(since ?? workflow.createdAt) - (since === undefined ? day : 0)
    let cursor: string | undefined
    do {
      const page = await interfaces.issues.listItems({ cursor })
      for (const { id: issue } of page.items) {
        const { items } = await client.findTableRows({ table: 'issues', filter: { issue } })
        const [known] = items
        if (known && (dryRun || known.status !== 'tried')) continue
        await client.upsertTableRows({ table: 'issues', keyColumn: 'issue', rows: [{ issue, status: 'found' }] })
        await client.createEvent({ type: 'issueFound', payload: { issue, from, conversationId } })
      }
      cursor = page.nextCursor
    } while (cursor !== undefined)
  }
  bot.on.workflowStart('rounds', look)
  bot.on.workflowContinue('rounds', look)

  bot.on.event('issueFound', async ({ event, client, interfaces, actions, logger }) => {
    const { issue: id, from, conversationId } = event.payload
    const note = (status: 'triaged' | 'tried' | 'left') =>
      client.upsertTableRows({ table: 'issues', keyColumn: 'issue', rows: [{ issue: id, status }] })
    // As it was before it was touched, however often this is tried again.
    const read = await client.step('read', async () => (await interfaces.issues.readItem({ id })).item)
    const item = interfaces.issues.entities.item.parse(read)
    const issue = issueFrom(read)
    const isOld = issue.createdAt !== undefined && Date.parse(issue.createdAt) < from
    // Somebody was faster.
    const isKnown = issue.labels.some((label) => label.startsWith('priority: '))
    if (!issue.isOpen || isOld || isKnown) {
      await note('left')
      return
    }
    const verdict = await client.step('verdict', async () => {
      const { structured } = await interfaces.llm.generateContent({
        systemPrompt,
        messages: [{ role: 'user', content: `${issue.title}\n\n${issue.body}` }],
        responseFormat,
      })
      return verdictFrom(structured)
    })
    const labels = [...new Set([...issue.labels, ...labelsOf(verdict)])]
    if (!dryRun) {
      const changes = interfaces.issues.entities.changes.parse(issue.changes(labels, verdict.comment))
      await client.step('labels', async () => {
        await interfaces.issues.updateItem({ item, changes })
        return {}
      })
      if (issue.hasComments)
        await client.step('comment', () => actions.github.comment({ id, markdown: verdict.comment }))
    }
    await note(dryRun ? 'tried' : 'triaged')
    await client.createEvent({ type: 'issueTriaged', payload: { issue: id, verdict, dryRun } })
    const done = dryRun ? 'would get' : 'gets'
    const text = `${id} “${issue.title}” ${done} ${labelsOf(verdict).join(', ')}: ${verdict.comment}`
    logger.info(text)
    if (conversationId !== undefined) await client.createMessage({ conversationId, type: 'text', payload: { text } })
  })

  bot.on.handlerFailed('event', async ({ event, error, client, logger }) => {
    if (event?.type !== 'bot:issueFound') return
    const { issue, conversationId } = event.payload as { issue: string; conversationId?: string }
    logger.error(`${issue} could not be looked at, and is put aside`, { issue, error })
    const text = `${issue} could not be looked at: ${error.message}`
    if (conversationId !== undefined) await client.createMessage({ conversationId, type: 'text', payload: { text } })
  })

  return bot
}
