import definition from './definition.ts'

export default definition.implementedBy(() => import('./implementation.ts'), {
  reports: [
    () => import('./conformance/typing-indicator.json', { with: { type: 'json' } }),
    () => import('./conformance/proactive-user.json', { with: { type: 'json' } }),
    () => import('./conformance/proactive-conversation.json', { with: { type: 'json' } }),
    () => import('./conformance/message-state.json', { with: { type: 'json' } }),
  ],
})
