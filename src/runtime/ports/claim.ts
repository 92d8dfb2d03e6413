/** The right to work on a lane. It ends when its worker is taken for dead and another one takes the lane. */
export interface Claim {
  readonly lane: string
  /** What tells this claim from those before and after it. */
  readonly token: string
  /** How often the lane was claimed since something in it was last finished: above one, a process died or was lost over it. */
  readonly claims: number
}
