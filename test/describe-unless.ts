import { describe } from 'vitest'

/** A suite that is skipped if this machine lacks something it needs. The run ends with the suite's name and the reason. */
export function describeUnless(missing: string, name: string, suite: () => void) {
  describe.skipIf(missing !== '')(missing ? `${name} (not run: ${missing})` : name, suite)
}
