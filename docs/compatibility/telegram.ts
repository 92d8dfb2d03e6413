// What a package's entry adds to the two files above it: where the implementation is.
import definition from './telegram-definition.ts'

export default definition.implementedBy(() => import('./telegram-implementation.ts'))
