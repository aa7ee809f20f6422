import { useState } from 'preact/hooks'
import type { Suppression } from '#shared/domain/aftercare/suppression.ts'

/** Suppressions that were lifted on this page. A lifted row stays in its place and shows its new state. */
export function useLifted() {
  const [lifted, setLifted] = useState<ReadonlyMap<string, Suppression>>(new Map())
  return {
    addLifted: (suppression: Suppression) => setLifted(new Map(lifted).set(suppression.suppressionId, suppression)),
    withLifted: (rows: readonly Suppression[]) => rows.map((row) => lifted.get(row.suppressionId) ?? row),
  }
}
