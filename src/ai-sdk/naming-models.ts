import { PlugboardError } from '../index.ts'

const mostNamed = 20

/** Adds to the refusal of a model which models there are, where that can be found out; other errors stay as they are. */
export async function namingModels(
  error: PlugboardError,
  models: () => Promise<readonly { readonly id: string }[]>,
): Promise<PlugboardError> {
  const { code, where, message, cause } = error
  if (code !== 'vendor_refused' || where.path !== 'model') return error
  const ids = await idsOf(models)
  if (ids.length === 0) return error
  const named = ids.slice(0, mostNamed).join(', ') + (ids.length > mostNamed ? ' and more' : '')
  return new PlugboardError({
    code,
    where,
    cause,
    message: `${message.replace(/\.$/, '')}. Models that are known: ${named}`,
  })
}

async function idsOf(models: () => Promise<readonly { readonly id: string }[]>): Promise<string[]> {
  try {
    return (await models()).map(({ id }) => `'${id}'`)
  } catch {
    return []
  }
}
