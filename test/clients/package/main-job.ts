import {
  createClient,
  createIdempotencyKey,
  type LeadReceipt,
  type LeadRequest,
  NoResponseError,
  ProblemError,
  type PublisherLead,
  renderConsentText,
  sha256,
} from 'prospectus-client'

type Settings = { api: string; sourceKey: string; secretKey: string }
type Result = { receipt: LeadReceipt; repeated: LeadReceipt; lead: PublisherLead; listedIds: string[] }

/** A page sends a lead to one of the matching schools, twice; a server reads what became of it. */
export async function mainJob({ api, sourceKey, secretKey }: Settings): Promise<Result> {
  const page = createClient({ baseUrl: api, sourceKey })
  const server = createClient({ baseUrl: `${api}/`, secretKey })
  const education = { highestLevel: 'high-school-diploma' } as const

  const { careers } = await page.listCareers({ limit: 5 })
  const career = await page.readCareer({ slug: careers[0]?.slug ?? '' })
  const match = await page.matchSchools({ careerSlug: 'health-record-technician', zip: '78701', education })
  const schoolIds = match.schools.slice(0, 1).map(({ schoolId }) => schoolId)
  const digest = await sha256(renderConsentText(match, schoolIds) ?? '')
  if (!digest) throw new Error(`No digest for ${career.title}`)

  const lead: LeadRequest = {
    matchId: match.matchId,
    schoolIds,
    contact: {
      firstName: 'Ada',
      lastName: 'Example',
      email: 'ada@mail.example',
      phone: '(512) 789-1001',
      zip: '78701',
    },
    education,
    consent: { granted: true, sha256: digest },
    page: { url: 'https://careers.example/health-record-technician' },
  }
  const idempotencyKey = createIdempotencyKey()
  const receipt = await page.submitLead(lead, { idempotencyKey })
  const repeated = await page.submitLead(lead, { idempotencyKey })
  const { leads } = await server.listPublisherLeads({ limit: 10, outcome: 'accepted' })
  return {
    receipt,
    repeated,
    lead: await server.readPublisherLead({ leadId: receipt.leadId }),
    listedIds: leads.map(({ leadId }) => leadId),
  }
}

/** Asks until the source may ask no more, without waiting. Returns how many requests were answered, and what the last one was told. */
export async function exceedLimit({ api, sourceKey }: Settings): Promise<{ [kind: string]: unknown }> {
  const page = createClient({ baseUrl: api, sourceKey, maxWaitSeconds: 0 })
  for (let responses = 0; responses < 10; responses++) {
    try {
      await page.matchSchools({
        careerSlug: 'health-record-technician',
        zip: '78701',
        education: { highestLevel: 'high-school-diploma' },
      })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      return { responses, code: error.code, retryAfterSeconds: error.retryAfterSeconds }
    }
  }
  throw new Error('The source has no limit.')
}

/** Returns what the caller can tell from each kind of error. */
export async function failures({ api, sourceKey }: Settings): Promise<{ [kind: string]: unknown }> {
  const page = createClient({ baseUrl: api, sourceKey })
  const offline = createClient({ baseUrl: 'http://127.0.0.1:9', maxRetries: 0 })
  return {
    invalid: await describeError(
      page.matchSchools({ careerSlug: 'x', zip: 'nonsense', education: { highestLevel: 'high-school-diploma' } }),
    ),
    missing: await describeError(page.readCareer({ slug: 'no-such-career' })),
    secret: await describeError(page.listPublisherLeads()),
    offline: await describeError(offline.listCareers()),
  }
}

async function describeError(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (error instanceof NoResponseError) return { noResponse: error.message }
    if (!(error instanceof ProblemError)) throw error
    const isKnown = error.code === 'NOT_FOUND' || error.code === 'INVALID_REQUEST'
    return { status: error.status, code: error.code, pointers: error.errors.map(({ pointer }) => pointer), isKnown }
  }
}

// What the types refuse: each line below must be an error.
export async function refused(): Promise<void> {
  const client = createClient({ baseUrl: '' })
  // @ts-expect-error the ZIP code is missing
  await client.matchSchools({ careerSlug: 'x' })
  // @ts-expect-error no such level
  await client.matchSchools({ careerSlug: 'x', zip: '78701', education: { highestLevel: 'kindergarten' } })
  // @ts-expect-error the slug is missing
  await client.readCareer()
  // @ts-expect-error no such field
  console.log((await client.readPublisherLead({ leadId: '' })).price)
  // @ts-expect-error only a lead has an idempotency key
  await client.readCareer({ slug: 'x' }, { idempotencyKey: '1' })
}
