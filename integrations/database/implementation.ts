import { IntegrationImplementation } from 'plugboard'
import { createItem, deleteItem, listItems, readItem, updateItem } from './actions.ts'
import definition from './definition.ts'
import { close, register } from './opened.ts'

export default new IntegrationImplementation(definition, {
  register,
  stop: close,
  actions: { listItems, createItem, readItem, updateItem, deleteItem },
})
