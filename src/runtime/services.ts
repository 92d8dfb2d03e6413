import { token } from '../container/token.ts'
import type { Logger } from '../implementation/logger.ts'
import type { HandlerProps } from './consumers/handler-props.ts'
import type { HandlerRun } from './consumers/handler-run.ts'
import type { Clock } from './ports/clock.ts'
import type { Queue } from './ports/queue.ts'
import type { Store } from './ports/store.ts'

/** What the scopes of a bot hold for its handlers: the root has the ports, a plugin's its logger, that of a handled event its run. */
export const services = {
  clock: token<Clock>('clock'),
  store: token<Store>('store'),
  queue: token<Queue>('queue'),
  logger: token<Logger>('logger'),
  /** In the scope of one handled event: what its calls and effects belong to. */
  run: token<HandlerRun>('run'),
  /** Made once for each scope that asks: what a handler receives. */
  props: token<HandlerProps>('props'),
}
