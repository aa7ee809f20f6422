import { hidesNotes, withoutReturnNotes } from '#shared/domain/aftercare/hide-notes.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type ReadAccessDependencies, readDeliveryAccess } from '#shared/workflows/capture/read-access.ts'

export type HideStoppedNotesDependencies = Pick<Dependencies, 'deliveries'> & ReadAccessDependencies

/** Returns what staff may read of a return: without its notes once the person has withdrawn, is suppressed or was erased. */
export async function hideStoppedNotes(
  leadReturn: LeadReturn,
  scope: 'read' | 'admin',
  deps: HideStoppedNotesDependencies,
): Promise<LeadReturn> {
  const { note, evidenceUrl, answer } = leadReturn
  if (note === undefined && evidenceUrl === undefined && answer === undefined) return leadReturn
  const delivery = await deps.deliveries.find(leadReturn.deliveryId)
  if (!delivery) return leadReturn
  const { access } = await readDeliveryAccess({ kind: 'staff', scope, act: 'list' }, delivery, deps, {
    withNotes: true,
  })
  return hidesNotes(access) ? withoutReturnNotes(leadReturn) : leadReturn
}
