import { Calendar } from 'plugboard/testing'
import { expect, test } from 'vitest'

test('a clock goes on from the date that it is given', async () => {
  const clock = new Calendar()
  const date = Date.parse('2030-01-01T12:00:00Z')
  clock.date = date
  expect(clock.now()).toBeGreaterThanOrEqual(date)
  await clock.sleep(1)
  expect(clock.now()).toBeGreaterThan(date)
  expect(new Date(clock.now()).getUTCFullYear()).toBe(2030)
  const over = new AbortController()
  const sleeping = clock.sleep(1e6, over.signal)
  over.abort()
  await expect(sleeping).rejects.toMatchObject({ name: 'AbortError' })
})
