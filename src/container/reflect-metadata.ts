// tsyringe asks for Reflect.getMetadata while it is being imported, so whoever imports it imports this file first.
// The lite entry is the same interface without stand-ins for Map, Set and WeakMap, which every supported Node has.
import 'reflect-metadata/lite'
