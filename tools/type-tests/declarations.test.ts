import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCompiler, messageOf } from './compiler.ts'

const compiler = createCompiler({ noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: 'declarations' })

/** The declaration file of a module, as its author would publish it. */
function declarationOf(source: string): string {
  const program = compiler.program({ [resolve(import.meta.dirname, 'declared.ts')]: source })
  const file = program.getSourceFile(resolve(import.meta.dirname, 'declared.ts'))
  let declaration = ''
  const { diagnostics } = program.emit(file, (path, text) => {
    if (path.endsWith('declared.d.ts')) declaration = text
  })
  expect([...diagnostics, ...program.getSemanticDiagnostics(file)].map(messageOf)).toEqual([])
  return declaration
}

/** How often a declaration writes out what has this name. */
const written = (declaration: string, name: string) => declaration.split(`readonly name: "${name}"`).length - 1

describe('the declaration of', () => {
  it('a chain of extensions writes the definition and each interface once', () => {
    const declaration = declarationOf(`
      import { IntegrationDefinition, z } from 'plugboard'
      import deletable from 'plugboard/interfaces/deletable'
      import listable from 'plugboard/interfaces/listable'
      import readable from 'plugboard/interfaces/readable'

      export default new IntegrationDefinition({
        name: 'notes',
        entities: { note: { schema: z.object({ id: z.string(), text: z.string() }) } },
      })
        .extend(listable, ({ entities }) => ({ entities: { item: entities.note } }))
        .extend(readable, ({ entities }) => ({ entities: { item: entities.note } }))
        .extend(deletable, ({ entities }) => ({ entities: { item: entities.note } }))
    `)
    for (const name of ['notes', 'listable', 'readable', 'deletable']) expect(written(declaration, name)).toBe(1)
  })

  it('an interface that builds on others writes each once', () => {
    const declaration = declarationOf(`
      import crud from 'plugboard/interfaces/crud'

      export const items = crud
    `)
    for (const name of ['crud', 'listable', 'creatable', 'readable', 'updatable', 'deletable'])
      expect(written(declaration, name)).toBe(1)
  })

  it('a plugin writes what it needs once', () => {
    const declaration = declarationOf(`
      import { PluginDefinition } from 'plugboard'
      import llm from 'plugboard/interfaces/llm'

      export default new PluginDefinition({ name: 'assistant', interfaces: { llm } })
    `)
    expect(written(declaration, 'llm')).toBe(1)
  })

  it('a bot writes each of its parts once', () => {
    const declaration = declarationOf(`
      import scripted from '@plugboard/scripted'
      import { BotDefinition } from 'plugboard'
      import listable from 'plugboard/interfaces/listable'
      import assistant from 'plugboard/plugins/assistant'

      export default new BotDefinition({ interfaces: { listable } }).addIntegration(scripted).addPlugin(assistant)
    `)
    for (const name of ['scripted', 'assistant', 'listable']) expect(written(declaration, name)).toBe(1)
  })
})
