import { withdrawalPath } from '#shared/contract/aftercare/withdrawals.ts'
import { outcome } from '#shared/contract/capture/capture.ts'
import { checkFormSettings } from '#shared/contract/capture/form-settings.ts'
import { listSchools, readCareer, readJsonld } from '#shared/contract/catalog/catalog.ts'
import { listStates } from '#shared/contract/catalog/comparisons.ts'
import { readProgram } from '#shared/contract/catalog/programs.ts'
import { recordId } from '#shared/domain/vocabulary.ts'
import { collectFormValues } from '../form/read-fields.ts'
import { collectVisitLabels } from '../form/read-page-visit.ts'
import { renderCrossSitePost, renderMethodNotAllowed, renderNotFound, renderUnavailable } from './error-pages.ts'
import { handleFormPost } from './handle-form-post.ts'
import { isSameSitePost } from './is-same-site-post.ts'
import {
  isLandingPath,
  type LandingCareer,
  type LandingClient,
  type LandingRequest,
  type LandingResponse,
  type LandingSetup,
  type LandingVisit,
  landingRoot,
  type ScriptVendor,
} from './landing-request.ts'
import { parseFilter } from './parse-filter.ts'
import { renderCareerPage } from './render-career-page.ts'
import { renderProgramPage } from './render-program-page.ts'
import { type RequestedProgram, renderThanksPage, renderVisitorPage } from './request-pages.ts'
import { showSitePage } from './show-site-page.ts'

/** The landing pages, rendered only from responses of the API. Undefined for paths that are not theirs. */
export function createLandingHandler(setup: LandingSetup) {
  return async (request: LandingRequest): Promise<LandingResponse | undefined> => {
    const { path } = request
    if (!isLandingPath(path)) return undefined
    const fields = new URLSearchParams(request.method === 'POST' ? request.body : request.query)
    const site = { ...setup, labels: collectVisitLabels(fields) }
    const call = setup.createClient({ ip: request.ip, userAgent: request.headers['user-agent'] })
    const [slug, page, ...rest] = path.startsWith(`${landingRoot}/`)
      ? path.slice(landingRoot.length + 1).split('/')
      : []
    if (!slug)
      return isReadMethod(request) ? showSitePage(request, { call, site }) : renderMethodNotAllowed('GET, HEAD', site)
    if (!/^[a-z0-9-]{1,100}$/.test(slug) || rest.length > (page === 'programs' ? 1 : 0)) return renderNotFound(site)
    switch (page) {
      case 'programs':
        return isReadMethod(request)
          ? showProgram(slug, rest[0] ?? '', { call, site })
          : renderMethodNotAllowed('GET, HEAD', site)
      case undefined:
        return isReadMethod(request)
          ? showCareer(slug, request, { call, site })
          : renderMethodNotAllowed('GET, HEAD', site)
      case 'request':
        return isReadMethod(request)
          ? showForm(slug, request, { call, site })
          : submitForm(slug, request, { call, site })
      case 'thank-you':
        return isReadMethod(request)
          ? showThanks(slug, request, { call, site })
          : renderMethodNotAllowed('GET, HEAD', site)
      default:
        return renderNotFound(site)
    }
  }
}

type PageContext = { call: LandingClient; site: LandingVisit }

async function showCareer(
  slug: string,
  { query }: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  const number = Number(query.get('page') || 1)
  if (!Number.isInteger(number) || number < 1 || number > 10_000) return renderNotFound(site)
  const filter = parseFilter(query)
  const { state, level, modality } = filter
  const params = { slug }
  const listingQuery = { page: number, state, level, modality }
  const [careerResponse, listingResponse, jsonldResponse, statesResponse, vendors] = await Promise.all([
    call(readCareer, { params, query: { state } }),
    call(listSchools, { params, query: listingQuery }),
    call(readJsonld, { params, query: listingQuery }),
    call(listStates, { params }),
    findVendors(slug, { call, site }),
  ])
  if (careerResponse.status !== 200 || listingResponse.status !== 200)
    return careerResponse.status === 404 ? renderNotFound(site) : renderUnavailable(site)
  if (number > listingResponse.body.page.pages) return renderNotFound(site)
  return renderCareerPage(
    {
      career: careerResponse.body,
      listing: listingResponse.body,
      states: statesResponse.status === 200 && statesResponse.body.states.length > 0 ? statesResponse.body : undefined,
      jsonld: jsonldResponse.body,
      filter,
      now: site.now(),
    },
    { ...site, vendors },
  )
}

