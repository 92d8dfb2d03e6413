import { testStore } from '../ports/store-suite.fixture.ts'
import { memoryStore } from './memory-store.ts'

testStore('memory', async (clock) => memoryStore(clock))
