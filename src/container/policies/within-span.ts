const units = [
  { name: 'day', milliseconds: 86_400_000 },
  { name: 'hour', milliseconds: 3_600_000 },
  { name: 'minute', milliseconds: 60_000 },
  { name: 'second', milliseconds: 1_000 },
]

/** A span of time in words: `within a day`, `within 90 minutes`. */
export function withinSpan(milliseconds: number): string {
  const unit = units.find((one) => milliseconds % one.milliseconds === 0)
  if (!unit) return `within ${milliseconds} ms`
  const count = milliseconds / unit.milliseconds
  if (count === 1) return `within ${unit.name === 'hour' ? 'an' : 'a'} ${unit.name}`
  return `within ${count} ${unit.name}s`
}
