import { degradeMessage } from '../../definition/messages.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { Installation } from '../composition/installation.ts'
import { validate } from '../validate.ts'

/** The message as the channel can carry it: as it is, or as its degrade rule makes it. */
export async function fitToChannel(
  installation: Installation | undefined,
  { channel, integration }: { readonly channel: string; readonly integration: string },
  { type, payload }: { readonly type: string; readonly payload: unknown },
  where: Where,
): Promise<{ type: string; payload: unknown }> {
  const place: Where = { ...where, integration, channel }
  if (!installation || installation.inactive !== undefined)
    throw new PlugboardError({
      code: 'installation_inactive',
      message: `integration '${integration}' is not active${installation?.inactive ? `: ${installation.inactive}` : ''}`,
      where: place,
    })
  if (installation.disabledChannels.has(channel))
    throw new PlugboardError({
      code: 'channel_disabled',
      message: `channel '${channel}' of integration '${integration}' is disabled`,
      where: place,
    })
  const messages = installation.messagesOf(channel)
  const content = Object.hasOwn(messages, type) ? { type, payload } : degradeMessage(type, payload)
  const definition = content && Object.hasOwn(messages, content.type) ? messages[content.type] : undefined
  if (!content || !definition) {
    throw new PlugboardError({
      code: 'message_type_unknown',
      message: `channel '${channel}' of integration '${integration}' cannot carry a message '${type}'; it carries ${Object.keys(messages).join(', ')}`,
      where: place,
    })
  }
  return {
    type: content.type,
    payload: await validate(definition.schema, content.payload, {
      code: 'payload_invalid',
      subject: `the payload of message '${content.type}' of channel '${channel}' of integration '${integration}'`,
      where: place,
    }),
  }
}
