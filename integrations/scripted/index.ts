import definition from './definition.ts'

// Named by the declaration files of whoever exports a bot that has this installed.
export type { CodeSchema } from './failure.ts'

export default definition.implementedBy(() => import('./implementation.ts'), {
  reports: [
    () => import('./conformance.json', { with: { type: 'json' } }),
    () => import('./embeddings.conformance.json', { with: { type: 'json' } }),
  ],
})
