import { matchSchools as route } from '#shared/contract/capture/capture.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { stateOfZip, zipError } from '#shared/domain/capture/contact.ts'
import {
  currentDisclosureVersion,
  getCurrentDisclosureTemplate,
  renderDisclosureText,
} from '#shared/domain/capture/disclosure.ts'
import { type FormToken, maxFormSeconds } from '#shared/domain/capture/form-token.ts'
import {
  buildMatchFacts,
  getMaxRefusalsLength,
  type MatchRecord,
  matchRefusalsContext,
  matchSeconds,
} from '#shared/domain/capture/match.ts'
import { encodeMatchRefusals } from '#shared/domain/capture/naming/match-refusals.ts'
import { findAgeFault } from '#shared/domain/capture/privacy/minimum-age.ts'
import { type MatchedIds, toOwnerName } from '#shared/domain/catalog/generation.ts'
import { getLegalName } from '#shared/domain/catalog/school.ts'
import { type Candidate, findSelectedCandidates } from '#shared/domain/routing/candidate.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { anonymousSourceId, requireActive } from '#shared/workflows/capture/find-source.ts'
import { decideRouting } from '#shared/workflows/routing/decide-routing.ts'
import { resolveAnonymousSource } from './resolve-source.ts'

type MatchSchoolsDependencies = Pick<
  Dependencies,
  'accessKeys' | 'catalog' | 'log' | 'newId' | 'now' | 'rateLimits' | 'records' | 'routing' | 'sealer' | 'tokens'
>

/** Finds the schools that match a visitor, and renders the consent text that names them. Stores nothing. */
export async function matchSchools(
  request: Request<typeof route>,
  deps: MatchSchoolsDependencies,
): Promise<Reply<typeof route>> {
  const { body } = request
  const { careerSlug, programId, zip } = body
  const source = await resolveAnonymousSource(request, deps)
  requireActive(source)
  const state = stateOfZip(zip)
  if (!state) throw invalidFields([{ pointer: '/zip', code: zipError.code, detail: zipError.detail }])
  const ageFault = findAgeFault({ age: body.age, state }, source)
  if (ageFault) throw invalidFields([ageFault])
  const at = deps.now()
  const facts = buildMatchFacts(body, { state, source, at: at.toISOString() })
  const { candidates, decision } = await decideRouting(facts, deps)
  if (candidates.length === 0 && !(await deps.catalog.career(careerSlug)))
    throw invalidFields([
      { pointer: '/careerSlug', code: 'unknown_career', detail: 'is not a known career; see /v1/careers' },
    ])

  const schools = listMatchedSchools(decision, candidates)
  const version = currentDisclosureVersion
  const text =
    renderDisclosureText(
      version,
      schools.map(({ consentName }) => consentName),
    ) ?? ''
  const disclosure = { version, text, sha256: sha256(text), template: getCurrentDisclosureTemplate() }
  const record = {
    ...(source.id !== anonymousSourceId && { source: toOwnerName(source) }),
    careerSlug,
    programId,
    ...findMatchedIds(candidates, programId),
    schools: schools.map(({ schoolId, consentName, generation }) => ({
      schoolId,
      consentName,
      ...(generation && { generation }),
    })),
    disclosure: { version, sha256: disclosure.sha256 },
  }
  const refusals = encodeMatchRefusals(withOwners(decision, candidates), getMaxRefusalsLength(record))
  const matchRecord: MatchRecord = { ...record, refusals: deps.sealer.seal(matchRefusalsContext, refusals) }
  const matchId = deps.tokens.sign('match', matchRecord, { now: at, seconds: matchSeconds })
  const token: FormToken = { id: deps.newId('formToken'), sourceId: toOwnerName(source), state, at: at.toISOString() }
  const formToken = deps.tokens.sign('form', token, { now: at, seconds: maxFormSeconds })
  const expiresAt = addSeconds(at.toISOString(), matchSeconds)
  return {
    status: 200,
    body: {
      matchId,
      formToken,
      expiresAt,
      schools: schools.map(({ generation: _, ...school }) => school),
      disclosure,
    },
  }
}

function listMatchedSchools({ verdicts }: Decision, candidates: readonly Candidate[]) {
  return findSelectedCandidates(verdicts, candidates).map(({ candidate, program }) => {
    const { id, name, generation } = candidate.school
    const consentName = getLegalName(candidate.school)
    const programFields = { programId: program.id, programName: program.name }
    return { schoolId: id, name, consentName, ...programFields, ...(generation && { generation }) }
  })
}

/** The IDs of the career and the program may be used again while the match is valid. */
function findMatchedIds(candidates: readonly Candidate[], programId: string | undefined): MatchedIds {
  const careerGeneration = candidates.find((one) => one.careerGeneration)?.careerGeneration
  const programGeneration = candidates
    .flatMap(({ programs }) => programs)
    .find((program) => program.id === programId && program.generation)?.generation
  return { ...(careerGeneration && { careerGeneration }), ...(programGeneration && { programGeneration }) }
}

function withOwners({ verdicts }: Decision, candidates: readonly Candidate[]) {
  const owners = new Map(candidates.map(({ campaign }) => [campaign.id, toOwnerName(campaign)]))
  return verdicts.map((verdict) => ({
    ...verdict,
    campaignOwner: owners.get(verdict.campaignId) ?? verdict.campaignId,
  }))
}

export const handler = defineHandler(route, matchSchools)
