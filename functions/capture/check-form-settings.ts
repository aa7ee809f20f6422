import { checkFormSettings as route } from '#shared/contract/capture/form-settings.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { findSource } from '#shared/workflows/capture/find-source.ts'

type CheckFormSettingsDependencies = Pick<Dependencies, 'catalog' | 'records'>

/**
 * Returns the mode of the source whose key a form has, and what it asks of a form.
 * @throws Refusal if the page may not use the key, or if there is no such career, or no such program of the career.
 */
export async function checkFormSettings(
  { principal, headers, query }: Request<typeof route>,
  deps: CheckFormSettingsDependencies,
): Promise<Reply<typeof route>> {
  const { mode, minimumAge, turnstile, turnstileSiteKey, certificateScript, requireCertificate } = await findSource(
    principal,
    headers,
    deps,
  )
  const { careerSlug, programId } = query
  if (!(await deps.catalog.career(careerSlug)))
    throw new Refusal('NOT_FOUND', 'Career not found. GET /v1/careers lists all careers.')
  const program = programId === undefined ? undefined : await deps.catalog.program(programId)
  if (programId !== undefined && !program?.careerSlugs.includes(careerSlug))
    throw new Refusal('NOT_FOUND', 'The career has no such program. GET /v1/careers/{slug}/schools lists its programs.')
  const body = {
    mode,
    ...(minimumAge !== undefined && { minimumAge }),
    ...(turnstile && turnstileSiteKey !== undefined && { turnstileSiteKey }),
    ...(certificateScript && { certificateScript }),
    ...(requireCertificate && { requireCertificate }),
  }
  return { status: 200, body }
}

export const handler = defineHandler(route, checkFormSettings)
