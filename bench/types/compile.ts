import { performance } from 'node:perf_hooks'
import ts from 'typescript'

// Compiles the project given as argument by the interface of TypeScript 5.9 and prints what it cost as one line of JSON.
// A process of its own, so that nothing is warm.
const project = process.argv[2] ?? ''
const parsed = ts.getParsedCommandLineOfConfigFile(
  project,
  {},
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
    },
  },
)
if (parsed === undefined) throw new Error(`There is no project ${project}`)

const program = ts.createProgram(parsed.fileNames, parsed.options)
const early = [
  ...program.getOptionsDiagnostics(),
  ...program.getSyntacticDiagnostics(),
  ...program.getGlobalDiagnostics(),
]
const start = performance.now()
const diagnostics = [...early, ...program.getSemanticDiagnostics()]
const milliseconds = performance.now() - start

const sentence = ({ file, messageText }: ts.Diagnostic) =>
  `${file?.fileName.split('/').slice(-2).join('/') ?? 'project'}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`

console.log(
  JSON.stringify({
    instantiations: program.getInstantiationCount(),
    milliseconds,
    errors: diagnostics.map(sentence),
  }),
)
