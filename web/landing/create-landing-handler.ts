import { withdrawalPath } from '#shared/contract/aftercare/withdrawals.ts'
import { outcome } from '#shared/contract/capture/capture.ts'
import { listCareers, listSchools, readCareer, readJsonld } from '#shared/contract/catalog/catalog.ts'
import { programLevel } from '#shared/domain/vocabulary.ts'
import { collectFormValues } from '../form/read-fields.ts'
import { collectVisitLabels } from '../form/read-page-visit.ts'
import { renderCrossSitePost, renderMethodNotAllowed, renderNotFound, renderUnavailable } from './error-pages.ts'
import { handleFormPost } from './handle-form-post.ts'
import { isSameSitePost } from './is-same-site-post.ts'
import {
  type LandingCareer,
  type LandingClient,
  type LandingRequest,
  type LandingResponse,
  type LandingSetup,
  type LandingVisit,
  landingRoot,
} from './landing-request.ts'
import { renderCareerPage } from './render-career-page.ts'
import { renderCareersPage } from './render-careers-page.ts'
import { renderThanksPage, renderVisitorPage } from './request-pages.ts'

/** Sample landing pages, rendered only from responses of the API. Undefined for paths outside `/landing`. */
export function createLandingHandler(setup: LandingSetup) {
  return async (request: LandingRequest): Promise<LandingResponse | undefined> => {
    if (request.path !== landingRoot && !request.path.startsWith(`${landingRoot}/`)) return undefined
    const fields = new URLSearchParams(request.method === 'POST' ? request.body : request.query)
    const site = { ...setup, labels: collectVisitLabels(fields) }
    const call = setup.createClient({ ip: request.ip, userAgent: request.headers['user-agent'] })
    const [slug, page, ...rest] = request.path.slice(landingRoot.length + 1).split('/')
    if (!slug) return isReadMethod(request) ? showCareers(request, call) : renderMethodNotAllowed('GET, HEAD')
    if (!/^[a-z0-9-]{1,100}$/.test(slug) || rest.length > 0) return renderNotFound()
    switch (page) {
      case undefined:
        return isReadMethod(request) ? showCareer(slug, request, { call, site }) : renderMethodNotAllowed('GET, HEAD')
      case 'request':
        return isReadMethod(request)
          ? showForm(slug, request, { call, site })
          : submitForm(slug, request, { call, site })
      case 'thank-you':
        return isReadMethod(request) ? showThanks(slug, request, call) : renderMethodNotAllowed('GET, HEAD')
      default:
        return renderNotFound()
    }
  }
}

type PageContext = { call: LandingClient; site: LandingVisit }

async function showCareers({ query }: LandingRequest, call: LandingClient): Promise<LandingResponse> {
  const cursor = query.get('cursor')
  const response = await call(listCareers, { query: { limit: 100, ...(cursor !== null && { cursor }) } })
  return response.status === 200 ? renderCareersPage(response.body) : renderNotFound()
}

async function showCareer(
  slug: string,
  { query }: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  const number = Number(query.get('page') || 1)
  const filter = { level: programLevel.safeParse(query.get('level')).data }
  if (!Number.isInteger(number) || number < 1 || number > 10_000) return renderNotFound()
  const params = { slug }
  const [careerResponse, listingResponse, jsonldResponse] = await Promise.all([
    call(readCareer, { params }),
    call(listSchools, { params, query: { page: number, ...filter } }),
    call(readJsonld, { params }),
  ])
  if (careerResponse.status !== 200 || listingResponse.status !== 200)
    return careerResponse.status === 404 ? renderNotFound() : renderUnavailable()
  if (number > listingResponse.body.page.pages) return renderNotFound()
  return renderCareerPage(
    {
      career: careerResponse.body,
      listing: listingResponse.body,
      jsonld: jsonldResponse.body,
      filter,
      now: site.now(),
    },
    site,
  )
}

async function showForm(
  slug: string,
  { query }: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  const career = await findCareer(slug, call)
  if (!career) return renderNotFound()
  const form = { program: query.get('program') || undefined, values: {}, faults: [], messages: [] }
  return renderVisitorPage(career, form, site)
}

async function submitForm(
  slug: string,
  request: LandingRequest,
  { call, site }: PageContext,
): Promise<LandingResponse> {
  if (request.method !== 'POST') return renderMethodNotAllowed('GET, HEAD, POST')
  if (!isSameSitePost(request)) return renderCrossSitePost()
  const career = await findCareer(slug, call)
  if (!career) return renderNotFound()
  return handleFormPost({ career, values: collectFormValues(new URLSearchParams(request.body)), call }, site)
}

/** Shows only names of listed schools and a link to our own page, so a forged address cannot put other text or links on the page. */
async function showThanks(slug: string, { query }: LandingRequest, call: LandingClient): Promise<LandingResponse> {
  const leadOutcome = outcome.safeParse(query.get('outcome')).data
  const career = leadOutcome && (await findCareer(slug, call))
  if (!career) return renderNotFound()
  const names = new Map<string, string>()
  for (let page: number | null = 1; page !== null && page <= maxPages; ) {
    const listingResponse: Awaited<ReturnType<typeof fetchListing>> = await fetchListing(slug, page, call)
    if (listingResponse.status !== 200) return renderNotFound()
    for (const { schoolId, name } of listingResponse.body.schools) names.set(schoolId, name)
    page = listingResponse.body.page.next
  }
  const receipt = { outcome: leadOutcome, schools: query.getAll('school').flatMap((id) => names.get(id) ?? []) }
  return renderThanksPage(career, receipt, withdrawalPath.safeParse(query.get('withdrawal')).data)
}

const maxPages = 20

function fetchListing(slug: string, page: number, call: LandingClient) {
  return call(listSchools, { params: { slug }, query: { page, pageSize: 50 } })
}

async function findCareer(slug: string, call: LandingClient): Promise<LandingCareer | undefined> {
  const response = await call(readCareer, { params: { slug } })
  return response.status === 200 ? response.body : undefined
}

function isReadMethod({ method }: LandingRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
