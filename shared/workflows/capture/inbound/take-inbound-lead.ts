import { serverLeadRequest } from '../../../contract/capture/lead-fields.ts'
import { problems, Refusal } from '../../../contract/problems.ts'
import { cleanContext } from '../../../domain/capture/clean-context.ts'
import { buildInboundLead, type InboundLead } from '../../../domain/capture/inbound/build-inbound-lead.ts'
import type { RejectedInbound } from '../../../domain/capture/inbound/rejected-inbound.ts'
import { readFormValues } from '../../../domain/capture/read-form-values.ts'
import { type Generation, toOwnerName } from '../../../domain/catalog/generation.ts'
import { prefixes } from '../../../domain/ids.ts'
import type { Dependencies } from '../../../platform/dependencies.ts'
import { type AcceptLeadDependencies, acceptLead } from '../accept-lead.ts'
import { findSource, type ResolvedSource } from '../find-source.ts'

export type TakeInboundLeadDependencies = AcceptLeadDependencies & Pick<Dependencies, 'rejectedInbound'>
export type Rejection = Pick<RejectedInbound, 'code' | 'errors'>

/**
 * Takes a lead of a lead form by the road of a publisher's server, once for each ID of the vendor. One that cannot be taken
 * is listed for staff, without what the visitor answered. Returns why, or undefined.
 * @throws Refusal if it may be taken later: then its vendor sends it again
 */
export async function takeInboundLead(
  { id, generation, inbound }: ResolvedSource,
  lead: InboundLead,
  deps: TakeInboundLeadDependencies,
): Promise<Rejection | undefined> {
  const { vendor, vendorLeadId, formId } = lead
  const owner = toOwnerName({ id, generation })
  const keyDigest = deps.digests.hashIdempotencyKey(`${vendor} lead form ${vendorLeadId}`)
  // A form that was edited since makes another body of the same lead, which stays as it was taken.
  if (await deps.leads.findResponse({ sourceId: owner, keyDigest })) return undefined
  const rejection = await submit()
  if (rejection) await recordRejection({ id, generation }, lead, rejection, deps)
  else await deps.rejectedInbound.remove(toInboundId(owner, lead, deps))
  return rejection

  async function submit(): Promise<Rejection | undefined> {
    const form = inbound?.forms.find((one) => one.formId === formId)
    if (!form) return { code: 'FORM_UNKNOWN', errors: [] }
    const rawBody = readFormValues(buildInboundLead(lead, form))
    const parsed = serverLeadRequest.safeParse(cleanContext(rawBody).body)
    if (!parsed.success)
      return {
        code: 'INVALID_REQUEST',
        errors: parsed.error.issues.slice(0, maxErrors).map(({ path, code, input }) => ({
          pointer: `/${path.map(String).join('/')}`,
          code: input === undefined && code.startsWith('invalid') ? 'required' : code,
        })),
      }
    const principal = { sourceId: id, scope: 'server', generation } as const
    const request = { params: undefined, query: undefined, headers: {}, body: parsed.data, rawBody, principal, ip: '' }
    const bodyDigest = deps.digests.hashBody(parsed.data)
    try {
      const resolveSource = () => findSource(principal, {}, deps)
      await acceptLead({ ...request, resolveSource }, { sourceId: owner, keyDigest, bodyDigest }, deps)
      return undefined
    } catch (error) {
      // Sent twice at once, while the form was edited: the other one was taken.
      if (error instanceof Refusal && error.code === 'IDEMPOTENCY_KEY_REUSED') return undefined
      if (!(error instanceof Refusal) || problems[error.code].status >= 500) throw error
      return {
        code: error.code,
        errors: error.errors.slice(0, maxErrors).map(({ pointer, code }) => ({ pointer, code })),
      }
    }
  }
}

/** Lists a lead that was not taken, by its ID at the vendor. */
export async function recordRejection(
  { id, generation }: Pick<ResolvedSource, 'id'> & { generation?: Generation | undefined },
  { vendor, vendorLeadId, formId, test }: InboundLead,
  rejection: Rejection,
  deps: Pick<Dependencies, 'rejectedInbound' | 'digests' | 'now' | 'log'>,
): Promise<void> {
  const inboundId = toInboundId(toOwnerName({ id, generation }), { vendor, vendorLeadId }, deps)
  const at = deps.now().toISOString()
  await deps.rejectedInbound.record({
    inboundId,
    sourceId: id,
    ...{ vendor, vendorLeadId, formId, test, at, ...rejection },
  })
  deps.log('inbound.rejected', { sourceId: id, vendor, inboundId, code: rejection.code })
}

/** The same for the same lead of the same source. */
export function toInboundId(
  owner: string,
  { vendor, vendorLeadId }: Pick<InboundLead, 'vendor' | 'vendorLeadId'>,
  { digests }: Pick<Dependencies, 'digests'>,
): string {
  return `${prefixes.inbound}${digests.hashBody([owner, vendor, vendorLeadId]).slice(0, 22)}`
}

const maxErrors = 20
