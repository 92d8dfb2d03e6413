import { answer, inputSchema, outputSchema, type Answer, type Given, type Parsed } from './work.ts'

const handler = async ({ input }: { input: Parsed }): Promise<Answer> => answer(input)

/** The least that a validated call can cost: the two `parse` calls around a bare asynchronous function. */
export async function callBare(given: Given): Promise<Answer> {
  return outputSchema.parse(await handler({ input: inputSchema.parse(given) }))
}
