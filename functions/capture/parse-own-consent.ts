import type * as z from 'zod'
import type { serverLeadRequest } from '#shared/contract/capture/lead-fields.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import { ownDisclosureVersion } from '#shared/domain/capture/disclosure.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { ConsentInput } from './consent-input.ts'

type ParseOwnConsentDependencies = Pick<Dependencies, 'catalog' | 'records'>
type OwnConsent = Pick<z.output<typeof serverLeadRequest>, 'careerSlug' | 'programId' | 'consent'>

/** What a publisher's server showed by itself: its text as it stands, and nobody but the schools that it says are named there. */
export async function parseOwnConsent(
  { careerSlug, programId, consent }: OwnConsent,
  deps: ParseOwnConsentDependencies,
): Promise<ConsentInput> {
  const schoolIds = [...new Set(consent.schoolsNamed)]
  const [career, ...schools] = await Promise.all([
    deps.catalog.career(careerSlug),
    ...schoolIds.map((id) => deps.records.get('schools', id)),
  ])
  if (!career)
    throw invalidFields([
      { pointer: '/careerSlug', code: 'unknown_career', detail: 'is not a career that we have; see /v1/careers' },
    ])
  const errors = consent.schoolsNamed.flatMap((id, index) =>
    schools[schoolIds.indexOf(id)]
      ? []
      : [{ pointer: `/consent/schoolsNamed/${index}`, code: 'unknown_school', detail: 'is not the id of a school' }],
  )
  if (errors.length > 0) throw new Refusal('SCHOOL_UNKNOWN', 'Name schools by the ids that we give them.', { errors })
  const { text, ip, userAgent } = consent
  const disclosure = { version: ownDisclosureVersion, sha256: sha256(text), text, schoolIds }
  return { careerSlug, programId, disclosure, schoolIds, ip, userAgent }
}
