import type { SlackProps } from '../props.ts'
import type { Received } from './received.ts'
import { takeCommand } from './take-command.ts'
import { takeEvent } from './take-event.ts'
import { takeInteraction } from './take-interaction.ts'

/** Brings in what Slack tells, by whichever way it came. */
export async function takeReceived(props: SlackProps, received: Received): Promise<void> {
  if (received.kind === 'event') await takeEvent(props, received.envelope.event)
  if (received.kind === 'interaction') await takeInteraction(props, received.interaction)
  if (received.kind === 'command') await takeCommand(props, received.command)
  if (received.kind === 'limited')
    props.logger.warn('Slack sends no events for a minute, since there are more than 30,000 in an hour')
}
