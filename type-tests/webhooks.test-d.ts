import { expectTypeOf } from 'expect-type'
import { IntegrationImplementation } from 'plugboard'
import { watcher } from './fixtures/parts.ts'

const { handlers } = new IntegrationImplementation(watcher, { webhook: { verify: 'none', deliveryId: 'none' } })

type Guards = NonNullable<(typeof handlers)['webhook']>
expectTypeOf<Extract<Guards['verify'], string>>().toEqualTypeOf<'none'>()
expectTypeOf<Extract<Guards['deliveryId'], string>>().toEqualTypeOf<'none'>()
