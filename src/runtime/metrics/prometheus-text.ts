/** The names and values by which the samples of a metric are told apart. */
export type Labels = Readonly<Record<string, string>>

/** A metric that can be written in the text format of Prometheus. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** Each sample: what follows the name, its labels, and its value. */
  samples(): Iterable<readonly [suffix: string, labels: Labels, value: number]>
}

/** What only goes up. */
export class Counter implements Metric {
  readonly type = 'counter'
  readonly name: string
  readonly help: string
  readonly #series = new Series<{ value: number }>(() => ({ value: 0 }))

  /** @param name Ends in `_total`. */
  constructor(name: string, help: string) {
    this.name = name
    this.help = help
  }

  add(labels: Labels, by = 1): void {
    this.#series.of(labels).value += by
  }

  *samples(): ReturnType<Metric['samples']> {
    for (const [labels, { value }] of this.#series) yield ['', labels, value]
  }
}

/** What was seen how often, up to which bounds. */
export class Histogram implements Metric {
  readonly type = 'histogram'
  readonly name: string
  readonly help: string
  readonly #bounds: readonly number[]
  readonly #series: Series<{ readonly counts: number[]; sum: number; count: number }>

  /** @param bounds The upper bounds of the buckets, ascending; what is above them all needs none. */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name
    this.help = help
    this.#bounds = bounds
    this.#series = new Series(() => ({ counts: bounds.map(() => 0), sum: 0, count: 0 }))
  }

  observe(labels: Labels, value: number): void {
    const series = this.#series.of(labels)
    series.sum += value
    series.count += 1
    const bucket = this.#bounds.findIndex((bound) => value <= bound)
    if (bucket >= 0) series.counts[bucket] = (series.counts[bucket] ?? 0) + 1
  }

  *samples(): ReturnType<Metric['samples']> {
    for (const [labels, { counts, sum, count }] of this.#series) {
      let below = 0
      for (const [index, bound] of this.#bounds.entries()) {
        below += counts[index] ?? 0
        yield ['_bucket', { ...labels, le: numberText(bound) }, below]
      }
      yield ['_bucket', { ...labels, le: '+Inf' }, count]
      yield ['_sum', labels, sum]
      yield ['_count', labels, count]
    }
  }
}

/** What goes up and down, as it is now. */
export function gauge(name: string, help: string, ...now: readonly (readonly [Labels, number])[]): Metric {
  return { name, help, type: 'gauge', samples: () => now.map(([labels, value]) => ['', labels, value] as const) }
}

/** The media type of the text. */
export const prometheusType = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Metrics in the text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/.
 * @param common Labels that every sample gets.
 */
export function prometheusText(metrics: readonly Metric[], common: Labels): string {
  const lines: string[] = []
  for (const { name, help, type, samples } of metrics.map(bound)) {
    lines.push(`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`)
    for (const [suffix, labels, value] of samples())
      lines.push(`${name}${suffix}${labelText({ ...common, ...labels })} ${numberText(value)}`)
  }
  return `${lines.join('\n')}\n`
}

const bound = (metric: Metric): Metric => ({
  name: metric.name,
  help: metric.help,
  type: metric.type,
  samples: () => metric.samples(),
})

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  )
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'
}

/** What is kept for each combination of labels. The labels of one metric always have the same names, in the same order. */
class Series<T> {
  readonly #make: () => T
  readonly #values = new Map<string, readonly [Labels, T]>()

  constructor(make: () => T) {
    this.#make = make
  }

  of(labels: Labels): T {
    const key = Object.values(labels).join('\u0000')
    const found = this.#values.get(key)
    if (found) return found[1]
    const made = this.#make()
    this.#values.set(key, [labels, made])
    return made
  }

  [Symbol.iterator](): Iterator<readonly [Labels, T]> {
    return this.#values.values()
  }
}
