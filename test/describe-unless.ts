import { describe } from 'vitest'

/** A suite that needs what this machine may lack. Where it does, the run names it and says what is missing. */
export function describeUnless(missing: string, name: string, suite: () => void) {
  describe.skipIf(missing !== '')(missing ? `${name} (not run: ${missing})` : name, suite)
}
