import { describe, expect, it } from 'vitest'
import { Counter, gauge, Histogram, prometheusText } from './prometheus-text.ts'

describe('metrics as text', () => {
  it('has each series once, with its labels escaped and those that are common', () => {
    const counter = new Counter('calls_total', 'Calls,\nwith a \\ in it.')
    counter.add({ name: 'a"b\\c\nd' })
    counter.add({ name: 'a"b\\c\nd' }, 1.5)
    counter.add({ name: 'other' })
    expect(prometheusText([counter], { bot: 'hello' })).toBe(
      [
        String.raw`# HELP calls_total Calls,\nwith a \\ in it.`,
        '# TYPE calls_total counter',
        String.raw`calls_total{bot="hello",name="a\"b\\c\nd"} 2.5`,
        'calls_total{bot="hello",name="other"} 1',
        '',
      ].join('\n'),
    )
  })

  it('counts in each bucket of a histogram what is below its bound', () => {
    const histogram = new Histogram('seconds', 'How long.', [0.1, 1, 10])
    for (const value of [0.05, 0.1, 0.5, 5, 50]) histogram.observe({}, value)
    expect(prometheusText([histogram], {}).trim().split('\n').slice(2)).toEqual([
      'seconds_bucket{le="0.1"} 2',
      'seconds_bucket{le="1"} 3',
      'seconds_bucket{le="10"} 4',
      'seconds_bucket{le="+Inf"} 5',
      'seconds_sum 55.65',
      'seconds_count 5',
    ])
  })

  it('says what a gauge is now, and keeps a metric without samples', () => {
    const text = prometheusText([gauge('depth', 'Deep.', [{ of: 'inbox' }, 3], [{ of: 'outbox' }, Infinity])], {})
    expect(text).toContain('depth{of="inbox"} 3\ndepth{of="outbox"} +Inf\n')
    expect(prometheusText([new Counter('none_total', 'None.')], {})).toBe(
      '# HELP none_total None.\n# TYPE none_total counter\n',
    )
  })
})
