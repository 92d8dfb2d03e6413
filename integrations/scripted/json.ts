import type { z } from 'plugboard'

export type Json = z.core.util.JSONType
