import type { APIApplication } from 'discord-api-types/v10'
import { PlugboardError } from 'plugboard'
import { callDiscord } from './api.ts'
import type { DiscordProps } from './props.ts'

/** Makes sure that token and key are those of one application, and says for which one requests are. */
export async function register(props: DiscordProps): Promise<void> {
  const { client, configuration, webhookUrl, logger } = props
  const application = await ownApplication(props)
  const { id, bot, verify_key: key, interactions_endpoint_url: endpoint } = application
  const byEndpoint = 'publicKey' in configuration ? configuration : undefined
  if (byEndpoint && key.toLowerCase() !== byEndpoint.publicKey.toLowerCase())
    throw new PlugboardError({
      code: 'vendor_unauthorized',
      message: `the public key is not that of the application '${id}', whose token was given: General Information → Public Key shows it`,
    })
  await client.setState({ name: 'account', payload: { applicationId: id, userId: bot?.id ?? id } })
  // Over the gateway nothing is sent to an address.
  await client.configureIntegration({ identifier: byEndpoint ? id : null })
  if (!byEndpoint && endpoint)
    logger.warn(
      'Discord sends commands to an address, and not over the gateway: empty General Information → Interactions Endpoint URL',
      { endpoint },
    )
  if (byEndpoint && !endpoint)
    logger.warn(
      'Discord sends nothing to this bot: enter its address under General Information → Interactions Endpoint URL',
      {
        webhookUrl,
      },
    )
}

/** What Discord calls the bot. */
export const ownId = async (client: Pick<DiscordProps['client'], 'getState'>): Promise<string> =>
  (await client.getState({ name: 'account' })).state?.payload.userId ?? ''

/** The id of the application. */
export async function applicationIdOf(props: DiscordProps): Promise<string> {
  const { state } = await props.client.getState({ name: 'account' })
  return state?.payload.applicationId ?? (await ownApplication(props)).id
}

const ownApplication = (props: DiscordProps): Promise<APIApplication> =>
  callDiscord(props, { what: 'the application', method: 'GET', path: '/applications/@me' })
