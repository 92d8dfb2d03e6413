/**
 * Loaded by `node --import`, gives a tool that asks for `typescript` the one that still has a JavaScript API.
 */
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => next(specifier.replace(/^typescript(?=$|\/)/, 'typescript-5.9'), context),
})
