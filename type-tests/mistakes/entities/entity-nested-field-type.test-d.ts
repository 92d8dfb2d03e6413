// expected: entity 'place' of interface 'maps': field 'position' has another type, expected an object, given another object
// code: entity_field_type at definition
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'

const maps = new InterfaceDefinition({
  name: 'maps',
  entities: { place: { schema: z.object({ position: z.object({ latitude: z.number() }) }) } },
})
const place = z.object({ position: z.object({ latitude: z.string() }) })
new IntegrationDefinition({ name: 'vendor', entities: { place: { schema: place } } }).extend(maps, ({ entities }) => ({
  // @ts-expect-error a field deep inside the own entity has another type
  entities: { place: entities.place },
}))
