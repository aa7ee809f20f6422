import { matchSchools as route } from '#shared/contract/capture/capture.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { stateOfZip } from '#shared/domain/capture/contact.ts'
import { currentDisclosureVersion, disclosureText } from '#shared/domain/capture/disclosure.ts'
import { type FormToken, mostFormSeconds } from '#shared/domain/capture/form-token.ts'
import { matchQuestion, matchSeconds, type Shown } from '#shared/domain/capture/match.ts'
import { type Candidate, selectedOf } from '#shared/domain/routing/candidate.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { routeEnquiry } from '#shared/workflows/routing/route-enquiry.ts'
import { sourceOfVisitor } from './source-of.ts'

type Needs = Pick<
  Dependencies,
  'accessKeys' | 'catalog' | 'log' | 'newId' | 'now' | 'rates' | 'records' | 'routing' | 'tokens'
>

/** Finds the schools that would take a visitor, and writes the consent text that names them. Nothing is stored. */
export async function matchSchools(request: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { body } = request
  const { careerSlug, programId, zip } = body
  const source = await sourceOfVisitor(request, needs)
  const state = stateOfZip(zip)
  if (!state)
    throw invalidFields([{ pointer: '/zip', code: 'unknown_zip', detail: 'is not a ZIP code of the United States' }])
  const at = needs.now()
  const asked = matchQuestion(body, { state, source, at: at.toISOString() })
  const { candidates, decision } = await routeEnquiry(asked, needs)
  if (candidates.length === 0 && !(await needs.catalog.career(careerSlug)))
    throw invalidFields([
      { pointer: '/careerSlug', code: 'unknown_career', detail: 'is not a career that we have; see /v1/careers' },
    ])

  const schools = schoolsShown(decision, candidates)
  const version = currentDisclosureVersion
  const text =
    disclosureText(
      version,
      schools.map(({ consentName }) => consentName),
    ) ?? ''
  const disclosure = { version, text, sha256: sha256(text) }
  const shown: Shown = { careerSlug, programId, schools, disclosure: { version, sha256: disclosure.sha256 } }
  const matchId = await needs.tokens.sign('match', shown, { now: at, seconds: matchSeconds })
  const token: FormToken = { id: needs.newId('formToken'), sourceId: source.id, state, at: at.toISOString() }
  const formToken = await needs.tokens.sign('form', token, { now: at, seconds: mostFormSeconds })
  const expiresAt = new Date(at.getTime() + matchSeconds * 1000).toISOString()
  return {
    status: 200,
    body: { matchId, formToken, expiresAt, schools: schools.map(({ consentName: _, ...told }) => told), disclosure },
  }
}

function schoolsShown({ verdicts }: Decision, candidates: readonly Candidate[]): Shown['schools'] {
  return selectedOf(verdicts, candidates).map(({ candidate, program }) => {
    const { id, name, legalName = name } = candidate.school
    return { schoolId: id, name, consentName: legalName, programId: program.id, programName: program.name }
  })
}

export const handler = serve(route, matchSchools)
