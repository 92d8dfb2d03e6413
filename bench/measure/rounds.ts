/** One way of doing the work: `run` is called and awaited `calls` times in each round, after `before`, which is not timed. */
export type Case = { name: string; run: () => unknown; calls: number; before?: () => Promise<void> }

/** What a case took: nanoseconds for each call, in each round and in the middle. */
export type Timing = { name: string; rounds: number[]; nanoseconds: number }

/** Rounds that only warm the compiler, before the first that counts. */
const warmups = 30

/**
 * Runs the cases in turn, round after round, so that a machine that slows down or speeds up does so for all of them.
 * Every other round goes backwards, for the one that runs after a heavy case pays for its garbage.
 * The amount of work is fixed by `rounds` and each case's `calls`, whatever the machine.
 */
export async function interleave(cases: readonly Case[], rounds: number): Promise<Timing[]> {
  const taken = new Map(cases.map((each) => [each, [] as number[]]))
  for (let round = -warmups; round < rounds; round++) {
    for (const each of round % 2 === 0 ? cases : cases.toReversed()) {
      const nanoseconds = await timed(each)
      if (round >= 0) taken.get(each)?.push(nanoseconds)
    }
  }
  return cases.map((each) => {
    const measured = taken.get(each) ?? []
    return { name: each.name, rounds: measured, nanoseconds: median(measured) }
  })
}

async function timed({ run, calls, before }: Case): Promise<number> {
  await before?.()
  const start = process.hrtime.bigint()
  for (let call = 0; call < calls; call++) await run()
  return Number(process.hrtime.bigint() - start) / calls
}

/** How many times as long `one` takes as `other`: the median over the rounds of the ratio within a round. */
export const ratio = (one: Timing, other: Timing): number =>
  median(one.rounds.map((nanoseconds, round) => nanoseconds / (other.rounds[round] ?? Number.NaN)))

/** What `timing` takes beyond `base`: the median over the rounds of the difference within a round, in nanoseconds a call. */
export const overhead = (timing: Timing, base: Timing): number =>
  median(timing.rounds.map((nanoseconds, round) => nanoseconds - (base.rounds[round] ?? Number.NaN)))

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper
}
