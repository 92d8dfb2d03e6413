import definition from './definition.ts'

export default definition.implementedBy(() => import('./implementation.ts'), {
  reports: [() => import('./conformance.json', { with: { type: 'json' } })],
})
