import { PlugboardError } from 'plugboard'
import { callSlack } from './api.ts'
import type { SlackProps } from './props.ts'

/** Asks who the bot is, and says which workspace it is in, so that what comes to the shared address finds it. */
export async function register(props: SlackProps): Promise<void> {
  const { client, configuration, logger } = props
  const { team_id: teamId, user_id: userId, bot_id: botId, url } = await callSlack(props, (api) => api.auth.test())
  if (teamId === undefined || userId === undefined)
    throw new PlugboardError({ code: 'vendor_failed', message: 'Slack does not say who the bot is', retryable: true })
  await client.setState({ name: 'account', payload: { teamId, userId, botId, url } })
  // Over a connection nothing is sent to an address.
  if ('appToken' in configuration) return client.configureIntegration({ identifier: null })
  try {
    await client.configureIntegration({ identifier: teamId })
  } catch (error) {
    if (!PlugboardError.isInstance(error) || error.code !== 'identifier_taken') throw error
    logger.warn(
      `another installation has the workspace '${teamId}': this one hears only what Slack sends to its own address`,
      { webhookUrl: props.webhookUrl },
    )
  }
}
