import { outcome } from '#shared/contract/capture/capture.ts'
import { listCareers, listSchools, readCareer, readJsonld } from '#shared/contract/catalog/catalog.ts'
import { programLevel } from '#shared/domain/vocabulary.ts'
import { valuesOf } from '../form/read-fields.ts'
import { careerPage } from './career-page.ts'
import { careersPage } from './careers-page.ts'
import { isFromHere } from './is-from-here.ts'
import { type Call, type LandingAnswer, type LandingRequest, root, type Setup } from './landing-request.ts'
import { foreignPage, missingPage, unreachedPage, wrongMethod } from './other-pages.ts'
import { requestDoor } from './request-door.ts'
import { thanksPage, visitorPage } from './request-pages.ts'

/** An example of a landing page, drawn from what the API answers and from nothing else; nothing beyond `/landing`. */
export function landing(setup: Setup) {
  return async (request: LandingRequest): Promise<LandingAnswer | undefined> => {
    if (request.path !== root && !request.path.startsWith(`${root}/`)) return undefined
    const call = setup.callFor({ ip: request.ip, userAgent: request.headers['user-agent'] })
    const [slug, page, ...beyond] = request.path.slice(root.length + 1).split('/')
    if (!slug) return isRead(request) ? careers(request, call) : wrongMethod('GET')
    if (!/^[a-z0-9-]{1,100}$/.test(slug) || beyond.length > 0) return missingPage()
    switch (page) {
      case undefined:
        return isRead(request) ? career(slug, request, { call, setup }) : wrongMethod('GET')
      case 'request':
        return isRead(request) ? form(slug, request, { call, setup }) : post(slug, request, { call, setup })
      case 'thank-you':
        return isRead(request) ? thanks(slug, request, call) : wrongMethod('GET')
      default:
        return missingPage()
    }
  }
}

type Needs = { call: Call; setup: Setup }

async function careers({ query }: LandingRequest, call: Call): Promise<LandingAnswer> {
  const cursor = query.get('cursor')
  const answer = await call(listCareers, { query: { limit: 100, ...(cursor !== null && { cursor }) } })
  return answer.status === 200 ? careersPage(answer.body) : missingPage()
}

async function career(slug: string, { query }: LandingRequest, { call, setup }: Needs): Promise<LandingAnswer> {
  const number = Number(query.get('page') ?? 1)
  const filter = { level: programLevel.safeParse(query.get('level')).data }
  if (!Number.isInteger(number) || number < 1 || number > 10_000) return missingPage()
  const params = { slug }
  const [told, listed, linked] = await Promise.all([
    call(readCareer, { params }),
    call(listSchools, { params, query: { page: number, ...filter } }),
    call(readJsonld, { params }),
  ])
  if (told.status !== 200 || listed.status !== 200) return told.status === 404 ? missingPage() : unreachedPage()
  if (number > listed.body.page.pages) return missingPage()
  return careerPage({ career: told.body, listing: listed.body, jsonld: linked.body, filter, now: setup.now() }, setup)
}

async function form(slug: string, { query }: LandingRequest, { call, setup }: Needs): Promise<LandingAnswer> {
  if (!(await isCareer(slug, call))) return missingPage()
  return visitorPage({ slug, program: query.get('program') ?? undefined, values: {}, faults: [], messages: [] }, setup)
}

async function post(slug: string, request: LandingRequest, { call, setup }: Needs): Promise<LandingAnswer> {
  if (request.method !== 'POST') return wrongMethod('GET, POST')
  if (!isFromHere(request)) return foreignPage()
  if (!(await isCareer(slug, call))) return missingPage()
  return requestDoor({ slug, values: valuesOf(new URLSearchParams(request.body)), call }, setup)
}

/** Names only schools of the listing, whatever the address says. */
async function thanks(slug: string, { query }: LandingRequest, call: Call): Promise<LandingAnswer> {
  const became = outcome.safeParse(query.get('outcome')).data
  if (!became) return missingPage()
  const names = new Map<string, string>()
  for (let page: number | null = 1; page !== null && page <= mostPages; ) {
    const listed: Awaited<ReturnType<typeof listing>> = await listing(slug, page, call)
    if (listed.status !== 200) return missingPage()
    for (const { schoolId, name } of listed.body.schools) names.set(schoolId, name)
    page = listed.body.page.next
  }
  return thanksPage(slug, { outcome: became, schools: query.getAll('school').flatMap((id) => names.get(id) ?? []) })
}

const mostPages = 20

function listing(slug: string, page: number, call: Call) {
  return call(listSchools, { params: { slug }, query: { page, pageSize: 50 } })
}

async function isCareer(slug: string, call: Call): Promise<boolean> {
  return (await call(readCareer, { params: { slug } })).status === 200
}

function isRead({ method }: LandingRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
