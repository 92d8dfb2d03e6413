import { testQueue } from '../ports/queue-suite.fixture.ts'
import { MemoryQueue } from './memory-queue.ts'
import { systemClock } from './system-clock.ts'

testQueue('memory', async () => new MemoryQueue(systemClock))
