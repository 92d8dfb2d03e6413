import { expect, it } from 'vitest'
import { likeness, packed, unpacked } from './vector.ts'

it('gives back the vector that was packed, wherever its bytes stand', () => {
  const whole = Float32Array.from([9, 0.6, -0.8, 0])
  const part = whole.subarray(1)
  expect([...unpacked(packed(part))]).toEqual([...part])
  expect(likeness(part, unpacked(packed(part)))).toBeCloseTo(1, 6)
  expect(likeness(Float32Array.from([1, 0]), Float32Array.from([0, 1]))).toBe(0)
})
