/** What both sides write alike in the scenario `renamed`: an action of the integration's own, and a new name for the interface's. */
export const ownAction = (index: number): string => `
  actions: {
    ping: {
      input: { schema: z.object({ a${index}: z.string() }) },
      output: { schema: z.object({ b${index}: z.number() }) },
    },
  },`

export const renaming = `
  actions: { listLanguageModels: { name: 'listModels' } },`
