import type { CachePolicy } from '../../definition/policy.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Layer } from './layer.ts'
import { OutputCache } from './output-cache.ts'
import { copyOf, isPlainData } from './plain-data.ts'
import { SharedCalls } from './shared-calls.ts'

/**
 * Keeps the outputs of cacheable actions, and makes one call of equal ones that are made at the same time. Errors are not kept,
 * nor are streams; an input or output that is no plain data passes through.
 */
export const cacheLayer: Layer<CachePolicy> = (policy, next, { facts, aliases, services, state, place }) => {
  if (!facts.action.cacheable) return next
  const { outputs, calls } = state.part(place, () => ({
    outputs: new OutputCache(policy.entries),
    calls: new SharedCalls<{ output: unknown; copyable: boolean }>(),
  }))
  const prefix = JSON.stringify([facts.action.name, aliases])

  return {
    async call(request) {
      const input = canonicalJson(request.input)
      if (input === undefined) return next.call(request)
      const key = `${prefix}${input}`
      const kept = outputs.get(key, services.now())
      if (kept) return kept.output
      const { result, own } = await calls.join(key, request.signal, facts, async (signal) => {
        const output = await next.call({ ...request, signal })
        const copyable = isPlainData(output)
        if (copyable) outputs.set(key, output, services.now() + policy.milliseconds)
        return { output, copyable }
      })
      if (result.copyable) return copyOf(result.output)
      return own ? result.output : next.call(request)
    },
    stream: next.stream,
  }
}
