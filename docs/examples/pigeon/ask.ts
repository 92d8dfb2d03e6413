import { type IntegrationImplementation, PlugboardError, z } from 'plugboard'
import type definition from './definition.ts'

type Handlers = IntegrationImplementation<(typeof definition)['$types']>['handlers']
type Props = Pick<Parameters<NonNullable<Handlers['handler']>>[0], 'configuration' | 'ctx' | 'signal'>

/** What Pigeon answers: of a message and of a person the id. */
const answer = z.object({ id: z.string() })

/** Calls Pigeon. Whatever goes wrong is an error in Plugboard's words. */
export async function ask({ configuration, ctx, signal }: Props, path: string, body?: object): Promise<{ id: string }> {
  const headers = {
    authorization: `Bearer ${configuration.token}`,
    'content-type': 'application/json',
    'idempotency-key': ctx.idempotencyKey,
  }
  const request = body ? { method: 'POST', headers, signal, body: JSON.stringify(body) } : { headers, signal }
  try {
    const response = await fetch(configuration.baseUrl + path, request)
    if (!response.ok) throw refusal(response)
    return answer.parse(await response.json())
  } catch (cause) {
    if (PlugboardError.isInstance(cause)) throw cause
    if (signal.aborted) throw new PlugboardError({ code: 'aborted', message: 'the call was aborted', cause })
    if (cause instanceof SyntaxError || cause instanceof z.ZodError)
      throw new PlugboardError({ code: 'vendor_failed', message: 'Pigeon gave what is no answer', cause })
    const message = 'Pigeon cannot be reached, or broke off'
    throw new PlugboardError({ code: 'vendor_unavailable', message, retryable: true, cause })
  }
}

function refusal({ status, headers }: Response): PlugboardError {
  const message = `Pigeon answered with the status ${status}`
  if (status === 401) return new PlugboardError({ code: 'vendor_unauthorized', message })
  if (status === 429) {
    const retryAfter = Number(headers.get('retry-after') ?? 1) * 1000
    return new PlugboardError({ code: 'vendor_rate_limited', message, retryable: true, retryAfter })
  }
  if (status >= 500) return new PlugboardError({ code: 'vendor_unavailable', message, retryable: true })
  return new PlugboardError({ code: 'vendor_refused', message })
}
