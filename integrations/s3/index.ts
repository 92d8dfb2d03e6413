import definition from './definition.ts'

export default definition.implementedBy(() => import('./implementation.ts'), {
  reports: [
    () => import('./conformance/storage.json', { with: { type: 'json' } }),
    () => import('./conformance/files-readonly.json', { with: { type: 'json' } }),
    () => import('./conformance/listable.json', { with: { type: 'json' } }),
    () => import('./conformance/readable.json', { with: { type: 'json' } }),
    () => import('./conformance/deletable.json', { with: { type: 'json' } }),
  ],
})
