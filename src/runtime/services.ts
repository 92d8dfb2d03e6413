import { token } from '../container/token.ts'
import type { Clock } from './ports/clock.ts'
import type { Queue } from './ports/queue.ts'
import type { Store } from './ports/store.ts'
import type { Bindings } from './bot/bindings.ts'
import type { Ports } from './bot/open-ports.ts'
import type { Heartbeat } from './bot/heartbeat.ts'
import type { Timekeeper } from './schedule/timekeeper.ts'
import type { ScriptRunner } from './identification/script-runner.ts'
import type { Closing } from './integrations/closing.ts'
import type { Listeners } from './integrations/listeners.ts'
import type { Registrar } from './integrations/registrar.ts'
import type { HandlerRun } from './consumers/handler-run.ts'
import type { HandlerProps } from './consumers/consumer.ts'
import type { Logger } from '../implementation/logger.ts'
import type { SpanWriter } from './telemetry/span-writer.ts'

/** What the scopes of a bot hold: the root has the ports, a plugin's its logger, that of a handled event its run. */
export const services = {
  ports: token<Ports>('ports'),
  clock: token<Clock>('clock'),
  store: token<Store>('store'),
  queue: token<Queue>('queue'),
  logger: token<Logger>('logger'),
  bindings: token<Bindings>('bindings'),
  heartbeat: token<Heartbeat>('heartbeat'),
  spans: token<SpanWriter>('spans'),
  timekeeper: token<Timekeeper>('timekeeper'),
  registrar: token<Registrar>('registrar'),
  scripts: token<ScriptRunner>('scripts'),
  closing: token<Closing>('closing'),
  listeners: token<Listeners>('listeners'),
  /** In the scope of one handled event: what its calls and effects belong to. */
  run: token<HandlerRun>('run'),
  /** Made once for each scope that asks: what a handler receives. */
  props: token<HandlerProps>('props'),
}
