import definition from './definition.ts'

export default definition.implementedBy(() => import('./implementation.ts'), {
  reports: [
    () => import('./conformance/postgres.json', { with: { type: 'json' } }),
    () => import('./conformance/mongodb.json', { with: { type: 'json' } }),
  ],
})
