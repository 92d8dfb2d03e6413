import { token } from '../../container/token.ts'
import type { ScriptRunner } from '../identification/script-runner.ts'
import type { Closing } from '../integrations/closing.ts'
import type { Listeners } from '../integrations/listeners.ts'
import type { Registrar } from '../integrations/registrar.ts'
import type { Timekeeper } from '../schedule/timekeeper.ts'
import type { SpanWriter } from '../telemetry/span-writer.ts'
import type { Bindings } from './bindings.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { Ports } from './open-ports.ts'

/** The parts of a running bot that end with it: its scopes hold them, and dispose of them in the order in which they need each other. */
export const parts = {
  ports: token<Ports>('ports'),
  spans: token<SpanWriter>('spans'),
  closing: token<Closing>('closing'),
  scripts: token<ScriptRunner>('scripts'),
  bindings: token<Bindings>('bindings'),
  heartbeat: token<Heartbeat>('heartbeat'),
  registrar: token<Registrar>('registrar'),
  listeners: token<Listeners>('listeners'),
  timekeeper: token<Timekeeper>('timekeeper'),
}
