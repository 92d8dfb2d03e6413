import type { Onward } from '../ports/lane-store.ts'

/** How it goes on in a lane once an item was worked on: after how many milliseconds with the same one, or else. */
export type Progress = number | Onward

/** A stop of the bot has cut off what was done: it stays in its lane. */
export const cutOff: Onward = { next: undefined, free: false }
