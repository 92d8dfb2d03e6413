import { contractSuite } from 'plugboard/testing'
import { afterAll, describe, test } from 'vitest'
import setUp from './suite.fixture.ts'

const { suites, stop } = await setUp()
afterAll(stop)

describe.each(suites)('$title', ({ suite, ...options }) => {
  contractSuite(suite, { test, ...options })
})
