import { dirname, resolve } from 'node:path'
import ts from 'typescript-5.9'

const root = resolve(import.meta.dirname, '../..')

/** Compiles with the options of the repository, under the compiler that still has a JavaScript API. */
export interface Compiler {
  /**
   * A program of its own for `files`, an absolute path to a text each. Nothing is written or read from disk for these;
   * what they import is read once for all programs.
   */
  program(files: Record<string, string>): ts.Program
}

/** `further` are options beside those of the repository. */
export function createCompiler(further: ts.CompilerOptions = { noEmit: true }): Compiler {
  const options: ts.CompilerOptions = { ...readOptions(), ...further }
  const disk = ts.createCompilerHost(options)
  const read = new Map<string, ts.SourceFile | undefined>()

  return {
    program(files) {
      const host: ts.CompilerHost = {
        ...disk,
        fileExists: (path) => path in files || disk.fileExists(path),
        readFile: (path) => files[path] ?? disk.readFile(path),
        getSourceFile(path, target) {
          const text = files[path]
          if (text !== undefined) return ts.createSourceFile(path, text, target, true)
          if (!read.has(path)) read.set(path, disk.getSourceFile(path, target))
          return read.get(path)
        },
      }
      return ts.createProgram({ rootNames: Object.keys(files), options, host })
    },
  }
}

function readOptions(): ts.CompilerOptions {
  const path = resolve(root, 'tsconfig.json')
  const { config, error } = ts.readConfigFile(path, (file) => ts.sys.readFile(file))
  if (error) throw new Error(messageOf(error))
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path)).options
}

/** The whole message of a diagnostic, as an editor shows it. */
export function messageOf(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
}
