import { PlugboardError } from 'plugboard'
import { findNumber } from './api.ts'
import { credentialsOf } from './credentials.ts'
import { digitsOf } from './place.ts'
import type { WhatsappProps } from './props.ts'

/** Asks what the number is, and says which one it is, so that what comes to the shared address finds it. */
export async function register(props: WhatsappProps): Promise<void> {
  const { client, configuration, logger, webhookUrl } = props
  credentialsOf(props)
  const { display_phone_number, verified_name: name } = await findNumber(props)
  await client.setState({ name: 'account', payload: { phoneNumber: digitsOf(display_phone_number), name } })
  try {
    await client.configureIntegration({ identifier: configuration.phoneNumberId })
  } catch (error) {
    if (!PlugboardError.isInstance(error) || error.code !== 'identifier_taken') throw error
    logger.warn(
      `another installation has the number '${configuration.phoneNumberId}': this one hears only what Meta sends to its own address`,
      { webhookUrl },
    )
  }
}
