import definition from './definition.ts'

export default definition.implementedBy(() => import('./implementation.ts'), {
  reports: [
    () => import('./conformance/typing-indicator.json', { with: { type: 'json' } }),
    () => import('./conformance/proactive-user.json', { with: { type: 'json' } }),
    () => import('./conformance/proactive-conversation.json', { with: { type: 'json' } }),
    () => import('./conformance/message-state.json', { with: { type: 'json' } }),
    () => import('./conformance/listable-channels.json', { with: { type: 'json' } }),
    () => import('./conformance/creatable.json', { with: { type: 'json' } }),
    () => import('./conformance/listable-users.json', { with: { type: 'json' } }),
    () => import('./conformance/hitl.json', { with: { type: 'json' } }),
  ],
})
