import { testStore } from '../ports/store-suite.fixture.ts'
import { MemoryStore } from './memory-store.ts'

testStore('memory', async (clock) => new MemoryStore(clock))
