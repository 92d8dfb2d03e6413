import type { CallRecord } from '../calls/call-observer.ts'
import type { Backlog } from '../ports/lane-store.ts'
import type { Occurrence } from '../telemetry/occurrence.ts'
import { Counter, gauge, Histogram, type Metric, prometheusText } from './prometheus-text.ts'

/** From what is answered from memory to a model that takes its time; in seconds. */
const bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** What the metrics of a bot are made from. */
export interface MetricsSource {
  readonly bot: string
  /** Tells of every call that has ended. */
  observeCalls(observer: (record: CallRecord) => void): void
  /** Tells of everything that happens. */
  observe(observer: (occurrence: Occurrence) => void): void
  /** What waits. */
  backlog(): Promise<Backlog>
}

/** What a bot has done since this was made, and what waits in it. */
export class BotMetrics {
  readonly #source: MetricsSource
  readonly #calls = new Counter('plugboard_calls_total', 'Calls of actions of integrations, by how they ended.')
  readonly #callSeconds = new Histogram('plugboard_call_duration_seconds', 'How long calls of actions took.', bounds)
  readonly #cost = new Counter('plugboard_call_cost_usd_total', 'What calls cost, in US dollars, where that is known.')
  readonly #retries = new Counter('plugboard_retries_total', 'What failed and was tried again.')
  readonly #failovers = new Counter(
    'plugboard_failovers_total',
    'Calls that went on to another integration, by the one that failed.',
  )
  readonly #handlerSeconds = new Histogram(
    'plugboard_handler_duration_seconds',
    'How long handlers and hooks took, by how they ended.',
    bounds,
  )
  readonly #requestSeconds = new Histogram(
    'plugboard_webhook_duration_seconds',
    'How long requests to webhooks took, by the class of the status.',
    bounds,
  )
  readonly #identifications = new Counter(
    'plugboard_identifications_total',
    'Requests to webhooks that installations share, by what came of looking for the one that each is for.',
  )
  readonly #messages = new Counter('plugboard_messages_total', 'Messages that came in, and that were sent.')
  readonly #events = new Counter('plugboard_events_total', 'Events that came in.')
  readonly #deliveries = new Counter('plugboard_deliveries_total', 'Deliveries that were stored.')
  readonly #duplicates = new Counter(
    'plugboard_deliveries_deduplicated_total',
    'Deliveries that were dropped, since they were stored before.',
  )
  readonly #buried = new Counter('plugboard_dead_letters_total', 'What failed for good and was put aside.')
  readonly #unknown = new Counter(
    'plugboard_sends_of_unknown_outcome_total',
    'Messages of which nobody knows whether the platform has them: repeated, or put aside.',
  )

  constructor(source: MetricsSource) {
    this.#source = source
    source.observeCalls((record) => this.#called(record))
    source.observe((occurrence) => this.#happened(occurrence))
  }

  /** Everything in the text format of Prometheus. */
  async text(): Promise<string> {
    const { bot, backlog } = this.#source
    return prometheusText([...this.#counted(), ...waiting(await backlog()), ...ofTheProcess()], { bot })
  }

  #counted(): readonly Metric[] {
    return [
      this.#calls,
      this.#callSeconds,
      this.#cost,
      this.#retries,
      this.#failovers,
      this.#handlerSeconds,
      this.#requestSeconds,
      this.#identifications,
      this.#messages,
      this.#events,
      this.#deliveries,
      this.#duplicates,
      this.#buried,
      this.#unknown,
    ]
  }

  #called({ consumer, interface: of = '', integration, action, duration, error, cost }: CallRecord): void {
    const labels = { consumer, interface: of, integration, action }
    this.#calls.add({ ...labels, outcome: error ?? 'ok' })
    this.#callSeconds.observe(labels, duration / 1000)
    if (cost !== undefined) this.#cost.add(labels, cost)
  }

  #happened(occurrence: Occurrence): void {
    switch (occurrence.kind) {
      case 'request': {
        const { integration, status, duration } = occurrence
        return this.#requestSeconds.observe({ integration, status: `${Math.floor(status / 100)}xx` }, duration / 1000)
      }
      case 'delivery':
        return (occurrence.outcome === 'stored' ? this.#deliveries : this.#duplicates).add({
          integration: occurrence.integration,
        })
      case 'identification':
        return this.#identifications.add({ integration: occurrence.integration, outcome: occurrence.outcome })
      case 'message':
        return this.#messages.add({ direction: occurrence.direction, integration: occurrence.integration })
      case 'event':
        return this.#events.add({ origin: occurrence.origin })
      case 'handler': {
        const { consumer, moment, error, duration } = occurrence
        return this.#handlerSeconds.observe({ consumer, moment, outcome: error ?? 'ok' }, duration / 1000)
      }
      case 'retry':
        return this.#retries.add({ of: occurrence.of })
      case 'failover':
        return this.#failovers.add({ integration: occurrence.integration })
      case 'dead letter':
        return this.#buried.add({ of: occurrence.of })
      case 'unknown outcome': {
        const { integration, channel, next } = occurrence
        return this.#unknown.add({ integration, channel, next: next.replace(' ', '_') })
      }
    }
  }
}

function waiting({ inbox, outbox, deadLetters }: Backlog): readonly Metric[] {
  const queues = Object.entries({ inbox, outbox })
  return [
    gauge(
      'plugboard_waiting',
      'What waits for handlers, and to be sent.',
      ...queues.map(([queue, { waiting: count }]) => [{ queue }, count] as const),
    ),
    gauge(
      'plugboard_oldest_waiting_seconds',
      'For how long what came first has been waiting; 0 if nothing waits.',
      ...queues.map(([queue, { oldest }]) => [{ queue }, oldest / 1000] as const),
    ),
    gauge('plugboard_dead_letters', 'What failed for good and was not tried again.', [{}, deadLetters]),
  ]
}

const startedAt = Date.now() / 1000 - process.uptime()

/** By the names that every client library of Prometheus gives them. */
function ofTheProcess(): readonly Metric[] {
  const { user, system } = process.cpuUsage()
  const seconds = new Counter('process_cpu_seconds_total', 'Processor time that the process took, in seconds.')
  seconds.add({}, (user + system) / 1e6)
  return [
    seconds,
    gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', [{}, startedAt]),
    gauge('process_resident_memory_bytes', 'Memory that the process has, in bytes.', [{}, process.memoryUsage.rss()]),
    gauge('nodejs_heap_size_used_bytes', 'Memory that objects take, in bytes.', [{}, process.memoryUsage().heapUsed]),
  ]
}
