import { testQueue } from '../ports/queue-suite.fixture.ts'
import { MemoryQueue } from './memory-queue.ts'

testQueue('memory', async () => new MemoryQueue())
