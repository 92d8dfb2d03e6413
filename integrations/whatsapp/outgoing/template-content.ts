import type { Carried } from '../messages.ts'
import type { Content } from './outgoing.ts'

/** A template, filled in. */
export function templateContent({ name, language, parameters, components = [] }: Carried['template']): Content {
  const filled = Array.isArray(parameters)
    ? parameters.map((text) => ({ type: 'text', text }))
    : Object.entries(parameters ?? {}).map(([parameter_name, text]) => ({ type: 'text', parameter_name, text }))
  const all = [...(filled.length > 0 ? [{ type: 'body', parameters: filled }] : []), ...components]
  return {
    type: 'template',
    template: { name, language: { code: language }, ...(all.length > 0 && { components: all }) },
  }
}
