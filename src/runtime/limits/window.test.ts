import { array, assert, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeAt, promising, taking, type Window, windowAt } from './window.ts'

const empty: Window = { taken: [], next: 0 }

/** Takes places at these times, as far as there are any. Gives when. */
function takeAt(times: readonly number[], bounds: { limit: number; per: number }): number[] {
  let window = empty
  return times.filter((now) => {
    window = windowAt(window, bounds, now)
    if (freeAt(window, bounds, now) > now) return false
    window = taking(window, bounds, now)
    return true
  })
}

describe('a window', () => {
  it('never lets more through than the limit in any span', () => {
    const asked = record({
      limit: integer({ min: 1, max: 200 }),
      per: integer({ min: 1, max: 2000 }),
      gaps: array(integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 400 }),
    })
    assert(
      property(asked, ({ limit, per, gaps }) => {
        let now = 1_700_000_000_000
        const taken = takeAt(
          gaps.map((gap) => (now += gap)),
          { limit, per },
        )
        for (const [index, at] of taken.entries()) {
          const later = taken[index + limit]
          if (later !== undefined) expect(later - at).toBeGreaterThanOrEqual(per)
        }
        expect(taken.length).toBeGreaterThanOrEqual(Math.min(limit, gaps.length))
      }),
    )
  })

  it('lets a place go a step of the span late at most, and is small however high the limit is', () => {
    const bounds = { limit: 10_000, per: 3_600_000 }
    let window = empty
    for (let count = 0; count < bounds.limit; count += 1) window = taking(window, bounds, count * 360)
    expect(window.taken.length).toBeLessThanOrEqual(33)
    const free = freeAt(windowAt(window, bounds, 3_600_000), bounds, 3_600_000)
    expect(free).toBeGreaterThanOrEqual(bounds.per)
    expect(free).toBeLessThanOrEqual(bounds.per + bounds.per / 32)
  })

  it('tells those who wait times as far apart as the limit lets them through, from when there is a place', () => {
    const bounds = { limit: 4, per: 1000 }
    let window = empty
    for (const at of [0, 0, 10, 20]) window = taking(window, bounds, at)
    const told: number[] = []
    for (let count = 0; count < 4; count += 1) {
      const promised = promising(window, bounds, 30)
      told.push(promised.at)
      ;({ window } = promised)
    }
    expect(told).toEqual([1000, 1250, 1500, 1750])
  })

  it('holds between processes whose clocks differ a little', () => {
    const bounds = { limit: 2, per: 1000 }
    let window = taking(empty, bounds, 5200)
    window = taking(windowAt(window, bounds, 5000), bounds, 5000)
    for (const now of [5001, 5300, 6199]) expect(freeAt(windowAt(window, bounds, now), bounds, now)).toBe(6200)
    expect(freeAt(windowAt(window, bounds, 6200), bounds, 6200)).toBe(6200)
  })

  it('begins anew when the clock was set back', () => {
    const bounds = { limit: 1, per: 1000 }
    const window = { ...taking(empty, bounds, 3_600_000), next: 7_200_000 }
    expect(windowAt(window, bounds, 100)).toEqual(empty)
  })
})
