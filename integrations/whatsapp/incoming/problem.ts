import type { ToldProblem } from './told.ts'

/** What is wrong, as events have it. */
export function problemIn({ code, title, message, error_data }: ToldProblem) {
  const details = error_data?.details
  return { code, title: title ?? message ?? `${code}`, ...(details !== undefined && { details }) }
}
