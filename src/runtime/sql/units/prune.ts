import type { Store } from '../../ports/store.ts'
import type { Unit, UnitContext } from '../unit.ts'
import { pruneContents } from './files.ts'

export function* prune(context: UnitContext, { limit }: Parameters<Store['prune']>[0]): Unit<boolean> {
  return (yield* pruneContents(context, limit)) === limit
}
