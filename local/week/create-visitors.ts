import { matchSchools } from '#functions/capture/match-schools.ts'
import { submitLead } from '#functions/capture/submit-lead.ts'
import type { submitLead as leadRoute, matchSchools as matchRoute } from '#shared/contract/capture/capture.ts'
import { getCurrentDisclosureTemplate } from '#shared/domain/capture/disclosure.ts'
import { renderDisclosureTemplate } from '#shared/domain/capture/disclosure-template.ts'
import type { Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { createPeople, type InventedPerson, type SampleState } from './invented-people.ts'
import { sourceIds, type WeekVisit } from './plan-visits.ts'

/** The publishable key of each source, by its ID. */
export type SourceKeys = { [sourceId: string]: string }
type VisitorsSetup = {
  deps: Dependencies
  random: () => number
  sourceKeys: SourceKeys
  /** Lets so many milliseconds pass. */
  wait: (ms: number) => void
}
type MatchBody = Request<typeof matchRoute>['body']
type LeadBody = Request<typeof leadRoute>['body']
export type SentRequest = { leadId: string; person: InventedPerson }

/** Visitors of the sample week, who send their requests by the pages and the partner that the visit names. */
export function createVisitors({ deps, random, sourceKeys, wait }: VisitorsSetup) {
  const invent = createPeople(random)
  const earlierVisitors: { person: InventedPerson; visit: WeekVisit }[] = []
  let sentCount = 0

  function findPerson(visit: WeekVisit): InventedPerson {
    const earlier = earlierVisitors.find(
      ({ visit: { state, sourceId } }) => state === visit.state && sourceId === visit.sourceId,
    )
    const person = visit.kind === 'repeat' && earlier ? earlier.person : invent(visit.state)
    if (visit.kind === 'bot') return { ...person, firstName: 'Asdfgh', lastName: 'Qwerty' }
    earlierVisitors.push({ person, visit })
    return person
  }

  async function buildPageBody(visit: WeekVisit, person: InventedPerson): Promise<LeadBody | undefined> {
    const profile = toProfile(visit)
    const body: MatchBody = { careerSlug: visit.careerSlug, zip: person.zip, ...profile }
    const headers = { 'x-source-key': sourceKeys[visit.sourceId] }
    const match = await matchSchools({ ...createRequest(body, headers), principal: { caller: 'anyone' } }, deps)
    wait((25 + random() * 30) * 1000)
    const schools = selectSchools(match.body.schools, visit)
    if (schools.length === 0) return undefined
    const names = schools.map(({ consentName }) => consentName)
    return {
      matchId: match.body.matchId,
      schoolIds: schools.map(({ schoolId }) => schoolId),
      contact: person,
      ...profile,
      consent: { granted: true, sha256: sha256(renderDisclosureTemplate(match.body.disclosure.template, names)) },
      page: toPage(visit),
      test: false,
      ...(visit.kind === 'bot' ? { website: 'https://spam.example' } : { formToken: match.body.formToken }),
    }
  }

  /** A partner shows a text of its own, which names the schools that it works with. */
  function buildPartnerBody(visit: WeekVisit, person: InventedPerson): LeadBody {
    const partners =
      visit.wants === lonePrairie.schoolId ? [lonePrairie] : partnerSchools[visit.state].slice(0, visit.schoolCount)
    const names = partners.map(({ name }) => name)
    return {
      careerSlug: visit.careerSlug,
      contact: person,
      ...toProfile(visit),
      consent: {
        granted: true,
        text: renderDisclosureTemplate(getCurrentDisclosureTemplate(), names),
        schoolsNamed: partners.map(({ schoolId }) => schoolId),
        ip: inventAddress(sentCount),
        userAgent: browser,
      },
      page: toPage(visit),
      test: false,
    }
  }

  function createRequest<Body, Headers>(body: Body, headers: Headers) {
    return {
      body,
      headers: { ...headers, 'user-agent': browser },
      ip: inventAddress(sentCount),
      spend: async () => {},
      params: undefined,
      query: undefined,
      rawBody: body,
    }
  }

  return {
    count: () => sentCount,

    /** Sends the request of a visitor. Undefined if no school that the visitor wants matches. */
    async send(visit: WeekVisit): Promise<SentRequest | undefined> {
      const person = findPerson(visit)
      const body =
        visit.sourceId === sourceIds.partner ? buildPartnerBody(visit, person) : await buildPageBody(visit, person)
      if (!body) return undefined
      const request = createRequest(body, { 'idempotency-key': `week-${sentCount++}` })
      const scope = visit.sourceId === sourceIds.partner ? 'server' : 'form'
      const principal = { caller: 'source', sourceId: visit.sourceId, scope } as const
      const response = await submitLead({ ...request, principal }, deps)
      return { leadId: response.body.leadId, person }
    },
  }
}

function selectSchools<School extends { schoolId: string }>(
  schools: readonly School[],
  { wants, schoolCount }: WeekVisit,
): School[] {
  const ordered = schools.toSorted((one, other) => Number(other.schoolId === wants) - Number(one.schoolId === wants))
  const selectedIds = ordered.slice(0, schoolCount).map(({ schoolId }) => schoolId)
  return schools.filter(({ schoolId }) => selectedIds.includes(schoolId))
}

function toProfile({ highestLevel, startWindow, answers, sourceId }: WeekVisit) {
  return {
    education: { highestLevel },
    startWindow,
    ...(answers && { answers }),
    utm: { source: sourceId === sourceIds.own ? 'search' : 'newsletter', medium: 'cpc' },
  }
}

function toPage({ careerSlug, sourceId }: WeekVisit): { url: string } {
  return { url: `https://${sourceId}.example/${careerSlug}` }
}

/** An address of the block that is reserved for documentation. */
function inventAddress(number: number): string {
  return `203.0.113.${(number % 250) + 1}`
}

const browser = 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1'

/** Legal names, as a consent text must have them. */
const lonePrairie = { schoolId: 'lone-prairie-college', name: 'Lone Prairie College, Inc.' }
const partnerSchools: { [State in SampleState]: { schoolId: string; name: string }[] } = {
  TX: [
    lonePrairie,
    { schoolId: 'mesquite-bend-college', name: 'Mesquite Bend College of Health' },
    { schoolId: 'bluebonnet-hollow-institute', name: 'Bluebonnet Hollow Career Institute, LLC' },
  ],
  CA: [
    { schoolId: 'manzanita-ridge-college', name: 'Manzanita Ridge College' },
    { schoolId: 'golden-poppy-health-college', name: 'Golden Poppy Health College, Inc.' },
    { schoolId: 'sierra-lantern-university', name: 'Sierra Lantern University' },
  ],
  FL: [
    { schoolId: 'mangrove-point-institute', name: 'Mangrove Point Institute of Health Careers, LLC' },
    { schoolId: 'egret-harbor-technical-college', name: 'Egret Harbor Technical College' },
    { schoolId: 'heron-key-college', name: 'Heron Key College' },
  ],
  OH: [
    { schoolId: 'buckthorn-valley-college', name: 'Buckthorn Valley College' },
    { schoolId: 'millstone-creek-college', name: 'Millstone Creek College' },
    { schoolId: 'three-sycamores-university', name: 'Three Sycamores University' },
  ],
}
