/** Whether somebody has given an installation access to its platform. */
export interface Authorization {
  readonly status: 'authorized' | 'needed'
  /** Why access has to be given; undefined where it was. */
  readonly reason: string | undefined
}

export const authorized: Authorization = { status: 'authorized', reason: undefined }
export const needed = (reason: string): Authorization => ({ status: 'needed', reason })
