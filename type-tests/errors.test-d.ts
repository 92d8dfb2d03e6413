import { expectTypeOf } from 'expect-type'
import { type ErrorCode, PlugboardError } from 'plugboard'

const thrown: unknown = undefined
if (PlugboardError.isInstance(thrown)) {
  expectTypeOf(thrown).toEqualTypeOf<PlugboardError>()
  expectTypeOf(thrown.code).toEqualTypeOf<ErrorCode>()
  expectTypeOf(thrown.retryAfter).toEqualTypeOf<number | undefined>()
}

expectTypeOf<ErrorCode>().not.toEqualTypeOf<string>()