async function showProgram(slug: string, programId: string, { call, site }: PageContext): Promise<LandingResponse> {
  if (!recordId.safeParse(programId).success) return renderNotFound(site)
  const [career, response] = await Promise.all([findCareer(slug, call), call(readProgram, { params: { programId } })])
  if (!career || response.status !== 200 || !response.body.careerSlugs.includes(slug)) return renderNotFound(site)
  return renderProgramPage(career, { program: response.body, now: site.now() }, site)
}

/** Whose scripts the policy of a page with the form must allow: only those that its source asks for. */
async function findVendors(careerSlug: string, { call, site }: PageContext): Promise<ScriptVendor[]> {
  const headers = { 'x-source-key': site.sourceKey, origin: site.origin }
  const response = await call(checkFormSettings, { query: { careerSlug }, headers })
  if (response.status !== 200) return []
  const { turnstileSiteKey, certificateScript } = response.body
  return [
    ...(turnstileSiteKey === undefined ? [] : (['turnstile'] as const)),
    ...(certificateScript ? [certificateScript] : []),
  ]
}

async function showForm(
  slug: string,
  { query }: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  const programId = query.get('program') || undefined
  const [career, program, vendors] = await Promise.all([
    findCareer(slug, call),
    programId === undefined ? undefined : findProgram(programId, slug, call),
    findVendors(slug, { call, site }),
  ])
  if (!career || (programId !== undefined && !program)) return renderNotFound(site)
  return renderVisitorPage(career, { program, values: {}, faults: [], messages: [] }, { ...site, vendors })
}

async function submitForm(
  slug: string,
  request: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  if (request.method !== 'POST') return renderMethodNotAllowed('GET, HEAD, POST', site)
  if (!isSameSitePost(request)) return renderCrossSitePost(site)
  const values = collectFormValues(new URLSearchParams(request.body))
  const programId = values.program?.[0]
  const [career, program] = await Promise.all([
    findCareer(slug, call),
    programId ? findProgram(programId, slug, call) : undefined,
  ])
  if (!career || (programId && !program)) return renderNotFound(site)
  const globalPrivacyControl = request.headers['sec-gpc'] === '1'
  return handleFormPost({ career, program, values, call, globalPrivacyControl }, site)
}

/** Shows only names of listed schools and a link to our own page, so a forged address cannot put other text or links on the page. */
async function showThanks(
  slug: string,
  { query }: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  const leadOutcome = outcome.safeParse(query.get('outcome')).data
  const career = leadOutcome && (await findCareer(slug, call))
  if (!career) return renderNotFound(site)
  const names = new Map<string, string>()
  for (let page: number | null = 1; page !== null && page <= maxPages; ) {
    const listingResponse: Awaited<ReturnType<typeof fetchListing>> = await fetchListing(slug, page, call)
    if (listingResponse.status !== 200) return renderNotFound(site)
    for (const { schoolId, name } of listingResponse.body.schools) names.set(schoolId, name)
    page = listingResponse.body.page.next
  }
  const receipt = { outcome: leadOutcome, schools: query.getAll('school').flatMap((id) => names.get(id) ?? []) }
  return renderThanksPage(career, receipt, withdrawalPath.safeParse(query.get('withdrawal')).data, site)
}

const maxPages = 20

function fetchListing(slug: string, page: number, call: LandingClient) {
  return call(listSchools, { params: { slug }, query: { page, pageSize: 50 } })
}

async function findCareer(slug: string, call: LandingClient): Promise<LandingCareer | undefined> {
  const response = await call(readCareer, { params: { slug } })
  return response.status === 200 ? response.body : undefined
}

/** A program of the career; undefined if there is none with this ID. */
async function findProgram(
  programId: string,
  slug: string,
  call: LandingClient,
): Promise<RequestedProgram | undefined> {
  const response = await call(readProgram, { params: { programId } })
  return response.status === 200 && response.body.careerSlugs.includes(slug) ? response.body : undefined
}

function isReadMethod({ method }: LandingRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
