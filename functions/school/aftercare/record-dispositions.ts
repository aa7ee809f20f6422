import { recordDispositions as route } from '#shared/contract/aftercare/dispositions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'
import { recordDisposition } from './record-disposition.ts'
import { resolveDisposition } from './resolve-disposition.ts'

type RecordDispositionsDependencies = Parameters<typeof recordDisposition>[1]
type DispositionList = Request<typeof route>
type Row = DispositionList['body']['rows'][number]

/** Records each row of a list as `recordDisposition` does, one after the other. A row that is refused stops no other. */
export async function recordDispositions(
  request: DispositionList,
  deps: RecordDispositionsDependencies,
): Promise<Reply<typeof route>> {
  const { rows, dryRun } = request.body
  const errors: { row: number; code: string; detail: string }[] = []
  for (const [index, row] of rows.entries())
    try {
      await (dryRun ? checkRow(row, request, deps) : recordRow(row, request, deps))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      errors.push({ row: index + 1, code: error.code, detail: error.errors[0]?.detail ?? error.detail })
    }
  return { status: 200, body: { recorded: rows.length - errors.length, errors } }
}

async function recordRow({ deliveryId, ...body }: Row, request: DispositionList, deps: RecordDispositionsDependencies) {
  await recordDisposition({ ...request, params: { deliveryId }, headers: {}, body }, deps)
}

/** Refuses what the recording would refuse for the state of the lead. */
async function checkRow(
  { deliveryId, ...row }: Row,
  { principal }: DispositionList,
  deps: RecordDispositionsDependencies,
) {
  const disposition = await resolveDisposition(row, principal.schoolId, deps)
  const { state, deliveredAt, returnedAt } = await requireOwnDelivery(deliveryId, principal, deps)
  if (state === 'erased') throw new Refusal('LEAD_ERASED', 'Personal data of this lead was deleted.')
  const hasLead = deliveredAt !== undefined && returnedAt === undefined
  if (!hasLead && disposition !== 'opted-out')
    throw new Refusal('NOT_DELIVERED', 'Your school does not have this lead.')
}

export const handler = defineHandler(route, recordDispositions)
