import type { Deliver } from '../../implementation/integration-handlers.ts'
import type { LooseIntegrationTypes } from '../../implementation/loose-handlers.ts'
import type { BotCore } from '../bot/core.ts'
import { aborted } from '../calls/located.ts'
import type { Intake } from '../clients/integration-client.ts'
import type { Installation } from '../composition/installation.ts'

/** How a listener hands in what came: each delivery is stored whole, and once. */
export function listenerDelivery(
  core: BotCore,
  installation: Installation,
  signal: AbortSignal,
): Deliver<LooseIntegrationTypes> {
  const { alias, id: installationId } = installation
  return async (id, bring) => {
    const assertListening = (): void => {
      if (signal.aborted) throw aborted({ integration: alias, action: 'listen' }, signal)
    }
    assertListening()
    const key = id === undefined ? undefined : `${installationId}:${id}`
    if (key !== undefined && (await core.store.hasDelivery(key))) {
      core.telemetry.note({ kind: 'delivery', integration: alias, outcome: 'duplicate' })
      return false
    }
    const intake: Intake = { messages: [], events: [], states: [], files: [] }
    await bring({ client: core.clientOf(installation, intake) })
    assertListening()
    return core.receive(installation, intake, key)
  }
}
