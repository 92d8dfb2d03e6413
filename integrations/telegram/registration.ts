import { apiOf } from './api.ts'
import { wanted } from './incoming/take-update.ts'
import type { TelegramProps } from './props.ts'
import { secretToken } from './signatures.ts'

/** Tells Telegram where the bot is, or that it asks by itself, and remembers what the bot is called. */
export async function register(props: TelegramProps): Promise<void> {
  const api = apiOf(props)
  const { id, username } = await api.getMe()
  await props.client.setState({ name: 'account', payload: { id: `${id}`, username } })
  if (props.ctx.configurationType === 'polling') await api.deleteWebhook({})
  else await setWebhook(props)
}

/** Tells Telegram where the bot is, and by which secret it is known. */
export async function setWebhook(props: TelegramProps): Promise<void> {
  const { webhookUrl: url } = props
  await apiOf(props).setWebhook({ url, secret_token: secretToken(props), allowed_updates: [...wanted] })
}

export async function unregister(props: TelegramProps): Promise<void> {
  if (props.ctx.configurationType !== 'polling') await apiOf(props).deleteWebhook({})
}
