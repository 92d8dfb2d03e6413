/**
 * What is measured: a module that holds the thing `count` times, each with another name, so that nothing is shared that
 * an author's would not share. `npm run test:cost -- --update` pins the numbers.
 */
interface CostCase {
  source: (count: number) => string
  atMost?: number
}

export const cases: Record<string, CostCase> = {
  'an object schema': {
    source: (count) => `
      import { z } from 'zod'
      ${repeat(count, (index) => `export const schema${index} = z.object({ id${index}: z.string(), size: z.number() })`)}
    `,
  },
}

function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}
