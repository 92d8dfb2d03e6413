/** A stream of which the first result has been taken already, from its beginning. */
export async function* resumeStream<TItem, TOutput>(
  first: IteratorResult<TItem, TOutput>,
  rest: AsyncGenerator<TItem, TOutput, void>,
): AsyncGenerator<TItem, TOutput, void> {
  if (first.done) return first.value
  let left = true
  try {
    yield first.value
    left = false
  } finally {
    if (left) await rest.return(undefined as never)
  }
  return yield* rest
}
